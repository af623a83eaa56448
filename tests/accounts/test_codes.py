from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from partnership.accounts.codes import code_of, is_right, shown

ROW = UUID("6f1b0f52-6f0e-4d0b-9f0c-0d6f3c1d2e11")


def test_a_row_has_one_code_of_eight_digits_and_every_row_another():
    drawn = [code_of(uuid4()) for _ in range(300)]

    assert code_of(ROW) == code_of(ROW)
    assert {len(code) for code in drawn} == {8}
    assert all(code.isdecimal() for code in drawn)
    assert len(set(drawn)) == 300


def test_without_the_sites_secret_the_row_tells_nothing(settings):
    before = code_of(ROW)

    settings.SECRET_KEY = "another secret that is long enough for this"

    assert code_of(ROW) != before


@pytest.mark.parametrize(
    "write",
    [
        shown,
        lambda code: f" {code[:4]}-{code[4:]}\n",
        "\u00a0".join,
        lambda code: "".join(chr(0x0660 + int(digit)) for digit in code),
        lambda code: "".join(chr(0x0966 + int(digit)) for digit in code),
    ],
    ids=["as mailed", "hyphen", "hard blanks", "Arabic-Indic digits", "Devanagari digits"],
)
def test_a_code_is_read_however_it_is_typed(write):
    assert is_right(ROW, write(code_of(ROW)))


@pytest.mark.parametrize("typed", ["", "12", "x" * 8, "²³¹¹²³¹²", "-", "٣"])
def test_what_is_no_code_is_wrong_and_no_fault(typed):
    assert not is_right(ROW, typed)


def test_a_code_with_more_or_less_around_it_is_wrong():
    code = code_of(ROW)

    assert not any(is_right(ROW, typed) for typed in (code[1:], f"{code}0", f"0{code}", code[::-1]))
