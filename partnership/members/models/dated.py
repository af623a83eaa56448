"""Lines that hold from a day to a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ENDS_BEFORE = gettext_lazy("The last day is before the first.")


class DatedQuerySet(models.QuerySet):
    def on(self, day: date) -> DatedQuerySet:
        """The lines that hold on a day."""
        return self.between(day, day)

    def between(self, first: date, last: date | None) -> DatedQuerySet:
        """The lines that hold on any day from the first to the last, or to no end."""
        begun = Q() if last is None else Q(begins_on__lte=last)
        return self.filter(begun, Q(ends_on__isnull=True) | Q(ends_on__gte=first))


def refuse_overlap(line: Any, **same: Any) -> None:
    """Say on the form what the database would refuse: two lines of the same thing in one time."""
    if line.begins_on is None:
        return
    others = type(line).objects.filter(**same).exclude(pk=line.pk)
    if other := others.between(line.begins_on, line.ends_on).first():
        until = other.ends_on or _("no end yet")
        raise ValidationError(
            _("There is a line for this from %(first)s to %(last)s already. End that one first.")
            % {"first": other.begins_on, "last": until}
        )
