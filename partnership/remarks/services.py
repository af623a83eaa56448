"""A reader says what is wrong with a fact; whoever keeps it answers once, by mail."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from partnership.audit import services as audit
from partnership.members.models import Country
from partnership.remarks import notices
from partnership.remarks.models import Remark
from partnership.remarks.refusals import RemarkEnded, RemarkTooOld, TooManyRemarks
from partnership.remarks.told import Told

# Mails with a link to one address, whoever asks for them.
MOST, WITHIN = 5, timedelta(hours=1)
State = Remark.State


@transaction.atomic
def ask(
    about: tuple[str, str], told: Told, text: str, *, by: Any, email: str, at: datetime
) -> Remark:
    """Keep what somebody says of a fact. Whoever is not signed in is mailed a link first."""
    person = by if by is not None and by.is_authenticated else None
    email = (person.email if person else email).strip().lower()
    if person is None:
        _refuse_many(email, at)
    row = Remark.objects.create(
        kind=about[0],
        key=about[1],
        sentence=told.sentence,
        page=told.page,
        text=text,
        email=email,
        language=translation.get_language() or "",
        by=person,
        asked_at=at,
        proved_at=at if person else None,
    )
    row.countries.set(Country.objects.filter(pk__in=told.countries))
    if person is None:
        notices.ask_to_prove(row, at=at)
    else:
        _begun(row, at)
    return row


def _refuse_many(email: str, at: datetime) -> None:
    sent = Remark.objects.filter(email=email, by__isnull=True, asked_at__gt=at - WITHIN)
    if sent.count() >= MOST:
        raise TooManyRemarks(
            _("Enough mails went to this address for now. Use a link in one of them, or try later.")
        )


@transaction.atomic
def prove(row: Remark, *, at: datetime) -> None:
    """The link in the mail was used: from now on the remark waits for an answer."""
    if not Remark.objects.unproved(at).filter(pk=row.pk).update(proved_at=at):
        if Remark.objects.filter(pk=row.pk, proved_at__isnull=False).exists():
            return
        raise RemarkTooOld(_("This link is older than a day. Please write again."))
    row.proved_at = at
    _begun(row, at)


def _begun(row: Remark, at: datetime) -> None:
    _note("remark.ask", row, row.by, at)
    notices.tell_keepers(row, at=at)


@transaction.atomic
def answer(row: Remark, text: str, *, by: Any, voice: str, at: datetime) -> None:
    """Mail an answer to whoever asked. `voice` says for whom it speaks."""
    _end(row, State.ANSWERED, text, by, at)
    notices.tell_answer(row, text, voice, at=at)
    _note("remark.answer", row, by, at)


@transaction.atomic
def close(row: Remark, why: str, *, by: Any, at: datetime) -> None:
    """Nothing is to be answered. Nobody is told; the reason stays on the desk."""
    _end(row, State.CLOSED, why, by, at)
    _note("remark.close", row, by, at)


@transaction.atomic
def reopen(row: Remark, *, by: Any, at: datetime) -> None:
    """What was closed by mistake waits again, as long as there is an address to answer to."""
    closed = Remark.objects.filter(pk=row.pk, state=State.CLOSED).exclude(email="")
    if not closed.update(state=State.OPEN, answer="", ended_at=None, ended_by=None):
        raise RemarkEnded(_("This remark cannot be opened again."))
    _note("remark.reopen", row, by, at)


def _end(row: Remark, state: State, text: str, by: Any, at: datetime) -> None:
    waiting = Remark.objects.filter(pk=row.pk, state=State.OPEN, proved_at__isnull=False)
    if not waiting.update(state=state, answer=text, ended_at=at, ended_by=by):
        raise RemarkEnded(_("Somebody else answered or closed this remark meanwhile."))


def _note(verb: str, row: Remark, by: Any, at: datetime) -> None:
    changes = {"about": f"{row.kind}/{row.key}"}
    audit.record(verb, at=at, by=by, of=("remark", str(row.uuid)), changes=changes)
