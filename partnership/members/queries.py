"""Reads over countries and institutions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value

from partnership.lib.fields import fold
from partnership.lib.sorting import sort_key
from partnership.members.models import (
    AreaOfWork,
    Country,
    CountryAlias,
    CountryGroup,
    CountryName,
    FocalTerm,
    Institution,
    Participation,
    ProfileRevision,
)
from partnership.search.services import Entry


def match(label: str) -> list[Country]:
    """The countries a label may mean: by code, name or printed label, exactly but for case.

    None: unknown. Two or more: an import must ask, as for a bare "Korea".
    """
    folded = fold(label)
    by_code = Q(iso3=folded.upper()) | Q(iso2=folded.upper())
    by_label = Q(aliases__folded=folded) | Q(folded=folded)
    return list(Country.objects.filter(by_code | by_label).distinct().order_by("sort_key"))


def directory(*, asked: str = "", region: str = "", group: str = "") -> QuerySet[Country]:
    """Countries whose name, code or label holds what was asked for, with their groups."""
    rows = Country.objects.prefetch_related("groups")
    if asked:
        word = fold(asked)
        labels = CountryAlias.objects.filter(
            country=OuterRef("pk"), folded__contains=word, is_shown=True
        )
        names = CountryName.objects.filter(country=OuterRef("pk"), folded__contains=word)
        # Columns that were folded before: databases fold only Latin letters without accents.
        wanted = Q(folded__contains=word) | Q(iso3=word.upper()) | Q(iso2__iexact=word)
        if plain := sort_key(asked):
            wanted |= Q(sort_key__contains=plain)
        rows = rows.filter(wanted | Exists(labels) | Exists(names))
    if region:
        rows = rows.filter(region=region)
    if group:
        rows = rows.filter(groups__group=group)
    return rows.order_by("sort_key")


def profile_of(code: str, day: date) -> QuerySet[Country]:
    """One country with what its page shows of itself, and whether a function is held on a day."""
    terms = FocalTerm.objects.on(day).filter(country=OuterRef("pk"))
    held = {f"has_{key}": Exists(terms.filter(function=key)) for key in FocalTerm.Function.values}
    return (
        with_profile(Country.objects.filter(iso3=code).annotate(**held), "country")
        .select_related("party_source")
        .prefetch_related(
            Prefetch("groups", queryset=CountryGroup.objects.select_related("source")),
            Prefetch("participations", queryset=Participation.objects.select_related("source")),
            Prefetch("institutions", queryset=Institution.objects.order_by("sort_key")),
        )
    )


def names_of(country: Country) -> tuple[list[tuple[str, str]], list[str]]:
    """Its names with their languages, where they differ from the one in use, and shown labels."""
    names = country.names.exclude(name=country.name).order_by().values_list("language", "name")
    labels = country.aliases.filter(is_shown=True).order_by().values_list(Value(""), "label")
    found = list(names.union(labels, all=True).order_by("language", "name"))
    return [row for row in found if row[0]], [label for language, label in found if not language]


def areas_of_work(day: date) -> QuerySet[AreaOfWork]:
    """The areas in which the partnership works on a day."""
    still = Q(active_to__isnull=True) | Q(active_to__gte=day)
    return AreaOfWork.objects.filter(still, active_from__lte=day)


def contact_functions(day: date, **of: Country | Institution) -> list[str]:
    """The functions for which a country or an institution has somebody in charge. Names nobody."""
    found = set(FocalTerm.objects.on(day).filter(**of).values_list("function", flat=True))
    return [str(name) for key, name in FocalTerm.Function.choices if key in found]


def functions_held(country: Country) -> list[str]:
    """The same of a country that `profile_of` gave."""
    choices = FocalTerm.Function.choices
    return [str(name) for key, name in choices if getattr(country, f"has_{key}")]


PROFILE = ("text", "contact", "website", "published_at")


def with_profile(rows: QuerySet[Any], column: str) -> QuerySet[Any]:
    """Countries or institutions with what they say of themselves, as last published: no draft."""
    published = ProfileRevision.objects.published().filter(**{column: OuterRef("pk")})
    newest = published.order_by("-published_at", "-pk")
    said = {f"said_{name}": Subquery(newest.values(name)[:1]) for name in PROFILE}
    return rows.annotate(**said)


def published_profile(row: Any) -> dict[str, Any] | None:
    """What `with_profile` brought along, or nothing where nothing is published."""
    said = {name: getattr(row, f"said_{name}", None) for name in PROFILE}
    return said if said["published_at"] else None


def search_entries() -> Iterable[Entry]:
    for country in Country.objects.prefetch_related("names", "aliases"):
        labels = [alias.label for alias in country.aliases.all()]
        names = [name.name for name in country.names.all()]
        yield Entry(
            key=country.iso3,
            title=country.name,
            address=country.get_absolute_url(),
            summary=f"{country.subregion}",
            body=" ".join([country.iso3, country.iso2, country.region, *labels, *names]),
        )


def institution_entries() -> Iterable[Entry]:
    for institution in Institution.objects.select_related("seat"):
        yield Entry(
            key=institution.slug,
            title=institution.name,
            address=institution.get_absolute_url(),
            summary=institution.role,
            body=f"{institution.acronym} {institution.seat or ''}",
        )
