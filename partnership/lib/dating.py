"""Dates that are known to the day, the month or the year only."""

from __future__ import annotations

import calendar
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
