"""Somebody whose only mailbox is lost asks that colleagues vouch for them.

What is answered here is the same whether the lost address has an account or not.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partnership.accounts import addresses, endings, notices
from partnership.accounts.addresses import AddressRefused
from partnership.accounts.backends import OwnPeople
from partnership.accounts.models import MailedCode, Recovery, User
from partnership.accounts.queries import Asker, owner_of
from partnership.accounts.services import CodeUsedUp, Errand, mail_code
from partnership.audit import services as audit

VOUCH = MailedCode.Purpose.VOUCH


def mail(email: str, *, at: datetime, waiting: MailedCode | None, asker: Asker) -> MailedCode:
    """The code that proves the new address."""
    return mail_code(email, at=at, waiting=waiting, asker=asker, errand=Errand(VOUCH))


@transaction.atomic
def ask(code: MailedCode, lost: str, *, at: datetime) -> Recovery:
    """The new address was proved: from now on the request waits for two people, for 14 days."""
    proved = MailedCode.objects.filter(pk=code.pk, purpose=VOUCH, used_at__gt=at - MailedCode.LIFE)
    if not proved.delete()[0]:
        raise CodeUsedUp(_("That took long, or no code was entered. Please ask for a new one."))
    if owner_of(code.email) is not None:
        raise AddressRefused(_("This address has an account already: sign in with it."))
    person = owner_of(lost)
    if person is not None and not OwnPeople().user_can_authenticate(person):
        person = None
    open_ones = Recovery.objects.filter(
        lost=lost, email=code.email, confirmed_at__isnull=True, ended_at__isnull=True
    )
    open_ones.filter(expires_at__lte=at).update(ended_at=at)
    return open_ones.first() or _begun(person, lost, code.email, at)


def _begun(person: User | None, lost: str, email: str, at: datetime) -> Recovery:
    values = {"asked_at": at, "expires_at": at + Recovery.LIFE, "person": person}
    try:
        with transaction.atomic():
            row = Recovery.objects.create(lost=lost, email=email, **values)
    except IntegrityError:
        # The same was asked in another window a moment ago.
        return Recovery.objects.waiting(at).get(lost=lost, email=email)
    if person is not None:
        key = ("person", str(person.uuid))
        audit.record("person.vouch_asked", at=at, of=key, changes={"recovery": str(row.uuid)})
        notices.tell(person, "vouch_asked", at=at, to=lost)
    return row


@transaction.atomic
def hand_over(row: Recovery, *, at: datetime) -> None:
    """Two people said yes: the address is one of the person's, and every session ends."""
    person = row.person
    if person is None or not OwnPeople().user_can_authenticate(person):
        raise AddressRefused(_("This account was closed meanwhile."))
    addresses.give(person, row.email, by=row.confirmed_by, at=at)
    endings.end_all(person, at=at)
    notices.tell(person, "vouched", at=at, to=row.email)
