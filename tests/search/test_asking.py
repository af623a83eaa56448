"""Phrases, beginnings, slips, pages and rights: what one question finds on either database."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from partnership.search.engines import asked as engines
from partnership.search.models import SearchEntry
from partnership.search.queries import Found, Reader, find
from partnership.search.services import Entry, remove, write

pytestmark = pytest.mark.django_db
GUIDE = [
    "The host Party first transfers an outcome that it has authorized.",
    "An outcome is transferred first and used by the acquiring Party later.",
    "Accounts are kept in a registry.",
]


@pytest.fixture(autouse=True)
def _document(db: None) -> None:
    write(
        "document",
        "guide",
        [
            Entry("guide", "Guide", f"/library/guide/#page={n}", text, page=n)
            for n, text in enumerate(GUIDE, start=1)
        ],
    )


def pages(asked: str) -> list[int]:
    return sorted(page.page for hit in find(asked).hits for page in (hit, *hit.more_pages))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("first transferred", [1, 2]),
        ('"first transfers"', [1]),
        ("“transferred first”", [2]),
        ("«first  TRANSFERS» party", [1]),
        ('"first transferred"', []),
        ('"registry"', [3]),
        ('"registries"', []),
        ("registries", [3]),
        ("regis* accounts", [3]),
        ("acc* registry", [3]),
        ("acc registry", []),
        ("r", []),
        ("a", [3]),
    ],
)
def test_words_phrases_and_beginnings(asked: str, found: list[int]) -> None:
    """One letter is no beginning, and a word in quotation marks is only in this form."""
    assert pages(asked) == found


def test_a_document_is_one_hit_that_knows_its_other_pages_and_is_counted_once() -> None:
    found = find("outcome")

    (hit,) = found.hits
    assert (hit.address, [page.page for page in hit.more_pages]) == ("/library/guide/#page=1", [2])
    assert (found.total, found.kinds, found.languages) == (1, {"document": 1}, {"en": 1})


def test_a_word_with_one_slip_finds_what_was_meant_and_says_so() -> None:
    told = {asked: find(asked) for asked in ("acquirng party", "regsitry", "transferrs", "zzzzzz")}

    assert {asked: found.instead for asked, found in told.items()} == {
        "acquirng party": "acquiring party",
        "regsitry": "registry",
        "transferrs": "transfers",
        "zzzzzz": "",
    }
    assert [hit.page for hit in told["regsitry"].hits] == [3]


def test_what_may_have_been_meant_is_offered_where_few_things_hold_the_word() -> None:
    write("term", "x", [Entry("x", "Reqistry", "/x/")])
    for number in range(4):
        write("case", f"c{number}", [Entry(f"c{number}", f"Registry {number}", "/c/")])

    assert (find("reqistry").meant, find("registry").meant) == ("registry", "")


def counted(found: Found) -> tuple[int, dict[str, int], dict[str, int], str, str]:
    return found.total, found.kinds, found.languages, found.instead, found.meant


def test_what_is_for_others_is_in_no_hit_count_language_or_guess() -> None:
    before = counted(find("zebra")), counted(find("zbra"))
    secret = Entry("s", "Zebra", "/s/", "zebra", language="fr", audience="country:QAA")
    write("document", "s", [secret])

    theirs = Reader(audiences=frozenset({"", "country:QAA"}))
    others = Reader(audiences=frozenset({"", "country:QAB", "signed-in"}))
    assert find("zebra", reader=theirs).kinds == {"document": 1}
    assert find("zbra", reader=theirs).instead == "zebra"
    for reader in (None, others):
        found = find("zebra", reader=reader), find("zbra", reader=reader)
        assert tuple(map(counted, found)) == before
        assert [told.hits for told in found] == [[], []]


def test_a_thing_that_is_removed_or_loses_a_page_is_found_no_more() -> None:
    write("document", "guide", [Entry("guide", "Guide", "/g/", GUIDE[2], page=3)])
    left = SearchEntry.objects.count()
    remove("document", "guide")

    assert (left, SearchEntry.objects.count(), find("registry").hits) == (1, 0, [])


def test_a_language_or_kind_that_is_chosen_narrows_the_hits_and_not_the_other_counts() -> None:
    write("term", "t", [Entry("t", "Outcome", "/t/"), Entry("t", "Outcome", "/t/", language="fr")])

    found = find("outcome", kind="term", texts="fr")

    assert [(hit.kind, hit.language) for hit in found.hits] == [("term", "fr")]
    assert (found.total, found.kinds, found.languages) == (1, {"term": 1}, {"en": 1, "fr": 1})


@pytest.mark.parametrize("asked", ["x" * 16_000, '"' * 5_000, "\0", "'" * 5_000, "a " * 8_000])
def test_a_question_that_nobody_asks_is_answered_at_once(asked: str) -> None:
    assert find(asked).total in (0, 1)


def write_pages() -> None:
    for number in range(9):
        key, page = f"d{number}", f"/library/d{number}/#page=1"
        language = "fr" if number == 8 else "en"
        write("document", key, [Entry(key, f"Paper {number}", page, "outcome", "", language, 1)])


def write_terms() -> None:
    for number in range(7):
        write("term", f"t{number}", [Entry(f"t{number}", f"Outcome {number}", "/t/")])


@pytest.mark.parametrize(
    "written", [(write_pages, write_terms), (write_terms, write_pages)], ids=["pages", "terms"]
)
def test_what_is_on_too_many_pages_is_counted_no_further_and_said_so(
    monkeypatch: pytest.MonkeyPatch, written: tuple[Callable[[], None], ...]
) -> None:
    """Things are all counted, and pages in the reader's language are found among any number,
    whichever of both the database comes upon first.
    """
    monkeypatch.setattr(engines, "MOST_SEEN", 5)
    SearchEntry.objects.all().delete()
    for write_some in written:
        write_some()
    write("document", "registry", [Entry("registry", "Accounts", "/r/#page=1", "registry", page=1)])

    found, own = find("outcome"), find("outcome", reader=Reader("fr"))
    terms, rare = find("outcome", kind="term"), find("registry")

    assert (found.kinds["term"], found.open, found.is_open) == (7, {"document"}, True)
    assert own.hits[0].key == "d8" != found.hits[0].key
    assert find("outcome", texts="fr").total == 1
    assert (terms.total, terms.is_open, rare.is_open) == (7, False, False)


def test_the_shorter_the_entry_that_says_it_the_sooner_it_comes() -> None:
    write("case", "long", [Entry("long", "Story", "/l/", "outcome " + "and more words " * 300)])
    write("case", "short", [Entry("short", "Tale", "/s/", "outcome of it")])

    told = [hit.key for hit in find("outcome").hits]

    assert all(told.index(first) < told.index(then) for first, then in pairwise(["short", "long"]))
