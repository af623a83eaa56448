"""The long part, done by a worker: a mail for each recipient, in the reader's language.

Each batch is one transaction that begins with the job's step and holds the letter: a worker that
was thought dead writes nothing of it, and a letter that was stopped has no further batch. Which
people have their mail stands in the same transaction as the mail.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import formataddr
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partnership.accounts.models import User
from partnership.audit import services as audit
from partnership.jobs.kinds import Steps
from partnership.mail import services as mail
from partnership.mail.models import Kind, OutboxMessage
from partnership.mail.stops import Stoppable
from partnership.mail.texts import Text
from partnership.members.letters.groups import version_for, with_left
from partnership.members.models import Letter, LetterRecipient, LetterText

# Small: where there is one writer at a time, the others wait for no longer than a batch takes.
BATCH = 100
Texts = Mapping[str, LetterText]


def send(steps: Steps, *, at: datetime) -> dict[str, Any]:
    """Queue what is not queued yet. The same job again finds only what is left."""
    while True:
        with transaction.atomic():
            letter = _held(steps)
            if letter is None:
                return {}
            waiting = letter.recipients.filter(queued_at__isnull=True, left_out="")
            left, total = waiting.count(), letter.recipients.count()
            told = _("Wrote to %(n)s of %(all)s people") % {"n": total - left, "all": total}
            steps.step(total - left, max(total, 1), told)
            if not left:
                return _ended(letter, total, at)
            _queue(letter, list(waiting.order_by("pk")[:BATCH]), at)


def _held(steps: Steps) -> Letter | None:
    """The letter of a job, held until the transaction ends; none if it was stopped or is sent."""
    rows = Letter.objects.select_for_update(of=("self",)).select_related("desk", "by")
    return rows.filter(pk=steps.payload["letter"], state=Letter.State.SENDING).first()


def _queue(letter: Letter, rows: Sequence[LetterRecipient], at: datetime) -> None:
    """A batch, in a fixed number of queries. What each person wants is asked now."""
    some = User.objects.filter(pk__in=[row.person_id for row in rows])
    people = {one.pk: one for one in with_left(some, is_service=letter.is_service)}
    texts = {text.language: text for text in letter.texts.all()}
    mails = []
    for row in rows:
        person = people[row.person_id]
        row.left_out = person.left
        if not row.left_out:
            row.queued_at = at
            row.mail = mail_to(letter, person, version_for(person.language, texts, letter), at)
            mails.append(row.mail)
    OutboxMessage.objects.bulk_create(mails)
    LetterRecipient.objects.bulk_update(rows, ["left_out", "queued_at", "mail"])


def mail_to(letter: Letter, person: User, text: LetterText, at: datetime) -> OutboxMessage:
    """The mail as this person gets it, not kept anywhere yet."""
    message = mail.unwritten(
        f"letter:{letter.pk}:{person.pk}",
        to=person.email,
        subject=text.subject,
        body=Text(text.body, text.language),
        at=at,
        stoppable=None if letter.is_service else Stoppable(Kind.LETTERS, person),
    )
    message.headers = {
        **message.headers,
        "Reply-To": formataddr((letter.desk.name, letter.desk.email)),
        "Content-Language": text.language,
    }
    return message


def _ended(letter: Letter, total: int, at: datetime) -> dict[str, Any]:
    queued = letter.recipients.filter(queued_at__isnull=False).count()
    ended_at = max(at, letter.sent_at or at)
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.SENT, ended_at=ended_at)
    counts = {"people": queued, "left_out": total - queued}
    key = ("letter-to-many", str(letter.uuid))
    audit.record("letter.sent", at=at, by=letter.by, of=key, changes=counts)
    return counts
