"""What is new in the register, of case studies and of courses, for those who follow them.

Cases and courses become public on a day, or with the day that was planned: since when search finds
them says it to the minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Edition
from partnership.agreements.models import AgreementStage
from partnership.agreements.queries import summary
from partnership.casestudies.models import CaseStudy
from partnership.information.alerts.news import Asked, News, kinds, told_by
from partnership.search.engines.asked import EVERYBODY
from partnership.search.models import SearchEntry
from partnership.site.searching import NAMES

kinds(NAMES)
# A line is put into words in the language of whoever reads it.
in_short = lazy(summary, str)


@told_by
def lines(asked: Asked) -> Iterator[News]:
    """Lines of agreements that were recorded, for both Parties and the sectors."""
    if not (asked.is_of("country") or asked.is_of("topic")):
        return
    rows = AgreementStage.objects.standing().filter(
        recorded_at__gt=asked.since, recorded_at__lte=asked.at, on__lte=asked.at.date()
    )
    if country := asked.key_of("country"):
        rows = rows.filter(Q(agreement__acquiring=country) | Q(agreement__host=country))
    if sector := asked.key_of("topic"):
        rows = rows.filter(agreement__sectors__slug=sector)
    rows = rows.select_related("agreement__acquiring", "agreement__host", "source")
    for row in rows.prefetch_related("agreement__sectors").order_by("-recorded_at", "-pk"):
        yield _line(row)


def _line(row: AgreementStage) -> News:
    agreement = row.agreement
    about = {f"country/{agreement.acquiring_id}", f"country/{agreement.host_id}"}
    about |= {f"topic/{sector.slug}" for sector in agreement.sectors.all()}
    source = row.source.title if row.source else _("source not known")
    return News(
        "line",
        f"{agreement.slug}/{row.handle}",
        format_lazy("{agreement}: {told}", agreement=agreement, told=in_short(row)),
        agreement.get_absolute_url(),
        row.recorded_at,
        frozenset(about),
        note=source
        if row.is_confirmed
        else format_lazy(_("{source}; not confirmed"), source=source),
    )


@told_by
def cases(asked: Asked) -> Iterator[News]:
    """Case studies, for their countries and their sector."""
    found = _entries("case", asked)
    rows = (
        CaseStudy.objects.published().filter(slug__in=found) if found else CaseStudy.objects.none()
    )
    if country := asked.key_of("country"):
        rows = rows.filter(countries=country)
    if sector := asked.key_of("topic"):
        rows = rows.filter(sector__slug=sector)
    for row in rows.select_related("sector").prefetch_related("parts"):
        about = {f"country/{part.country_id}" for part in row.parts.all()}
        about.add(f"topic/{row.sector.slug}")
        yield _of_entry(found[row.slug], about)


@told_by
def courses(asked: Asked) -> Iterator[News]:
    """Courses, for their area of work."""
    found = _entries("course", asked) if asked.is_of("topic") else {}
    rows = Edition.objects.newest().filter(course__slug__in=found) if found else ()
    for row in rows.select_related("course__area") if found else ():  # type: ignore[union-attr]
        about = {f"topic/{row.course.area.slug}"}
        if not asked.about or asked.about in about:
            yield _of_entry(found[row.course.slug], about)


def _entries(kind: str, asked: Asked) -> dict[str, SearchEntry]:
    """What search finds of this kind only since then, by its key."""
    if not (asked.is_of("country") or asked.is_of("topic")):
        return {}
    rows = SearchEntry.objects.filter(
        kind=kind,
        first_seen_at__gt=asked.since,
        first_seen_at__lte=asked.at,
        audience=EVERYBODY,
        page=0,
    )
    rows = rows.only("kind", "key", "title", "summary", "address", "first_seen_at")
    return {row.key: row for row in rows.order_by("pk")}


def _of_entry(row: SearchEntry, about: Any) -> News:
    assert row.first_seen_at is not None
    return News(row.kind, row.key, row.title, row.address, row.first_seen_at, frozenset(about))
