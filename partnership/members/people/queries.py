"""Who is meant by a search and its filters, and what a list shows of each: few, fixed queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Lower

from partnership.accounts.models import Role, RoleGrant, User
from partnership.lib.text.letters import folded
from partnership.members.models import Affiliation, FocalTerm
from partnership.members.people import forms
from partnership.members.people.places import Place, holding

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
HAS_FACTOR = "factor"


def people(*, sees_all: bool) -> QuerySet[User]:
    """Everybody, for who runs the site; nobody for anybody else."""
    return User.objects.all() if sees_all else User.objects.none()


def fitting(
    rows: QuerySet[User], wanted: dict[str, Any], places: Sequence[Place], day: date
) -> QuerySet[User]:
    """Those of the rows that hold every word asked for and fit every filter, by name."""
    words = wanted["q"].split()
    if words:
        rows = rows.alias(small=Lower("email"))
    for word in words:
        rows = rows.filter(_has(word, places))
    if place := wanted["place"]:
        rows = rows.filter(pk__in=_people_of(Affiliation.objects.filter(place.posts), wanted, day))
    elif wanted["post"] == forms.IN_POST:
        rows = rows.filter(pk__in=_people_of(Affiliation.objects.all(), wanted, day))
    if wanted["post"] == forms.WITHOUT_POST:
        held = Affiliation.objects.on(day).order_by()
        rows = rows.exclude(pk__in=held.values("person"))
    if wanted["role"]:
        rows = rows.filter(pk__in=_holding(wanted["role"], day))
    rows = rows.filter(_in_state(wanted["state"]))
    return rows.order_by("folded", "pk")


def _people_of(posts: Any, wanted: dict[str, Any], day: date) -> Any:
    """The people of some posts: of those held today where the filter says so, else of all."""
    if wanted["post"] == forms.IN_POST:
        posts = posts.on(day)
    return posts.order_by().values("person")


def _has(word: str, places: Sequence[Place]) -> Q:
    """The word stands in a name, an address that is theirs, or the name of a place of a post."""
    # Addresses are compared as typed: their dots and signs tell them apart.
    small = word.lower()
    addresses = EmailAddress.objects.alias(small=Lower("email"))
    addresses = addresses.filter(verified=True, small__contains=small)
    found = Q(small__contains=small) | Q(pk__in=addresses.order_by().values("user"))
    if plain := folded(word).replace(" ", ""):
        posts = Affiliation.objects.filter(holding(places, plain)).order_by()
        found |= Q(folded__contains=plain) | Q(pk__in=posts.values("person"))
    return found


def _in_state(state: str) -> Q:
    match state:
        case forms.ACTIVE:
            return Q(is_active=True)
        case forms.DISABLED:
            return Q(is_active=False)
        case forms.NEVER:
            return Q(last_login__isnull=True)
        case forms.WITHOUT_FACTOR:
            have = Authenticator.objects.filter(type__in=FACTORS).order_by()
            return ~Q(pk__in=have.values("user"))
    return Q()


def _holding(role: str, day: date) -> Any:
    """The people who have a role on a day."""
    match role:
        case Role.OFFICIAL:
            return Affiliation.objects.on(day).order_by().values("person")
        case Role.FOCAL_POINT:
            return FocalTerm.objects.on(day).order_by().values("person")
    return RoleGrant.objects.on(day).filter(role=role).order_by().values("person")


def posts_of(people: Iterable[User], day: date) -> dict[int, list[Affiliation]]:
    """The posts that each of these people holds on a day."""
    found: dict[int, list[Affiliation]] = defaultdict(list)
    lines = Affiliation.objects.on(day).filter(person__in=list(people))
    for line in lines.select_related("country", "institution").order_by("begins_on", "pk"):
        found[line.person_id].append(line)
    return found


def marks_of(people: Iterable[User], day: date) -> dict[int, set[str]]:
    """The roles that each holds on a day, and HAS_FACTOR for who has a second factor."""
    some = {"person__in": [person.pk for person in people]}
    grants = RoleGrant.objects.on(day).filter(**some).order_by().values_list("person_id", "role")
    parts: list[Any] = [
        _marked(Affiliation.objects.on(day).filter(**some), "person_id", Role.OFFICIAL.value),
        _marked(FocalTerm.objects.on(day).filter(**some), "person_id", Role.FOCAL_POINT.value),
        _marked(
            Authenticator.objects.filter(user__in=some["person__in"], type__in=FACTORS),
            "user_id",
            HAS_FACTOR,
        ),
    ]
    found: dict[int, set[str]] = defaultdict(set)
    for person, mark in grants.union(*parts):
        found[person].add(mark)
    return found


def _marked(rows: Any, person: str, mark: str) -> Any:
    named = rows.order_by().annotate(mark=Value(mark, output_field=CharField()))
    return named.values_list(person, "mark")
