"""One person, many addresses: added, made the main one, removed, and each of these taken back.

An account outlives a post: who loses an office's mailbox comes in with another address.
"""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partnership.accounts import endings, notices
from partnership.accounts.codes import uuid_in
from partnership.accounts.models import AddressChange, MailedCode, User
from partnership.accounts.queries import Asker, owner_of
from partnership.accounts.services import CodeUsedUp, Errand, mail_code
from partnership.audit import services as audit
from partnership.lib.errors import Refusal

MOST = 10
Kind = AddressChange.Kind
Purpose = MailedCode.Purpose


class AddressRefused(Refusal):
    """This cannot be done with an address; the text says why."""

    code = "address_refused"


def of(person: User) -> list[EmailAddress]:
    """All of them, the main one first; one that was never confirmed stands there as such."""
    rows = list(EmailAddress.objects.filter(user=person).order_by("-primary", "email"))
    if any(row.email == person.email for row in rows):
        return rows
    return [EmailAddress(user=person, email=person.email, primary=True), *rows]


def ask(
    person: User, email: str, *, at: datetime, waiting: MailedCode | None, asker: Asker
) -> MailedCode:
    """Mail a code to one more address. Whose it is meanwhile is not told here."""
    email = email.strip().lower()
    mine = EmailAddress.objects.filter(user=person)
    if mine.filter(email=email, verified=True).exists():
        raise AddressRefused(_("This address is one of yours already."))
    if mine.count() >= MOST:
        raise AddressRefused(_("You have ten addresses. Remove one before you add another."))
    errand = Errand(Purpose.ADDRESS, person)
    return mail_code(email, at=at, waiting=waiting, asker=asker, errand=errand)


@transaction.atomic
def add(code: MailedCode, *, at: datetime) -> AddressChange | None:
    """The address whose code was entered belongs to the person who asked for it."""
    is_proved = code.used_at is not None and code.used_at > at - MailedCode.LIFE
    person = code.person
    if code.purpose != Purpose.ADDRESS or person is None or not is_proved:
        raise CodeUsedUp(_("That took long, or no code was entered. Please ask for a new one."))
    return _changed(person, Kind.ADDED, code.email, at) if _confirm(person, code.email) else None


@transaction.atomic
def give(person: User, email: str, *, by: User | None, at: datetime) -> AddressChange:
    """An address that was proved, and that others say is this person's."""
    _confirm(person, email)
    return _changed(person, Kind.ADDED, email, at, by=by)


def _confirm(person: User, email: str) -> bool:
    """Let an address be one of the person's; whether it was none of theirs before."""
    if owner_of(email) not in (None, person):
        raise AddressRefused(_("This address belongs to another account."))
    _write_down_the_main_one(person)
    row, is_new = EmailAddress.objects.get_or_create(user=person, email=email)
    if not is_new and row.verified:
        return False
    try:
        with transaction.atomic():
            EmailAddress.objects.filter(pk=row.pk).update(verified=True)
    except IntegrityError:
        # Somebody else confirmed it a moment ago.
        raise AddressRefused(_("This address belongs to another account.")) from None
    return is_new


@transaction.atomic
def make_primary(person: User, email: str, *, at: datetime) -> AddressChange:
    """Mail of the site goes there from now on."""
    mine = EmailAddress.objects.filter(user=person)
    if not mine.filter(email=email, verified=True).exists():
        raise AddressRefused(_("Confirm this address first."))
    if email == person.email:
        raise AddressRefused(_("This is the main address already."))
    before = person.email
    _make_primary(person, email)
    return _changed(person, Kind.PRIMARY, email, at, before=before)


@transaction.atomic
def remove(person: User, email: str, *, at: datetime) -> AddressChange:
    """Never the main one, so that one is always left."""
    if email == person.email:
        raise AddressRefused(_("Make another address the main one before you remove this one."))
    mine = EmailAddress.objects.filter(user=person)
    others = mine.filter(verified=True).exclude(email=email)
    if not others.exists():
        raise AddressRefused(_("This is your last confirmed address: it stays."))
    if not mine.filter(email=email).delete()[0]:
        raise AddressRefused(_("This is none of your addresses."))
    return _changed(person, Kind.REMOVED, email, at)


