"""Starting, handing in and closing a sitting. Each race is decided by one conditional update."""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from courses.learning import attempt_notices, drawing
from courses.learning.models import Attempt, Enrolment, PaperOption, PaperQuestion
from courses.learning.papers import GRACE, is_past
from courses.learning.services.grading import grade_first
from courses.learning.sittings import Limits, limits
from courses.quizzes.grading import OrderingSheet
from courses.quizzes.models import Option, QuestionVersion, Quiz, QuizQuestion
from courses.quizzes.queries import sheets
from partnership.lib.errors import Refusal
from partnership.mail import services as mail
from partnership.mail.models import Kind
from partnership.mail.stops import Stoppable

log = logging.getLogger(__name__)

# The sweep is rung each minute: a round ends in time for the next one.
ROUND_SECONDS = 40.0


class NotEnrolled(Refusal):
    """The learner has left the course."""

    code = "not_enrolled"


class QuizElsewhere(Refusal):
    """The quiz belongs to an edition that the learner has not joined."""

    code = "quiz_elsewhere"


class NoAttemptsLeft(Refusal):
    code = "no_attempts_left"


class WaitFirst(Refusal):
    """There is a waiting time between attempts; `until` says when it ends."""

    code = "wait_first"

    def __init__(self, until: datetime):
        super().__init__(_("The next attempt can begin when the waiting time is over."))
        self.until = until


class NothingAsked(Refusal):
    """A quiz without questions cannot be taken."""

    code = "nothing_asked"


class AttemptClosed(Refusal):
    """Handed in or closed already, by another request."""

    code = "attempt_closed"

    def __init__(self) -> None:
        super().__init__(_("This attempt is closed. What was saved until then counts."))


class KeyMissing(Refusal):
    """Without a key of its own a request that is sent twice cannot be told from two."""

    code = "key_missing"


def start_attempt(enrolment: Enrolment, quiz: Quiz, *, at: datetime, key: str = "") -> Attempt:
    """The open attempt if there is one, else a new one with its paper fixed.

    Refuses NotEnrolled, QuizElsewhere, NoAttemptsLeft, WaitFirst and NothingAsked. Of two starts at
    once the database keeps one; both callers get it. The same key gives the attempt that it began,
    also after its end.
    """
    if key and (begun := enrolment.attempts.filter(quiz=quiz, start_key=key).first()):
        return settle(begun, at=at)
    if enrolment.left_at is not None:
        raise NotEnrolled(_("You have left this course. Join it again to take its quizzes."))
    if quiz.edition_id != enrolment.edition_id:
        raise QuizElsewhere(_("This quiz belongs to another edition than the one you joined."))
    running = Attempt.objects.open().filter(enrolment=enrolment, quiz=quiz)
    for attempt in running.all():
        settle(attempt, at=at)
    # What is left is read before what is open: another start in between is then seen as open.
    may = limits(enrolment, quiz, at=at)
    if found := running.first():
        return found
    if may.is_used_up:
        raise NoAttemptsLeft(_("Your attempts at this quiz are used up."))
    if may.waits_until:
        raise WaitFirst(may.waits_until)
    try:
        with transaction.atomic():
            return _draw_up(Attempt(enrolment=enrolment, quiz=quiz, start_key=key), may, at)
    except IntegrityError:
        if winner := running.first():
            return winner
        raise


def _draw_up(attempt: Attempt, may: Limits, at: datetime) -> Attempt:
    """Fix the paper in rows: questions, their order, their options' order, tokens."""
    attempt.number, attempt.started_at = may.last_number + 1, at
    if limit := attempt.quiz.time_limit_minutes:
        attempt.deadline_at = at + timedelta(minutes=limit + may.extra_minutes)
        attempt.extension_minutes = may.extra_minutes
    attempt.save()
    versions = _drawn(attempt)
    if not versions:
        raise NothingAsked(_("This quiz has no questions yet."))
    questions = PaperQuestion.objects.bulk_create(
        PaperQuestion(attempt=attempt, position=place, version=version, token=drawing.token())
        for place, version in enumerate(versions, start=1)
    )
    PaperOption.objects.bulk_create(_options(questions))
    Enrolment.objects.filter(pk=attempt.enrolment_id, active_at__lt=at).update(active_at=at)
    return attempt


def _drawn(attempt: Attempt) -> list[QuestionVersion]:
    """As the groups of the quiz say; first what this learner was not asked before."""
    pools: dict[int, list[tuple[int, int | None]]] = defaultdict(list)
    quotas: dict[int, int | None] = {}
    versions: dict[int, QuestionVersion] = {}
    rows = QuizQuestion.objects.filter(group__quiz=attempt.quiz_id)
    rows = rows.select_related("group", "version")
    for row in rows.order_by("group__position", "position"):
        pools[row.group_id].append((row.version_id, row.version.case_id))
        quotas[row.group_id] = row.group.quota
        versions[row.version_id] = row.version
    chooses = any(quota is not None and quota < len(pools[pk]) for pk, quota in quotas.items())
    seen = _seen(attempt) if chooses else frozenset()
    drawn = drawing.draw(drawing.Pool(pools[group], quotas[group], seen) for group in pools)
    return [versions[version] for version in drawn]


