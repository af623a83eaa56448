"""Queue a mail with the change it belongs to; hand it over later, once."""

from __future__ import annotations

import logging
import smtplib
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from partnership.lib import clock
from partnership.lib.errors import Refusal
from partnership.mail import bounces, stops, texts, transport
from partnership.mail.models import OutboxMessage
from partnership.mail.stops import Stoppable

log = logging.getLogger(__name__)

# Longer than one conversation can last: seven steps of `transport.TIMEOUT` each.
LEASE = timedelta(minutes=2)
TRIES = 12
# Sweeps share the worker with mail: a round ends in time for the next one.
ROUND_SECONDS = 10.0
# What a mail server says of itself; everything else it says is about one mail.
ABOUT_THE_SERVER = (
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
)
State = OutboxMessage.State


def queue(
    key: str,
    *,
    to: str,
    subject: str,
    body: str,
    at: datetime,
    stoppable: Stoppable | None = None,
) -> OutboxMessage:
    """Put a mail into the outbox. The same key again changes nothing and gives the first row.

    Without `stoppable` it is about the reader's own account, or what they asked for.
    """
    fields = _fields(to, subject, body, at, stoppable)
    message, _made = OutboxMessage.objects.get_or_create(key=key, defaults=fields)
    return message


def unwritten(
    key: str,
    *,
    to: str,
    subject: str,
    body: str,
    at: datetime,
    stoppable: Stoppable | None = None,
) -> OutboxMessage:
    """A mail for whoever writes many rows at once and knows that none of their keys was used."""
    return OutboxMessage(key=key, **_fields(to, subject, body, at, stoppable))


def _fields(
    to: str, subject: str, body: str, at: datetime, stoppable: Stoppable | None = None
) -> dict[str, Any]:
    """The columns of a row. Both texts are kept as they will be sent."""
    language = getattr(body, "language", "") or texts.spoken()
    subject = " ".join(subject.split())[:250]
    fields: dict[str, Any] = {"to": to, "subject": subject, "created_at": at, "next_try_at": at}
    below = ""
    if stoppable:
        address = stops.address_of(stoppable)
        below = stops.told(stoppable.kind, address, language)
        fields |= {"kind": stoppable.kind, "reader": stoppable.reader}
        fields["headers"] = stops.headers(address)
    html = getattr(body, "html", "")
    return {
        **fields,
        "body": f"{body.rstrip()}\n\n{below}" if below else body,
        "html": html or texts.rich(subject, body, below=below, language=language),
    }


def send_again(message: OutboxMessage, *, at: datetime) -> None:
    """Try anew, with all tries, what was given up. Refuses a mail that was not."""
    failed = OutboxMessage.objects.filter(pk=message.pk, state=State.FAILED)
    if not failed.update(state=State.QUEUED, tries=0, next_try_at=at):
        raise NotGivenUp(_("This mail was not given up: nothing is to be sent again."))


class Came(StrEnum):
    """What a message was that a server sent back."""

    BACK = "back"  # one of our mails, marked by now
    EARLY = "early"  # one that this site has not yet noted as handed over
    NOTHING = "nothing"


def take_back(raw: bytes) -> Came:
    """Mark the mail that a report says was not delivered. The same report again changes nothing."""
    report = bounces.read(raw)
    if report is None:
        return Came.NOTHING
    mails = OutboxMessage.objects.filter(uuid=report.number)
    if mails.filter(state=State.HANDED_OVER).update(state=State.BOUNCED, error=report.reason):
        return Came.BACK
    # The report was faster than the deliverer's own note.
    return Came.EARLY if mails.filter(state=State.SENDING).exists() else Came.NOTHING


def forget(reason: str, *, before: datetime) -> None:
    """Delete mails that are worth nothing any more, handed over or not. The key begins so."""
    OutboxMessage.objects.about(reason).filter(created_at__lt=before).delete()


class NotGivenUp(Refusal):
    """Only a mail that failed can be sent again."""

    code = "not_given_up"


class NoServer(Exception):
    """The mail server does not answer: nothing more will get through in this round."""


def deliver_due(limit: int = 500) -> int:
    """Hand over what is due and return how many went. Two deliverers never take the same row."""
    at, started, handed_over = clock.now(), time.monotonic(), 0
    stops.hold_back()
    due = OutboxMessage.objects.due(at).order_by("next_try_at", "pk")
    due.filter(tries__gte=TRIES).update(
        state=State.FAILED, lease_until=None, error="The worker died at each try to hand it over."
    )
    with _server() as server:
        for pk in due.values_list("pk", flat=True)[:limit]:
            if time.monotonic() - started > ROUND_SECONDS:
                break
            try:
                handed_over += _deliver(pk, server)
            except NoServer:
                break
    return handed_over


@contextmanager
def _server() -> Iterator[BaseEmailBackend]:
    """One conversation for the whole round, begun with the first mail."""
    server = transport.connection()
    try:
        yield server
    finally:
        _hang_up(server)


def _hang_up(server: BaseEmailBackend) -> None:
    # What it says to that no longer matters: the mails before were accepted one by one.
    with suppress(OSError):
        server.close()


def _deliver(pk: int, server: BaseEmailBackend) -> bool:
    at = clock.now()
    message = _claim(pk, at)
    if message is None:
        return False
    mine = OutboxMessage.objects.filter(pk=pk, fence=message.fence, state=State.SENDING)
    try:
        _send(message, server)
    except Exception as error:
        # A mail that cannot even be written will not be better later.
        give_up = message.tries >= TRIES or not isinstance(error, OSError)
        mine.update(
            state=State.FAILED if give_up else State.QUEUED,
            lease_until=None,
            next_try_at=at + timedelta(minutes=2 ** min(message.tries, 8)),
            error=repr(error)[:300],
        )
        log.warning("mail %s not handed over: %s", message.uuid, type(error).__name__)
        _hang_up(server)
        if _is_about_the_server(error):
            raise NoServer from error
        return False
    now = clock.now()
    return bool(
        mine.update(state=State.HANDED_OVER, handed_over_at=now, lease_until=None, error="")
    )


def _is_about_the_server(error: Exception) -> bool:
    """A timeout, a refused connection, a wrong password; not a refused recipient."""
    is_network = isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException)
    return is_network or isinstance(error, ABOUT_THE_SERVER)


@transaction.atomic
def _claim(pk: int, at: datetime) -> OutboxMessage | None:
    taken = (
        OutboxMessage.objects.due(at)
        .filter(pk=pk)
        .update(
            state=State.SENDING,
            lease_until=at + LEASE,
            fence=F("fence") + 1,
            tries=F("tries") + 1,
        )
    )
    return OutboxMessage.objects.get(pk=pk) if taken else None


def _send(message: OutboxMessage, server: BaseEmailBackend) -> None:
    sender = settings.DEFAULT_FROM_EMAIL
    named = {"Message-ID": bounces.message_id(message.uuid), "From": sender}
    mail = EmailMultiAlternatives(
        message.subject,
        message.body,
        # To the servers on the way; people read the header.
        from_email=bounces.return_address(message.uuid) or sender,
        to=[message.to],
        headers={**message.headers, **named},
        connection=server,
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    server.open()
    mail.send()
