"""How the register grew, as a picture with its table."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partnership.agreements import growth, queries
from partnership.agreements.forms import GrowthFilter
from partnership.lib import clock
from partnership.lib.forms import cleaned_or_refuse


@require_safe
def growth_picture(request: HttpRequest) -> HttpResponse:
    """Agreements by acquiring Party at the end of each year, or of each month of two years."""
    form = GrowthFilter(request.GET)
    step = cleaned_or_refuse(form)["step"]
    day = form.day(clock.of(request).date())
    rows = queries.known_since(day)
    context = {"form": form, "day": day, "growth": growth_of(rows, day, by_month=step == "month")}
    return render(request, "agreements/growth.html", context)


def growth_of(rows: list[dict[str, Any]], day: date, *, by_month: bool = False) -> dict[str, Any]:
    """The picture and its table; nothing where no line is dated by then."""
    if not rows:
        return {}
    named = [(row["name"], growth.Known(*(row[state] for state in growth.STATES))) for row in rows]
    known = [one for _name, one in named]
    days = growth.months(day) if by_month else growth.years(known, day)
    counted = [(_("All"), growth.counts(known, days))]
    for name, group in groupby(named, key=lambda pair: pair[0]):
        counted.append((name, growth.counts((one for _name, one in group), days)))
    titles = [formats.date_format(on, "M y") if by_month else str(on.year) for on in days]
    return {
        "picture": growth.draw(counted, titles),
        "heads": [name for name, _found in counted],
        "table": [(on, [found[at] for _name, found in counted]) for at, on in enumerate(days)],
        "by_month": by_month,
    }
