"""Reads over agreements and their dated lines, each in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from partnership.agreements.history import PartyStatement
from partnership.agreements.models import Agreement, AgreementStage, a_year_before
from partnership.lib import clock
from partnership.lib.sorting import sort_key
from partnership.members.models import Country
from partnership.search.services import Entry
from partnership.sources.models import Source

NOT_STATED = "not_stated"
NOT_KNOWN = "not_known"
UNCHECKED = "unchecked"
ORDERINGS = {
    "": ("acquiring__sort_key", "host__sort_key", "series"),
    "host": ("host__sort_key", "acquiring__sort_key", "series"),
    "known_from": ("known_from", "acquiring__sort_key", "host__sort_key", "series"),
    "-known_from": ("-known_from", "acquiring__sort_key", "host__sort_key", "series"),
}
BY_NAME = ("acquiring__sort_key", "host__sort_key", "series")
DESK_ORDERINGS: dict[str, tuple[Any, ...]] = {
    "": BY_NAME,
    "-newest_on": (F("newest_on").desc(nulls_last=True), *BY_NAME),
    "-recorded_at": (F("recorded_at").desc(nulls_last=True), *BY_NAME),
}


def register(wanted: dict[str, Any], *, day: date) -> QuerySet[Agreement]:
    """The agreements that count on a day and match; each carries its `lines` dated by then."""
    rows = Agreement.objects.on(day)
    for name in ("acquiring", "host"):
        if party := wanted.get(name):
            rows = rows.filter(**{name: party})
    for name, column in (("kind", "treaty_kind"), ("stage", "stage")):
        if value := wanted.get(name):
            lacks = {f"{column}__isnull": True}
            rows = rows.filter(**(lacks if value == NOT_STATED else {column: value}))
    if source := wanted.get("source"):
        rows = rows.filter(
            pk__in=AgreementStage.objects.standing()
            .filter(source__slug=source, on__lte=day)
            .values("agreement")
        )
    if wanted.get("checked") == UNCHECKED:
        rows = rows.unchecked(day)
    if sector := wanted.get("sector"):
        known = Q(sectors__isnull=True) if sector == NOT_KNOWN else Q(sectors__slug=sector)
        rows = rows.filter(known)
    rows = rows.annotate(is_contested=Exists(contesting().filter(agreement=OuterRef("pk"))))
    return with_lines(rows, day=day).order_by(*ORDERINGS[wanted.get("ordering") or ""])


def contesting() -> QuerySet[PartyStatement]:
    """Statements that contest what still counts, and are their Party's last word on it."""
    about = {name: OuterRef(name) for name in ("agreement", "country")}
    later = PartyStatement.objects.filter(**about, pk__gt=OuterRef("pk"))
    later = later.alias(of=Coalesce("line", 0)).filter(of=Coalesce(OuterRef("line"), 0))
    counts = Q(line__isnull=True) | Q(line__corrected_at__isnull=True)
    return PartyStatement.objects.filter(counts, ~Exists(later), stance="contests").order_by()


def with_lines(rows: QuerySet[Agreement], *, day: date) -> QuerySet[Agreement]:
    """Both Parties and the lines of each agreement up to a day, in two further queries."""
    standing = AgreementStage.objects.standing().filter(on__lte=day)
    lines = standing.select_related("source").order_by("on", "pk")
    stages: Any = Prefetch("stages", queryset=lines, to_attr="lines")
    return rows.select_related("acquiring", "host").prefetch_related(stages, "sectors")


def of_country(country: Country, *, day: date) -> list[Agreement]:
    """A country's agreements on both sides, each with its `lines` up to a day, in one query."""
    either = Q(agreement__host=country) | Q(agreement__acquiring=country)
    lines = (
        AgreementStage.objects.standing()
        .filter(either, on__lte=day)
        .select_related("source", "agreement__acquiring", "agreement__host")
        .order_by("on", "pk")
    )
    found: dict[int, Agreement] = {}
    for line in lines:
        row = found.setdefault(line.agreement_id, line.agreement)
        row.lines = [*getattr(row, "lines", []), line]
    return list(found.values())


def current(lines: Iterable[AgreementStage]) -> AgreementStage | None:
    """The line that tells most: the latest that states a stage, else the first that lists it.

    Of several that state this stage, one with a day of its own comes first, then one that was read.
    """
    known = list(lines)
    stated = [line for line in known if line.stage != NOT_STATED]
    same = [line for line in stated if line.stage == stated[-1].stage]
    stated = sorted(same, key=lambda line: (not line.is_report_date, line.is_confirmed))
    instrument = [line for line in known if line.instrument != NOT_STATED]
    best = stated or instrument or known[:1]
    return best[-1] if best else None


