"""An agreement as a document, and what one says otherwise than the one before. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.agreements.models import Agreement, AgreementStage
from partnership.lib.dating import as_text

CHOICES = ("stage", "instrument", "kind")
FLAGS = ("is_report_date", "is_confirmed")
TEXTS = ("acquiring_label", "host_label", "note")
# What is compared of a line, in the order in which it is told; `on` stands for its precision too.
COMPARED = ("stage", "instrument", "kind", "on", *FLAGS, "source", *TEXTS)
LABELS = {
    "stage": gettext_lazy("stage"),
    "instrument": gettext_lazy("instrument"),
    "kind": gettext_lazy("kind"),
    "on": gettext_lazy("date"),
    "is_report_date": gettext_lazy("only the day of the report"),
    "is_confirmed": gettext_lazy("read in a source"),
    "source": gettext_lazy("source"),
    "acquiring_label": gettext_lazy("acquiring Party as printed"),
    "host_label": gettext_lazy("host Party as printed"),
    "note": gettext_lazy("note"),
}
Document = Mapping[str, Any]


class Kind(StrEnum):
    """What happened to a part of an agreement."""

    NEW = "new"
    CHANGED = "changed"
    CONFIRMED = "confirmed"
    CHECKED = "checked"
    GONE = "gone"


@dataclass(frozen=True)
class Change:
    """One part that differs: what it is, and each of its fields from what to what."""

    kind: Kind
    what: str
    fields: tuple[tuple[str, str, str], ...] = ()


def told(row: Agreement, lines: Iterable[AgreementStage], sectors: Iterable[str]) -> dict[str, Any]:
    """All that counts of an agreement, as JSON. It names no person."""
    return {
        "note": row.note,
        "sectors": sorted(sectors),
        "lines": [_line(line) for line in lines],
    }


def _line(line: AgreementStage) -> dict[str, Any]:
    return {
        "id": line.pk,
        "corrects": line.corrects_id,
        **{name: str(getattr(line, name)) for name in CHOICES},
        "on": line.on.isoformat(),
        "precision": str(line.precision),
        **{name: getattr(line, name) for name in FLAGS},
        "source": line.source.slug if line.source else "",
        **{name: getattr(line, name) for name in TEXTS},
        "checked_on": line.checked_on.isoformat() if line.checked_on else "",
    }


def changes(before: Document | None, after: Document, titles: Mapping[str, str]) -> list[Change]:
    """What is otherwise. `titles` are those of the sources by their slugs."""
    old = {line["id"]: line for line in (before or {}).get("lines", ())}
    found: list[Change] = []
    for line in after["lines"]:
        past = old.pop(line["id"], None) or old.pop(line["corrects"], None)
        found += _of_line(past, line, titles)
    found += [Change(Kind.GONE, summary(line)) for line in old.values()]
    return [*found, *_of_rest(before or {"note": "", "sectors": []}, after)]


def _of_line(past: Document | None, line: Document, titles: Mapping[str, str]) -> Iterator[Change]:
    if past is None:
        source = titles.get(line["source"], line["source"])
        yield Change(Kind.NEW, f"{summary(line)} ({source})" if source else summary(line))
        return
    fields = tuple(
        (_label(name), _shown(past, name, titles), _shown(line, name, titles))
        for name in COMPARED
        if _raw(past, name) != _raw(line, name)
    )
    if line["is_confirmed"] and not past["is_confirmed"] and line["corrects"] != past["id"]:
        yield Change(Kind.CONFIRMED, summary(line), fields)
    elif fields:
        yield Change(Kind.CHANGED, summary(line), fields)
    elif past["checked_on"] != line["checked_on"]:
        yield Change(Kind.CHECKED, summary(line))


def _of_rest(before: Document, after: Document) -> Iterator[Change]:
    if before["note"] != after["note"]:
        field = (_("note"), before["note"], after["note"])
        yield Change(Kind.CHANGED, _("the note"), (field,))
    if before["sectors"] != after["sectors"]:
        field = (_("sectors"), ", ".join(before["sectors"]), ", ".join(after["sectors"]))
        yield Change(Kind.CHANGED, _("the sectors"), (field,))


def summary(line: Document) -> str:
    """What a line tells, in short: `bilateral agreement, signed, 27 May 2024`."""
    said = [_shown(line, name, {}) for name in ("instrument", "stage")]
    known = [
        text for text, name in zip(said, ("instrument", "stage"), strict=True) if _is(line, name)
    ]
    on = _shown(line, "on", {})
    day = _("listed on %(day)s") % {"day": on} if line["is_report_date"] else on
    return ", ".join([*known, day])


def _is(line: Document, name: str) -> bool:
    return bool(line[name] != "not_stated")


def _raw(line: Document, name: str) -> Any:
    return (line["on"], line["precision"]) if name == "on" else line[name]


def _label(name: str) -> str:
    return str(LABELS[name])


def _shown(line: Document, name: str, titles: Mapping[str, str]) -> str:
    value = line[name]
    if name == "on":
        return as_text(date.fromisoformat(value), line["precision"])
    if name in CHOICES:
        field: Any = AgreementStage._meta.get_field(name)
        return str(dict(field.choices).get(value, value))
    if name in FLAGS:
        return _("yes") if value else _("no")
    return titles.get(value, value) if name == "source" else str(value)
