"""Search over the real index: the same tests hold on SQLite and on PostgreSQL."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from partnership.lib.text import query_terms, tokens
from partnership.lib.text.letters import plain, written
from partnership.search import slips
from partnership.search.queries import find
from partnership.search.services import Entry, replace
from tests.properties import examples
from tests.search.words import SYNONYMS, write_synonyms

pytestmark = pytest.mark.django_db

ENTRIES = [
    Entry("jpn-vnm", "Japan – Viet Nam", "/a/", body="Joint Crediting Mechanism, 6.4 is not used"),
    Entry("loa", "Letter of authorization (LoA)", "/b/", body="Carbon leaves the account."),
    Entry("transformers", "Amorphous transformers", "/c/", summary="Less loss in the grid"),
    Entry(
        "accord", "L’autorisation du ministère", "/d/", body="Articles 6.2 et 6.4", language="fr"
    ),
    Entry("小", "碳市场", "/e/", body="第6条", language="zh"),
    Entry("can", "Canada", "/f/", body="CAN CA Americas"),
    Entry("adjustment", "Corresponding adjustment", "/g/", body="Either side of 2021"),
]


@pytest.fixture(autouse=True)
def _entries(db: None) -> None:
    write_synonyms()
    replace("term", ENTRIES)


def keys(asked: str, **kwargs: Any) -> set[str]:
    return {hit.key for hit in find(asked, **kwargs).hits}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("authoriz", {"loa"}),
        ("authorising", {"loa"}),
        ("loas", {"loa"}),
        ("autorisations", {"accord", "loa"}),
        ("ministere", {"accord"}),
        ("transform", {"transformers"}),
        ("vietnam", {"jpn-vnm"}),
        ("jcm japan", {"jpn-vnm"}),
        ("6.4", {"jpn-vnm", "accord"}),
        ("市场", {"小"}),
        ("市", {"小"}),
        ("CA", {"can", "adjustment"}),
        ("ca", {"can", "adjustment", "loa"}),
        ("japan transform", set()),
        ("NOT transformers", set()),
        ("grid OR japan", set()),
        ('"loss" NEAR(grid) *', set()),
        ('("loss" & gri:* ^ "', {"transformers"}),
        ("\0 \ud800 ''", set()),
    ],
)
def test_finds(asked: str, found: set[str]) -> None:
    assert keys(asked) == found


def test_the_title_weighs_more_than_the_text() -> None:
    told = Entry("told", "Something else", "/h/", body="transformers " * 3)
    replace("case", [told])
    assert [hit.key for hit in find("transformers").hits] == ["transformers", "told"]


def test_the_readers_own_language_comes_first() -> None:
    assert [hit.key for hit in find("6.4", language="fr").hits] == ["accord", "jpn-vnm"]
    assert [hit.key for hit in find("6.4", language="en").hits] == ["jpn-vnm", "accord"]


def test_kinds_are_counted_before_one_is_chosen() -> None:
    replace("case", [Entry("grid", "Transformers abroad", "/h/")])
    found = find("transformer", kind="case")
    assert ([hit.key for hit in found.hits], found.kinds) == (["grid"], {"term": 1, "case": 1})


def test_unchanged_entries_are_not_written_again() -> None:
    assert replace("term", ENTRIES) == 0
    assert replace("term", [*ENTRIES[:-1], Entry("adjustment", "Averaging", "/g/")]) == 1
    assert (keys("averag"), keys("corresponding")) == ({"adjustment"}, set())


def test_a_question_of_many_words_is_answered() -> None:
    assert keys("transformers " + " ".join(f"a{number}'b-c" for number in range(40))) == set()
    assert keys("transformers " * 200) == {"transformers"}


@pytest.mark.audit
def test_a_book_can_be_found() -> None:
    replace(
        "case", [Entry("book", "Book", "/h/", body=" ".join(f"w{n}ord" for n in range(90_000)))]
    )
    assert keys("w77ord book") == {"book"}


@examples(60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_any_question_is_answered(asked: str) -> None:
    find(asked)


def _as_one_word(words: list[str]) -> int:
    """How many of the words the database's own parser keeps whole and unchanged."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT count(*) FROM unnest(%s::text[]) word "
                "WHERE strip(to_tsvector('simple', word)) = array_to_tsvector(ARRAY[word])",
                [words],
            )
            return cursor.fetchone()[0]
        cursor.execute(
            "CREATE VIRTUAL TABLE temp.held USING "
            "fts5(word, tokenize='unicode61 remove_diacritics 0')"
        )
        cursor.execute("CREATE VIRTUAL TABLE temp.found USING fts5vocab(temp, held, row)")
        cursor.executemany("INSERT INTO held VALUES (%s)", [(word,) for word in words])
        cursor.execute("SELECT count(*) FROM found")
        return cursor.fetchone()[0]


def test_the_database_takes_every_token_for_one_word() -> None:
    numbers = (
        "3e10a 1e5.4 0x1f 10e5 1.5e3 6.4erm a6.4er 1e400 inf 0.5 1,618.5 27.05.2024 v2.0 co2-eq"
    )
    letters = "".join(map(chr, [*range(0x20, 0xD800), *range(0xE000, 0xFFFF)]))
    signs = "user@host.org http://a.b/c?d=e#f /usr/bin x_y &amp; <b> -5 +3.2 a.b.c 1-2-3 O'Neil"
    told = (
        tokens(f"{numbers} {signs}", "en", SYNONYMS)
        + tokens(signs, "fr")
        + tokens("الاتفاق والأنشطة", "ar")
    )
    asked = [word for term in query_terms(numbers) for word in (term.word, *term.stems)]
    words = sorted({*told, *asked, *(f"a{letter}b" for letter in plain(written(letters)))})
    assert _as_one_word(words) == len(words)


def test_a_word_that_is_on_more_pages_than_are_guessed_from_is_put_right():
    many = slips.MOST_ENTRIES + 10
    replace("case", [Entry(f"m{n}", f"Page {n}", "/m/", body="marketplace") for n in range(many)])

    found = find("markettplace")

    assert (found.instead, found.total) == ("marketplace", many)
