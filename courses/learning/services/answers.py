"""Saving answers: what was acknowledged stays, what cannot stand is kept beside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from courses.learning import papers
from courses.learning.models import Answer, Attempt, ChosenOption, OtherAnswer, PaperQuestion
from courses.learning.papers import GRACE, Place, seconds_left
from courses.learning.services.attempts import AttemptClosed, KeyMissing, settle
from courses.learning.services.grading import grade_again, hold
from courses.quizzes import notation
from courses.quizzes.responses import parse_response
from partnership.audit import services as audit
from partnership.lib.errors import Refusal

# Keys of saves that are remembered for one answer: far more than any device keeps waiting.
REMEMBERED = 100


class AlreadyDecided(Refusal):
    """Somebody has taken this answer or left it aside before."""

    code = "already_decided"


class AttemptStillOpen(Refusal):
    """While it runs there is nothing late: the learner can still answer."""

    code = "attempt_still_open"


@dataclass(frozen=True)
class Sent:
    """A save as a device sends it. `key` is its own for each save, the same at each retry."""

    response: Any  # as parsed from JSON or built from the form; checked by `parse_response`
    saw: int  # the revision that the device last knew; 0 when it knew of no answer
    key: str
    device: str = ""
    language: str = "en"


@dataclass(frozen=True)
class Saved:
    """What became of it. `revision` is what the device sends as `saw` with its next save.

    saved: it stands. same: it stood already. beside: another device was there first, both are
    kept; `revision` stays what this device knew, so that no later save passes over the other
    answer before the learner has chosen. late: the time is over, it is kept for the trainer.
    """

    outcome: str
    revision: int
    saved_at: datetime
    seconds_left: int | None
    read_as: str = ""  # a number as it was understood, with its unit
    problem: str = ""  # why a number could not be read; the text is kept as typed


@dataclass(frozen=True)
class _Save:
    """A save that was checked, on its way in."""

    response: dict[str, Any]
    sent: Sent
    at: datetime


def save_answer(place: Place, sent: Sent, *, at: datetime) -> Saved:
    """Keep one answer. `place` comes from `papers.place(Attempt.objects.of(user)..., token)`.

    Two statements: the open attempt is updated, which is the door, then the answer with the
    revision that the device saw in the condition. Refuses what `parse_response` refuses, and
    KeyMissing. A device sends the saves of one question one after the other: it repeats one that
    was not acknowledged, with its key, before the next.
    """
    if not sent.key or len(sent.key) > 64:
        raise KeyMissing(_("A save needs a key of its own."))
    response = parse_response(place.kind, sent.response, place.tokens, language=sent.language)
    save = _Save(response, sent, at)
    while (saved := _saved(place, save)) is None:
        # Another save of this question came in between: look again.
        place = _again(place)
    return saved


def _again(place: Place) -> Place:
    found = papers.place(Attempt.objects.filter(pk=place.attempt_id), place.token)
    if found is None:
        raise PaperQuestion.DoesNotExist
    return found


def _saved(place: Place, save: _Save) -> Saved | None:
    """What became of it, or None when the place was not any more as it had been read."""
    if (known := _known_as(place, save)) is not None:
        return _told("same", known, place, save)
    if place.is_over(save.at):
        return _late(place, save)
    try:
        with transaction.atomic():
            if not _open_door(place.attempt_id, save.at):
                return _late(place, save)
            if save.sent.saw != place.revision:
                _keep(place, save, OtherAnswer.Reason.DEVICE)
                return _told("beside", save.sent.saw, place, save)
            if _write(place, save):
                return _told("saved", place.revision + 1, place, save)
    except IntegrityError:
        if place.answer_id:
            raise
    return None


def _known_as(place: Place, save: _Save) -> int | None:
    """The revision that says the same already: this very save, or an equal answer."""
    if save.sent.key in place.saves:
        return place.saves[save.sent.key]
    return place.revision if place.response == save.response else None


def _open_door(attempt: int, at: datetime) -> int:
    """Pass while the attempt is open. Hand-in and sweep update the same row: they wait, or we do
    and then find it closed.
    """
    in_time = Q(deadline_at__isnull=True) | Q(deadline_at__gte=at - GRACE)
    return Attempt.objects.open().filter(in_time, pk=attempt).update(saved_at=at)


def _write(place: Place, save: _Save) -> bool:
    revision = place.revision + 1
    saves = {key: made for key, made in place.saves.items() if made > revision - REMEMBERED}
    row = {
        "revision": revision,
        "response": save.response,
        "device": save.sent.device[:40],
        "saved_at": save.at,
        "saves": {**saves, save.sent.key: revision},
    }
    if place.answer_id is None:
        Answer.objects.create(question_id=place.question_id, **row)
        return True
    standing = Answer.objects.filter(pk=place.answer_id, revision=place.revision)
    return bool(standing.update(**row))


def _late(place: Place, save: _Save) -> Saved:
    _keep(place, save, OtherAnswer.Reason.LATE)
    return _told("late", place.revision, place, save)


def _keep(place: Place, save: _Save, reason: str) -> None:
    other = OtherAnswer(
        question_id=place.question_id,
        reason=reason,
        response=save.response,
        saw_revision=save.sent.saw,
        device=save.sent.device[:40],
        save_key=save.sent.key,
        received_at=save.at,
    )
    # The same save again is kept once.
    OtherAnswer.objects.bulk_create([other], ignore_conflicts=True)


def _told(outcome: str, revision: int, place: Place, save: _Save) -> Saved:
    at = place.saved_at if outcome == "same" and place.saved_at else save.at
    left = seconds_left(place.deadline_at, save.at)
    return Saved(outcome, revision, at, left, *_read_back(place, save.response))


def _read_back(place: Place, response: dict[str, Any]) -> tuple[str, str]:
    if place.kind != "number" or not response["text"]:
        return "", ""
    language = response["language"]
    try:
        number = notation.read_number(response["text"], language=language)
    except notation.Unreadable as problem:
        return "", str(problem)
    return f"{notation.write_number(number, language=language)} {response['unit']}".strip(), ""


def flag(place: Place, *, is_flagged: bool) -> None:
    """Mark a question to come back to; refuses AttemptClosed."""
    running = PaperQuestion.objects.filter(pk=place.question_id, attempt__submitted_at__isnull=True)
    if not running.update(is_flagged=is_flagged):
        raise AttemptClosed


@transaction.atomic
def choose_other(other: OtherAnswer, *, take: bool, by: Any, at: datetime) -> OtherAnswer:
    """The learner decides between two devices: take the other one, or leave it aside.

    What the same device sent earlier is left aside with it. Taking refuses AttemptClosed after the
    end; a second decision refuses AlreadyDecided.
    """
    if take and not _open_door(other.question.attempt_id, at):
        raise AttemptClosed
    _decide(other, is_taken=take, by=by, at=at)
    if take:
        _let_stand(other)
    return other


def accept_late(other: OtherAnswer, *, by: Any, at: datetime) -> OtherAnswer:
    """A trainer takes an answer that was kept beside a closed attempt, which is graded again.

    Refuses AttemptStillOpen and AlreadyDecided.
    """
    attempt = settle(other.question.attempt, at=at)
    if attempt.is_open:
        raise AttemptStillOpen(_("This attempt is still open: the learner can answer."))
    with transaction.atomic():
        hold(Attempt.objects.filter(pk=attempt.pk))
        _decide(other, is_taken=True, by=by, at=at)
        answer = _let_stand(other)
        _choose_again(answer, other)
        grade_again(attempt, by=by, reason=_("An answer that came late was accepted."), at=at)
        audit.record("answer.accept", at=at, by=by, of=("attempt", str(attempt.uuid)))
    return other


def _decide(other: OtherAnswer, *, is_taken: bool, by: Any, at: datetime) -> None:
    outcome = OtherAnswer.Outcome.TAKEN if is_taken else OtherAnswer.Outcome.LEFT
    waiting = OtherAnswer.objects.filter(outcome=OtherAnswer.Outcome.WAITING)
    decided = {"decided_at": at, "decided_by": by}
    if not waiting.filter(pk=other.pk).update(outcome=outcome, **decided):
        raise AlreadyDecided(_("This answer was decided on already."))
    waiting.filter(
        question=other.question_id, device=other.device, received_at__lte=other.received_at
    ).update(outcome=OtherAnswer.Outcome.LEFT, **decided)
    other.refresh_from_db(fields=["outcome", "decided_at", "decided_by"])


def _let_stand(other: OtherAnswer) -> Answer:
    """Make it the answer, as one more revision. The caller holds the row of the attempt."""
    answer = Answer.objects.filter(question=other.question_id).first()
    if answer is None:
        answer = Answer(question_id=other.question_id, revision=0)
    answer.revision += 1
    answer.response, answer.device = other.response, other.device
    answer.saved_at = other.received_at
    answer.saves = {**answer.saves, other.save_key: answer.revision}
    answer.save()
    return answer


def _choose_again(answer: Answer, other: OtherAnswer) -> None:
    """The options that count for statistics are those of the answer that stands."""
    ids = dict(other.question.options.values_list("token", "option"))
    answer.chosen.all().delete()
    ChosenOption.objects.bulk_create(
        ChosenOption(answer=answer, option_id=ids[token])
        for token in sorted(other.response.get("chosen", ()))
    )