def _seen(attempt: Attempt) -> frozenset[int]:
    papers = PaperQuestion.objects.filter(attempt__enrolment=attempt.enrolment_id)
    return frozenset(papers.order_by().values_list("version", flat=True))


def _options(questions: list[PaperQuestion]) -> list[PaperOption]:
    sides: dict[tuple[int, str], list[int]] = defaultdict(list)
    versions = [question.version for question in questions]
    for option in Option.objects.filter(version__in=versions).order_by("side", "position"):
        sides[option.version_id, option.side].append(option.pk)
    keys = sheets([version for version in versions if version.kind == "ordering"])
    rows = []
    for question in questions:
        sheet = keys.get(question.version_id)
        right = sheet.order if isinstance(sheet, OrderingSheet) else ()
        mixed = [
            option
            for side in Option.Side.values
            for option in drawing.shuffle(sides[question.version_id, side], right)
        ]
        rows += [
            PaperOption(question=question, option_id=option, position=place, token=drawing.token())
            for place, option in enumerate(mixed, start=1)
        ]
    return rows


def settle(attempt: Attempt, *, at: datetime) -> Attempt:
    """The attempt as it is now: an open one whose time has passed is closed first. Call on read."""
    if attempt.is_open and is_past(attempt.deadline_at, at):
        _close_at_deadline(attempt, at=at)
        _refresh(attempt)
    return attempt


def submit_attempt(attempt: Attempt, *, key: str, at: datetime) -> Attempt:
    """Hand in and grade, all or nothing. The same key again gives the same attempt.

    Exactly one of many requests closes it; another key refuses AttemptClosed, and so does a
    hand-in after deadline and grace, whether a sweep has been there or not.
    """
    if not key or len(key) > 64:
        raise KeyMissing(_("A hand-in needs a key of its own."))
    in_time = Q(deadline_at__isnull=True) | Q(deadline_at__gte=at - GRACE)
    with transaction.atomic():
        won = (
            Attempt.objects.open()
            .filter(in_time, pk=attempt.pk)
            .update(submitted_at=at, closed_by=Attempt.ClosedBy.LEARNER, submit_key=key)
        )
        if won:
            attempt.submitted_at, attempt.submit_key = at, key
            attempt.closed_by = Attempt.ClosedBy.LEARNER
            grade_first(attempt, at=at)
            return attempt
    _refresh(attempt)
    if attempt.submit_key == key:
        return attempt
    settle(attempt, at=at)
    raise AttemptClosed


def _refresh(attempt: Attempt) -> None:
    """What may have changed; the quiz and the enrolment that were read with it stay."""
    attempt.refresh_from_db(
        fields=["deadline_at", "submitted_at", "closed_by", "submit_key", "score", "is_passed"]
    )


@transaction.atomic
def _close_at_deadline(attempt: Attempt, *, at: datetime) -> bool:
    """Close with what is saved. The time written is the end of the grace, whoever comes when."""
    deadline = attempt.deadline_at
    if deadline is None:
        return False
    ended = deadline + GRACE
    # An extension that came in between has moved the deadline: then this closes nothing.
    running = Attempt.objects.open().filter(pk=attempt.pk, deadline_at=deadline)
    if not running.update(submitted_at=ended, closed_by=Attempt.ClosedBy.DEADLINE):
        return False
    grade_first(attempt, at=at)
    subject, body = attempt_notices.closed_at_the_deadline(attempt)
    learner = attempt.enrolment.learner
    mail.queue(
        f"attempt:{attempt.uuid}",
        to=learner.email,
        subject=subject,
        body=body,
        at=at,
        stoppable=Stoppable(Kind.LEARNING, learner),
    )
    return True


def close_overdue(*, at: datetime) -> int:
    """Close every attempt whose deadline and grace have passed; how many this call closed.

    One that cannot be closed does not keep the others: it is logged and tried again next time.
    """
    started, closed = time.monotonic(), 0
    due = Attempt.objects.open().filter(deadline_at__lt=at - GRACE).order_by("deadline_at", "pk")
    rows = due.select_related("quiz", "enrolment__learner", "enrolment__edition__course")
    for attempt in rows[:1000]:
        if time.monotonic() - started > ROUND_SECONDS:
            break
        try:
            closed += _close_at_deadline(attempt, at=at)
        except Exception:
            log.exception("attempt %s could not be closed", attempt.uuid)
    return closed
