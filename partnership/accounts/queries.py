"""Who is behind an address, and how much was mailed there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db.models import Count, Min, Sum
from django.db.models.functions import Lower

from partnership.accounts.models import MailedCode, User
from partnership.mail.models import OutboxMessage

# Mails with a code to one address for one asker: enough for a slow line, too few to fill a mailbox.
SENDS = 6
# To one address for all askers who never came in with it. Whoever did has their own SENDS beyond.
SENDS_TO_ALL = 30
WITHIN = timedelta(minutes=30)


@dataclass(frozen=True)
class Asker:
    """For whom a code is mailed: a network, or a person in a browser they came in with before."""

    mark: str = ""
    is_known: bool = False

    @property
    def reason(self) -> str:
        """How the keys of the mails begin that went out for this asker."""
        return f"account.code:{self.mark}:"


ANYBODY = Asker()


def owner_of(email: str) -> User | None:
    """The person of an address in small letters: whoever confirmed it, else whose account it is.

    Both are looked for always: who is not found costs as much as who is.
    """
    confirmed = EmailAddress.objects.filter(email=email, verified=True).select_related("user")
    first = confirmed.first()
    account = User.objects.alias(small=Lower("email")).filter(small=email).first()
    return first.user if first else account


def full_until(email: str, at: datetime, asker: Asker = ANYBODY) -> datetime | None:
    """When the next code may go to an address that got enough of them; None if one may go now.

    What others ask for never uses up what is left for a browser that the address knows.
    """
    rows = MailedCode.objects.filter(email=email, sent_at__gt=at - WITHIN)
    sent = rows.aggregate(sends=Sum("sends"), first=Min("sent_at"))
    if (sent["sends"] or 0) < SENDS:
        return None
    mails = OutboxMessage.objects.about(asker.reason).filter(to=email, created_at__gt=at - WITHIN)
    own = mails.aggregate(number=Count("pk"), first=Min("created_at"))
    if own["number"] >= SENDS:
        return own["first"] + WITHIN
    is_full = sent["sends"] >= SENDS_TO_ALL and not asker.is_known
    return sent["first"] + WITHIN if is_full else None
