"""Search over the partnership's whole content: the same hits on both databases."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from partnership.accounts.models import Role
from partnership.information.library import fields
from partnership.lib.languages import named
from partnership.members.models import Country
from partnership.search.models import SearchEntry
from partnership.search.queries import find
from partnership.site import searching
from partnership.site.forms import SearchForm
from tests.agreements.cooperation import routes as cooperation
from tests.courses.files import TEXTS
from tests.factories.agreements import AgreementFactory, AgreementStageFactory
from tests.factories.casestudies import CaseStudyFactory
from tests.factories.members import InstitutionFactory
from tests.site.people import client_of

TRANSFORMERS = "transformers-viet-nam-lao-pdr"
TALK, VNM_PLAN = "oecc-talk-2022", "vnm-power-plan-2016"
STORY = "a6-204/transformers-story"
ARRANGEMENTS = "a6-301/arrangements-in-december-2022"


def lessons_with(*words: str) -> set[str]:
    """Of the course files: those whose text holds them all, in whatever form."""
    return {
        name.replace(" ", "/").lower()
        for name, text in TEXTS.items()
        if all(word in text.lower() for word in words)
    }


pytestmark = pytest.mark.both_engines("each database has a search of its own")


def keys(asked: str, kind: str = "") -> list[str]:
    return [hit.key for hit in find(asked, kind=kind).hits]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("ITMO", "internationally-transferred-mitigation-outcome"),
        ("itmos", "internationally-transferred-mitigation-outcome"),
        ("viet nam", "VNM"),
        ("vietnam", "VNM"),
        ("Việt Nam", "VNM"),
        ("laos", "LAO"),
        ("korea", "KOR"),
        ("guinea", "GIN"),
        ("dominica", "DMA"),
        ("cote divoire", "CIV"),
        ("authorization", "authorization"),
        ("authorisation", "authorization"),
        ("letter of authorization", "letter-of-authorization"),
        ("LoA", "letter-of-authorization"),
        ("transformer", TRANSFORMERS),
        ("mongolia farm", "solar-farm-monnaran-mongolia"),
        ("jcm", "joint-crediting-mechanism"),
        ("6.4ERM", "article-6-4-mechanism"),
        ("IGES", "iges"),
        ("jpn vnm", "jpn-vnm"),
        ("switzerland ghana", "che-gha"),
    ],
)
def test_the_first_hit_is_what_was_meant(content, asked, first):
    assert keys(asked)[0] == first


@pytest.mark.parametrize(
    ("asked", "hits"),
    [
        (
            "viet nam",
            {"VNM", "jpn-vnm", "kor-vnm", "sgp-vnm", "evn", TRANSFORMERS, TALK, VNM_PLAN}
            | lessons_with("viet nam"),
        ),
        ("laos", {"LAO", "jpn-lao", TRANSFORMERS, STORY, TALK}),
        ("dominica", {"DMA", "DOM", "che-dma", "swe-dom", ARRANGEMENTS, "lawinsider-dma"}),
        ("transformer", {"evn", TRANSFORMERS, "a6-204"} | lessons_with("transformer")),
        (
            "emissions balance",
            {"emissions-balance", "multi-year-budget", TRANSFORMERS, "a6-202"}
            | lessons_with("emission", "balance"),
        ),
        ("xyzzy", set()),
        ("", set()),
    ],
)
def test_all_that_holds_every_word_is_found_and_nothing_else(content, asked, hits):
    assert set(keys(asked)) == hits


def test_the_hits_of_each_kind_are_counted(content):
    found = find("Japan", kind="country")

    assert [hit.key for hit in found.hits] == ["JPN"]
    assert found.kinds == {
        "country": 1,
        "agreement": 31,
        "institution": 7,
        "term": 1,
        "case": 2,
        "document": 6,
        "lesson": 5,
        "fact": 9,
    }


@pytest.mark.parametrize(
    "asked",
    [
        '"',
        "'",
        "*",
        "a*b",
        "NEAR(",
        "AND",
        "OR NOT",
        "(((",
        ":*",
        "&|!",
        "\\",
        "--;",
        "é" * 200,
        "🦆",
    ],
)
def test_signs_of_the_databases_languages_are_only_signs(content, asked):
    find(asked)
    find(f"japan {asked}")


def test_every_hit_leads_to_a_page(content, client):
    cooperation.make_rows(entry__host=Country.objects.get(iso3="GHA"))
    for kind in ("approach", "authorization"):
        searching.rebuild(kind)
    for kind in searching.KINDS:
        hit = SearchEntry.objects.filter(kind=kind).first()
        assert client.get(hit.address).status_code == 200


def test_the_page_lists_hits_with_their_kind_and_the_filters(content, client):
    response = client.get("/search/?q=viet nam")
    page = response.content.decode()

    assert response.context["page"].object_list[0].key == "VNM"
    assert '<a href="/members/countries/vnm/"' in page.replace("\n", " ")
    assert {key: count for key, _, count in response.context["kinds"]} == {
        "country": 1,
        "institution": 1,
        "agreement": 3,
        "case": 1,
        "document": 2,
        "lesson": 3,
    }


def test_each_language_of_the_library_can_be_asked_for_and_has_a_name():
    wanted = {code: SearchForm({"q": "x", "language": code}) for code in fields.LANGUAGES}

    assert all(form.is_valid() for form in wanted.values())
    assert {code for code, name in named(fields.LANGUAGES) if name.lower() == code} == set()


def test_the_interface_finds_what_the_page_finds(content, client):
    page = client.get("/search/?q=korea").context["page"].object_list

    body = client.get("/api/v1/search/?q=korea").json()

    assert [row["address"] for row in body["results"]] == [hit.address for hit in page]
    assert (body["count"], body["kinds"]) == (6, {"agreement": 3, "country": 2, "lesson": 1})


def test_the_interface_gives_at_most_a_hundred_hits_and_counts_all(content, client):
    body = client.get("/api/v1/search/?q=a").json()

    assert len(body["results"]) == 100 < body["count"] == sum(body["kinds"].values())


@pytest.mark.parametrize("asked", ["", "japan"])
def test_a_search_costs_the_same_for_any_number_of_hits(content, client, asked, count_queries):
    # PostgreSQL is told within a transaction of its own how to look.
    some = 6 if connection.vendor == "postgresql" else 3
    with count_queries(some if asked else 0):
        client.get(f"/search/?q={asked}")


# --- What is not there is not found -------------------------------------------------------


def test_a_draft_and_an_agreement_without_a_line_are_not_found(db):
    CaseStudyFactory(title="Hidden case", published_on=None)
    AgreementFactory(acquiring__name="Hidden acquirer")
    AgreementStageFactory(agreement__acquiring__name="Hidden planner", on="2999-01-01")
    for kind in searching.KINDS:
        searching.rebuild(kind)

    assert [hit.kind for hit in find("hidden").hits] == ["country", "country"]


def admin_form(client: Client, address: str) -> dict[str, str]:
    """What the admin's form would send if nothing were changed in it."""
    form = client.get(address).context["adminform"].form
    data = {name: form.initial.get(name) for name in form.fields}
    formsets = client.get(address).context["inline_admin_formsets"]
    for management in (formset.formset.management_form for formset in formsets):
        data |= {management.add_prefix(name): value for name, value in management.initial.items()}
    return {name: "" if value is None else str(value) for name, value in data.items()}


