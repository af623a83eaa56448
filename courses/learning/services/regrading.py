"""Grading a quiz again, as a trainer asks for it: first a trial, then at once or as a job."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from courses.learning.models import Attempt, Grading
from courses.learning.services.grading import BATCH, Change, ReasonMissing, regrade
from courses.quizzes.models import Quiz
from partnership.accounts.models import User
from partnership.jobs import services as jobs
from partnership.jobs.kinds import Steps
from partnership.jobs.models import Job
from partnership.lib.errors import Refusal

# What a request may grade: as many as go in one transaction. More goes to a worker.
AT_ONCE = BATCH
# Lines of a worker's trial that are shown; it counts all of them.
SHOWN = 200
TRIAL, REGRADE = "courses.regrade_trial", "courses.regrade"


class ChangedMeanwhile(Refusal):
    """Something else would change than what was looked at."""

    code = "changed_meanwhile"


class LookFirst(Refusal):
    """Nobody grades very many attempts again without having seen what that changes."""

    code = "look_first"


@dataclass(frozen=True)
class Trial:
    """What grading again would change. `lines` are all changes, or the first of very many."""

    attempts: int
    changed: int
    gained: int  # passes now
    lost: int  # does not pass any more
    lines: list[Change]
    seal: str

    @property
    def is_cut(self) -> bool:
        return len(self.lines) < self.changed


def closed(quiz: Quiz) -> int:
    """How many attempts can be graded again. A survey has no grades."""
    if quiz.plan == Quiz.Plan.SURVEY:
        return 0
    rows = Attempt.objects.filter(quiz=quiz, submitted_at__isnull=False)
    return rows.filter(enrolment__learner__erased_at__isnull=True).count()


def is_many(count: int) -> bool:
    return count > AT_ONCE


def trial(quiz: Quiz, *, at: datetime) -> Trial:
    """Look without writing. Of many attempts a worker does it: see `ask`."""
    changes = regrade(quiz, by=None, reason="", at=at, dry_run=True)
    return _trial(closed(quiz), changes)


def _trial(attempts: int, changes: list[Change]) -> Trial:
    return Trial(
        attempts=attempts,
        changed=len(changes),
        gained=sum(row.passed_before is False and row.passed_after is True for row in changes),
        lost=sum(row.passed_before is True and row.passed_after is False for row in changes),
        lines=changes[:SHOWN],
        seal=_seal(changes),
    )


def _seal(changes: Iterable[Change]) -> str:
    told = [f"{row.attempt.pk}:{row.before}:{row.after}" for row in changes]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]


def grade_quiz_again(quiz: Quiz, *, by: Any, reason: str, seal: str, at: datetime) -> list[Change]:
    """Do what the trial with this seal showed; refuses ReasonMissing and ChangedMeanwhile."""
    if not reason.strip():
        raise ReasonMissing(_("Say why the attempts are graded again."))
    if trial(quiz, at=at).seal != seal:
        raise ChangedMeanwhile(_("Something else would change now. Look at it again, then do it."))
    return regrade(quiz, by=by, reason=reason, at=at, dry_run=False)


def ask_to_look(quiz: Quiz, *, by: Any, at: datetime) -> Job:
    """Let a worker look at what would change. One looks at a quiz at a time."""
    return jobs.enqueue(TRIAL, at=at, key=str(quiz.pk), payload={"quiz": quiz.pk}, by=by)


def ask(quiz: Quiz, *, by: Any, reason: str, seal: str, at: datetime) -> Job:
    """Let a worker do what the trial with this seal showed; one grades a quiz at a time.

    Refuses ReasonMissing, LookFirst, and ChangedMeanwhile where the last trial bears another seal.
    """
    if not reason.strip():
        raise ReasonMissing(_("Say why the attempts are graded again."))
    looked = last_job(TRIAL, quiz)
    if looked is None or looked.state != Job.State.DONE:
        raise LookFirst(_("Look first at what would change."))
    if looked.result["seal"] != seal:
        raise ChangedMeanwhile(_("Something else would change now. Look at it again, then do it."))
    newest = Grading.objects.filter(attempt__quiz=quiz).aggregate(pk=Max("pk"))["pk"]
    payload = {
        "quiz": quiz.pk,
        "by": by.pk,
        "reason": reason.strip()[:200],
        "seal": seal,
        "after": newest or 0,
    }
    return jobs.enqueue(REGRADE, at=at, key=str(quiz.pk), payload=payload, by=by)


def look(steps: Steps, *, at: datetime) -> dict[str, Any]:
    """A worker's trial."""
    return _told(trial(Quiz.objects.get(pk=steps.payload["quiz"]), at=at))


def work(steps: Steps, *, at: datetime) -> dict[str, Any]:
    """A worker grades again what its trial showed, and nothing if that would be otherwise by now.

    Killed and begun again it goes on: what was graded does not change any more.
    """
    wanted = steps.payload
    quiz = Quiz.objects.get(pk=wanted["quiz"])
    if not steps.done:
        if trial(quiz, at=at).seal != wanted["seal"]:
            return {"is_stale": True, "changed": 0}
        steps.step(1, 2)
    by = User.objects.filter(pk=wanted["by"]).first()
    regrade(quiz, by=by, reason=wanted["reason"], at=at, dry_run=False)
    steps.step(2, 2)
    # Counted by what stands: of a job that was killed this run did the rest alone.
    added = Grading.objects.filter(attempt__quiz=quiz, pk__gt=wanted.get("after", 0))
    mine = added.filter(by=by, reason=wanted["reason"])
    return {"changed": mine.aggregate(n=Count("attempt", distinct=True))["n"]}


def _told(found: Trial) -> dict[str, Any]:
    return {
        "seal": found.seal,
        "attempts": found.attempts,
        "changed": found.changed,
        "gained": found.gained,
        "lost": found.lost,
        # Keys that mean nothing elsewhere: a job's row outlives what it tells of.
        "lines": [
            [str(row.attempt.uuid), _plain(row.before), _plain(row.after)] for row in found.lines
        ],
    }


def _plain(score: Decimal | None) -> str | None:
    return None if score is None else str(score)


def last_job(kind: str, quiz: Quiz) -> Job | None:
    return Job.objects.filter(kind=kind, key=str(quiz.pk)).order_by("-pk").first()
