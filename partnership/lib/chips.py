"""Filters in use, each with the address of the same list without it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.forms import Form, ModelChoiceField
from django.http import QueryDict


@dataclass(frozen=True)
class Chip:
    name: str
    value: str
    without: str


def chips(
    form: Form, query: QueryDict, quiet: tuple[str, ...] = ("ordering", "page")
) -> list[Chip]:
    """One chip for each filter that has a value. The form has been cleaned."""
    found = []
    for name, value in form.cleaned_data.items():
        if value in (None, "") or name in quiet:
            continue
        rest = query.copy()
        rest.pop(name, None)
        rest.pop("page", None)
        found.append(
            Chip(str(form.fields[name].label), _shown(form, name, value), f"?{rest.urlencode()}")
        )
    return found


def _shown(form: Form, name: str, value: Any) -> str:
    field = form.fields[name]
    choices = dict(getattr(field, "choices", ())) if not isinstance(field, ModelChoiceField) else {}
    return str(choices.get(value, value))
