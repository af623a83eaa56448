"""Each change of an agreement makes a version. Services keep it, the loader catches up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from partnership.agreements import comparing
from partnership.agreements.history import AgreementVersion
from partnership.agreements.models import Agreement, AgreementStage
from partnership.sources.models import Source

Cause = AgreementVersion.Cause


def begin(row: Agreement, *, at: datetime) -> None:
    """Hold the agreement, and keep how it stood if no version ever was: a change follows."""
    Agreement.objects.select_for_update().get(pk=row.pk)
    if not row.versions.exists():
        _keep(row.pk, at, {"cause": Cause.LOADED})


def keep(
    row: Agreement, reason: str, *, source: Source | None = None, by: Any, at: datetime
) -> AgreementVersion | None:
    """A version of what the desk has just changed; none where nothing is otherwise."""
    wish = {"cause": Cause.DESK, "reason": reason, "source": source, "made_by": by}
    return _keep(row.pk, at, wish)


def keep_of_admin(row: Agreement, *, by: Any, at: datetime) -> AgreementVersion | None:
    """The same for a change on Django's own pages, which ask for no reason."""
    return _keep(row.pk, at, {"cause": Cause.ADMIN, "made_by": by})


def catch_up(at: datetime) -> None:
    """Versions of all agreements that no longer stand as their newest version says."""
    _keep_all(Agreement.objects.all(), at, {"cause": Cause.LOADED})


def _keep(pk: int, at: datetime, wish: dict[str, Any]) -> AgreementVersion | None:
    made = _keep_all(Agreement.objects.filter(pk=pk), at, wish)
    return made[0] if made else None


def _keep_all(
    rows: QuerySet[Agreement], at: datetime, wish: dict[str, Any]
) -> list[AgreementVersion]:
    newest = AgreementVersion.objects.filter(agreement=OuterRef("pk")).order_by("-number")
    found: Any = _whole(rows).annotate(
        number=Subquery(newest.values("number")[:1]), before=Subquery(newest.values("told")[:1])
    )
    versions = [
        AgreementVersion(agreement=row, number=(row.number or 0) + 1, told=told, made_at=at, **wish)
        for row, told in ((row, _told(row)) for row in found)
        if told["lines"] and told != row.before
    ]
    return AgreementVersion.objects.bulk_create(versions)


def _whole(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Each with its `lines` that count, whatever their day, in two further queries."""
    lines = AgreementStage.objects.standing().select_related("source").order_by("on", "pk")
    stages: Any = Prefetch("stages", queryset=lines, to_attr="lines")
    return rows.prefetch_related(stages, "sectors").order_by("pk")


def _told(row: Agreement) -> dict[str, Any]:
    return comparing.told(row, row.lines, [sector.slug for sector in row.sectors.all()])


def with_changes(versions: Iterable[AgreementVersion]) -> list[AgreementVersion]:
    """Versions of one agreement, the newest first, each with its `changes`; the first has none."""
    known = sorted(versions, key=lambda one: one.number)
    titles = titles_of(known)
    before = None
    for one in known:
        is_first = before is None
        one.changes = [] if is_first else comparing.changes(before, one.told, titles)
        before = one.told
    return known[::-1]


def titles_of(versions: Iterable[AgreementVersion]) -> dict[str, str]:
    """The titles of all sources that these versions name, in one query."""
    slugs = {line["source"] for one in versions for line in one.told["lines"]} - {""}
    return dict(Source.objects.filter(slug__in=slugs).values_list("slug", "title"))
