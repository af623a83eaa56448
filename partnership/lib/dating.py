"""Dates that are known to the day, the month or the year only."""

from __future__ import annotations

import calendar
import re
from datetime import date

from django.db import models
from django.utils import formats
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    DAY = "day", _("to the day")
    MONTH = "month", _("to the month")
    YEAR = "year", _("to the year")


def last_day(year: int, month: int) -> date:
    """A month counts from its last day: before that nobody can say that it had happened."""
    return date(year, month, calendar.monthrange(year, month)[1])


def read_day(text: str) -> tuple[date, Precision]:
    """A day, month or year as it is typed: `2024-05-27`, `2024-05`, `2024`. Raises ValueError."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text, re.ASCII):
        raise ValueError(text)
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    if day:
        return date(year, month, day), Precision.DAY
    if "-" in text:
        return last_day(year, date(year, month, 1).month), Precision.MONTH
    return last_day(date(year, 12, 1).year, 12), Precision.YEAR


def typed(on: date | None, precision: str) -> str:
    """The same the other way round, as far as the day is known."""
    lengths = {Precision.YEAR: 4, Precision.MONTH: 7}
    return "" if on is None else on.isoformat()[: lengths.get(Precision(precision), 10)]


def as_text(on: date | None, precision: str) -> str:
    """The date as far as it is known: `27 May 2024`, `December 2023`, `2019` or `not known`."""
    if on is None:
        return str(_("not known"))
    if precision == Precision.YEAR:
        return str(on.year)
    if precision == Precision.MONTH:
        return formats.date_format(on, "F Y")
    return formats.date_format(on, "j F Y")


def as_known(on: date, precision: str) -> date:
    """The day that stands for what is known: the last of the month or year that was named."""
    if precision == Precision.YEAR:
        return last_day(on.year, 12)
    return last_day(on.year, on.month) if precision == Precision.MONTH else on
