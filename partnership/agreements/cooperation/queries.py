"""Reads over approaches and authorizations, the same for both, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, Value
from django.utils import formats

from partnership.agreements.cooperation.models import (
    Approach,
    ApproachLine,
    Authorization,
    AuthorizationLine,
)
from partnership.agreements.cooperation.models.dated import NOT_STATED, UNKNOWN
from partnership.agreements.models import Agreement
from partnership.lib import clock
from partnership.lib.numbers import shown
from partnership.members.models import Country
from partnership.search.services import Entry as Found
from partnership.sources.models import Sector, Source

NOT_KNOWN = "not_known"
BY_HOST = ("host__sort_key", "slug")
ORDERINGS = {
    "": BY_HOST,
    "title": ("title", "slug"),
    "-known_from": ("-known_from", *BY_HOST),
    "known_from": ("known_from", *BY_HOST),
}
LINES: dict[Any, Any] = {Approach: ApproachLine, Authorization: AuthorizationLine}


def listed(model: Any, wanted: dict[str, Any], *, day: date) -> Any:
    """What sources spoke of by a day and what fits; each row carries its `lines` dated by then."""
    rows = model.objects.on(day)
    if host := wanted.get("host"):
        rows = rows.filter(host=host)
    if acquiring := wanted.get("acquiring"):
        rows = rows.filter(_among("acquiring__isnull", "acquiring", acquiring)).distinct()
    if stage := wanted.get("stage"):
        rows = rows.filter(**({"stage__isnull": True} if stage == NOT_STATED else {"stage": stage}))
    if sector := wanted.get("sector"):
        rows = rows.filter(_among("sectors__isnull", "sectors__slug", sector)).distinct()
    if source := wanted.get("source"):
        said = LINES[model].objects.standing().filter(source__slug=source, on__lte=day)
        rows = rows.filter(pk__in=said.values("entry"))
    return with_lines(rows, day=day).order_by(*ORDERINGS[wanted.get("ordering") or ""])


def _among(empty: str, column: str, value: str) -> Q:
    return Q(**{empty: True}) if value == NOT_KNOWN else Q(**{column: value})


def with_lines(rows: Any, *, day: date = date.max) -> Any:
    """Everything a row is shown with: its Parties, sectors, and standing lines up to a day."""
    lines = LINES[rows.model].objects.standing().filter(on__lte=day)
    said: Any = Prefetch(
        "said", queryset=lines.select_related("source").order_by("on", "pk"), to_attr="lines"
    )
    near = ["host", "agreement__acquiring", "agreement__host"]
    near += ["approach"] if rows.model is Authorization else []
    return rows.select_related(*near).prefetch_related("acquiring", "sectors", said)


def marked(countries: Any, *, day: date) -> Any:
    """Countries with `is_cooperating`: whether `of_country` has anything to ask for."""
    party = Q(host=OuterRef("pk")) | Q(acquiring=OuterRef("pk"))
    found = [Exists(model.objects.on(day).filter(party)) for model in LINES]
    return countries.annotate(is_cooperating=found[0] | found[1])


def of_country(country: Any, *, day: date) -> dict[str, list[Any]]:
    """Approaches in which a country takes part on either side, and authorizations likewise.

    The country was `marked`.
    """
    either = Q(host=country) | Q(acquiring=country)
    return _both(either, either, day) if country.is_cooperating else {}


def of_agreement(agreement: Agreement, *, day: date) -> dict[str, list[Any]]:
    """Approaches under an agreement, and authorizations under it or under one of these."""
    under = Q(agreement=agreement)
    return _both(under, under | Q(approach__agreement=agreement), day)


def of_approach(approach: Approach, *, day: date) -> list[Any]:
    rows = Authorization.objects.on(day).filter(approach=approach)
    return [dress(row) for row in with_lines(rows, day=day).order_by(*BY_HOST)]


def _both(approaches: Q, authorizations: Q, day: date) -> dict[str, list[Any]]:
    """Rows of both kinds; where there are none, in one query."""
    wanted: dict[Any, Q] = {Approach: approaches, Authorization: authorizations}
    named = [
        model.objects.on(day)
        .filter(which)
        .order_by()
        .annotate(kind_key=Value(model.kind_key))
        .values_list("kind_key", "pk")
        for model, which in wanted.items()
    ]
    found: dict[str, set[int]] = {model.kind_key: set() for model in wanted}
    for key, pk in named[0].union(named[1]):
        found[key].add(pk)
    return {model.kind_key: _shown_rows(model, found[model.kind_key], day) for model in wanted}


def _shown_rows(model: Any, pks: set[int], day: date) -> list[Any]:
    if not pks:
        return []
    rows = model.objects.on(day).filter(pk__in=pks)
    return [dress(row) for row in with_lines(rows, day=day).order_by(*BY_HOST)]


def dress(row: Any) -> Any:
    """What a page shows of a row beside its columns."""
    row.line = current(row.lines)
    row.sources = sources_of(row)
    row.read_in = len({line.source_id for line in row.lines if line.is_confirmed})
    return row


def current(lines: Iterable[Any]) -> Any:
    """The line that tells most: the latest that states a stage, else the first of all."""
    known = list(lines)
    stated = [line for line in known if line.stage != NOT_STATED]
    return stated[-1] if stated else next(iter(known), None)


def told(line: Any) -> list[tuple[str, str]]:
    """What one line states beside its stage: label and value, as people read them."""
    values = [(name, value) for name, value in line.values.items() if value not in UNKNOWN]
    return [(_label(line, name), _shown(line, name, value)) for name, value in values]


def glance(row: Any) -> list[tuple[str, str, Any]]:
    """Each value as the last line states it, with that line; empty where none does."""
    found: dict[str, Any] = {}
    for line in row.lines:
        found |= {name: line for name, value in line.values.items() if value not in UNKNOWN}
    model, latest = LINES[type(row)], row.latest
    needless = {name for name, (other, says) in row.NEEDLESS.items() if latest[other] == says}
    return [
        (_label(model, name), _shown(line, name, getattr(line, name)) if line else "", line)
        for name in row.VALUES
        if name in found or name not in needless
        for line in [found.get(name)]
    ]


def _label(of: Any, name: str) -> str:
    return str(of._meta.get_field(name).verbose_name)


def _shown(line: Any, name: str, value: Any) -> str:
    if isinstance(value, date):
        return formats.date_format(value, "j F Y")
    if isinstance(value, int):
        return shown(value)
    choice = getattr(line, f"get_{name}_display", None)
    return str(choice() if choice else value)


def sources_of(row: Any) -> list[Source]:
    """The sources of its lines, each once, in the order they are first cited."""
    return list(dict.fromkeys(line.source for line in row.lines))


def hosts_named(model: Any) -> list[tuple[str, str]]:
    rows = model.objects.order_by("host__sort_key").values_list("host", "host__name")
    return list(dict.fromkeys(rows))


def acquiring_named(model: Any) -> list[tuple[str, str]]:
    rows = Country.objects.filter(pk__in=model.acquiring.through.objects.values("country"))
    return list(rows.order_by("sort_key").values_list("iso3", "name"))


def sectors_named(model: Any) -> list[tuple[str, str]]:
    rows = Sector.objects.filter(pk__in=model.sectors.through.objects.values("sector"))
    return list(rows.values_list("slug", "name"))


def sources_named(model: Any) -> list[tuple[str, str]]:
    rows = Source.objects.filter(pk__in=LINES[model].objects.standing().values("source"))
    return list(rows.values_list("slug", "title"))


def to_check() -> list[Any]:
    """Lines of both kinds that nobody compared with their source yet."""
    return [line for model in LINES.values() for line in _unchecked(model)]


def _unchecked(model: Any) -> Any:
    rows = model.objects.standing().filter(checked_on=None)
    return rows.select_related("entry__host", "source").order_by(
        "entry__host__sort_key", "on", "pk"
    )


def desk(model: Any, wanted: dict[str, Any]) -> Any:
    """The editors' list: everything that fits, each with its standing `lines` of any day."""
    rows = model.objects.all()
    for word in wanted["q"].split():
        named = Q(title__icontains=word) | Q(code__icontains=word) | Q(slug__icontains=word)
        rows = rows.filter(named | Q(host__sort_key__contains=word.casefold()))
    mine = LINES[model].objects.standing().filter(entry=OuterRef("pk")).order_by()
    match wanted["state"]:
        case "unchecked":
            rows = rows.filter(Exists(mine.filter(checked_on=None)))
        case "empty":
            rows = rows.filter(~Exists(mine))
    return with_lines(rows).order_by(*BY_HOST)


def all_lines(row: Any) -> list[Any]:
    """Every line that was ever written, also what was put right since."""
    rows = row.said.select_related("source", "checked_by", "corrects")
    return list(rows.order_by("on", "pk"))


def search_entries(model: Any) -> Iterable[Found]:
    """What search finds of one kind: what sources speak of by today."""
    today = clock.now().date()
    for row in with_lines(model.objects.on(today), day=today):
        line = current(row.lines)
        parties = [row.host, *row.acquiring.all()]
        known = [value for label, value, said in glance(row) if said]
        yield Found(
            key=row.slug,
            title=row.title,
            address=row.get_absolute_url(),
            summary=f"{row.host}, {line}",
            body=" ".join(map(str, [row.code, row.note, *parties, *row.sectors.all(), *known])),
        )


def approach_entries() -> Iterable[Found]:
    return search_entries(Approach)


def authorization_entries() -> Iterable[Found]:
    return search_entries(Authorization)
