"""Filters read from an address."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

from django.forms import Form
from django.http import QueryDict

from partnership.lib.errors import BadQuery


def cleaned_or_refuse(form: Form) -> dict[str, Any]:
    """What was asked for, or a BadQuery that names the fields and what is wrong with each."""
    if not form.is_valid():
        raise BadQuery({name: list(map(str, texts)) for name, texts in form.errors.items()})
    return form.cleaned_data


def refuse_unknown(query: QueryDict, known: AbstractSet[str]) -> None:
    """A filter with a misspelt name must not look as if it had found everything."""
    if unknown := sorted(set(query) - known):
        raise BadQuery({name: ["There is no such filter here."] for name in unknown})