def is_unchecked(lines: Iterable[AgreementStage], *, day: date) -> bool:
    """Whether none of its lines was compared with its source in the twelve months before a day."""
    since = a_year_before(day)
    return not any(line.checked_on and since < line.checked_on <= day for line in lines)


def checked_on(lines: Iterable[AgreementStage]) -> date | None:
    """When one of an agreement's lines was last compared with its source, as far as is known."""
    return max((line.checked_on for line in lines if line.checked_on), default=None)


def latest_form(lines: Iterable[AgreementStage]) -> str:
    """The form of document that the latest line which states one gives; empty when none does."""
    stated = [line for line in lines if line.instrument != NOT_STATED]
    return str(stated[-1].get_instrument_display()) if stated else ""


def pairs(day: date) -> list[tuple[str, str]]:
    """The codes of the acquiring and the host Party of each agreement on a day."""
    return list(Agreement.objects.on(day).values_list("acquiring", "host"))


def known_since(day: date) -> list[dict[str, Any]]:
    """Of each agreement its Parties, its lines, and since when it is known, by acquiring Party.

    By a date of its own that was read in a source, by one that was not, and by lists alone.
    """
    own, listed = Q(is_report_date=False), Q(is_report_date=True)
    rows = AgreementStage.objects.standing().filter(on__lte=day).order_by()
    found = rows.values(
        "agreement",
        acquiring=F("agreement__acquiring"),
        host=F("agreement__host"),
        name=F("agreement__acquiring__name"),
        key=F("agreement__acquiring__sort_key"),
    ).annotate(
        dated=Min("on", filter=own & Q(is_confirmed=True)),
        unconfirmed=Min("on", filter=own & Q(is_confirmed=False)),
        listed=Min("on", filter=listed),
        all=Count("pk"),
        read=Count("pk", filter=Q(is_confirmed=True)),
        first=Min("on"),
        last=Max("on"),
        newest=Max("checked_on", filter=Q(checked_on__lte=day)),
    )
    return [dict(row) for row in found.order_by("key", "agreement")]


def coverage(found: list[dict[str, Any]], day: date) -> dict[str, Any]:
    """How many pairs and Parties the register holds on a day, how many of its lines were read in a
    source, from when to when they are, and when one was last checked: of what is known by then.
    """
    checked = [row["newest"] for row in found if row["newest"]]
    recently = [on for on in checked if on > a_year_before(day)]
    return {
        **counted([(row["acquiring"], row["host"]) for row in found]),
        "lines": sum(row["all"] for row in found),
        "read": sum(row["read"] for row in found),
        "first": min((row["first"] for row in found), default=None),
        "last": max((row["last"] for row in found), default=None),
        "newest": max(checked, default=None),
        "unchecked": len(found) - len(recently),
    }


def counted(found: list[tuple[str, str]]) -> dict[str, int]:
    """How many pairs, acquiring and host Parties there are among these pairs."""
    acquiring, hosts = {pair[0] for pair in found}, {pair[1] for pair in found}
    return {
        "pairs": len(found),
        "acquiring": len(acquiring),
        "hosts": len(hosts),
        "parties": len(acquiring | hosts),
    }


def parties(day: date) -> dict[str, set[str]]:
    """Which part each Party plays in the register on a day: code to `acquiring` and `host`."""
    return parts(pairs(day))


def parts(found: list[tuple[str, str]]) -> dict[str, set[str]]:
    played: dict[str, set[str]] = {}
    for acquiring, host in found:
        played.setdefault(acquiring, set()).add("acquiring")
        played.setdefault(host, set()).add("host")
    return played


def parties_named() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Code and name of every acquiring and of every host Party in the register, in order."""
    rows = Agreement.objects.order_by().values_list(
        "acquiring__sort_key",
        "acquiring",
        "acquiring__name",
        "host__sort_key",
        "host",
        "host__name",
    )
    acquiring, hosts = set(), set()
    for acquiring_key, acquiring_code, acquiring_name, host_key, host_code, host_name in rows:
        acquiring.add((acquiring_key, acquiring_code, acquiring_name))
        hosts.add((host_key, host_code, host_name))
    return _in_order(acquiring), _in_order(hosts)


def _in_order(parties: set[tuple[str, str, str]]) -> list[tuple[str, str]]:
    return [(code, name) for _, code, name in sorted(parties)]


def to_confirm() -> QuerySet[AgreementStage]:
    """Lines that no source was read for: the editors' list."""
    return (
        AgreementStage.objects.standing()
        .filter(is_confirmed=False)
        .select_related("agreement__acquiring", "agreement__host", "source")
        .order_by("agreement__acquiring__sort_key", "on", "pk")
    )


