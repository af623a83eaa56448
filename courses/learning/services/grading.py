"""Grading of closed attempts. The newest Grading counts; the earlier ones stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils.translation import gettext as _

from courses.learning.models import (
    Answer,
    Attempt,
    ChosenOption,
    Grading,
    PaperOption,
    PaperQuestion,
)
from courses.learning.services.completion import complete_if_met
from courses.quizzes import grading
from courses.quizzes.models import QuestionVersion, Quiz
from courses.quizzes.queries import sheets
from courses.quizzes.responses import understood
from partnership.audit import services as audit
from partnership.lib.errors import Refusal

BATCH = 100


class ReasonMissing(Refusal):
    """Whoever grades again says why."""

    code = "reason_missing"


@dataclass(frozen=True)
class Marks:
    """What an attempt earns by the key as it is now."""

    score: Decimal | None
    is_passed: bool | None
    shares: dict[int, Decimal]  # by answer; none in a survey
    chosen: dict[int, frozenset[int]]  # by answer


@dataclass(frozen=True)
class Change:
    """What a new grading changes for one attempt."""

    attempt: Attempt
    before: Decimal | None
    after: Decimal | None
    passed_before: bool | None
    passed_after: bool | None


def marks(attempts: Sequence[Attempt]) -> dict[int, Marks]:
    """The marks of each attempt by its fixed paper, in three queries for any number of them."""
    papers: dict[int, list[PaperQuestion]] = defaultdict(list)
    rows = PaperQuestion.objects.filter(attempt__in=attempts).select_related("version", "answer")
    for row in rows.order_by("attempt", "position"):
        papers[row.attempt_id].append(row)
    ids: dict[int, dict[str, int]] = defaultdict(dict)
    options = PaperOption.objects.filter(question__attempt__in=attempts).order_by()
    for question, token, option in options.values_list("question", "token", "option"):
        ids[question][token] = option
    versions = [question.version for paper in papers.values() for question in paper]
    keys = sheets(versions)
    return {attempt.pk: _marks(attempt.quiz, papers[attempt.pk], keys, ids) for attempt in attempts}


def _marks(
    quiz: Quiz,
    paper: Iterable[PaperQuestion],
    keys: dict[int, grading.Sheet],
    ids: dict[int, dict[str, int]],
) -> Marks:
    parts, shares, chosen = [], {}, {}
    for question in paper:
        answer: Answer | None = getattr(question, "answer", None)
        response = understood(
            question.version.kind, answer.response if answer else None, ids[question.pk]
        )
        share = grading.share(keys[question.version_id], response)
        parts.append((question.version.points, share))
        if answer:
            shares[answer.pk] = share
            if isinstance(response, grading.Chosen):
                chosen[answer.pk] = frozenset(response.options)
    if quiz.plan == Quiz.Plan.SURVEY:
        return Marks(None, None, {}, chosen)
    score = grading.score(parts)
    is_passed = None if quiz.pass_mark is None else score >= quiz.pass_mark
    return Marks(score, is_passed, shares, chosen)


def grade_first(attempt: Attempt, *, at: datetime) -> None:
    """Grade an attempt that this transaction has closed. Passing may complete the edition."""
    found = marks([attempt])[attempt.pk]
    _write_shares([found])
    ChosenOption.objects.bulk_create(
        ChosenOption(answer_id=answer, option_id=option)
        for answer, options in found.chosen.items()
        for option in sorted(options)
    )
    _write([(attempt, found, Grading(number=1))], at=at)


def grade_again(attempt: Attempt, *, by: Any, reason: str, at: datetime) -> None:
    """After one of its answers changed. The caller holds the row of the attempt."""
    found = marks([attempt])[attempt.pk]
    _write_shares([found])
    _write([(attempt, found, Grading(number=_next(attempt), by=by, reason=reason))], at=at)


def _next(attempt: Attempt) -> int:
    return (attempt.gradings.aggregate(last=Max("number"))["last"] or 0) + 1


def _write_shares(found: Iterable[Marks]) -> None:
    shares = {answer: share for one in found for answer, share in one.shares.items()}
    answers = [Answer(pk=answer, share=share) for answer, share in shares.items()]
    Answer.objects.bulk_update(answers, ["share"], batch_size=300)


def _write(rows: list[tuple[Attempt, Marks, Grading]], *, at: datetime) -> None:
    """Add the gradings and repeat each on its attempt; who passes now may complete the edition."""
    gradings = []
    for attempt, found, row in rows:
        row.attempt, row.at = attempt, at
        row.score, row.is_passed = attempt.score, attempt.is_passed = found.score, found.is_passed
        gradings.append(row)
    Grading.objects.bulk_create(gradings)
    Attempt.objects.bulk_update([row[0] for row in rows], ["score", "is_passed"], batch_size=BATCH)
    for attempt, found, _row in rows:
        if found.is_passed or attempt.quiz.pass_mark is None:
            complete_if_met(attempt.enrolment, at=at)


def regrade(
    what: QuestionVersion | Quiz, *, by: Any, reason: str, at: datetime, dry_run: bool
) -> list[Change]:
    """Grade closed attempts again by the key as it is now, and tell who changes and by how much.

    Never takes a certificate away. A hundred attempts a transaction: broken off and started again
    it goes on where it stopped, since an attempt that does not change is not written, and the log
    has a line for each hundred. A dry run writes nothing.
    """
    reason = reason.strip()[:200]
    if not reason and not dry_run:
        raise ReasonMissing(_("Say why the attempts are graded again."))
    changes: list[Change] = []
    for attempts in _batches(_closed(what)):
        if dry_run:
            changes += [change for change, _marks in _changes(attempts)]
        else:
            of = (what._meta.model_name or "", str(what.pk))
            changes += _regraded(attempts, of=of, by=by, reason=reason, at=at)
    return changes


def _closed(what: QuestionVersion | Quiz) -> QuerySet[Attempt]:
    rows = Attempt.objects.filter(submitted_at__isnull=False).exclude(quiz__plan="survey")
    # What an erased person typed is gone: graded again it would earn nothing.
    rows = rows.filter(enrolment__learner__erased_at__isnull=True)
    if isinstance(what, Quiz):
        return rows.filter(quiz=what)
    return rows.filter(paper__version=what)


def _batches(rows: QuerySet[Attempt]) -> Iterator[list[int]]:
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    yield from (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _changes(ids: list[int]) -> list[tuple[Change, Marks]]:
    """Attempts that earn something else now, or earn the same by other questions."""
    rows = Attempt.objects.filter(pk__in=ids).select_related("quiz", "enrolment__learner")
    attempts = list(rows.order_by("pk"))
    earned = dict(
        Answer.objects.filter(question__attempt__in=ids).order_by().values_list("pk", "share")
    )
    found = marks(attempts)
    changed = []
    for attempt in attempts:
        new = found[attempt.pk]
        is_same = (attempt.score, attempt.is_passed) == (new.score, new.is_passed)
        if is_same and all(earned[answer] == share for answer, share in new.shares.items()):
            continue
        before = (attempt.score, attempt.is_passed)
        changed.append((Change(attempt, before[0], new.score, before[1], new.is_passed), new))
    return changed


@transaction.atomic
def _regraded(
    ids: list[int], *, of: tuple[str, str], by: Any, reason: str, at: datetime
) -> list[Change]:
    hold(Attempt.objects.filter(pk__in=ids))
    changed = _changes(ids)
    last = dict(
        Grading.objects.filter(attempt__in=[change.attempt for change, _found in changed])
        .order_by()
        .values("attempt")
        .annotate(last=Max("number"))
        .values_list("attempt", "last")
    )
    _write_shares([found for _change, found in changed])
    rows = [
        (
            change.attempt,
            found,
            Grading(number=last[change.attempt.pk] + 1, by=by, reason=reason),
        )
        for change, found in changed
    ]
    _write(rows, at=at)
    if changed:
        told = {"attempts": len(changed), "reason": reason}
        audit.record("attempts.regrade", at=at, by=by, of=of, changes=told)
    return [change for change, _found in changed]


def hold(attempts: QuerySet[Attempt]) -> int:
    """Two who grade the same attempt go one after the other: the update waits for the first."""
    return attempts.update(saved_at=F("saved_at"))
