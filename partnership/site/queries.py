"""Reads for pages that draw on several subjects."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from courses.catalogue import queries as courses
from partnership.agreements import queries as agreements
from partnership.agreements.cooperation import queries as cooperation
from partnership.agreements.models import AgreementStage
from partnership.casestudies import queries as casestudies
from partnership.casestudies.pictures import story
from partnership.information.library import queries as library
from partnership.lib.sorting import sort_key
from partnership.members import queries as members
from partnership.members.models import Country, Institution, MembershipCount
from partnership.site import worldmap
from partnership.sources.models import DatedFact, Sector
from partnership.sources.queries import with_links

HOME_FACTS = (
    "ndc-cooperation-share",
    "saving-ieta-2019",
    "jcm-goal-2030",
    "jcm-model-projects",
)
TALK_FACT = "talk-pairs"


def home(day: date) -> dict[str, Any]:
    """What the home page shows, in a fixed number of queries."""
    pairs = agreements.pairs(day)
    rows = Country.objects.values_list("iso3", "name", "longitude", "latitude")
    places = (worldmap.Place(c, n, float(lon), float(lat)) for c, n, lon, lat in rows)
    facts = DatedFact.objects.newest().of_figures((*HOME_FACTS, TALK_FACT))
    by_key = {fact.of_figure: fact for fact in facts.select_related("source")}
    newest = (
        AgreementStage.objects.standing()
        .select_related("agreement__acquiring", "agreement__host")
        .filter(is_report_date=False, is_confirmed=True, on__lte=day)
    )
    areas: list[Any] = list(members.areas_of_work(day))
    taught = courses.by_area(area.pk for area in areas)
    for area in areas:
        area.editions = taught.get(area.pk, [])
    stories = [story(*told) for told in casestudies.stories(2)]
    membership = list(MembershipCount.objects.select_related("source"))
    figures = [figure for told in stories for figure in told["figures"]]
    with_links(row.source for row in (*by_key.values(), *figures, *membership))
    return {
        "map": worldmap.draw(places, agreements.parts(pairs)),
        "covered": agreements.counted(pairs),
        "talk": by_key.get(TALK_FACT),
        "facts": [by_key[key] for key in HOME_FACTS if key in by_key],
        "stories": stories,
        "areas": areas,
        "membership": membership,
        "newest": newest.order_by("-on", "-pk")[:5],
        "day": day,
    }


def country(country: Country, day: date) -> dict[str, Any]:
    """A country's page: its agreements on both sides, cases, facts and all sources."""
    rows: list[Any] = agreements.of_country(country, day=day)
    for row in rows:
        row.line = agreements.current(row.lines)
        row.form = agreements.latest_form(row.lines)
        row.other = row.acquiring if row.host_id == country.pk else row.host
    # What is dated comes first; a day on which a pair was only listed is not its own.
    rows = sorted(rows, key=lambda row: (row.line.is_report_date, row.line.on, row.other.sort_key))
    further = cooperation.of_country(country, day=day)
    names, labels = members.names_of(country)
    standing: list[Any] = [*country.groups.all(), *country.participations.all()]
    facts: list[Any] = list(country.facts.newest().select_related("source"))
    cited = [country.party_source, *(row.source for row in standing)]
    cited += [source for row in rows for source in agreements.sources_of(row)]
    cited += [fact.source for fact in facts]
    cited += [source for rows_of in further.values() for row in rows_of for source in row.sources]
    sources = list(dict.fromkeys(cited))
    number = {source.pk: index for index, source in enumerate(sources, start=1)}
    for row in (*standing, *facts):
        row.source_number = number[row.source_id]
    for row in rows:
        row.source_numbers = [number[source.pk] for source in agreements.sources_of(row)]
    for row in (row for rows_of in further.values() for row in rows_of):
        row.source_numbers = [number[source.pk] for source in row.sources]
    return {
        "country": country,
        "names": names,
        "labels": labels,
        "as_host": [row for row in rows if row.host_id == country.pk],
        "as_acquiring": [row for row in rows if row.acquiring_id == country.pk],
        **further,
        "cases": list(casestudies.of_country(country)),
        "documents": library.of_country(country),
        "contacts": members.functions_held(country),
        "profile": members.published_profile(country),
        "facts": facts,
        "sources": sources,
        "day": day,
    }


def topic(slug: str, day: date) -> dict[str, Any] | None:
    """What belongs to an area of work or a sector; nothing where neither is called so."""
    area = members.areas_of_work(day).filter(slug=slug).first()
    sector = None if area else Sector.objects.filter(slug=slug).first()
    if not area and not sector:
        return None
    rows = library.of_topic(area=area, sector=sector)
    kinds: dict[str, list[Any]] = {}
    for row in rows:
        kinds.setdefault(row.get_kind_display(), []).append(row)
    return {
        "area": area,
        "sector": sector,
        "title": area.title if area else str(sector),
        "kinds": dict(sorted(kinds.items())),
        "count": sum(map(len, kinds.values())),
        "cases": list(casestudies.cases(sector=slug)) if sector else [],
        "editions": courses.by_area([area.pk]).get(area.pk, []) if area else [],
        "areas": members.areas_of_work(day),
        "sectors": Sector.objects.all(),
    }


def institution(institution: Institution, day: date) -> dict[str, Any]:
    participations: list[Any] = list(institution.participations.all())
    cited = [institution.source, *(row.source for row in participations)]
    sources = with_links(dict.fromkeys(cited))
    for row in participations:
        row.source_number = sources.index(row.source) + 1
    return {
        "institution": institution,
        "contacts": members.contact_functions(day, institution=institution),
        "cases": list(casestudies.of_institution(institution)),
        "profile": members.published_profile(institution),
        "sources": sources,
    }


def institutions(*, asked: str = "") -> QuerySet[Institution]:
    """Institutions whose name or short form holds what was asked for."""
    rows = Institution.objects.select_related("seat", "source").order_by("sort_key")
    if asked:
        wanted = Q(name__icontains=asked.strip()) | Q(acronym__icontains=asked.strip())
        if key := sort_key(asked):
            wanted |= Q(sort_key__contains=key)
        rows = rows.filter(wanted)
    return rows