def test_what_an_administrator_renames_is_found_under_its_new_name_from_then_on(db):
    row = InstitutionFactory(name="Hidden one")
    searching.rebuild("institution")
    client, before = client_of(Role.ADMINISTRATOR), keys("hidden")
    address = reverse("admin:partnership_institution_change", args=[row.pk])

    response = client.post(address, {**admin_form(client, address), "name": "Shown one"})

    assert response.status_code == 302, response.context["errors"]
    assert (before, keys("hidden"), keys("shown")) == ([row.slug], [], [row.slug])


def test_what_an_administrator_deletes_is_found_no_more_from_then_on(db):
    gone, other = InstitutionFactory(name="Hidden one"), InstitutionFactory(name="Hidden two")
    searching.rebuild("institution")
    client, before = client_of(Role.ADMINISTRATOR), set(keys("hidden"))

    client.post(reverse("admin:partnership_institution_delete", args=[gone.pk]), {"post": "yes"})

    assert (before, keys("hidden")) == ({gone.slug, other.slug}, [other.slug])


def test_rows_that_are_deleted_together_are_found_no_more_from_then_on(db):
    rows = [InstitutionFactory(name=f"Hidden {number}") for number in range(2)]
    searching.rebuild("institution")
    form = {
        "action": "delete_selected",
        "_selected_action": [row.pk for row in rows],
        "post": "yes",
    }

    client_of(Role.ADMINISTRATOR).post(reverse("admin:partnership_institution_changelist"), form)

    assert keys("hidden") == []
