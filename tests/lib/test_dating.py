from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from partnership.lib.dating import Precision, as_text, last_day


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2024, 2, 29), (2023, 2, 28), (2023, 12, 31), (2100, 2, 28)]
)
def test_a_month_counts_from_its_last_day(year: int, month: int, day: int) -> None:
    assert last_day(year, month) == date(year, month, day)


@pytest.mark.parametrize(
    ("on", "precision", "text"),
    [
        (date(2024, 5, 7), Precision.DAY, "7 May 2024"),
        (date(2023, 12, 31), Precision.MONTH, "December 2023"),
        (date(2019, 12, 31), Precision.YEAR, "2019"),
        (None, Precision.DAY, "not known"),
        (date(2023, 12, 31), "month", "December 2023"),
    ],
)
def test_a_date_is_shown_as_far_as_it_is_known(on: date | None, precision: str, text: str) -> None:
    assert as_text(on, precision) == text


def test_a_month_has_its_name_in_the_readers_language() -> None:
    with translation.override("fr"):
        assert as_text(date(2023, 12, 31), Precision.MONTH) == "décembre 2023"
