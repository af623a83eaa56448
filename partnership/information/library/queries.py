"""Reads over the library, each in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, ExtractYear

from partnership.information.models import Document, DocumentVersion
from partnership.jobs.models import LIVE
from partnership.lib.languages import named
from partnership.lib.sorting import sort_key
from partnership.members.models import AreaOfWork, Country
from partnership.sources.models import Sector
from partnership.sources.queries import with_copies

# What a filter is called in the address, and the column that it looks at.
FACETS = {
    "kind": "kind",
    "area": "areas__slug",
    "sector": "sectors__slug",
    "country": "countries",
    "language": "language",
    "year": "year",
}
# What may not be known, and how the database has it then.
NOT_KNOWN = "not-known"
MOST_SHOWN = 50
# Of the problems of a version: there is no file of it, for the reason that stands beside.
NOT_FETCHED = "not_fetched"
EMPTY: dict[str, Any] = {"language": "", "year": None}
ORDERS: dict[str, tuple[Any, ...]] = {
    "": (F("on").desc(nulls_last=True), "sort_key", "slug"),
    "on": (F("on").asc(nulls_last=True), "sort_key", "slug"),
    "title": ("sort_key", "slug"),
    "publisher": ("publisher", "sort_key", "slug"),
}


def documents(wanted: dict[str, Any]) -> QuerySet[Document]:
    """Published documents that fit the filters, those of the newest day first."""
    return _published(wanted).with_versions()


def told(wanted: dict[str, Any]) -> QuerySet[Document]:
    """The same for programs: each version with the archived copy of its address."""
    return _published(wanted).with_versions(with_copies)


def _published(wanted: dict[str, Any]) -> Any:
    return _fitting(Document.objects.published().dated(), wanted)


def in_order(rows: QuerySet[Document], ordering: str) -> QuerySet[Document]:
    return rows.order_by(*ORDERS[ordering])


def _fitting(rows: Any, wanted: dict[str, Any]) -> Any:
    rows = rows.annotate(year=ExtractYear("on"))
    for name, column in FACETS.items():
        if value := wanted.get(name):
            is_empty = value == NOT_KNOWN and name in EMPTY
            rows = rows.filter(**{column: EMPTY[name] if is_empty else value})
    if asked := wanted.get("q", "").strip():
        rows = rows.filter(_said(asked))
    return rows


def _said(asked: str) -> Q:
    told = Q(title__icontains=asked) | Q(authors__icontains=asked)
    told |= Q(publisher__icontains=asked) | Q(summary__icontains=asked)
    if key := sort_key(asked):
        told |= Q(sort_key__contains=key)
    return told


def counts(wanted: dict[str, Any]) -> dict[str, dict[str, int]]:
    """Of each filter, how many documents each value would show with the other filters in use."""
    found: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    first, *others = (_counted(name, wanted) for name in FACETS)
    for name, value, number in first.union(*others, all=True):
        if value not in (None, "") or name in EMPTY:
            found[name][value or NOT_KNOWN] = number
    return found


def _counted(name: str, wanted: dict[str, Any]) -> Any:
    rest = {key: value for key, value in wanted.items() if key != name}
    rows = _fitting(Document.objects.published().dated(), rest).order_by()
    rows = rows.annotate(
        facet=Value(name, CharField()), value=Cast(FACETS[name], CharField(max_length=100))
    )
    return (
        rows.values("facet", "value")
        .annotate(number=Count("pk", distinct=True))
        .values_list("facet", "value", "number")
    )


def names(counted: dict[str, dict[str, int]]) -> dict[str, dict[str, str]]:
    """What the values of each filter are called, in the order in which they are offered."""
    from_areas = AreaOfWork.objects.filter(slug__in=counted["area"])
    from_sectors = Sector.objects.filter(slug__in=counted["sector"])
    countries = Country.objects.filter(pk__in=counted["country"]).order_by("sort_key")
    kinds = dict(Document.Kind.choices)
    languages = named(code for code in counted["language"] if code != NOT_KNOWN)
    years = sorted((year for year in counted["year"] if year != NOT_KNOWN), reverse=True)
    return {
        "kind": {key: str(name) for key, name in kinds.items() if key in counted["kind"]},
        "area": {row.slug: row.title for row in from_areas.order_by("number")},
        "sector": {row.slug: row.name for row in from_sectors.order_by("name")},
        "country": {row.iso3: row.name for row in countries},
        "language": dict(sorted(languages, key=lambda pair: sort_key(pair[1]))),
        "year": {year: year for year in years},
    }


def whole(rows: QuerySet[Document]) -> QuerySet[Document]:
    """With all that its page shows beside its versions."""
    return rows.prefetch_related("countries", "areas", "sectors")


def versions_of(document: Document, *, sees_all: bool) -> list[DocumentVersion]:
    """The newest first; a draft only for who keeps the library."""
    rows = document.versions.select_related("added_by", "job").order_by("-number")
    found = list(rows if sees_all else rows.filter(published_at__isnull=False))
    for version in found:
        version.document = document
    return found


def of_country(country: Country) -> list[Document]:
    return _newest_of(document__countries=country)


def of_topic(*, area: Any = None, sector: Any = None) -> list[Document]:
    return _newest_of(**({"document__areas": area} if area else {"document__sectors": sector}))


def _newest_of(**which: Any) -> list[Document]:
    """Published documents with their newest version, in one query; the newest day first."""
    rows = DocumentVersion.objects.published().filter(document__withdrawn_at=None, **which)
    found: dict[int, Any] = {}
    for row in rows.select_related("document").order_by("document__sort_key", "-number"):
        document: Any = found.setdefault(row.document_id, row.document)
        document.shown = [*getattr(document, "shown", []), row]
    return sorted(found.values(), key=lambda one: one.shown[0].on or date.min, reverse=True)


def desk(wanted: dict[str, Any]) -> Any:
    """All documents, those with a draft first, then by title."""
    drafts = Exists(DocumentVersion.objects.filter(document=OuterRef("pk"), published_at=None))
    rows: Any = Document.objects.annotate(has_draft=drafts).dated().with_versions().with_drafts()
    if asked := wanted["q"].strip():
        rows = rows.filter(_said(asked) | Q(pk__in=_with(address__icontains=asked)))
    if kind := wanted["kind"]:
        rows = rows.filter(kind=kind)
    match wanted["state"]:
        case "draft":
            rows = rows.filter(has_draft=True)
        case "ready":
            rows = rows.filter(pk__in=_ready(), withdrawn_at=None)
        case "proposed":
            rows = rows.filter(pk__in=_with(published_at=None, is_proposed=True))
        case "missing":
            rows = rows.filter(pk__in=_with(key="", problems__0__code=NOT_FETCHED))
        case "withdrawn":
            rows = rows.filter(withdrawn_at__isnull=False)
        case "text":
            rows = rows.filter(pk__in=_with(drawn__in=["not", "part"]))
    return rows.order_by("-has_draft", "sort_key", "slug")


def _with(**what: Any) -> Any:
    """The documents that have such a version."""
    return DocumentVersion.objects.filter(**what).order_by().values("document")


def _ready() -> Any:
    """The documents with a draft for which no worker has anything to do, or has failed to."""
    drafts = DocumentVersion.objects.filter(published_at=None).exclude(job__state__in=LIVE)
    drafts = drafts.filter(Q(drawn__in=["whole", "part"]) | Q(drawn="none", problems=[]))
    return drafts.order_by().values("document")


def proposed() -> QuerySet[DocumentVersion]:
    """What others propose and nobody has published yet."""
    return DocumentVersion.objects.filter(published_at=None, is_proposed=True)


def proposals_of(person: Any) -> list[DocumentVersion]:
    """What somebody has proposed and is still here, the newest first."""
    rows = DocumentVersion.objects.filter(added_by=person, is_proposed=True)
    return list(rows.select_related("document", "job").order_by("-added_at", "-pk")[:MOST_SHOWN])


def twins(versions: Iterable[DocumentVersion]) -> list[DocumentVersion]:
    """Versions of other documents with the same address or the very same file."""
    of = list(versions)
    keys = {version.address_key for version in of} - {""}
    sums = {version.sha256 for version in of} - {""}
    if not keys and not sums:
        return []
    same = Q(address_key__in=keys) | Q(sha256__in=sums)
    others = DocumentVersion.objects.exclude(document__in=[version.document_id for version in of])
    found = others.filter(same).select_related("document").order_by("document__sort_key", "pk")
    return list({version.document_id: version for version in found[:50]}.values())


def by_kind() -> dict[str, int]:
    """How many published documents there are of each kind."""
    rows = Document.objects.published().order_by().values_list("kind")
    return dict(rows.annotate(number=Count("pk")))
