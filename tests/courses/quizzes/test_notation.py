from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.quizzes.notation import (
    Unreadable,
    decimal_mark,
    normalise_text,
    normalise_unit,
    read_number,
    write_number,
)

READ = [
    ("1,234.5", "en", "1234.5"),
    ("1.234,5", "en", "1234.5"),
    ("1.234,5", "de", "1234.5"),
    ("1 234,5", "fr", "1234.5"),
    ("1\u202f234,5", "fr", "1234.5"),
    ("1\u00a0234,5", "en", "1234.5"),
    ("1\u2009234.5", "en", "1234.5"),
    ("1’234.5", "de-ch", "1234.5"),
    ("١٬٢٣٤٫٥", "ar", "1234.5"),
    ("۱٬۲۳۴٫۵", "fa", "1234.5"),
    ("۱۲۳۴٫۵", "en", "1234.5"),
    ("\u200f١٢٣\u200f", "ar", "123"),
    ("१,२३,४५६", "hi", "123456"),
    ("５００", "ja", "500"),
    ("1,234", "en", "1234"),
    ("1,234", "fr", "1.234"),
    ("1.234", "de", "1234"),
    ("1.234", "en", "1.234"),
    ("1,234", "es-mx", "1234"),
    ("1,234", "es-es", "1.234"),
    ("0,123", "en", "0.123"),
    ("1234,567", "en", "1234.567"),
    ("1,5", "en", "1.5"),
    ("1,234,567", "fr", "1234567"),
    ("1.234.567", "en", "1234567"),
    ("-5", "en", "-5"),
    ("−5", "en", "-5"),
    ("+ 5", "en", "5"),
    (".5", "en", "0.5"),
    ("5.", "en", "5"),
    (" 12\t", "en", "12"),
    ("0", "en", "0"),
]
REFUSED = [
    ("", "empty"),
    ("-", "empty"),
    ("16.5 %", "percent"),
    ("١٦٪", "percent"),
    ("12 t", "unit"),
    ("12tCO2e", "unit"),
    ("10²", "unit"),
    ("1e309", "exponent"),
    ("1E-5", "exponent"),
    ("NaN", "not_a_number"),
    ("inf", "not_a_number"),
    ("-Infinity", "not_a_number"),
    ("twelve", "not_a_number"),
    ("t 12", "not_a_number"),
    ("--1", "not_a_number"),
    ("1-2", "not_a_number"),
    ("5-", "not_a_number"),
    (".", "not_a_number"),
    ("1\x002", "control"),
    ("1\n2", "control"),
    ("\ud800", "control"),
    ("4" * 400, "too_long"),
    ("4" * 31, "too_long"),
    ("1,2,3", "groups"),
    ("12 34", "groups"),
    ("1,,2", "groups"),
    ("1 234.567.890", "groups"),
    ("1,234 567", "groups"),
    ("1٫2٫3", "groups"),
]


@pytest.mark.parametrize(("text", "language", "number"), READ)
def test_a_number_is_read_as_people_write_it(text, language, number):
    assert read_number(text, language=language) == Decimal(number)


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_what_is_no_number_is_refused_with_a_reason(text, code):
    with pytest.raises(Unreadable) as refusal:
        read_number(text, language="en")

    assert refusal.value.code == code
    assert str(refusal.value).endswith(".")


@given(st.text(max_size=120), st.sampled_from(["en", "fr", "ar", "es-mx", "", "x_y"]))
def test_any_text_is_read_or_refused(text, language):
    try:
        number = read_number(text, language=language)
    except Unreadable:
        return
    assert number.is_finite()


@given(
    st.decimals(-(10**13), 10**13, places=6, allow_nan=False), st.sampled_from(["en", "fr", "ar"])
)
def test_a_number_that_is_shown_back_is_read_as_the_same(number, language):
    shown = write_number(number, language=language)

    if len(shown.lstrip("−").replace(decimal_mark(language), ".").partition(".")[2]) != 3:
        assert read_number(shown, language=language) == number


@pytest.mark.parametrize(
    ("number", "language", "shown"),
    [
        ("1234.5", "en", "1234.5"),
        ("1234.50", "fr", "1234,5"),
        ("-3", "en", "−3"),
        ("-0.0", "en", "0"),
        ("0.10", "de_DE", "0,1"),
        ("1E+3", "en", "1000"),
    ],
)
def test_a_number_is_shown_back_without_groups(number, language, shown):
    assert write_number(Decimal(number), language=language) == shown


@pytest.mark.parametrize(
    ("language", "mark"),
    [("en", "."), ("en-ZA", ","), ("pt_BR", ","), ("es-419", "."), ("zh-hans", "."), ("vi", ",")],
)
def test_a_language_has_its_decimal_mark(language, mark):
    assert decimal_mark(language) == mark


@pytest.mark.parametrize("text", ["OIMP", " oimp ", "O.I.M.P.", "ＯＩＭＰ", "OI-MP", "Oi‑mp"])
def test_a_short_text_is_the_same_in_any_dress(text):
    assert normalise_text(text) == "oimp"


@pytest.mark.parametrize(
    ("text", "folded", "kept"),
    [
        ("Bogotá", "bogota", "bogotá"),
        ("Việt  Nam", "viet nam", "việt nam"),
        ("co-operative", "cooperative", "cooperative"),
        ("STRASSE", "strasse", "strasse"),
        ("Straße", "strasse", "strasse"),
        ("प्रति", "प्रति", "प्रति"),
    ],
)
def test_accents_count_only_when_they_are_kept(text, folded, kept):
    assert normalise_text(text) == folded
    assert normalise_text(text, keeps_accents=True) == kept


@pytest.mark.parametrize(
    ("same", "unit"),
    [
        (["t", "T", "tonnes", "metric tons", "tCO2e", "t CO₂-eq", "t CO2 eq", "tCO₂"], "t"),
        (["Tonnes of CO2 equivalent", "tonnes CO2e"], "t"),
        (["kt", "ktCO2e", "kt CO2 eq", "kilotonnes", "thousand tonnes"], "kt"),
        (["Mt", "MtCO2e", "million tonnes"], "mt"),
        (["tCO2/MWh", "t CO2 / MWh", "tonnes CO2/MWh"], "t/mwh"),
        (["%", "per cent", "percent", "pct"], "%"),
        (["percentage points", "pp", "% points"], "pp"),
        (["A6.4ERs", "a6.4er"], "a64er"),
        (["countries", "Country"], "country"),
        (["pairs", "pair"], "pair"),
        (["tCH4"], "tch4"),
        ([""], ""),
    ],
)
def test_a_unit_is_the_same_in_any_spelling(same, unit):
    assert {normalise_unit(text) for text in same} == {unit}
