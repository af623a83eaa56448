"""A partnership at size: places, people with four posts each, and what was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import models

from partnership.accounts.models import User
from partnership.audit.models import AuditEntry
from partnership.mail.models import OutboxMessage
from partnership.members.models import (
    Affiliation,
    Country,
    DeskAct,
    FocalTerm,
    Institution,
    Invitation,
    JoinRequest,
)
from tests.factories.members import CountryFactory, InstitutionFactory

GIVEN = ("Amina", "Батаа", "Wanjiru", "José", "Hương", "渡辺", "Łucja", "Nomvula", "سارة", "Ana")
FAMILY = ("El Idrissi", "Дорж", "Kamau", "Ñandú", "Nguyễn", "Çağlar", "Dlamini", "Souza", "Ito")
TITLES = ("Registry officer", "Head of unit", "Climate policy officer", "Adviser")
VERBS = ("post.end", "post.confirm", "invitation.send", "person.change", "list.export", "role.give")
KINDS = ("affiliation", "affiliation", "invitation", "person", "list", "person")
NETWORKS = ("public IPv4", "public IPv6", "unknown")
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
POSTS = 4
BATCH = 5000


@dataclass(frozen=True)
class Size:
    countries: int = 150
    institutions: int = 500
    people: int = 50_000
    mails: int = 100_000
    waiting: int = 5000  # invitations, and as many requests to join
    acts: int = 1_000_000  # lines of the log


@dataclass(frozen=True)
class Masses:
    countries: list[Country]
    institutions: list[Institution]
    people: list[User]


def made(size: Size) -> Masses:
    """The rows of that size; nearly everybody holds a post, and held three before it."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    found = Masses(
        [
            CountryFactory(iso3=f"Q{letters[n // 26]}{letters[n % 26]}")
            for n in range(size.countries)
        ],
        [InstitutionFactory(slug=f"bulk-{n}") for n in range(size.institutions)],
        _stored(User, map(_person, range(size.people))),
    )
    _stored(EmailAddress, map(_address, found.people))
    _stored(Affiliation, _posts(found))
    _stored(FocalTerm, _terms(found))
    _stored(OutboxMessage, (_mail(n, found) for n in range(size.mails)))
    _stored(Invitation, (_invitation(n, found) for n in range(size.waiting)))
    _stored(JoinRequest, (_request(n, found) for n in range(size.waiting)))
    _stored(DeskAct, (DeskAct(kind="end-posts", at=NOW, number=n) for n in range(1000)))
    _stored(AuditEntry, (_line(n, found) for n in range(size.acts)))
    return found


def _stored(model: type[models.Model], rows: Iterator[Any]) -> list[Any]:
    """A batch after the other: a million rows need not be there at once. People are given back."""
    kept: list[Any] = []
    while batch := list(islice(rows, BATCH)):
        stored = model._base_manager.bulk_create(batch)
        kept += stored if model is User else []
    return kept


def _person(n: int) -> User:
    return User(
        email=f"bulk{n}@ministry{n % 97}.example",
        name=f"{GIVEN[n % 10]} {FAMILY[n // 10 % 9]} {n}",
        password="!",
        is_active=n % 50 != 0,
        last_login=NOW - timedelta(days=n % 400) if n % 3 else None,
    )


def _address(person: User) -> EmailAddress:
    return EmailAddress(user=person, email=person.email, verified=True, primary=True)


def _place(n: int, found: Masses) -> dict[str, Any]:
    if n % 3:
        return {"country": found.countries[n % len(found.countries)]}
    return {"institution": found.institutions[n % len(found.institutions)]}


def _posts(found: Masses) -> Iterator[Affiliation]:
    for n, person in enumerate(found.people):
        for k in range(POSTS):
            begins = date(2014 + 3 * k, 1, 1)
            # Every eleventh has left the last post too, in all countries alike.
            ends = None if k == POSTS - 1 and n % 11 else date(2016 + 3 * k, 12, 31)
            place = _place(n + 7 * k, found)
            title = TITLES[(n + k) % len(TITLES)]
            yield Affiliation(person=person, title=title, begins_on=begins, ends_on=ends, **place)


def _terms(found: Masses) -> Iterator[FocalTerm]:
    """Two in each country, one in each institution."""
    until, places = date(2099, 12, 31), [*found.countries, *found.countries, *found.institutions]
    for n, place in enumerate(places):
        where = {"country" if isinstance(place, Country) else "institution": place}
        yield FocalTerm(
            person=found.people[n],
            function="policy" if n < len(found.countries) else "authorization",
            begins_on=date(2024, 1, 1),
            ends_on=until,
            **where,
        )


def _mail(n: int, found: Masses) -> OutboxMessage:
    at = NOW - timedelta(minutes=n)
    person = found.people[n % len(found.people)]
    state = "failed" if n % 200 == 0 else "handed_over"
    return OutboxMessage(
        key=f"bulk:{n}",
        to=person.email,
        subject="Your certificate is ready",
        body="Good day.\n\n" * 40,
        html="<p>Good day.</p>" * 40,
        state=state,
        created_at=at,
        next_try_at=at,
        handed_over_at=at if state == "handed_over" else None,
    )


def _invitation(n: int, found: Masses) -> Invitation:
    at = NOW - timedelta(minutes=n)
    return Invitation(
        email=f"invited{n}@ministry.example",
        role="official",
        mailed_hash=f"{n:064x}",
        shown_hash=f"{n:063x}z",
        by=found.people[0],
        made_at=at,
        sent_at=at,
        expires_at=at + Invitation.LIFE,
        **_place(n, found),
    )


def _request(n: int, found: Masses) -> JoinRequest:
    return JoinRequest(
        person=found.people[-1 - n],
        title="Adviser",
        since=NOW.date(),
        email=found.people[-1 - n].email,
        asked_at=NOW,
        due_at=NOW + timedelta(days=7),
        **_place(n + 1, found),
    )


def _line(n: int, found: Masses) -> AuditEntry:
    who = found.people[n * 31 % len(found.people)]
    about = str(found.people[n % len(found.people)].uuid)
    return AuditEntry(
        at=NOW - timedelta(seconds=30 * n),
        actor=str(who.uuid),
        verb=VERBS[n % len(VERBS)],
        kind=KINDS[n % len(KINDS)],
        key=about if KINDS[n % len(KINDS)] == "person" else str(n),
        changes={"ends_on": [None, "2026-03-02"]},
        request_id=str(UUID(int=n)),
        network=NETWORKS[n % len(NETWORKS)],
    )
