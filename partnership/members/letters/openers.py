"""The circles that are known here: everybody for the secretariat, a delegation for who runs it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.accounts.models import Role, RoleGrant, User
from partnership.members import circles
from partnership.members.circles import Circle, Part
from partnership.members.delegations import Delegation, of_place, run_by
from partnership.members.models import Affiliation, Country, FocalTerm, Institution, Region
from partnership.members.people.forms import PlaceFilter
from partnership.members.people.places import known_places

EVERYBODY = "people"
COUNTRIES, INSTITUTIONS = "countries", "institutions"
ANY = ("", gettext_lazy("any"))


def _everybody() -> Circle:
    return Circle(EVERYBODY, _("People of the partnership"))


def _delegation(one: Delegation) -> Circle:
    return Circle(one.handle, _("Delegation: %s") % one.name)


class Everybody:
    """All with an account: the secretariat alone writes to them."""

    def open_to(self, user: Any, on: date) -> list[Circle]:
        grants = RoleGrant.objects.on(on).filter(person=user, role=Role.ADMINISTRATOR)
        may = user.is_active and grants.exists()
        return [_everybody()] if may else []

    def named(self, handles: Iterable[str]) -> list[Circle]:
        return [_everybody()] if EVERYBODY in handles else []

    def people(self, handle: str, user: Any, on: date) -> QuerySet[User] | None:
        if handle != EVERYBODY or not self.open_to(user, on):
            return None
        return User.objects.filter(erased_at__isnull=True)


class Delegations:
    """Each delegation, for its focal points."""

    def open_to(self, user: Any, on: date) -> list[Circle]:
        found = run_by(user, on=on) if user.is_active else []
        return list(map(_delegation, found))

    def named(self, handles: Iterable[str]) -> list[Circle]:
        codes = [one.partition("/")[2].upper() for one in handles if one.startswith("country/")]
        slugs = [one.partition("/")[2] for one in handles if one.startswith("institution/")]
        places: list[Any] = [*(Country.objects.filter(pk__in=codes) if codes else [])]
        places += Institution.objects.filter(slug__in=slugs) if slugs else []
        return [_delegation(of_place(place)) for place in places]

    def people(self, handle: str, user: Any, on: date) -> QuerySet[User] | None:
        own = (one for one in run_by(user, on=on) if one.handle == handle)
        place = next(own, None) if "/" in handle and user.is_active else None
        if place is None:
            return None
        posts = Affiliation.objects.of(user, on=on).at(place.where).on(on)
        return User.objects.filter(pk__in=posts.order_by().values("person"))


def choice(label: Any, choices: Any) -> forms.ChoiceField:
    """A filter that may be left out."""
    return forms.ChoiceField(required=False, label=label, choices=[ANY, *choices])


def _whom(handle: str) -> Mapping[str, forms.Field]:
    kinds = [(COUNTRIES, gettext_lazy("a country")), (INSTITUTIONS, gettext_lazy("an institution"))]
    place = PlaceFilter(
        required=False,
        max_length=200,
        label=gettext_lazy("Country or institution"),
        widget=forms.TextInput(attrs={"list": "places", "autocomplete": "off", "dir": "auto"}),
    )
    place.places = known_places()
    return {
        "role": choice(gettext_lazy("Role"), Role.choices),
        "function": choice(gettext_lazy("Function of focal points"), FocalTerm.Function.choices),
        "region": choice(gettext_lazy("Region"), Region.choices),
        "kind": choice(gettext_lazy("Working for"), kinds),
        "place": place,
    }


def _those(
    people: QuerySet[Any], wanted: Mapping[str, Any], handle: str, day: date
) -> QuerySet[Any]:
    """By role, and by where the term of a focal point or else the post of today is."""
    role, function, where = wanted["role"], wanted["function"], _where(wanted)
    if role == Role.FOCAL_POINT or function:
        terms = FocalTerm.objects.on(day).filter(where)
        terms = terms.filter(function=function) if function else terms
        return people.filter(pk__in=terms.order_by().values("person"))
    if role == Role.OFFICIAL or where:
        posts = Affiliation.objects.on(day).filter(where)
        people = people.filter(pk__in=posts.order_by().values("person"))
    if role in RoleGrant.GIVEN:
        grants = RoleGrant.objects.on(day).filter(role=role)
        people = people.filter(pk__in=grants.order_by().values("person"))
    return people


def _where(wanted: Mapping[str, Any]) -> Q:
    found = Q()
    if region := wanted["region"]:
        # Of an institution the seat tells where it is.
        seated = Q(country__isnull=True, institution__seat__region=region)
        found &= Q(country__region=region) | seated
    if kind := wanted["kind"]:
        name = "institution" if kind == INSTITUTIONS else "country"
        found &= Q((f"{name}__isnull", False))
    if place := wanted["place"]:
        found &= place.posts
    return found


def _language(handle: str) -> Mapping[str, forms.Field]:
    return {"speaks": choice(gettext_lazy("Language of the reader"), settings.LANGUAGES)}


def _speaking(
    people: QuerySet[Any], wanted: Mapping[str, Any], handle: str, day: date
) -> QuerySet[Any]:
    """Who has chosen none is written to in the language of the site."""
    speaks = wanted["speaks"]
    if not speaks:
        return people
    none = [""] if speaks == settings.LANGUAGE_CODE else []
    return people.filter(language__in=[speaks, *none])


circles.opened(Everybody())
circles.opened(Delegations())
circles.part(Part("whom", lambda handle: handle == EVERYBODY, _whom, _those))
circles.part(Part("language", lambda handle: True, _language, _speaking))
