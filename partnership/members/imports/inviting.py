"""Invitations by the hundred: the same rows and mails as one by one, in a few statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models.functions import Lower

from partnership.accounts.models import User
from partnership.jobs.services import knock
from partnership.mail import services as mail
from partnership.mail.models import OutboxMessage
from partnership.mail.tasks import deliver
from partnership.members import notices
from partnership.members.models import Invitation
from partnership.members.services.invitations import mail_key

# What happens to an invitation without anybody having changed it.
OWN_LIFE = frozenset({"opened_at", "tries", "mail_id", "sends", "sent_at", "expires_at"})


def queue_mails(invitations: Sequence[Invitation], *, at: datetime) -> None:
    """Their mails into the outbox, each under the key that one alone would have."""
    spoken = _languages([row.email for row in invitations])
    mails = [_mail(row, spoken.get(row.email, ""), at) for row in invitations]
    OutboxMessage.objects.bulk_create(mails)
    for row, message in zip(invitations, mails, strict=True):
        row.mail = message
    transaction.on_commit(partial(knock, deliver))


def _languages(emails: Sequence[str]) -> dict[str, str]:
    """In which language the people behind addresses read, as far as they said so."""
    accounts = User.objects.alias(small=Lower("email")).filter(small__in=emails)
    found = {
        email.lower(): language for email, language in accounts.values_list("email", "language")
    }
    confirmed = EmailAddress.objects.filter(email__in=emails, verified=True)
    return found | dict(confirmed.values_list("email", "user__language"))


def _mail(row: Invitation, spoken: str, at: datetime) -> OutboxMessage:
    chosen = row.language
    # Named for the moment of writing: otherwise the owner of each address is looked for again.
    row.language = chosen or spoken or settings.LANGUAGE_CODE
    subject, body = notices.invited(row)
    row.language = chosen
    return mail.unwritten(mail_key(row), to=row.email, subject=subject, body=body, at=at)


def forget_mails(rows: Sequence[Invitation]) -> None:
    """Mails that did not go yet, of invitations that are taken back."""
    keys = [row.mail_id for row in rows if row.mail_id]
    OutboxMessage.objects.filter(pk__in=keys, state=OutboxMessage.State.QUEUED).delete()
