"""A case study is proposed: begun, saved as it was typed, handed in, taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partnership.audit import services as audit
from partnership.casestudies import notices
from partnership.casestudies.models import CaseComment, CaseDraft, CaseSave, CaseStudy
from partnership.casestudies.refusals import BeingWritten, NotOpen, NotThere, TextMoved, TooLong
from partnership.casestudies.telling import told_of
from partnership.casestudies.words import LONGEST, Words, of_told, size
from partnership.members.delegations import Delegation

Outcome = Literal["saved", "same", "beside"]
State = CaseDraft.State
STANDS, BESIDE = CaseSave.State.STANDS, CaseSave.State.BESIDE
OPEN = (State.WRITING, State.RETURNED)


@transaction.atomic
def begin(
    words: Words, delegation: Delegation | None, *, by: Any, at: datetime, case: Any = None
) -> CaseDraft:
    """A proposal with its first text, for a delegation or of its writer alone."""
    draft = CaseDraft(case=case, by=by, begun_at=at, changed_at=at, title=_title(words))
    for name, place in (delegation.where if delegation else {}).items():
        setattr(draft, name, place)
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError:
        raise BeingWritten(_("The next version of this case is being written already.")) from None
    draft.number = 1
    draft.save(update_fields=["number"])
    draft.saves.create(number=1, words=words, by=by, at=at)
    handle = delegation.handle if delegation else ""
    note("case.begin", draft, {"for": handle, "of": case.slug if case else ""}, by, at)
    return draft


def revise(case: CaseStudy, delegation: Delegation | None, *, by: Any, at: datetime) -> CaseDraft:
    """The next version of a published case begins with its text; see `queries.with_all`."""
    return begin(of_told(told_of(case)), delegation, by=by, at=at, case=case)


@transaction.atomic
def save(draft: CaseDraft, words: Words, *, saw: int, by: Any, at: datetime) -> Outcome:
    """Make this the text, or keep it beside one that its writer has not seen.

    What is sent when the proposal was handed in meanwhile is kept beside as well.
    """
    if size(words) > LONGEST:
        raise TooLong(_("This is longer than a case study can be. Nothing was saved."))
    row = held(draft)
    newest = standing(row)
    if newest.words == words:
        return "same"
    outcome: Outcome = "saved" if row.is_open and newest.number == saw else "beside"
    CaseDraft.objects.filter(pk=row.pk).update(number=row.number + 1, changed_at=at)
    state = STANDS if outcome == "saved" else BESIDE
    row.saves.create(number=row.number + 1, words=words, by=by, at=at, state=state)
    if outcome == "saved":
        CaseDraft.objects.filter(pk=row.pk).update(title=_title(words) or row.title)
    note("case.save", row, {"number": row.number + 1, "outcome": outcome}, by, at)
    return outcome


@transaction.atomic
def choose(draft: CaseDraft, number: int, *, take: bool, by: Any, at: datetime) -> None:
    """Decide on a text that lies beside: it becomes the proposal's, or stays in the history."""
    row = held(draft)
    if take and not row.is_open:
        raise not_open()
    beside = row.saves.filter(number=number, state=BESIDE).first()
    if beside is None:
        raise NotThere(_("This was decided already. Look at the proposal again."))
    row.saves.filter(pk=beside.pk).update(state=CaseSave.State.DECIDED)
    if take:
        CaseDraft.objects.filter(pk=row.pk).update(
            number=row.number + 1, changed_at=at, title=_title(beside.words) or row.title
        )
        row.saves.create(number=row.number + 1, words=beside.words, by=by, at=at)
    note("case.choose", row, {"number": number, "taken": take}, by, at)


@transaction.atomic
def hand_in(draft: CaseDraft, *, saw: int, what_changed: str, by: Any, at: datetime) -> None:
    """Give the text to the secretariat, which hears of it. The form has found no fault in it."""
    row = held(draft)
    if not row.is_open:
        raise not_open()
    if standing(row).number != saw:
        raise text_moved()
    if row.saves.filter(state=BESIDE).exists():
        raise TextMoved(_("Two texts lie beside one another: choose one first."))
    written = {"state": State.HANDED_IN, "handed_in_at": at, "what_changed": what_changed}
    CaseDraft.objects.filter(pk=row.pk).update(**written, changed_at=at)
    note("case.hand_in", row, {"number": saw}, by, at)
    notices.tell_the_secretariat(row, at=at, but=by)


@transaction.atomic
def take_back(draft: CaseDraft, *, by: Any, at: datetime) -> None:
    """What was handed in is written on; what was set aside is taken up again."""
    row = held(draft)
    if row.state not in (State.HANDED_IN, State.SET_ASIDE):
        raise NotThere(_("This was decided already. Look at the proposal again."))
    try:
        with transaction.atomic():
            _move(row, State.WRITING, at)
    except IntegrityError:
        raise BeingWritten(_("The next version of this case is being written already.")) from None
    note("case.take_back", row, {"was": row.state}, by, at)


@transaction.atomic
def set_aside(draft: CaseDraft, *, by: Any, at: datetime) -> None:
    """Nobody goes on with it. Its texts stay, and it can be taken up again."""
    row = held(draft)
    if not row.is_open:
        raise not_open()
    _move(row, State.SET_ASIDE, at)
    note("case.set_aside", row, {}, by, at)


@transaction.atomic
def comment(draft: CaseDraft, text: str, *, by: Any, at: datetime) -> CaseComment:
    """Say something of it to those who work on it."""
    row = held(draft)
    said = row.comments.create(text=text, by=by, at=at)
    note("case.comment", row, {}, by, at)
    return said


def held(draft: CaseDraft) -> CaseDraft:
    """The proposal, held until the transaction ends: what changes it comes one after another."""
    return (
        CaseDraft.objects.select_for_update(of=("self",))
        .select_related("case", "country", "institution", "by")
        .get(pk=draft.pk)
    )


def standing(draft: CaseDraft) -> CaseSave:
    """The text of a proposal."""
    return draft.saves.filter(state=STANDS).select_related("by")[0]


def not_open() -> NotOpen:
    return NotOpen(_("It is handed in or decided: its text does not change now."))


def text_moved() -> TextMoved:
    return TextMoved(_("Somebody saved another text meanwhile. Look at it first."))


def note(verb: str, draft: CaseDraft, changes: dict[str, Any], by: Any, at: datetime) -> None:
    audit.record(verb, at=at, by=by, of=("casedraft", str(draft.uuid)), changes=changes)


def _move(row: CaseDraft, state: str, at: datetime) -> None:
    written = {"state": state, "changed_at": at, "decided_at": None, "decided_by": None}
    CaseDraft.objects.filter(pk=row.pk).update(**written)


def _title(words: Words) -> str:
    return " ".join(words.get("title", "").split())[:200]
