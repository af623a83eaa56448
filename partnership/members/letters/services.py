"""Write a letter, send it to exactly those who were looked at, and stop it on its way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from partnership.accounts.models import User
from partnership.audit import services as audit
from partnership.jobs import services as jobs
from partnership.jobs.models import Job
from partnership.members.circles import people_of
from partnership.members.letters.groups import Group, group_of
from partnership.members.letters.refusals import (
    CircleClosed,
    GroupChanged,
    NobodyMeant,
    NoDraft,
    NotBeingSent,
)
from partnership.members.models import Letter, LetterRecipient, LetterText, ReplyDesk

JOB = "letters.send"
BATCH = 1000
State = Letter.State


@dataclass(frozen=True)
class Written:
    """What a form holds of a letter: `texts` has subject and text by language."""

    texts: Mapping[str, tuple[str, str]]
    language: str
    desk: ReplyDesk
    wanted: Mapping[str, str]
    is_service: bool = False
    reason: str = ""


@transaction.atomic
def begin(circle: str, written: Written, *, by: User, at: datetime) -> Letter:
    """A new draft to a circle that is open to whoever writes."""
    _refuse_closed(circle, by, at)
    letter = Letter.objects.create(circle=circle, by=by, changed_at=at, **_columns(written))
    _write_texts(letter, written)
    audit.record("letter.begin", at=at, by=by, of=_key(letter), changes={"to": [None, circle]})
    return letter


@transaction.atomic
def change(letter: Letter, written: Written, *, by: User, at: datetime) -> None:
    """Another text or another filter. Whoever looked at it before has to look again."""
    _refuse_closed(letter.circle, by, at)
    mine = Letter.objects.filter(pk=letter.pk, state=State.DRAFT)
    values = {**_columns(written), "by": by, "changed_at": at, "revision": F("revision") + 1}
    if not mine.update(**values):
        raise NoDraft(_("This letter is no draft any more: it was sent or thrown away."))
    LetterText.objects.filter(letter=letter).delete()
    _write_texts(letter, written)
    audit.record("letter.change", at=at, by=by, of=_key(letter))


@transaction.atomic
def discard(letter: Letter, *, by: User, at: datetime) -> None:
    """Throw a draft away."""
    _refuse_closed(letter.circle, by, at)
    # Held, so that it is not sent in the same moment.
    held = Letter.objects.select_for_update().filter(pk=letter.pk, state=State.DRAFT).first()
    if held is None:
        raise NoDraft(_("This letter is no draft any more: it was sent or thrown away."))
    audit.record("letter.discard", at=at, by=by, of=_key(letter))
    held.delete()


@transaction.atomic
def send(letter: Letter, seal: str, *, by: User, at: datetime) -> Job:
    """Freeze the people who were looked at; a worker writes to them. Once, whoever presses."""
    drafts = Letter.objects.filter(pk=letter.pk, state=State.DRAFT)
    if not drafts.update(state=State.SENDING, sent_at=at, by=by):
        raise NoDraft(_("This letter is no draft any more: it was sent or thrown away."))
    # Read again: what was changed since is in the seal.
    letter = Letter.objects.get(pk=letter.pk)
    group = group_of(letter, by, at.date())
    if group is None:
        raise CircleClosed(_("You may not write to these people, or their filter holds no more."))
    if group.seal != seal:
        raise GroupChanged(_("Nothing was sent: the people or the text changed. Look once more."))
    if not group.keys:
        raise NobodyMeant(_("Nobody who fits can be written to. Choose other filters."))
    _freeze(letter, group)
    changes: dict[str, Any] = {"to": letter.circle, "filter": letter.wanted, "people": group.number}
    if letter.is_service:
        changes["about_the_account"] = letter.reason
    audit.record("letter.send", at=at, by=by, of=_key(letter), changes=changes)
    return jobs.enqueue(JOB, at=at, key=str(letter.uuid), payload={"letter": letter.pk}, by=by)


def _freeze(letter: Letter, group: Group) -> None:
    """All who fit, also those who get no mail: they are counted."""
    keys = group.people.order_by("pk").values_list("pk", flat=True)
    rows = [LetterRecipient(letter=letter, person_id=pk) for pk in keys]
    LetterRecipient.objects.bulk_create(rows, batch_size=BATCH)


@transaction.atomic
def cancel(letter: Letter, *, by: User, at: datetime) -> None:
    """Whoever is not queued by now gets no mail."""
    sending = Letter.objects.filter(pk=letter.pk, state=State.SENDING)
    if not sending.update(state=State.CANCELLED, ended_at=at):
        raise NotBeingSent(_("This letter is not being sent: there is nothing left to stop."))
    audit.record("letter.cancel", at=at, by=by, of=_key(letter))


@transaction.atomic
def go_on(letter: Letter, *, by: User, at: datetime) -> Job:
    """Another worker for a letter whose job was given up; while one is live, that one."""
    if not Letter.objects.filter(pk=letter.pk, state=State.SENDING).exists():
        raise NotBeingSent(_("This letter is not being sent: there is nothing to go on with."))
    audit.record("letter.go_on", at=at, by=by, of=_key(letter))
    return jobs.enqueue(JOB, at=at, key=str(letter.uuid), payload={"letter": letter.pk}, by=by)


def _columns(written: Written) -> dict[str, Any]:
    return {
        "wanted": dict(written.wanted),
        "language": written.language,
        "desk": written.desk,
        "is_service": written.is_service,
        "reason": written.reason if written.is_service else "",
    }


def _write_texts(letter: Letter, written: Written) -> None:
    LetterText.objects.bulk_create(
        LetterText(letter=letter, language=code, subject=subject, body=body)
        for code, (subject, body) in written.texts.items()
    )


def _refuse_closed(circle: str, by: User, at: datetime) -> None:
    if people_of(circle, by, at.date()) is None:
        raise CircleClosed(_("You may not write to these people today."))


def _key(letter: Letter) -> tuple[str, str]:
    return ("letter-to-many", str(letter.uuid))
