"""Join a course, read on from where one stopped, finish lessons, move to the newest edition."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from courses.catalogue.models import Edition, Lesson
from courses.learning.models import Completion, Enrolment
from courses.learning.services.completion import complete_if_met
from partnership.accounts.models import User
from partnership.lib.errors import Refusal


class EditionNotOpen(Refusal):
    """Nobody new joins a draft, what was retired or withdrawn, or an edition with a newer one."""

    code = "edition_not_open"


class AddressNotConfirmed(Refusal):
    code = "address_not_confirmed"


class NotJoined(Refusal):
    """The learner left; what was done is kept and goes on after joining again."""

    code = "not_joined"


class NotInThisEdition(Refusal):
    code = "not_in_this_edition"


class NothingNewer(Refusal):
    code = "nothing_newer"


class QuizStillOpen(Refusal):
    """Moving over would leave answers behind that were not handed in."""

    code = "quiz_still_open"


@transaction.atomic
def join(edition: Edition, *, by: User, at: datetime) -> Enrolment:
    """Learn from this edition. Joining again is no fault; coming back keeps all that was done."""
    _refuse_closed(edition, at)
    before = Enrolment.objects.filter(learner=by, edition=edition).first()
    if before is None:
        _refuse_superseded(edition)
    if not EmailAddress.objects.filter(user=by, email__iexact=by.email, verified=True).exists():
        raise AddressNotConfirmed(_("Confirm your mail address first: then you can join."))
    enrolment = (
        before
        or Enrolment.objects.get_or_create(
            learner=by, edition=edition, defaults={"joined_at": at, "active_at": at}
        )[0]
    )
    if enrolment.left_at is not None:
        Enrolment.objects.filter(pk=enrolment.pk).update(left_at=None, active_at=at)
        enrolment.left_at, enrolment.active_at = None, at
    return enrolment


def leave(enrolment: Enrolment, *, at: datetime) -> Enrolment:
    """Stop learning here. Nothing is removed; leaving twice keeps the first time."""
    running = Enrolment.objects.filter(pk=enrolment.pk, left_at__isnull=True)
    running.update(left_at=Greatest("joined_at", Value(at)))
    enrolment.refresh_from_db(fields=["left_at"])
    return enrolment


@transaction.atomic
def open_lesson(
    enrolment: Enrolment, lesson: Lesson, *, at: datetime, block: str = ""
) -> Completion:
    """Remember that the lesson was opened and that reading goes on here, on any device."""
    _refuse_elsewhere(enrolment, lesson)
    Completion.objects.bulk_create(
        [Completion(enrolment=enrolment, lesson=lesson, opened_at=at)], ignore_conflicts=True
    )
    # Of two devices the later one tells where to go on.
    here = Enrolment.objects.filter(pk=enrolment.pk, active_at__lte=at)
    if here.update(lesson=lesson, block=block[:40], active_at=at):
        enrolment.lesson, enrolment.block, enrolment.active_at = lesson, block[:40], at
    return Completion.objects.get(enrolment=enrolment, lesson=lesson)


@transaction.atomic
def finish_lesson(enrolment: Enrolment, lesson: Lesson, *, at: datetime) -> Completion:
    """The lesson's rule is met: its end was reached, or the learner marked it. Once is enough.

    A lesson read without a line was never seen opening: then it was opened now.
    """
    _refuse_elsewhere(enrolment, lesson)
    completion, is_new = Completion.objects.get_or_create(
        enrolment=enrolment, lesson=lesson, defaults={"opened_at": at, "done_at": at}
    )
    if not is_new:
        Completion.objects.filter(pk=completion.pk, done_at__isnull=True).update(
            done_at=Greatest("opened_at", Value(at))
        )
        completion.refresh_from_db(fields=["done_at"])
    Enrolment.objects.filter(pk=enrolment.pk, active_at__lt=at).update(active_at=at)
    complete_if_met(enrolment, at=at)
    return completion


@transaction.atomic
def move_over(enrolment: Enrolment, *, at: datetime) -> Enrolment:
    """Go on in the newest edition. Lessons done there count whose key and text are the same.

    The enrolment in the old edition is left, with all that it holds, its certificate too.
    """
    if enrolment.attempts.open().exists():
        raise QuizStillOpen(_("Hand in the quiz that you began, then move over."))
    newest = Edition.objects.newest().filter(course=enrolment.edition.course_id).first()
    if newest is None or newest.number <= enrolment.edition.number:
        raise NothingNewer(_("You learn from the newest edition already."))
    _refuse_closed(newest, at)
    moved, _is_new = Enrolment.objects.get_or_create(
        learner=enrolment.learner,
        edition=newest,
        defaults={"joined_at": at, "active_at": at, "moved_from": enrolment},
    )
    _carry_over(enrolment, moved)
    Enrolment.objects.filter(pk=moved.pk).update(
        left_at=None, active_at=Greatest("active_at", Value(at))
    )
    leave(enrolment, at=at)
    moved.refresh_from_db()
    complete_if_met(moved, at=at)
    return moved


def _carry_over(old: Enrolment, new: Enrolment) -> None:
    """Copy what is done in lessons that stayed word for word, and the place if it is in one."""
    twin = Lesson.objects.filter(edition=new.edition_id, key=OuterRef("key"), text=OuterRef("text"))
    lessons = old.edition.lessons.annotate(twin=Subquery(twin.values("pk")[:1]))
    stayed = dict(lessons.filter(twin__isnull=False).values_list("pk", "twin"))
    finished = set(new.completions.filter(done_at__isnull=False).values_list("lesson", flat=True))
    carried = [
        Completion(
            enrolment=new,
            lesson_id=stayed[done.lesson_id],
            opened_at=done.opened_at,
            done_at=done.done_at,
        )
        for done in old.completions.filter(done_at__isnull=False, lesson__in=stayed)
        if stayed[done.lesson_id] not in finished
    ]
    Completion.objects.bulk_create(
        carried,
        update_conflicts=True,
        unique_fields=["enrolment", "lesson"],
        update_fields=["opened_at", "done_at"],
    )
    if new.lesson_id is None and old.lesson_id in stayed:
        place = {"lesson": stayed[old.lesson_id], "block": old.block}
        Enrolment.objects.filter(pk=new.pk, lesson__isnull=True).update(**place)


def _refuse_closed(edition: Edition, at: datetime) -> None:
    retired_on = edition.course.retired_on
    is_retired = retired_on is not None and retired_on <= at.date()
    if edition.is_draft or is_retired or edition.withdrawn_at is not None:
        raise EditionNotOpen(_("Nobody can join this course now."))


def _refuse_superseded(edition: Edition) -> None:
    later = Edition.objects.published().filter(course=edition.course_id, number__gt=edition.number)
    if later.filter(withdrawn_at__isnull=True).exists():
        raise EditionNotOpen(_("There is a newer edition of this course. Join that one."))


def _refuse_elsewhere(enrolment: Enrolment, lesson: Lesson) -> None:
    if enrolment.left_at is not None:
        raise NotJoined(_("You left this course. Join again to go on: all you did is kept."))
    if lesson.edition_id != enrolment.edition_id:
        raise NotInThisEdition(_("This lesson is not in the edition that you learn from."))
