from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.learning import codes

BODIES = st.text(alphabet=codes.ALPHABET, min_size=codes.RANDOM, max_size=codes.RANDOM)
CODES = BODIES.map(lambda body: body + codes._check(body))


def test_the_alphabet_is_32_symbols_without_look_alikes():
    assert len(set(codes.ALPHABET)) == 32
    assert set("ILOU").isdisjoint(codes.ALPHABET)


def test_a_code_is_drawn_whole_and_differently_each_time():
    drawn = {codes.draw() for _ in range(200)}

    assert len(drawn) == 200
    assert {codes.parse_code(code) for code in drawn} == drawn


@given(CODES)
def test_every_single_wrong_character_is_noticed(code):
    wrong = [
        code[:place] + mark + code[place + 1 :]
        for place in range(codes.LENGTH)
        for mark in codes.ALPHABET
        if mark != code[place]
    ]

    assert len(wrong) == 12 * 31
    assert [one for one in wrong if codes.parse_code(one)] == []


@given(CODES)
def test_any_two_characters_that_changed_places_are_noticed(code):
    for first in range(codes.LENGTH):
        for second in range(first + 1, codes.LENGTH):
            marks = list(code)
            marks[first], marks[second] = marks[second], marks[first]
            swapped = "".join(marks)
            assert swapped == code or codes.parse_code(swapped) is None


@given(CODES, st.sampled_from([" ", "-", "\u2013", "\u00a0", "--", " - "]))
def test_case_spaces_and_dashes_do_not_matter(code, between):
    typed = between.join([code[:4].lower(), code[4:8], code[8:].lower()])

    assert codes.parse_code(f"  {typed}\t") == code
    assert codes.parse_code(codes.shown(code)) == code


@given(CODES)
def test_look_alikes_are_read_as_what_is_meant(code):
    for typed, meant in (("O", "0"), ("o", "0"), ("I", "1"), ("l", "1"), ("U", "V"), ("u", "V")):
        assert codes.parse_code(code.replace(meant, typed)) == code


def test_digits_of_other_scripts_are_digits():
    code = "1" * codes.RANDOM + codes._check("1" * codes.RANDOM)

    assert codes.parse_code(code.replace("1", "\u0661")) == code
    assert codes.parse_code(code.replace("1", "\uff11")) == code


@pytest.mark.parametrize(
    "typed", ["", "-", "ABC", "0" * 13, "0" * 5_000, "é" * 12, "<script>", "²"]
)
def test_what_can_be_no_code_is_none(typed):
    assert codes.parse_code(typed) is None


def test_a_code_is_shown_in_three_groups():
    assert codes.shown("7K3M0QXDB5W2") == "7K3M-0QXD-B5W2"
