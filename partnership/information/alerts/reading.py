"""What a batch of mails is written from: read at once for all of its readers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from partnership.accounts.models import User
from partnership.information.alerts import choosing, news, queries
from partnership.information.alerts.choosing import Chosen
from partnership.information.alerts.news import Asked, News
from partnership.information.models import Alert, Digest, DigestHit
from partnership.mail.models import Kind, MailStop
from partnership.members import audiences
from partnership.search.engines.asked import EVERYBODY
from partnership.search.models import SearchEntry
from partnership.search.queries import new_entries

# Older news are no news: where no mail could be sent for longer, the rest is on the pages.
LONGEST = timedelta(days=60)


@dataclass(frozen=True)
class Letterbox:
    """Of one reader what is new in what they follow, and what all of it is called."""

    digest: Digest
    chosen: list[Chosen] = field(default_factory=list)
    # No mail, and nothing is kept for later: it is stopped, or the account is closed.
    is_silent: bool = False

    @property
    def person(self) -> User:
        return self.digest.person


@dataclass(frozen=True)
class Batch:
    boxes: list[Letterbox]
    things: dict[str, queries.Thing]


def batch(at: datetime, most: int) -> Batch:
    """Whose morning has come, in a number of queries that only grows with searches."""
    digests = list(Digest.objects.due(at).select_related("person")[:most])
    people = [digest.person_id for digest in digests]
    stops = MailStop.objects.filter(person__in=people, kind=Kind.ALERTS)
    stopped = set(stops.values_list("person", flat=True))
    alerts = list(Alert.objects.filter(person__in=people).order_by("pk"))
    known = _known(alerts, digests, at)
    told = _told(people, known.values())
    may_see = audiences.of_posts(people, at.date())
    boxes = []
    for digest in digests:
        found = choosing.chosen(
            [alert for alert in alerts if alert.person_id == digest.person_id],
            known=known,
            told=told.get(digest.person_id, ()),
            since=_begin(digest, at),
            audiences=frozenset({EVERYBODY, *may_see[digest.person_id]}),
        )
        is_silent = digest.person_id in stopped or not digest.person.is_active
        boxes.append(Letterbox(digest, [] if is_silent else found, is_silent))
    return Batch(boxes, queries.things(alerts))


def _begin(digest: Digest, at: datetime) -> datetime:
    return max(digest.since, at - LONGEST)


def _known(
    alerts: Sequence[Alert], digests: Iterable[Digest], at: datetime
) -> dict[int, Sequence[News]]:
    """By the number of an alert, what is new in it for anybody of this batch."""
    if not alerts:
        return {}
    since = min(_begin(digest, at) for digest in digests)
    by_handle: dict[str, list[News]] = {}
    for one in news.all_of(Asked(since, at)):
        for handle in one.about:
            by_handle.setdefault(handle, []).append(one)
    found = _searched([one for one in alerts if one.kind == Alert.Kind.SEARCH], since)
    rest = {alert.pk: by_handle.get(alert.handle, []) for alert in alerts if alert.pk not in found}
    return {**found, **rest}


def _searched(alerts: Iterable[Alert], since: datetime) -> dict[int, Sequence[News]]:
    """Each search once, however many have it; none where search has found nothing new at all."""
    new = SearchEntry.objects.filter(first_seen_at__gt=since).order_by()
    known: frozenset[str] = frozenset()
    answers: dict[tuple[str, str, str], Sequence[News]] = {}
    found: dict[int, Sequence[News]] = {}
    for alert in alerts:
        known = known or frozenset(new.values_list("audience", flat=True).distinct())
        asked = (alert.key, alert.narrowed, alert.texts)
        if asked not in answers:
            answers[asked] = searched(*asked, since, known) if known else ()
        found[alert.pk] = answers[asked]
    return found


def searched(
    words: str, kind: str, texts: str, since: datetime, seen_by: frozenset[str]
) -> list[News]:
    """What search finds only since then, each thing once for each audience."""
    rows = new_entries(words, since, audiences=seen_by, kind=kind, texts=texts)
    once: dict[tuple[str, str, str], News] = {}
    for row in reversed(rows):
        assert row.first_seen_at is not None
        once[row.kind, row.key, row.audience] = News(
            row.kind, row.key, row.title, row.address, row.first_seen_at, audience=row.audience
        )
    return sorted(once.values(), key=lambda one: one.at, reverse=True)


def _told(
    people: Iterable[int], known: Iterable[Iterable[News]]
) -> dict[int, set[tuple[str, str]]]:
    """Of each reader which of these things were told before."""
    keys = {one.key for some in known for one in some}
    found: dict[int, set[tuple[str, str]]] = {}
    rows = DigestHit.objects.filter(person__in=list(people), key__in=keys) if keys else ()
    for row in rows:
        found.setdefault(row.person_id, set()).add((row.kind, row.key))
    return found
