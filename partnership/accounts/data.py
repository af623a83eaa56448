"""What a person asks for with their own data: a file of it, to be forgotten, and not to be."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from partnership.accounts.models import DataExport, Erasure, Role, RoleGrant, User
from partnership.audit import services as audit
from partnership.jobs import services as jobs
from partnership.lib.errors import Refusal
from partnership.mail import services as mail

EXPORT, ERASE = "data.export", "data.erase"


class LastAdministrator(Refusal):
    """Without this person nobody could run the site."""

    code = "last_administrator"


class NothingToCancel(Refusal):
    code = "nothing_to_cancel"


@transaction.atomic
def ask_for_export(person: User, *, at: datetime) -> DataExport:
    """Let a worker make the file. While one is being made, that one is the answer."""
    try:
        with transaction.atomic():
            row = DataExport.objects.create(person=person, asked_at=at)
    except IntegrityError:
        row = DataExport.objects.get(person=person, ready_at__isnull=True)
    else:
        audit.record("data.export", at=at, by=person, of=("export", str(row.uuid)))
    # Also for the one that is there: its job may have ended without a file.
    payload = {"export": row.pk}
    jobs.enqueue(EXPORT, at=at, key=str(row.uuid), payload=payload, by=person)
    return row


@transaction.atomic
def ask_to_be_erased(person: User, *, at: datetime) -> Erasure:
    """In seven days all goes. Whoever did not ask for it learns of it at every address."""
    refuse_last_administrator(person, at)
    try:
        with transaction.atomic():
            row = Erasure.objects.create(person=person, asked_at=at, due_at=at + Erasure.WAIT)
    except IntegrityError:
        return Erasure.objects.waiting().get(person=person)
    audit.record("data.erase_asked", at=at, by=person, of=("erasure", str(row.uuid)))
    _tell(person, row, "erase_asked", at)
    return row


@transaction.atomic
def erase_for(person: User, *, at: datetime, at_once: bool = False) -> Erasure:
    """As somebody asked for outside of the site. At once: one who was erased before a restore."""
    row = ask_to_be_erased(person, at=at)
    if at_once:
        Erasure.objects.filter(pk=row.pk).update(due_at=row.asked_at)
        row.refresh_from_db()
        start_due(at)
    return row


@transaction.atomic
def stay(person: User, *, at: datetime) -> None:
    """Take back the wish to be erased, as long as nothing is erased."""
    waiting = Erasure.objects.waiting().filter(person=person, erased_at__isnull=True)
    row = waiting.select_for_update().first()
    if row is None or not waiting.filter(pk=row.pk).update(cancelled_at=at):
        raise NothingToCancel(_("No erasure of your account is waiting."))
    audit.record("data.erase_cancelled", at=at, by=person, of=("erasure", str(row.uuid)))
    _tell(person, row, "erase_cancelled", at)


def refuse_last_administrator(person: User, at: datetime) -> None:
    """Somebody else must be able to run the site, today and without an end in sight."""
    held = RoleGrant.objects.on(at.date()).filter(role=Role.ADMINISTRATOR)
    if not held.filter(person=person).exists():
        return
    others = held.exclude(person=person).filter(person__is_active=True)
    soon = at.date() + timedelta(days=30)
    if not others.exclude(ends_on__lt=soon).exists():
        raise LastAdministrator(
            _("You are the last administrator. Give the role to somebody else first.")
        )


def _tell(person: User, row: Erasure, what: str, at: datetime) -> None:
    """At every confirmed address: one of them may be read by somebody else."""
    confirmed = EmailAddress.objects.filter(user=person, verified=True)
    addresses = {person.email, *confirmed.values_list("email", flat=True)}
    with translation.override(person.language or settings.LANGUAGE_CODE):
        context: dict[str, Any] = {
            "person": person,
            "row": row,
            "page": settings.SITE_ADDRESS + reverse("site:my-data"),
            "site": settings.SITE_ADDRESS,
        }
        subject = (
            _("Your account will be erased")
            if what == "erase_asked"
            else _("Your account will not be erased")
        )
        body = render_to_string(f"account/mail/{what}.txt", context)
    for number, to in enumerate(sorted(addresses)):
        key = f"account.{what}:{row.uuid}:{number}"
        mail.queue(key, to=to, subject=subject, body=body, at=at)


def start_due(at: datetime) -> int:
    """Let workers erase who has waited long enough, and finish what stopped on the way."""
    due = Erasure.objects.due(at).order_by("pk").values_list("pk", "uuid")
    found = list(due[:200])
    for pk, uuid in found:
        jobs.enqueue(ERASE, at=at, key=str(uuid), payload={"erasure": pk})
    return len(found)
