"""What people follow: names and pages of it, and whether somebody does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from partnership.accounts.models import User
from partnership.information.alerts.mornings import zone_of
from partnership.information.alerts.news import KINDS
from partnership.information.models import Alert, Digest, Document, Feed
from partnership.lib.languages import named as languages_named
from partnership.mail.models import Kind as MailKind
from partnership.mail.models import MailStop
from partnership.members.models import AreaOfWork, Country
from partnership.sources.models import Sector

Kind = Alert.Kind


@dataclass(frozen=True)
class Thing:
    """What can be followed: what it is called, and where it is."""

    name: str
    address: str


def things(alerts: Iterable[Alert]) -> dict[str, Thing]:
    """By handle, those that are there for everybody, in a query for each kind of them."""
    keys: dict[str, set[str]] = {}
    for alert in alerts:
        keys.setdefault(alert.kind, set()).add(alert.key)
    found: dict[str, Thing] = {}
    if some := keys.get(Kind.COUNTRY):
        _put(found, Kind.COUNTRY, Country.objects.filter(pk__in=some), "iso3")
    if some := keys.get(Kind.TOPIC):
        _put(found, Kind.TOPIC, Sector.objects.filter(slug__in=some))
        # Areas of work come first where both have the same slug, as their page does.
        _put(found, Kind.TOPIC, AreaOfWork.objects.filter(slug__in=some))
    if some := keys.get(Kind.DOCUMENT):
        _put(found, Kind.DOCUMENT, Document.objects.published().filter(slug__in=some))
    if some := keys.get(Kind.SOURCE):
        _put(found, Kind.SOURCE, Feed.objects.filter(slug__in=some))
    return found


def _put(found: dict[str, Thing], kind: str, rows: Iterable[Any], key: str = "slug") -> None:
    for row in rows:
        name = getattr(row, key)
        found[f"{kind}/{name}"] = Thing(str(row), _address(kind, name))


def _address(kind: str, key: str) -> str:
    match kind:
        case Kind.COUNTRY:
            return reverse("site:country", args=[key.lower()])
        case Kind.TOPIC:
            return reverse("site:topic", args=[key])
        case Kind.DOCUMENT:
            return reverse("library:document", args=[key])
    return f"{reverse('feeds:news')}?{urlencode({'feed': key})}"


def thing_of(alert: Alert, found: dict[str, Thing]) -> Thing | None:
    """What an alert is about; None where it is gone. A search is always there."""
    return search_of(alert) if alert.kind == Kind.SEARCH else found.get(alert.handle)


def search_of(alert: Alert) -> Thing:
    """The words of a search, and the page of its results."""
    told = [str(KINDS.get(alert.narrowed, alert.narrowed))] if alert.narrowed else []
    told += [name for _code, name in languages_named([alert.texts]) if alert.texts]
    name = _("Search for “%(words)s”") % {"words": alert.key}
    asked = {"q": alert.key, "kind": alert.narrowed, "language": alert.texts}
    query = urlencode({key: value for key, value in asked.items() if value})
    return Thing(" · ".join([name, *told]), f"{reverse('site:search')}?{query}")


@dataclass(frozen=True)
class Box:
    """What a page says of following it: to a visitor, to somebody, and to who follows it."""

    alert: Alert
    name: str
    is_followed: bool = False
    rhythm: str = Digest.Rhythm.WEEKLY
    is_stopped: bool = False
    uuid: UUID | None = None
    feed: str = ""

    @property
    def is_search(self) -> bool:
        return self.alert.kind == Kind.SEARCH


def noted(rows: QuerySet[Any], user: Any, alert: Alert) -> QuerySet[Any]:
    """Rows that bring along what `box` asks, for a page that has no query left for it."""
    mine = Alert.objects.filter(person=user.pk, kind=alert.kind, key=alert.key)
    mine = mine.filter(narrowed=alert.narrowed, texts=alert.texts)
    digest = Digest.objects.filter(person=user.pk)
    return rows.annotate(
        followed_as=Subquery(mine.values("uuid")[:1]),
        digest_rhythm=Subquery(digest.values("rhythm")[:1]),
        has_stopped=Exists(MailStop.objects.filter(person=user.pk, kind=MailKind.ALERTS)),
    )


def box(user: Any, alert: Alert, name: str, *, feed: str = "", row: Any = None) -> Box:
    """For one page and what could be followed there: in one query, or in none with a noted row."""
    if not user.is_authenticated:
        return Box(alert, name, feed=feed)
    row = row or noted(User.objects.filter(pk=user.pk).only("pk"), user, alert).get()
    rhythm = row.digest_rhythm or Digest.Rhythm.WEEKLY
    uuid = row.followed_as
    return Box(alert, name, bool(uuid), rhythm, row.has_stopped, uuid, feed)


def mine(user: Any) -> list[tuple[Alert, Thing | None]]:
    """All that somebody follows with its name and page, by kind and name."""
    alerts = list(Alert.objects.of(user))
    found = things(alerts)
    rows = [(alert, thing_of(alert, found)) for alert in alerts]
    order = Kind.values
    rows.sort(key=lambda row: (order.index(row[0].kind), row[1].name.casefold() if row[1] else ""))
    return rows


def is_stopped(user: Any) -> bool:
    """Whether this person has stopped the mail about what they follow."""
    return MailStop.objects.filter(person=user.pk, kind=MailKind.ALERTS).exists()


def local(at: datetime | None, zone: str) -> datetime | None:
    """A moment as the clock of this zone shows it; without a zone, or a page shows it in UTC."""
    return at.astimezone(zone_of(zone)).replace(tzinfo=None) if at else None
