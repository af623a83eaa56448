"""Countries and institutions by every name they have, in one query: to find, filter and offer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import BooleanField, CharField, F, Q, Value
from django.db.models.functions import Cast

from partnership.lib.text.letters import folded
from partnership.members.delegations import COUNTRY, INSTITUTION
from partnership.members.models import Country, CountryAlias, CountryName, Institution

COLUMNS = ("place_kind", "place_pk", "place_key", "place_name", "place_is_own", "place_sort")
_folded = lru_cache(maxsize=20_000)(folded)


@dataclass(frozen=True)
class Place:
    """One name of a country or an institution; `is_own` is the one it is listed under."""

    kind: str
    pk: str
    key: str
    name: str
    is_own: bool

    def __str__(self) -> str:
        return self.name

    @property
    def posts(self) -> Q:
        """Its lines among affiliations."""
        return Q((self.kind, self.pk))


def known_places() -> list[Place]:
    """All names, sorted by the order of lists."""
    plain: dict[str, Any] = {"sort": Value("")}
    parts: list[Any] = [
        _part(Country, COUNTRY, "iso3", "name", sort=F("sort_key")),
        _part(Institution, INSTITUTION, "slug", "name", sort=F("sort_key")),
        _part(Institution.objects.exclude(acronym=""), INSTITUTION, "slug", "acronym", **plain),
        _part(CountryName, COUNTRY, "country_id", "name", pk="country_id", **plain),
        _part(CountryAlias, COUNTRY, "country_id", "label", pk="country_id", **plain),
    ]
    first, *others = parts
    rows = first.union(*others, all=True).order_by("place_sort", "place_name")
    return [Place(kind, pk, key.lower(), name, bool(own)) for kind, pk, key, name, own, _ in rows]


def _part(of: Any, kind: str, key: str, name: str, *, sort: Any, pk: str = "pk") -> Any:
    rows = (of._default_manager.all() if hasattr(of, "_default_manager") else of).order_by()
    text = CharField()
    return rows.annotate(
        place_kind=Value(kind, text),
        place_pk=Cast(pk, text),
        place_key=Cast(key, text),
        place_name=Cast(name, text),
        place_is_own=Value(isinstance(sort, F), BooleanField()),
        place_sort=Cast(sort, text),
    ).values_list(*COLUMNS)


def holding(places: Sequence[Place], word: str) -> Q:
    """Posts at a place one of whose names holds a folded word; false for all where none does."""
    found = {
        kind: {one.pk for one in places if one.kind == kind and word in _folded(one.name)}
        for kind in (COUNTRY, INSTITUTION)
    }
    return Q(country__in=found[COUNTRY]) | Q(institution__in=found[INSTITUTION])


def named(places: Sequence[Place], typed: str) -> Place | None:
    """The one that is meant by a code, a slug or a whole name."""
    word, key = folded(typed), typed.strip().lower()
    meant = {
        (one.kind, one.pk)
        for one in places
        if key == one.key or (word and word == _folded(one.name))
    }
    if len(meant) != 1:
        return None
    (kind, pk) = meant.pop()
    return next(one for one in places if one.is_own and (one.kind, one.pk) == (kind, pk))
