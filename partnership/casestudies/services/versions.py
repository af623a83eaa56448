"""A case's rows are written from a document, and the document is kept as a version."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partnership.audit import services as audit
from partnership.casestudies import queries
from partnership.casestudies.models import (
    CaseChart,
    CaseCountry,
    CaseDraft,
    CaseFigure,
    CaseSection,
    CaseStudy,
    CaseVersion,
)
from partnership.casestudies.refusals import AddressTaken
from partnership.casestudies.telling import OF_CHART, OF_FIGURE, OWN, Told, told_of
from partnership.lib.text.slugs import free_slug
from partnership.members.models import Institution
from partnership.search import services as search
from partnership.sources import services as sources
from partnership.sources.models import Sector, Source


def new_case(told: Told, *, at: datetime) -> CaseStudy:
    """A case with an address of its own, drawn from its title once."""
    taken = set(CaseStudy.objects.values_list("slug", flat=True))
    slug = free_slug(told["title"], taken, instead="case-study", longest=70)
    return CaseStudy(slug=slug, published_on=at.date())


@transaction.atomic
def write(case: CaseStudy, told: Told, *, draft: CaseDraft, by: Any, at: datetime) -> CaseVersion:
    """Write the rows anew and keep the document, after the one that stood until now."""
    told = {**told, "sources": [_kept_source(one, by, at) for one in told["sources"]]}
    last = keep_first(case) if case.pk else 0
    for name in OWN:
        setattr(case, name, told[name])
    case.sector = Sector.objects.get(slug=told["sector"]["slug"])
    around = queries.around(told)
    case.agreement = around.agreements.get(told["agreement"])
    case.checked_by, case.checked_on = by, at.date()
    try:
        with transaction.atomic():
            case.save()
    except IntegrityError:
        raise AddressTaken(_("Somebody else wrote the same at this moment. Look again.")) from None
    _write_parts(case, told)
    version = case.versions.create(
        number=last + 1,
        on=at.date(),
        what_changed=draft.what_changed if last else "",
        told=told,
        draft=draft,
    )
    note("case.version", case, {"number": version.number}, by, at)
    let_it_be_found()
    return version


def keep_first(case: CaseStudy) -> int:
    """The number of the newest version; the case as it stands is kept as the first before that."""
    newest = case.versions.first()
    if newest is None:
        whole = queries.with_all(CaseStudy.objects.filter(pk=case.pk)).get()
        on = whole.published_on or date.min
        newest = case.versions.create(number=1, on=on, told=told_of(whole))
    return newest.number


def let_it_be_found() -> None:
    """The search finds what is published, and nothing else."""
    search.replace("case", queries.search_entries())


def note(verb: str, case: CaseStudy, changes: dict[str, Any], by: Any, at: datetime) -> None:
    audit.record(verb, at=at, by=by, of=("casestudy", case.slug), changes=changes)


def _kept_source(one: dict[str, Any], by: Any, at: datetime) -> dict[str, Any]:
    """A new source becomes a row of the list; one with the same title and address is that one."""
    if one["slug"]:
        return one
    same = Source.objects.filter(title=one["title"], address=one["address"]).first()
    if same is None:
        on = one["published_on"]
        words = {
            **{name: one[name] for name in ("title", "publisher", "address", "kind")},
            "published_on": date.fromisoformat(on) if on else None,
        }
        same = sources.add_source(words, by=by, at=at)
    return {**one, "slug": same.slug}


def _write_parts(case: CaseStudy, told: Told) -> None:
    """What the rows said of before goes; what the document says is written."""
    case.parts.all().delete()
    CaseCountry.objects.bulk_create(
        CaseCountry(case=case, country_id=one["iso3"], part=one["part"])
        for one in told["countries"]
    )
    case.institutions.set(Institution.objects.filter(slug__in=told["institutions"]))
    case.sections.all().delete()
    rows = {source.slug: source for source in Source.objects.filter(slug__in=_slugs(told))}
    for position, section in enumerate(told["sections"], start=1):
        row = CaseSection.objects.create(case=case, position=position, **section)
        charts = {
            one["key"]: CaseChart.objects.create(
                section=row, **{name: one[name] for name in OF_CHART}
            )
            for one in told["charts"]
            if one["section"] == row.kind
        }
        CaseFigure.objects.bulk_create(
            _figure(one, row, charts, rows[told["sources"][one["source"]]["slug"]])
            for one in told["figures"]
            if one["section"] == row.kind
        )


def _slugs(told: Told) -> list[str]:
    return [one["slug"] for one in told["sources"]]


def _figure(
    one: dict[str, Any], section: CaseSection, charts: dict[str, CaseChart], source: Source
) -> CaseFigure:
    number = one["value_number"]
    written = {
        **{name: one[name] for name in OF_FIGURE},
        "value_number": None if number is None else Decimal(number),
        "as_of": date.fromisoformat(one["as_of"]),
    }
    return CaseFigure(section=section, chart=charts.get(one["chart"]), source=source, **written)
