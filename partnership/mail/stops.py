"""Mail that its reader can do without: which kinds there are, and how each is stopped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from partnership.mail.models import STOPPABLE, Kind, MailStop, OutboxMessage

SALT = "partnership.mail: stop"


@dataclass(frozen=True)
class Stoppable:
    """Says of a mail that this person may stop its kind."""

    kind: str
    reader: Any


def address_of(stoppable: Stoppable) -> str:
    """Where this person stops this kind, without signing in. It holds as long as the secret."""
    token = signing.Signer(salt=SALT).sign(f"{stoppable.reader.uuid}:{stoppable.kind}")
    return settings.SITE_ADDRESS + reverse("mail:stop", args=[token])


def read(token: str) -> Stoppable | None:
    """What a link names, or nothing. The reader is None where the account is gone."""
    try:
        person, _colon, kind = signing.Signer(salt=SALT).unsign(token).partition(":")
        uuid = UUID(person)
    except (signing.BadSignature, ValueError):
        return None
    if kind not in STOPPABLE:
        return None
    return Stoppable(kind, get_user_model()._default_manager.filter(uuid=uuid).first())


def headers(address: str) -> dict[str, str]:
    """What a mail program needs to show a button of its own (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def told(kind: str, address: str, language: str) -> str:
    """What stands below such a mail."""
    with translation.override(language):
        named = {"kind": str(Kind(kind).label)}
        sentence = _(
            "This mail is of the kind “%(kind)s”. To get no more of them, open this page and "
            "press the button:"
        )
        return f"{sentence % named}\n{address}\n"


@transaction.atomic
def stop(person: Any, kind: str, *, at: datetime) -> None:
    """No mail of this kind goes to this person from now on, also none that waits."""
    MailStop.objects.get_or_create(person=person, kind=kind, defaults={"stopped_at": at})
    hold_back()


def allow(person: Any, kind: str) -> None:
    """Mails of this kind go again. What was held back meanwhile stays unsent."""
    MailStop.objects.filter(person=person, kind=kind).delete()


def hold_back() -> int:
    """Take out of the queue what its reader has stopped; how many mails those were."""
    return OutboxMessage.objects.stopped().update(
        state=OutboxMessage.State.STOPPED, lease_until=None
    )
