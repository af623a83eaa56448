from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import partnership
from partnership.information.content import FILE
from partnership.information.models import GlossaryTerm
from partnership.sources.content import FOLDER as SOURCES
from partnership.sources.loading import read
from partnership.sources.models import DatedFact
from tests.each import of_each

TERMS = read(FILE)["terms"]
BY_SLUG = {row["slug"]: row for row in TERMS}
FACTS = {row["key"]: row for row in read(SOURCES / "facts.json")["facts"]}
KNOWN = {row["slug"]: row for row in read(SOURCES / "sources.json")["sources"]}
FILES = sorted(Path(partnership.__file__).parent.glob("*/content/*.json"))

NUMBERS = {
    "partnership-countries-2022-11": 40,
    "partnership-institutions-2022-11": 23,
    "partnership-together-2022-11": 67,
    "partnership-countries-2023-04": 66,
    "partnership-institutions-2023-04": 32,
    "expert-training-people-2024": 22,
    "expert-training-countries-2024": 20,
    "ndc-cooperation-share": 76,
    "saving-ieta-2019": 250,
    "extra-reductions-ieta-2019": 5,
    "saving-update-2021": 300,
    "talk-pairs": 47,
    "talk-acquiring": 6,
    "talk-hosts": 35,
    "talk-countries": 41,
    "pipeline-agreements-2023": 61,
    "pipeline-acquiring-2023": 6,
    "pipeline-hosts-2023": 39,
    "jcm-goal-2030": 100,
    "jcm-model-projects": 200,
    "jcm-partners-2022": 25,
    "jcm-partners-2024": 29,
    "jcm-before-paris": 16,
    "arrangements": 99,
    "arrangements-mou": 57,
    "arrangements-agreements": 32,
    "arrangements-other": 9,
    "arrangements-sum": 98,
    "arrangements-parties": 61,
    "arrangements-hosts": 51,
    "arrangements-acquiring": 10,
    "status-parties": 100,
    "status-both-arrangements": 13,
    "status-initial-reports-first": 16,
    "status-initial-reports-second": 14,
    "status-some-arrangement": 85,
    "status-no-information": 15,
}
WORDS = {
    "partnership-launched": "16 November 2022",
    "partnership-center-opened": "27 April 2023",
    "new-ndc-cooperation-share": "46 to 85",
    "ndc-gap": "large; not put into a number",
    "cost-share-ieta-2019": "half",
    "mechanism-start": "2024 or later",
}


def cited(part: object) -> Iterator[str]:
    """Every source that a content file names, however deep."""
    if isinstance(part, list):
        for item in part:
            yield from cited(item)
    elif isinstance(part, dict):
        if isinstance(part.get("source"), str):
            yield part["source"]
        for item in part.values():
            yield from cited(item)


def test_the_glossary_has_68_terms_each_once():
    assert len(TERMS) == len(BY_SLUG) == len({row["term"].casefold() for row in TERMS}) == 68


def test_no_two_terms_share_an_abbreviation():
    short = Counter(row["abbreviation"] for row in TERMS if row["abbreviation"])

    assert max(short.values()) == 1
    assert {"NDC", "ITMO", "AEF", "BTR", "LoA", "JCM", "PACM"} <= set(short)


@of_each(BY_SLUG)
def test_a_term_has_a_category_and_a_definition_in_sentences(row):
    assert row["category"] in GlossaryTerm.Category.values
    assert row["definition"][0].isupper()
    assert row["definition"].endswith(".")


def test_a_term_points_only_to_other_terms():
    wrong = [
        (slug, other)
        for slug, row in BY_SLUG.items()
        for other in row["see_also"]
        if other == slug or other not in BY_SLUG
    ]

    assert wrong == []


def test_what_was_only_acquired_is_no_part_of_the_emissions_balance():
    definition = BY_SLUG["emissions-balance"]["definition"]

    assert "plus ITMOs transferred for the first time, minus ITMOs used" in definition
    assert "ITMOs that were only acquired play no part in it" in definition


def test_all_figures_are_those_of_the_sources():
    numbers = {key: row["value_number"] for key, row in FACTS.items()}
    words = {key: row["value_text"] for key, row in FACTS.items()}

    assert {key: n for key, n in numbers.items() if n is not None} == NUMBERS
    assert {key: text for key, text in words.items() if text} == WORDS


def test_a_figure_that_is_not_exact_says_so():
    assert {key: row["qualifier"] for key, row in FACTS.items() if row["qualifier"]} == {
        "cost-share-ieta-2019": "about",
        "extra-reductions-ieta-2019": "about",
        "jcm-goal-2030": "about",
        "jcm-model-projects": "over",
        "saving-update-2021": "about",
    }


def test_what_we_counted_ourselves_says_so():
    assert {key for key, row in FACTS.items() if row["is_ours"]} == {
        "talk-pairs",
        "talk-acquiring",
        "talk-hosts",
        "talk-countries",
        "jcm-partners-2022",
        "jcm-before-paris",
        "arrangements-sum",
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parts[-3]}/{file.name}")
def test_every_source_that_a_file_names_is_known(file):
    assert set(cited(read(file))) - set(KNOWN) == set()


def test_a_source_without_an_address_says_what_is_known_of_it():
    bare = [row["slug"] for row in KNOWN.values() if not row["address"] and not row["note"]]

    assert bare == []


def test_every_fact_is_shown_with_a_source_and_a_day_not_after_today(content):
    facts = DatedFact.objects.select_related("source")

    assert {fact.key for fact in facts} == set(FACTS)
    assert max(fact.as_of for fact in facts) <= date(2026, 11, 24)


def test_terms_refer_to_each_other_in_both_directions(content):
    stored = {
        term.slug: {other.slug for other in term.see_also.all()}
        for term in GlossaryTerm.objects.prefetch_related("see_also")
    }

    for slug, row in BY_SLUG.items():
        assert set(row["see_also"]) <= stored[slug]
        assert all(slug in stored[other] for other in row["see_also"])
