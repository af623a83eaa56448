"""Public pages that draw on several subjects."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partnership.agreements import queries as agreements
from partnership.agreements.cooperation import queries as cooperation
from partnership.information.alerts import queries as alerts
from partnership.information.models import Alert
from partnership.lib import clock
from partnership.lib.chips import chips
from partnership.lib.forms import cleaned_or_refuse
from partnership.lib.paging import page_of
from partnership.members import queries as members
from partnership.members.models import Institution, MembershipCount, Region
from partnership.search.queries import find
from partnership.site import feeds, hits, queries, searching
from partnership.site.forms import DirectoryFilter, SearchForm
from partnership.sources.models import DatedFact, Source
from partnership.sources.queries import with_links


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, who it is for, and what is in it."""
    return render(request, "site/home.html", queries.home(clock.of(request).date()))


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Countries by region, then institutions. Nobody here is called a member without a source."""
    form = DirectoryFilter(request.GET)
    wanted = cleaned_or_refuse(form)
    parts = agreements.parties(clock.of(request).date())
    countries = [
        country
        for country in members.directory(
            asked=wanted["q"], region=wanted["region"], group=wanted["group"]
        )
        if not wanted["part"] or wanted["part"] in parts.get(country.iso3, ())
    ]
    for country in countries:
        country.parts = parts.get(country.iso3, set())
    narrowed = bool(wanted["region"] or wanted["group"] or wanted["part"])
    membership = list(MembershipCount.objects.select_related("source"))
    with_links(count.source for count in membership)
    context = {
        "form": form,
        "chips": chips(form, request.GET),
        "count": len(countries),
        # The interface knows no parts in the register: with that filter nothing is offered.
        "exports": "" if wanted["part"] else reverse("api:countries-list"),
        "regions": [
            (name, [country for country in countries if country.region == code])
            for code, name in Region.choices
        ],
        "institutions": [] if narrowed else list(queries.institutions(asked=wanted["q"])),
        "membership": membership,
    }
    return render(request, "site/members.html", context)


@require_safe
def country(request: HttpRequest, code: str) -> HttpResponse:
    """One Party: names, groups, agreements on both sides, cases, what is not known, sources."""
    day = clock.of(request).date()
    alert = Alert(kind="country", key=code.upper())
    rows = cooperation.marked(members.profile_of(alert.key, day), day=day)
    rows = alerts.noted(rows, request.user, alert)
    found = get_object_or_404(rows)
    if code != found.code:
        return redirect(found, permanent=True)
    context = queries.country(found, day)
    context["follow"] = _follow(request, alert, found.name, row=found)
    return render(request, "site/country.html", context)


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """An area of work or a sector, with the documents, courses and cases that belong to it."""
    found = queries.topic(slug, clock.of(request).date())
    if found is None:
        raise Http404
    found["follow"] = _follow(request, Alert(kind="topic", key=slug), found["title"])
    return render(request, "site/topic.html", found)


@require_safe
def institution(request: HttpRequest, slug: str) -> HttpResponse:
    rows = members.with_profile(Institution.objects.all(), "institution")
    rows = rows.select_related("seat", "source")
    found = get_object_or_404(rows.prefetch_related("participations__source"), slug=slug)
    context = queries.institution(found, clock.of(request).date())
    return render(request, "site/institution.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One box over everything public."""
    form = SearchForm(request.GET)
    wanted = cleaned_or_refuse(form)
    reader = searching.reader_of(request) if wanted["q"] else None
    found = find(wanted["q"], reader=reader, kind=wanted["kind"], texts=wanted["language"])
    page = page_of(found.hits, request, size=30)
    hits.show(page.object_list, found.terms)
    context = {
        "asked": wanted["q"],
        "kind": wanted["kind"],
        "language": wanted["language"],
        "found": found,
        "page": page,
        "chips": chips(form, request.GET, quiet=("q", "page")),
        **hits.facets(found),
    }
    if found.terms:
        # What is looked for instead is what is followed: nothing new will hold a slip.
        words = " ".join((found.instead or wanted["q"]).split())
        alert = Alert(kind="search", key=words, narrowed=wanted["kind"], texts=wanted["language"])
        context["follow"] = _follow(request, alert, words)
    return render(request, "site/search.html", context)


def _follow(request: HttpRequest, alert: Alert, name: str, row: Any = None) -> alerts.Box:
    return alerts.box(request.user, alert, name, feed=feeds.address_of(alert), row=row)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the partnership is, how facts are kept here, and how to get help."""
    facts = DatedFact.objects.newest().filter(country=None).exclude(topic="register")
    context: dict[str, Any] = {
        "membership": list(MembershipCount.objects.select_related("source")),
        "facts": list(facts.select_related("source")),
        "sources": list(Source.objects.all()),
        "contact": settings.CONTACT,
    }
    cited = (row.source for row in (*context["membership"], *context["facts"]))
    with_links([*context["sources"], *cited])
    return render(request, "site/about.html", context)