def sources_of(agreement: Agreement) -> list[Source]:
    """The sources of an agreement's lines, each once, in the order they are first cited."""
    lines: list[AgreementStage] = getattr(agreement, "lines", [])
    return list(dict.fromkeys(line.source for line in lines if line.source))


def by_source(lines: Iterable[AgreementStage]) -> list[tuple[Source | None, list[AgreementStage]]]:
    """What each source says of an agreement, in the order they are first cited."""
    claims: dict[Source | None, list[AgreementStage]] = {}
    for line in lines:
        claims.setdefault(line.source, []).append(line)
    return list(claims.items())


def differences(lines: Iterable[AgreementStage]) -> set[str]:
    """Where an agreement's lines do not fit together, each in a word.

    `days`: a stage with several dates. `forms`: several instruments. `listed_early`: a list that
    names the pair before the day of its signature.
    """
    known = list(lines)
    days: dict[str, set[tuple[date, str]]] = {}
    for line in known:
        if line.stage != NOT_STATED and not line.is_report_date:
            days.setdefault(line.stage, set()).add((line.on, line.precision))
    found = {"days"} if any(len(stated) > 1 for stated in days.values()) else set()
    if len({line.instrument for line in known} - {NOT_STATED}) > 1:
        found.add("forms")
    begun = [on for stage in ("concluded", "signed") for on, _ in days.get(stage, ())]
    listed = [line.on for line in known if line.is_report_date]
    if begun and listed and min(listed) < min(begun):
        found.add("listed_early")
    return found


def summary(line: AgreementStage | None) -> str:
    """What a line tells, in short: `bilateral agreement, signed, 27 May 2024`."""
    if line is None:
        return ""
    told = [str(line.get_instrument_display())] if line.instrument != NOT_STATED else []
    told += [str(line.get_stage_display())] if line.stage != NOT_STATED else []
    on = line.on_text
    return ", ".join([*told, _("listed on %(day)s") % {"day": on} if line.is_report_date else on])


def search_entries() -> Iterable[Entry]:
    today = clock.now().date()
    rows = with_lines(Agreement.objects.on(today), day=today)
    for row in rows.prefetch_related("acquiring__aliases", "host__aliases"):
        labels = [
            alias.label for party in (row.acquiring, row.host) for alias in party.aliases.all()
        ]
        yield Entry(
            key=row.slug,
            title=f"{row.acquiring} – {row.host}",
            address=row.get_absolute_url(),
            summary=summary(current(getattr(row, "lines", []))),
            body=" ".join([row.acquiring_id, row.host_id, row.note, *labels]),
        )


def desk(wanted: dict[str, Any], *, day: date) -> QuerySet[Agreement]:
    """The editors' list: every agreement that fits, each with its standing `lines` of any day."""
    standing = AgreementStage.objects.standing()
    mine = standing.filter(agreement=OuterRef("pk")).order_by()
    rows: Any = Agreement.objects.annotate(
        newest_on=Subquery(mine.order_by("-on").values("on")[:1]),
        recorded_at=Subquery(mine.order_by("-recorded_at").values("recorded_at")[:1]),
    )
    for word in sort_key(wanted["q"]).split():
        named = Q(acquiring__sort_key__contains=word) | Q(host__sort_key__contains=word)
        rows = rows.filter(named | Q(slug__contains=word))
    if party := wanted["party"]:
        rows = rows.filter(Q(acquiring=party) | Q(host=party))
    if stage := wanted["stage"]:
        rows = rows.filter(Exists(mine.filter(stage=stage)))
    if source := wanted["source"]:
        rows = rows.filter(Exists(mine.filter(source=source)))
    match wanted["state"]:
        case "unconfirmed":
            rows = rows.filter(Exists(mine.filter(is_confirmed=False)))
        case "confirmed":
            rows = rows.filter(Exists(mine), ~Exists(mine.filter(is_confirmed=False)))
        case "unchecked":
            rows = rows.filter(Exists(mine)).unchecked(day)
        case "empty":
            rows = rows.filter(~Exists(mine))
    lines = standing.select_related("source").order_by("on", "pk")
    stages: Any = Prefetch("stages", queryset=lines, to_attr="lines")
    rows = rows.select_related("acquiring", "host").prefetch_related(stages)
    return rows.order_by(*DESK_ORDERINGS[wanted["ordering"]])


def all_lines(agreement: Agreement) -> list[AgreementStage]:
    """Every line that was ever written of an agreement, also what was put right since."""
    rows = agreement.stages.select_related("source", "checked_by", "corrects")
    return list(rows.order_by("on", "pk"))
