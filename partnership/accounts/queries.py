"""Who is behind an address, and how much was mailed there."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db.models import Min, Sum
from django.db.models.functions import Lower

from partnership.accounts.models import MailedCode, User

# Mails with a code to one address: enough for a slow line, too few to fill a mailbox.
SENDS = 6
WITHIN = timedelta(minutes=30)


def owner_of(email: str) -> User | None:
    """The person of an address in small letters: whoever confirmed it, else whose account it is.

    Both are looked for always: who is not found costs as much as who is.
    """
    confirmed = EmailAddress.objects.filter(email=email, verified=True).select_related("user")
    first = confirmed.first()
    account = User.objects.alias(small=Lower("email")).filter(small=email).first()
    return first.user if first else account


def full_until(email: str, at: datetime) -> datetime | None:
    """When the next code may go to an address that got enough of them; None if one may go now."""
    rows = MailedCode.objects.filter(email=email, sent_at__gt=at - WITHIN)
    sent = rows.aggregate(sends=Sum("sends"), first=Min("sent_at"))
    return sent["first"] + WITHIN if (sent["sends"] or 0) >= SENDS else None
