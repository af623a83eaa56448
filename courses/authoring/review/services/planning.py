"""A draft is published at a moment that somebody said, or it is told why it was not."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from courses.authoring.drafts import locked
from courses.authoring.refusals import NotADraft
from courses.authoring.review import notices, queries
from courses.authoring.review.fingerprints import fingerprint
from courses.authoring.review.models import PlannedPublishing
from courses.authoring.review.refusals import NoSuchMoment, NothingPlanned
from courses.authoring.services.publishing import publish_draft
from courses.catalogue.models import Edition
from courses.quizzes.services import NotReady
from partnership.accounts.models import User
from partnership.audit import services as audit
from partnership.mail import services as mail

log = logging.getLogger(__name__)
# Beyond a year nobody remembers what was planned.
FURTHEST = timedelta(days=366)
State = PlannedPublishing.State


def moment(local: datetime, zone: str) -> datetime:
    """The moment that clocks in a zone show. Refuses what no clock there shows.

    An hour that comes twice, when clocks go back, is the first of both.
    """
    if zone not in available_timezones():
        raise NoSuchMoment(_("There is no such time zone."))
    there = local.replace(tzinfo=ZoneInfo(zone), fold=0)
    found = there.astimezone(UTC)
    if found.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NoSuchMoment(_("Clocks go forward there: this time does not come. Take another."))
    return found


@transaction.atomic
def plan(
    edition: Edition, *, due_at: datetime, zone: str, by: User, at: datetime
) -> PlannedPublishing:
    """Publish the draft at a moment that lies ahead; an earlier plan gives way to it."""
    draft = locked(edition)
    if not at < due_at <= at + FURTHEST:
        raise NoSuchMoment(_("The time lies ahead, and within a year."))
    if waiting := queries.plan_of(draft):
        _end(waiting, State.TAKEN_BACK, at)
    made = PlannedPublishing.objects.create(
        edition=draft, due_at=due_at, zone=zone, by=by, made_at=at, fingerprint=fingerprint(draft)
    )
    _note("draft.plan", draft, {"due_at": due_at.isoformat(), "zone": zone}, by, at)
    return made


@transaction.atomic
def take_back(edition: Edition, *, by: User, at: datetime) -> None:
    """Do not publish it then. Refuses NothingPlanned, also where it was published just now."""
    draft = locked(edition)
    waiting = queries.plan_of(draft)
    if waiting is None:
        raise NothingPlanned(_("This draft is not planned to be published."))
    _end(waiting, State.TAKEN_BACK, at)
    _note("draft.unplan", draft, {"due_at": waiting.due_at.isoformat()}, by, at)


def publish_due(*, at: datetime) -> int:
    """Publish all whose moment has come; return how many went out.

    Each in a transaction of its own: killed in the middle nothing has happened, and the next
    round does it. What goes wrong with one keeps no other back.
    """
    waiting = PlannedPublishing.objects.filter(state=State.WAITING, due_at__lte=at)
    count = 0
    for pk in list(waiting.order_by("due_at", "pk").values_list("pk", flat=True)):
        try:
            count += _publish(pk, at)
        except Exception:
            log.exception("A planned publishing failed.", extra={"plan": pk})
    return count


@transaction.atomic
def _publish(pk: int, at: datetime) -> int:
    plan = PlannedPublishing.objects.select_related("edition__course", "by").get(pk=pk)
    try:
        draft = locked(plan.edition)
    except NotADraft:
        # Somebody pressed the button before.
        _end(plan, State.DONE, at)
        return 0
    if not _end(plan, State.DONE, at):
        return 0
    language = plan.by.language if plan.by else None
    with translation.override(language or "en"):
        try:
            with transaction.atomic():
                publish_draft(draft, by=plan.by, at=at)
        except NotReady as refusal:
            reason = "\n".join(refusal.problems)
            state = {"state": State.REFUSED, "reason": reason}
            PlannedPublishing.objects.filter(pk=pk).update(**state)
            plan.reason = reason
            _tell(plan, at)
            return 0
    _tell(plan, at)
    return 1


def _end(plan: PlannedPublishing, state: str, at: datetime) -> int:
    """Exactly one caller ends a plan."""
    waiting = PlannedPublishing.objects.filter(pk=plan.pk, state=State.WAITING)
    return waiting.update(state=state, ended_at=at)


def _tell(plan: PlannedPublishing, at: datetime) -> None:
    if plan.by is None:
        return
    subject, body = notices.planned(plan)
    mail.queue(f"planned:{plan.pk}", to=plan.by.email, subject=subject, body=body, at=at)


def _note(verb: str, draft: Edition, changes: dict[str, object], by: User, at: datetime) -> None:
    of = ("edition", f"{draft.course.code}/{draft.number}")
    audit.record(verb, at=at, by=by, of=of, changes=changes)
