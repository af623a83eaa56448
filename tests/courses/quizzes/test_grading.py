from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    score,
    share,
)

D = Decimal
ids = st.integers(1, 9)
some = st.frozensets(ids, min_size=1, max_size=6)
partly = st.booleans()
numbers = st.decimals(-(10**9), 10**9, places=3)
tolerances = st.decimals(0, 10, places=2)
words = st.text(min_size=1, max_size=20)

choices = st.builds(ChoiceSheet, some, partly)
matchings = st.builds(MatchingSheet, st.dictionaries(ids, ids, min_size=1, max_size=6), partly)
orderings = st.builds(
    OrderingSheet, st.lists(ids, min_size=1, max_size=6, unique=True).map(tuple), partly
)
accepted = st.builds(Accepted, numbers, tolerances, st.booleans())
of_numbers = st.builds(
    NumberSheet, st.tuples(accepted), st.sampled_from(["", "t", "kt CO2 eq", "%"])
)
texts = st.builds(TextSheet, st.tuples(words, words))
sheets = st.one_of(choices, matchings, orderings, of_numbers, texts)
responses = st.one_of(
    st.builds(Chosen, st.frozensets(ids)),
    st.builds(Pairs, st.dictionaries(ids, ids)),
    st.builds(Order, st.lists(ids, unique=True).map(tuple)),
    st.builds(Typed, st.text(max_size=40), st.text(max_size=10), st.sampled_from(["en", "fr"])),
)


def full_key(sheet):
    match sheet:
        case ChoiceSheet():
            return Chosen(frozenset(sheet.right))
        case MatchingSheet():
            return Pairs(dict(sheet.pairs))
        case OrderingSheet():
            return Order(sheet.order)
        case NumberSheet():
            return Typed(f"{sheet.accepted[0].number:f}", sheet.unit)


@given(sheets, responses)
def test_every_answer_earns_between_nothing_and_all(sheet, response):
    assert D(0) <= share(sheet, response) <= D(1)


@given(st.one_of(choices, matchings, orderings, of_numbers))
def test_the_whole_key_earns_all(sheet):
    assert share(sheet, full_key(sheet)) == D(1)


@given(sheets)
def test_no_answer_earns_nothing(sheet):
    for empty in (Chosen(), Pairs(), Order(), Typed()):
        assert share(sheet, empty) == D(0)


@given(choices, st.lists(ids, unique=True), st.randoms())
def test_the_order_in_which_options_are_ticked_does_not_count(sheet, chosen, random):
    mixed = list(chosen)
    random.shuffle(mixed)

    assert share(sheet, Chosen(frozenset(chosen))) == share(sheet, Chosen(frozenset(mixed)))


@given(matchings, st.dictionaries(ids, ids), st.randoms())
def test_the_order_in_which_pairs_are_made_does_not_count(sheet, pairs, random):
    mixed = list(pairs.items())
    random.shuffle(mixed)

    assert share(sheet, Pairs(pairs)) == share(sheet, Pairs(dict(mixed)))


@given(sheets, responses)
def test_without_partial_credit_it_is_all_or_nothing(sheet, response):
    if not getattr(sheet, "has_partial_credit", False):
        assert share(sheet, response) in (D(0), D(1))


@pytest.mark.parametrize(
    ("chosen", "earned"),
    [
        ({1, 2}, "1"),
        ({1}, "0.5"),
        ({1, 2, 3}, "0.5"),
        ({1, 3}, "0"),
        ({1, 2, 3, 4}, "0"),
        ({3, 4}, "0"),
        (set(), "0"),
    ],
)
def test_of_several_the_wrong_ones_are_taken_off_the_right_ones(chosen, earned):
    assert share(ChoiceSheet(frozenset({1, 2}), True), Chosen(frozenset(chosen))) == D(earned)


def test_pairs_earn_by_their_number():
    sheet = MatchingSheet({1: 11, 2: 12, 3: 13}, True)

    earned = [share(sheet, Pairs(pairs)) for pairs in ({1: 11}, {1: 11, 2: 13}, {1: 11, 2: 12})]

    assert earned == [D("0.3333"), D("0.3333"), D("0.6667")]
    assert share(MatchingSheet(sheet.pairs), Pairs({1: 11, 2: 12})) == D(0)


@pytest.mark.parametrize(
    ("order", "earned"),
    [
        ((1, 2, 3, 4), "1"),
        ((4, 1, 2, 3), "0.6667"),
        ((2, 1, 4, 3), "0.3333"),
        ((4, 3, 2, 1), "0"),
        ((1, 2), "0.3333"),
        ((), "0"),
    ],
)
def test_an_order_earns_by_its_longest_right_run(order, earned):
    assert share(OrderingSheet((1, 2, 3, 4), True), Order(order)) == D(earned)


def test_only_the_right_order_earns_all():
    sheet = OrderingSheet((1, 2, 3, 4), True)

    whole = [order for order in permutations(sheet.order) if share(sheet, Order(order)) == 1]

    assert whole == [(1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("text", "unit", "earned"),
    [
        ("22,015", "t", 1),
        ("22015.5", "tonnes", 1),
        ("22016", "t", 1),
        ("22016.01", "t", 0),
        ("22014", "tCO2e", 1),
        ("22015", "kt", 0),
        ("22015", "", 0),
        ("22015 t", "t", 0),
        ("", "t", 0),
    ],
)
def test_a_number_is_right_within_its_tolerance_and_in_its_unit(text, unit, earned):
    sheet = NumberSheet((Accepted(D(22015), D(1)),), "t")

    assert share(sheet, Typed(text, unit)) == D(earned)


def test_a_tolerance_may_be_a_share_of_the_number():
    sheet = NumberSheet((Accepted(D(-200), D("0.05"), True),))

    earned = [share(sheet, Typed(text)) for text in ("-190", "−210", "-189.9", "200")]

    assert earned == [D(1), D(1), D(0), D(0)]


def test_a_number_is_read_in_the_language_of_its_answer():
    sheet = NumberSheet((Accepted(D("1.234")),))

    assert share(sheet, Typed("1,234", language="fr")) == D(1)
    assert share(sheet, Typed("1,234", language="en")) == D(0)


@pytest.mark.parametrize(
    ("text", "earned"),
    [("Bogota", 1), ("BOGOTÁ", 1), ("são tomé", 1), ("sao tome", 0), ("", 0), ("-", 0)],
)
def test_a_short_text_is_right_in_any_dress_and_accents_count_as_the_key_has_them(text, earned):
    assert share(TextSheet(("Bogota", "São Tomé", "-")), Typed(text)) == D(earned)


@given(st.lists(st.tuples(st.decimals("0.01", 99, places=2), st.decimals(0, 1, places=4))))
def test_a_score_is_a_share_of_the_points(parts):
    if parts:
        assert D(0) <= score(parts) <= D(1)
        assert score(parts) == score(reversed(parts))


def test_a_score_divides_by_all_the_points_of_the_paper():
    assert score([(D(2), D(1)), (D(1), D(0))]) == D("0.6667")
    assert score([(D(1), D(1)), (D(3), D("0.5"))]) == D("0.6250")
