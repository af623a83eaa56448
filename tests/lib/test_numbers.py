from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from partnership.lib.numbers import shown


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (None, ""),
        (0, "0"),
        (Decimal("1618.0000"), "1,618"),
        (Decimal("7.2400"), "7.24"),
        (Decimal("1600.0000"), "1,600"),
        (Decimal("1E+6"), "1,000,000"),
        (Decimal("-1234567.50"), "-1,234,567.5"),
        (Decimal("0.00000001"), "0.00000001"),
        (1234.5, "1,234.5"),
        (0.1, "0.1"),
        (1e-7, "0.0000001"),
    ],
)
def test_a_number_is_grouped_and_has_no_idle_zeros(
    number: Decimal | float | None, text: str
) -> None:
    assert shown(number) == text


def test_a_number_is_written_as_the_readers_language_does() -> None:
    with translation.override("de"):
        assert shown(Decimal("1234.50")) == "1.234,5"
