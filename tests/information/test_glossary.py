from __future__ import annotations

import re

import pytest
from django.db import IntegrityError

from partnership.information import queries
from partnership.information.models import GlossaryTerm

Category = GlossaryTerm.Category


def term(name: str, **values: object) -> GlossaryTerm:
    slug = re.sub(r"\W+", "-", name.lower()).strip("-") or "term"
    return GlossaryTerm.objects.create(
        **{"term": name, "slug": slug, "definition": "A word.", **values}
    )


def names(**wanted: str) -> list[str]:
    return [row.term for row in queries.glossary(**wanted)]


@pytest.fixture
def terms(db) -> None:
    term("Vintage", category=Category.ACCOUNTING, definition="The year of an outcome.")
    term("Équité", category=Category.INTEGRITY)
    term("Registry", abbreviation="REG", category=Category.TRACKING)


def test_a_term_has_one_definition_in_a_language(db):
    term("Vintage", slug="vintage")

    with pytest.raises(IntegrityError):
        term("Vintage", slug="vintage-2")


def test_terms_come_by_letter_without_regard_to_accents(terms):
    assert names() == ["Équité", "Registry", "Vintage"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("vint", ["Vintage"]),
        ("reg", ["Registry"]),
        ("OUTCOME", ["Vintage"]),
        ("100%", []),
        ("_", []),
    ],
)
def test_a_word_is_looked_for_in_terms_abbreviations_and_definitions(terms, asked, found):
    assert names(asked=asked) == found


def test_a_subject_narrows_the_glossary(terms):
    assert names(category=Category.TRACKING) == ["Registry"]
    assert names(category=Category.TRACKING, asked="year") == []


def test_the_page_groups_terms_by_letter(terms, client):
    response = client.get("/glossary/")

    letters = response.context["letters"]
    assert {letter: [row.term for row in rows] for letter, rows in letters.items()} == {
        "E": ["Équité"],
        "R": ["Registry"],
        "V": ["Vintage"],
    }
    assert re.findall(r'id="letter-(.)"', response.content.decode()) == ["E", "R", "V"]


def test_the_glossary_of_the_partnership_has_each_term_at_its_own_place(content, client):
    page = client.get("/glossary/").content.decode()

    slugs = list(GlossaryTerm.objects.order_by("sort_key").values_list("slug", flat=True))
    places = re.findall(r'<div id="([a-z0-9-]+)">', page)
    assert places == slugs
    assert set(re.findall(r'href="/glossary/#([a-z0-9-]+)"', page)) <= set(slugs)


def test_a_glossary_without_a_fitting_term_says_what_to_try(terms, client):
    assert "No term fits" in client.get("/glossary/?q=xyzzy").content.decode()


def test_a_term_is_searched_by_its_name_abbreviation_and_definition(terms):
    entries = {entry.key: entry for entry in queries.search_entries()}

    entry = entries["registry"]
    assert (entry.title, entry.address) == ("Registry (REG)", "/glossary/#registry")
    assert entries["vintage"].summary == "The year of an outcome."


@pytest.mark.parametrize("number", [1, 40])
def test_the_glossary_costs_the_same_for_any_number_of_terms(client, number, count_queries):
    for index in range(number):
        term(f"Term {index}").see_also.add(term(f"Other {index}"))

    with count_queries(2):
        response = client.get("/glossary/")

    assert response.context["count"] == 2 * number
