from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.quizzes import words
from courses.quizzes.grading import (
    Accepted,
    ChoiceSheet,
    Chosen,
    MatchingSheet,
    NumberSheet,
    Order,
    OrderingSheet,
    Pairs,
    TextSheet,
    Typed,
)
from courses.quizzes.responses import (
    ChosenTwice,
    NotText,
    Tokens,
    TooLong,
    UnknownOption,
    WrongShape,
    is_empty,
    parse_response,
    understood,
)
from partnership.lib.errors import Refusal

D = Decimal
KINDS = ["single", "true_false", "multiple", "matching", "ordering", "number", "short_text"]
OF = Tokens(frozenset("abc"), frozenset("lm"), frozenset("rs"))
KEPT = [
    ("single", {"chosen": ["a"]}, {"chosen": ["a"]}),
    ("multiple", {"chosen": ["c", "a"]}, {"chosen": ["a", "c"]}),
    ("true_false", {"chosen": []}, {"chosen": []}),
    ("matching", {"pairs": {"m": "r", "l": "r"}}, {"pairs": {"l": "r", "m": "r"}}),
    ("ordering", {"order": ["c", "a"]}, {"order": ["c", "a"]}),
    ("short_text", {"text": " OIMP "}, {"text": "OIMP"}),
    ("number", {"text": "1,5"}, {"text": "1,5", "unit": "", "language": "fr"}),
    (
        "number",
        {"text": "12x", "unit": "t", "language": "zz"},
        {"text": "12x", "unit": "t", "language": "fr"},
    ),
]
REFUSED = [
    ("single", None, WrongShape),
    ("single", ["a"], WrongShape),
    ("single", {}, WrongShape),
    ("single", {"chosen": "a"}, WrongShape),
    ("single", {"chosen": [1]}, WrongShape),
    ("single", {"chosen": ["a"], "share": 1}, WrongShape),
    ("single", {"chosen": ["a", "b"]}, ChosenTwice),
    ("single", {"chosen": ["x"]}, UnknownOption),
    ("multiple", {"chosen": ["a", "a"]}, ChosenTwice),
    ("matching", {"pairs": ["l"]}, WrongShape),
    ("matching", {"pairs": {"l": None}}, WrongShape),
    ("matching", {"pairs": {"r": "l"}}, UnknownOption),
    ("ordering", {"order": ["a", "a"]}, ChosenTwice),
    ("ordering", {"chosen": ["a"]}, WrongShape),
    ("short_text", {"text": 5}, WrongShape),
    ("short_text", {"text": "a", "unit": "t"}, WrongShape),
    ("short_text", {"text": "a" * 501}, TooLong),
    ("short_text", {"text": "a\0"}, NotText),
    ("short_text", {"text": "\ud800"}, NotText),
    ("number", {"text": "1", "unit": "t" * 61}, TooLong),
    ("essay", {"text": "a"}, WrongShape),
]


@pytest.mark.parametrize(("kind", "raw", "kept"), KEPT)
def test_an_answer_is_kept_in_one_form(kind, raw, kept):
    assert parse_response(kind, raw, OF, language="fr") == kept


@pytest.mark.parametrize(("kind", "raw", "refusal"), REFUSED)
def test_a_malformed_answer_is_refused(kind, raw, refusal):
    with pytest.raises(refusal) as told:
        parse_response(kind, raw, OF)

    assert str(told.value).endswith(".")


def test_each_refusal_has_a_code_of_its_own():
    codes = {kind.code for kind in (WrongShape, UnknownOption, ChosenTwice, TooLong, NotText)}

    assert codes == {"wrong_shape", "unknown_option", "chosen_twice", "too_long", "not_text"}


json = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text() | st.sampled_from("abclmrs"),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.sampled_from(["chosen", "pairs", "order", "text", "unit", "x"]), inner)
    ),
    max_leaves=8,
)


@given(st.sampled_from(KINDS), json)
def test_anything_is_kept_or_refused(kind, raw):
    try:
        kept = parse_response(kind, raw, OF)
    except Refusal:
        return
    assert parse_response(kind, kept, OF) == kept


IDS = {token: place for place, token in enumerate("abclmrs", start=1)}


@pytest.mark.parametrize(
    ("kind", "stored", "response"),
    [
        ("multiple", {"chosen": ["a", "c"]}, Chosen(frozenset({1, 3}))),
        ("single", None, Chosen()),
        ("matching", {"pairs": {"l": "r"}}, Pairs({4: 6})),
        ("ordering", {"order": ["b", "a"]}, Order((2, 1))),
        ("number", {"text": "1", "unit": "t", "language": "fr"}, Typed("1", "t", "fr")),
        ("short_text", {"text": "x"}, Typed("x")),
    ],
)
def test_a_stored_answer_is_understood_by_ids(kind, stored, response):
    assert understood(kind, stored, IDS) == response


def test_a_cleared_answer_is_empty():
    cleared = [{"chosen": []}, {"pairs": {}}, {"order": []}, {"text": ""}, None]

    assert [is_empty(stored) for stored in cleared] == [True] * 5
    assert is_empty({"text": "", "unit": "", "language": "en"})
    assert not is_empty({"text": "0", "unit": "", "language": "en"})


TEXTS = {1: "one", 2: "two", 3: "three"}


@pytest.mark.parametrize(
    ("response", "told"),
    [
        (Chosen(frozenset({3, 1})), "one; three"),
        (Pairs({1: 2}), "one → two"),
        (Order((2, 1)), "1. two; 2. one"),
        (Typed("12", "t"), "12 t"),
        (Typed("OIMP"), "OIMP"),
    ],
)
def test_an_answer_is_told_in_words(response, told):
    assert words.of_response(response, TEXTS) == told


@pytest.mark.parametrize(
    ("sheet", "told"),
    [
        (ChoiceSheet(frozenset({2})), "two"),
        (MatchingSheet({1: 3}), "one → three"),
        (OrderingSheet((3, 2)), "1. three; 2. two"),
        (TextSheet(("OIMP", "OIMPs")), "OIMP"),
        (TextSheet(()), ""),
        (NumberSheet((Accepted(D(5)),), "t"), "5 t"),
        (NumberSheet((Accepted(D("16.5"), D("0.2")),), "%"), "16.5 ± 0.2 %"),
        (NumberSheet((Accepted(D(200), D("0.05"), True),)), "200 ± 5 %"),
        (NumberSheet(()), ""),
    ],
)
def test_what_is_right_is_told_in_words(sheet, told):
    assert words.of_sheet(sheet, TEXTS) == told
