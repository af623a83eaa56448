"""What a form changed, as the audit log keeps it: for each field the old and the new value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Model

Change = list[Any]
LONGEST = 300


def of_form(form: Any) -> dict[str, Change]:
    """Old and new value of each field that differs."""
    return {
        name: [plain(form.initial.get(name)), plain(form.cleaned_data.get(name))]
        for name in form.changed_data
    }


def written(row: Model, wanted: dict[str, Any]) -> dict[str, Change]:
    """Write values into a row that is not saved yet; the old and the new of each that differs."""
    found = {}
    for name, value in wanted.items():
        before = getattr(row, name, None) if row.pk else None
        if before != value:
            found[name] = [plain(before), plain(value)]
        setattr(row, name, value)
    return found


def of_parts(formsets: Iterable[Any]) -> dict[str, Any]:
    """The same for the parts of a row, each under its kind and number."""
    found: dict[str, Any] = {}
    for formset in formsets:
        removed = formset.deleted_forms if formset.can_delete else []
        for form in formset.forms:
            if form in removed:
                found[_name(form)] = "removed"
            elif form.has_changed():
                found[_name(form)] = of_form(form)
    return found


def of_removed(row: Model) -> dict[str, Change]:
    """All that a removed row held."""
    return {
        column.name: [plain(column.value_from_object(row)), None]
        for column in row._meta.concrete_fields
    }


def told(found: dict[str, Any], part: str = "") -> Iterator[tuple[str, str, str]]:
    """Each change as a name, the old and the new value, the parts of a row under their names."""
    for name, value in found.items():
        label = f"{part}, {name}" if part else name
        match value:
            case dict():
                yield from told(value, label)
            case [before, after]:
                yield label, _shown(before), _shown(after)
            case _:
                yield label, "", _shown(value)


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def plain(value: Any) -> Any:
    """A value as JSON: a row is its key, long text is cut."""
    match value:
        case None | bool() | int():
            return value
        case Model():
            return plain(value.pk)
        case datetime() | date():
            return value.isoformat()
    return str(value)[:LONGEST]


def _name(form: Any) -> str:
    # A row that is gone has no key any more; the form still knows which it was asked for.
    column = form.instance._meta.pk.name
    number = form.data.get(form.add_prefix(column)) or form.instance.pk
    return f"{form.instance._meta.model_name} {number}"
