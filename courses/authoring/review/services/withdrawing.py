"""What is published is withdrawn, or comes back. Whoever is in the middle goes on; certificates
stand.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courses.authoring.review.refusals import NotPublished
from courses.catalogue import queries as catalogue
from courses.catalogue.models import Course, Edition
from partnership.accounts.models import User
from partnership.audit import services as audit
from partnership.search import services as search


@transaction.atomic
def withdraw(edition: Edition, *, because: str, by: User, at: datetime) -> None:
    """Nobody new begins this edition; the one before it is open again, if there is one."""
    because = " ".join(because.replace("\0", "").split())[:300]
    if not because:
        raise NotPublished(_("Say why it is withdrawn: its learners read it."))
    rows = Edition.objects.filter(
        pk=edition.pk, published_at__isnull=False, withdrawn_at__isnull=True
    )
    if not rows.update(withdrawn_at=at, withdrawn_because=because):
        raise NotPublished(_("Only an edition that is published and open can be withdrawn."))
    _note("edition.withdraw", edition, {"because": because}, by, at)


@transaction.atomic
def bring_back(edition: Edition, *, by: User, at: datetime) -> None:
    """It is open again, as it was."""
    rows = Edition.objects.filter(pk=edition.pk, withdrawn_at__isnull=False)
    if not rows.update(withdrawn_at=None, withdrawn_because=""):
        raise NotPublished(_("This edition is not withdrawn."))
    _note("edition.bring_back", edition, {}, by, at)


@transaction.atomic
def retire(course: Course, *, by: User, at: datetime) -> None:
    """The whole course is withdrawn: it is in no list, and nobody new begins it."""
    if not Course.objects.filter(pk=course.pk, retired_on__isnull=True).update(
        retired_on=at.date()
    ):
        raise NotPublished(_("This course is withdrawn already."))
    _note_course("course.retire", course, by, at)


@transaction.atomic
def reopen(course: Course, *, by: User, at: datetime) -> None:
    """The course is open again, in its newest edition."""
    if not Course.objects.filter(pk=course.pk, retired_on__isnull=False).update(retired_on=None):
        raise NotPublished(_("This course is not withdrawn."))
    _note_course("course.reopen", course, by, at)


def _note(verb: str, edition: Edition, changes: dict[str, object], by: User, at: datetime) -> None:
    edition.refresh_from_db(fields=["withdrawn_at", "withdrawn_because"])
    of = ("edition", f"{edition.course.code}/{edition.number}")
    audit.record(verb, at=at, by=by, of=of, changes=changes)
    _find_again()


def _note_course(verb: str, course: Course, by: User, at: datetime) -> None:
    course.refresh_from_db(fields=["retired_on"])
    audit.record(verb, at=at, by=by, of=("course", course.slug))
    _find_again()


def _find_again() -> None:
    """What is open to whoever begins is what search finds."""
    search.replace("course", catalogue.course_entries())
    search.replace("lesson", catalogue.lesson_entries())
