"""Noting what came of looking a doubt up. The lesson is changed by its next edition, not here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courses.catalogue.doubts import Doubt
from courses.learning.models import SubjectCheck
from partnership.audit import services as audit
from partnership.lib.errors import Refusal


class CheckedInTheFuture(Refusal):
    code = "checked_in_the_future"


class CheckIncomplete(Refusal):
    """No source, or other words than ours and not which."""

    code = "check_incomplete"


@dataclass(frozen=True)
class Found:
    """What somebody found on a day in a source."""

    on: date
    source: str
    result: str
    finding: str = ""


@transaction.atomic
def note_check(doubt: Doubt, found: Found, *, by: Any, at: datetime) -> SubjectCheck:
    """Keep a result beside the earlier ones. Refuses CheckIncomplete and CheckedInTheFuture."""
    source, finding = found.source.strip(), found.finding.strip()
    if not source:
        raise CheckIncomplete(_("Name the source: a result without one settles nothing."))
    if found.result == SubjectCheck.Result.OTHERWISE and not finding:
        raise CheckIncomplete(_("Say what the source says instead."))
    if found.on > at.date():
        raise CheckedInTheFuture(_("This day is still to come."))
    told = {"on": found.on, "source": source, "result": found.result}
    check = SubjectCheck.objects.create(
        doubt=doubt.key, finding=finding, by=by, recorded_at=at, **told
    )
    audit.record(
        "doubt.check",
        at=at,
        by=by,
        of=("doubt", doubt.key),
        changes={**told, "on": found.on.isoformat()},
    )
    return check
