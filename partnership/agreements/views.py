"""The register, its picture, one agreement."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from operator import attrgetter

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partnership.accounts.models import Role
from partnership.agreements import network, queries, stating, timeline, versions
from partnership.agreements.cooperation import queries as cooperation
from partnership.agreements.forms import DayFilter, RegisterFilter
from partnership.agreements.growth_views import growth_of
from partnership.agreements.history import PartyStatement
from partnership.agreements.history_views import own_parties
from partnership.agreements.models import Agreement, AgreementStage
from partnership.lib import clock, datasets
from partnership.lib.chips import chips
from partnership.lib.forms import cleaned_or_refuse
from partnership.lib.paging import page_of
from partnership.members.models import Country
from partnership.sources.models import DatedFact
from partnership.sources.queries import with_links

STYLES = {"treaty": "is-treaty", "memorandum": "is-mou", "statement": "is-mou"}
UNSTATED = "is-unstated"
GROUPS = {"": "acquiring", "host": "host"}


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The list with its filters; the address carries all of them."""
    form = RegisterFilter(request.GET)
    wanted = cleaned_or_refuse(form)
    day = form.day(clock.of(request).date())
    page = page_of(queries.register(wanted, day=day), request)
    for row in page.object_list:
        row.is_unchecked = queries.is_unchecked(row.lines, day=day)
    side = GROUPS.get(wanted["ordering"], "")
    counted, known = DatedFact.objects.newest(), queries.known_since(day)
    context = {
        "form": form,
        "chips": chips(form, request.GET),
        "page": page,
        "groups": _groups([_dress(row) for row in page.object_list], side),
        "side": side,
        "day": day,
        "all": queries.coverage(known, day),
        "growth": growth_of(known, day),
        "dataset": datasets.block(_dataset(day)),
        "counted_elsewhere": counted.filter(topic="register").select_related("source"),
    }
    return render(request, "agreements/register.html", context)


@require_safe
def network_picture(request: HttpRequest) -> HttpResponse:
    """Who cooperates with whom, as lines between names."""
    form = DayFilter(request.GET)
    cleaned_or_refuse(form)
    day = form.day(clock.of(request).date())
    rows = [_dress(row) for row in queries.register({}, day=day)]
    names = {party.sort_key: party for row in rows for party in (row.acquiring, row.host)}
    picture = network.draw(
        [network.Pair(row.acquiring.sort_key, row.host.sort_key, row.style) for row in rows]
    )
    drawn = list(zip(rows, picture.lines, strict=True))
    # Rows come by acquiring Party, so that each group is one name with all its lines.
    nodes = {node.key: node for node in picture.acquiring}
    acquiring = [
        {"node": nodes[key], "party": names[key], "drawn": list(group)}
        for key, group in groupby(drawn, key=lambda pair: pair[0].acquiring.sort_key)
    ]
    for group in acquiring:
        group["columns"] = _by_style([row for row, _ in group["drawn"]])
    context = {
        "picture": picture,
        "acquiring": acquiring,
        "hosts": [(node, names[node.key]) for node in picture.hosts],
        "count": len(rows),
        "day": day,
        "form": form,
    }
    return render(request, "agreements/network.html", context)


@require_safe
def agreement(request: HttpRequest, slug: str) -> HttpResponse:
    """One agreement: two names, its dated stages, and what each source says."""
    if slug != slug.lower():
        return redirect("agreements:agreement", slug.lower(), permanent=True)
    form = DayFilter(request.GET)
    cleaned_or_refuse(form)
    today = clock.of(request).date()
    day = form.day(today)
    # Where nothing was dated by then, the page of today says so.
    row = _as_of(slug, day) or _as_of(slug, today)
    if row is None:
        raise Http404
    siblings = Agreement.objects.filter(acquiring=row.acquiring_id, host=row.host_id)
    with_links(row.sources)
    context = {
        "agreement": row,
        "form": form,
        "day": day,
        "is_early": row.known_from > day,
        "claims": queries.by_source(row.lines),
        "differences": queries.differences(row.lines),
        "siblings": siblings.exclude(pk=row.pk).select_related("acquiring", "host"),
        "checked_on": queries.checked_on(row.lines),
        "is_unchecked": queries.is_unchecked(row.lines, day=today),
        "versions": versions.with_changes(row.versions.select_related("source", "made_by")),
        "statements": _statements(row),
        "may_state": _may_state(request, row),
        **cooperation.of_agreement(row, day=day),
        "timeline": timeline.draw([_event(line) for line in row.lines]),
    }
    return render(request, "agreements/agreement.html", context)


def _as_of(slug: str, day: date) -> Agreement | None:
    """An agreement with its lines up to a day, each with the number of its source."""
    row = queries.with_lines(Agreement.objects.on(day), day=day).filter(slug=slug).first()
    if row is None:
        return None
    _dress(row)
    prefetch_related_objects(row.lines, "checked_by")
    number = {source.pk: index for index, source in enumerate(row.sources, start=1)}
    for line in row.lines:
        line.source_number = number.get(line.source_id)
        line.style = _style(line.kind)
    return row


def _statements(row: Agreement) -> list[PartyStatement]:
    """What the Parties say, the newest first; each line knows what stands of it."""
    said = stating.marked(row.statements.select_related("country", "line"))
    for line in row.lines:
        line.said = [one for one in said if one.line_id == line.pk and one.stands]
    return said


def _may_state(request: HttpRequest, row: Agreement) -> bool:
    is_in = request.user.is_authenticated and Role.FOCAL_POINT in request.roles
    return is_in and bool(own_parties(request, row))


def _dataset(day: date) -> datasets.Dataset:
    return datasets.Dataset(
        name=_("Register of agreements"),
        description=_(
            "Agreements, memoranda and listings between an acquiring and a host Party under"
            " Article 6 of the Paris Agreement, each with its dated stages and their sources."
        ),
        page=reverse("agreements:register"),
        files=datasets.files_of(reverse("api:agreements-list")),
        modified=day,
    )


def _dress(row: Agreement) -> Agreement:
    """What a page shows of an agreement beside its columns."""
    row.line, row.style = queries.current(row.lines), _style(row.treaty_kind)
    row.instrument_name = dict(AgreementStage.Instrument.choices).get(row.instrument, "")
    row.predates_paris = any(line.predates_paris for line in row.lines)
    row.sources = queries.sources_of(row)
    row.read_in = len({line.source_id for line in row.lines if line.is_confirmed})
    return row


def _event(line: AgreementStage) -> timeline.Event:
    style = "is-listed" if line.is_report_date else "" if line.is_confirmed else "is-unconfirmed"
    is_listed = line.is_report_date and line.stage == queries.NOT_STATED
    label = _("named in a list") if is_listed else line.get_stage_display()
    return timeline.Event(f"{label}, {line.on_text}", line.on, line.precision, style)


def _style(kind: str | None) -> str:
    return STYLES.get(kind or "", UNSTATED)


def _groups(rows: list[Agreement], side: str) -> list[tuple[Country | None, list[Agreement]]]:
    """Rows below the name of the Party they are ordered by; in another order they stay one list."""
    if not side:
        return [(None, rows)]
    return [(party, list(group)) for party, group in groupby(rows, key=attrgetter(side))]


def _by_style(rows: list[Agreement]) -> list[list[Agreement]]:
    """Treaties, memoranda and statements, the rest: as the picture draws them."""
    return [
        [row for row in rows if row.style == style] for style in ("is-treaty", "is-mou", UNSTATED)
    ]
