"""How long each kind of data is kept. The sweeper does what the page "My data" shows of this."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from partnership.accounts.models import (
    AddressChange,
    DataExport,
    FactorTries,
    MailedCode,
    Recovery,
    SignIn,
)
from partnership.accounts.services import KEPT as CODES_KEPT
from partnership.information.models import DigestHit
from partnership.jobs.models import ENDED, Job
from partnership.mail.models import OutboxMessage
from partnership.members.imports.services import KEPT as SHEETS_KEPT
from partnership.members.models import Invitation, JoinRequest, Letter, SheetImport
from partnership.remarks.models import Remark

Rows = QuerySet[Any]
DAY = timedelta(days=1)
NO_LETTER = {"to": "", "subject": "", "body": "", "html": "", "headers": {}, "error": ""}


@dataclass(frozen=True)
class Limit:
    """One kind of row and for how long. `old` finds what was before a moment.

    What has `instead` is not deleted but emptied; `files` names what goes with a row.
    """

    key: str
    what: Any
    since: Any
    kept: timedelta
    old: Callable[[datetime], Rows]
    instead: dict[str, Any] | None = None
    files: str = ""

    @property
    def days(self) -> int:
        return self.kept.days


def _sessions(before: datetime) -> Rows:
    # A session's row knows its end: it began so long before.
    age = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return Session.objects.filter(expire_date__lt=before + age)


def _mails(before: datetime) -> Rows:
    ends = ["handed_over", "failed", "stopped", "bounced"]
    ended = OutboxMessage.objects.filter(state__in=ends)
    return ended.filter(created_at__lt=before)


def _letters(before: datetime) -> Rows:
    """Those that went, and drafts that nobody has touched since."""
    return Letter.objects.exclude(state="sending").filter(changed_at__lt=before)


def _untried(before: datetime) -> Rows:
    return SheetImport.objects.filter(state="uploaded", made_at__lt=before)


def _invitations(before: datetime) -> Rows:
    return Invitation.objects.filter(expires_at__lt=before)


def _requests(before: datetime) -> Rows:
    ended = Q(answered_at__lt=before) | Q(withdrawn_at__lt=before)
    return JoinRequest.objects.filter(ended)


def _remarks(before: datetime) -> Rows:
    return Remark.objects.filter(ended_at__lt=before)


def _jobs(before: datetime) -> Rows:
    return Job.objects.filter(state__in=ENDED, finished_at__lt=before)


IN_ALL = timedelta(seconds=settings.SESSION_COOKIE_AGE)
LIMITS = (
    Limit(
        "sessions",
        _("Sessions, with forms that were not sent to their end"),
        _("from their beginning"),
        IN_ALL,
        _sessions,
    ),
    Limit(
        "sign-ins",
        _("The list of browsers in which you signed in"),
        _("from the sign-in"),
        IN_ALL,
        lambda before: SignIn.objects.filter(at__lt=before),
    ),
    Limit(
        "codes",
        _("Mailed codes, and the address and name typed with them"),
        _("from their end"),
        CODES_KEPT,
        lambda before: MailedCode.objects.filter(expires_at__lt=before),
    ),
    Limit(
        "code-mails",
        _("The mails with these codes"),
        _("from the mail"),
        CODES_KEPT,
        lambda before: OutboxMessage.objects.about("account.code:").filter(created_at__lt=before),
    ),
    Limit(
        "tries",
        _("How often a second factor was tried"),
        _("from the first try"),
        DAY,
        lambda before: FactorTries.objects.filter(since__lt=before),
    ),
    Limit(
        "address-changes",
        _("Changes of your addresses"),
        _("from the change"),
        30 * DAY,
        lambda before: AddressChange.objects.filter(made_at__lt=before),
    ),
    Limit(
        "recoveries",
        _("Requests that somebody vouches for you after a mailbox was lost"),
        _("from their end"),
        30 * DAY,
        lambda before: Recovery.objects.filter(expires_at__lt=before),
    ),
    Limit(
        "exports",
        _("The file with your data"),
        _("from the day you asked for it"),
        DataExport.LIFE,
        lambda before: DataExport.objects.filter(asked_at__lt=before),
        files="key",
    ),
    Limit(
        "mails",
        _("Text and address of mails to you"),
        _("from the mail"),
        60 * DAY,
        lambda before: _mails(before).exclude(to="", body=""),
        instead=NO_LETTER,
    ),
    Limit(
        "mail-lines",
        _("That a mail was sent, without address and text"),
        _("from the mail"),
        2 * 365 * DAY,
        _mails,
    ),
    Limit(
        "told",
        _("What a mail about things you follow has told you of"),
        _("from the mail"),
        180 * DAY,
        lambda before: DigestHit.objects.filter(at__lt=before),
    ),
    Limit(
        "letters",
        _("Letters to several people, and who was written to"),
        _("from their writing"),
        2 * 365 * DAY,
        _letters,
    ),
    Limit(
        "untried-sheets",
        _("Sheets with people that nobody has tried"),
        _("from the upload"),
        7 * DAY,
        _untried,
        files="key",
    ),
    Limit(
        "sheets",
        _("Sheets with people that were imported, and their rows"),
        _("from the upload"),
        SHEETS_KEPT,
        lambda before: SheetImport.objects.filter(made_at__lt=before),
        files="key",
    ),
    Limit(
        "invitations",
        _("Invitations, used or not"),
        _("from their end"),
        365 * DAY,
        _invitations,
    ),
    Limit(
        "requests",
        _("Requests to join a delegation"),
        _("from the answer"),
        365 * DAY,
        _requests,
    ),
    Limit(
        "unsent-remarks",
        _("What was written of a fact and never sent off by the link in the mail"),
        _("from its writing"),
        Remark.LIFE,
        lambda before: Remark.objects.filter(proved_at=None, asked_at__lt=before),
    ),
    Limit(
        "remark-addresses",
        _("Who said that something is wrong, and the address for the answer"),
        _("from the answer"),
        90 * DAY,
        lambda before: _remarks(before).exclude(email="", by=None),
        instead={"email": "", "by": None},
    ),
    Limit(
        "remarks",
        _("What was said to be wrong, and the answer, without a name"),
        _("from the answer"),
        2 * 365 * DAY,
        _remarks,
    ),
    Limit(
        "jobs",
        _("Work in the background that has ended"),
        _("from its end"),
        30 * DAY,
        _jobs,
    ),
    Limit(
        "admin-log",
        _("The second list of changes by administrators"),
        _("from the change"),
        365 * DAY,
        lambda before: LogEntry.objects.filter(action_time__lt=before),
    ),
)


def sweep(limit: Limit, *, at: datetime, most: int = 500) -> int:
    """One batch of what is older than the limit; returns how many rows it was."""
    keys = list(limit.old(at - limit.kept).order_by("pk").values_list("pk", flat=True)[:most])
    rows = limit.old(at - limit.kept).filter(pk__in=keys)
    files = [getattr(row, limit.files) for row in rows] if limit.files else []
    with transaction.atomic():
        if limit.instead is not None:
            rows.update(**limit.instead)
        else:
            rows.delete()
        # A store that does not answer now keeps the rows: without them nobody would know its files.
        for key in filter(None, files):
            default_storage.delete(key)
    return len(keys)
