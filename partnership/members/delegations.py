"""A delegation: the people of one country or one institution, and who may run it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from partnership.accounts.models import Role, RoleGrant, User
from partnership.members.models import Country, FocalTerm, Institution

COUNTRY, INSTITUTION = "country", "institution"


@dataclass(frozen=True)
class Delegation:
    """Named in addresses by its kind and key, since a slug may look like a country's code."""

    kind: str
    key: str
    place: Country | Institution

    @property
    def name(self) -> str:
        return str(self.place)

    @property
    def where(self) -> dict[str, Any]:
        """What names its rows."""
        return {self.kind: self.place}

    @property
    def handle(self) -> str:
        """One word for it: in forms, audit lines and reasons of mails."""
        return f"{self.kind}/{self.key}"

    def get_absolute_url(self) -> str:
        return reverse("members:delegation", args=[self.kind, self.key])


def delegation_of(row: Any) -> Delegation:
    """The delegation of a row that belongs to one."""
    return of_place(row.country or row.institution)


def of_place(place: Country | Institution) -> Delegation:
    """The delegation of a country or an institution."""
    if isinstance(place, Country):
        return Delegation(COUNTRY, place.code, place)
    return Delegation(INSTITUTION, place.slug, place)


def of_post(post: Any) -> list[Delegation]:
    """Those of a post, which may be in a country and at an institution."""
    country, institution = post.country, post.institution
    found = [Delegation(COUNTRY, country.code, country)] if country else []
    return found + ([Delegation(INSTITUTION, institution.slug, institution)] if institution else [])


def find(kind: str, key: str) -> Delegation | None:
    """Whatever its name says, whoever runs it."""
    if kind == COUNTRY:
        country = Country.objects.filter(iso3=key.upper()).first() if key.islower() else None
        return Delegation(COUNTRY, key, country) if country else None
    if kind == INSTITUTION:
        institution = Institution.objects.filter(slug=key).first()
        return Delegation(INSTITUTION, key, institution) if institution else None
    return None


def run_by(user: Any, *, on: date) -> list[Delegation]:
    """Those that a person runs on a day; a term in two functions is one delegation."""
    rows = FocalTerm.objects.on(on).filter(person=user).select_related("country", "institution")
    found = {item.handle: item for item in map(delegation_of, rows)}
    return sorted(found.values(), key=lambda item: item.place.sort_key)


def runs(user: Any, places: Iterable[Country | Institution | None], *, on: date) -> bool:
    """Whether a person runs every one of the places that are named, and one is."""
    named = [place for place in places if place is not None]
    if not named or user is None or not user.is_active:
        return False
    terms = FocalTerm.objects.on(on).filter(person=user).values_list("country", "institution")
    held = {key for pair in terms for key in pair if key is not None}
    return all(place.pk in held for place in named)


def focal_points(delegation: Delegation, *, on: date, but: Any = None) -> list[User]:
    """Who runs it on a day and can sign in."""
    terms = FocalTerm.objects.on(on).filter(**delegation.where)
    people = User.objects.filter(is_active=True, pk__in=terms.order_by().values("person"))
    return list(people.exclude(pk=but.pk) if but else people)


def administrators(*, on: date) -> list[User]:
    """The secretariat's people who decide."""
    grants = RoleGrant.objects.on(on).filter(role=Role.ADMINISTRATOR).order_by()
    return list(User.objects.filter(is_active=True, pk__in=grants.values("person")))


def is_secretariat(user: Any, at: datetime) -> bool:
    grants = RoleGrant.objects.on(at.date()).filter(person=user, role=Role.ADMINISTRATOR)
    return bool(user and user.is_active) and grants.exists()
