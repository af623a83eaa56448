"""A round of mails at a moment, and what is new by then."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from partnership.agreements.models import AgreementStage
from partnership.information.alerts import sending
from partnership.information.models import Document
from partnership.mail.models import OutboxMessage
from partnership.search.models import SearchEntry
from partnership.search.services import Entry, write
from tests.factories.accounts import UserFactory
from tests.factories.agreements import AgreementFactory, AgreementStageFactory
from tests.factories.alerts import MONDAY, AlertFactory, DigestFactory
from tests.factories.information import VersionFactory

NEW = MONDAY - timedelta(days=3)


def a_search() -> int:
    """How many statements one takes: PostgreSQL is told a plan for it first."""
    return 5 if connection.vendor == "postgresql" else 2


class Steps:
    """A job that nobody takes away."""

    def __init__(self) -> None:
        self.payload: dict[str, Any] = {}
        self.done = 0

    def step(self, done: int, total: int, sentence: str = "") -> None:
        assert done <= total


def round_at(at: datetime = MONDAY) -> int:
    """How many mails it wrote."""
    return sending.go_round(Steps(), at=at)["mails"]


def reader(*follows: tuple[str, str], **person: Any) -> Any:
    """Somebody whose morning is `MONDAY`, and what they follow, as kinds and keys."""
    found = UserFactory(**person)
    DigestFactory(person=found)
    for kind, key in follows:
        AlertFactory(person=found, kind=kind, key=key)
    return found


def published(at: datetime = NEW, *, number: int = 1, **of_it: Any) -> Document:
    """A document of which a version was published then; countries, areas, sectors as sets."""
    related = {name: of_it.pop(name, ()) for name in ("countries", "areas", "sectors")}
    version = VersionFactory(published_at=at, number=number, **of_it)
    for name, rows in related.items():
        getattr(version.document, name).add(*rows)
    return version.document


def recorded(country: Any, at: datetime = NEW, **line: Any) -> AgreementStage:
    """A line of an agreement in which this country acquires, recorded then."""
    row = AgreementStageFactory(agreement=AgreementFactory(acquiring=country), **line)
    AgreementStage.objects.filter(pk=row.pk).update(recorded_at=at)
    return row


def findable(
    key: str, title: str, at: datetime | None = NEW, *, kind: str = "case", **of_it: Any
) -> None:
    """What search finds since then."""
    address = of_it.pop("address", f"/{kind}/{key}/")
    write(kind, key, [Entry(key=key, title=title, address=address, **of_it)])
    SearchEntry.objects.filter(kind=kind, key=key).update(first_seen_at=at)


def mails() -> dict[str, OutboxMessage]:
    return {one.to: one for one in OutboxMessage.objects.all()}