def _write_down_the_main_one(person: User) -> None:
    """Whoever was entered by the secretariat may have a main address without a row."""
    mine = EmailAddress.objects.filter(user=person)
    if not mine.filter(primary=True).exists():
        row, _is_new = EmailAddress.objects.get_or_create(user=person, email=person.email)
        EmailAddress.objects.filter(pk=row.pk).update(primary=True)


def _make_primary(person: User, email: str) -> None:
    mine = EmailAddress.objects.filter(user=person)
    mine.filter(primary=True).update(primary=False)
    mine.filter(email=email).update(primary=True)
    person.email = email
    try:
        with transaction.atomic():
            person.save(update_fields=["email"])
    except IntegrityError:
        raise AddressRefused(_("This address belongs to another account.")) from None


def _changed(
    person: User,
    kind: Kind,
    email: str,
    at: datetime,
    *,
    before: str = "",
    by: User | None = None,
) -> AddressChange:
    """Write it down, and tell every address but the one it is about that has to gain by it."""
    young = _young(person, at)
    change = AddressChange.objects.create(
        person=person,
        kind=kind,
        email=email,
        primary_before=before or person.email,
        made_at=at,
    )
    told = {row.email for row in of(person)} | ({email} if kind == Kind.REMOVED else set())
    told -= {email} if kind != Kind.REMOVED else set()
    for address in sorted(told):
        notices.tell_of_address(change, address, can_undo=address not in young)
    audit.record(
        f"person.address_{kind}",
        at=at,
        by=by or person,
        of=("person", str(person.uuid)),
        changes={"change": str(change.uuid)},
    )
    return change


def _young(person: User, at: datetime) -> set[str]:
    """Addresses of less than a week: whoever just brought them takes nothing back with them."""
    added = AddressChange.objects.filter(
        person=person, kind=Kind.ADDED, made_at__gt=at - AddressChange.LIFE
    )
    return set(added.values_list("email", flat=True))


# --- "This was not me" ------------------------------------------------------------------


def change_of_link(token: str, *, at: datetime) -> AddressChange:
    """The change that a mailed link can take back."""
    uuid = uuid_in(token, notices.UNDO)
    open_ones = AddressChange.objects.filter(undone_at__isnull=True).select_related("person")
    recent = open_ones.filter(made_at__gt=at - AddressChange.LIFE)
    change = recent.filter(uuid=uuid).first() if uuid else None
    if change is None:
        raise CodeUsedUp(
            _("This link is more than seven days old, or the change was taken back already.")
        )
    return change


@transaction.atomic
def undo(change: AddressChange, *, at: datetime) -> None:
    """The addresses are as before; whoever is signed in is out; no password works any more."""
    mine = AddressChange.objects.filter(pk=change.pk, undone_at__isnull=True)
    if not mine.update(undone_at=at):
        raise CodeUsedUp(_("This change was taken back already."))
    person = User.objects.select_for_update().get(pk=change.person_id)
    if change.kind == Kind.REMOVED:
        _give_back(person, change.email)
    elif change.kind == Kind.PRIMARY or person.email == change.email:
        _give_back(person, change.primary_before)
        _make_primary(person, change.primary_before)
    if change.kind == Kind.ADDED:
        EmailAddress.objects.filter(user=person, email=change.email).delete()
    person.set_unusable_password()
    person.has_short_password = False
    person.save(update_fields=["password", "has_short_password"])
    endings.end_all(person, at=at)
    key = ("person", str(person.uuid))
    audit.record("person.address_undone", at=at, of=key, changes={"change": str(change.uuid)})
    notices.tell(person, "addresses_restored", at=at)


def _give_back(person: User, email: str) -> None:
    if owner_of(email) not in (None, person):
        raise AddressRefused(_("This address belongs to another account by now."))
    EmailAddress.objects.update_or_create(user=person, email=email, defaults={"verified": True})


@transaction.atomic
def do_not_ask_again(person: User, *, at: datetime) -> None:
    """The site asked for a private address, and was told "not now"."""
    User.objects.filter(pk=person.pk, private_asked_at__isnull=True).update(private_asked_at=at)
