"""Filters read from an address, and fields that several subjects ask for."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from typing import Any

from django.contrib import messages
from django.core.validators import URLValidator
from django.forms import CharField, DateField, DateInput, Form, URLInput
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnership.lib.errors import BadQuery, Refusal

is_web = URLValidator(schemes=["http", "https"])


def day_field(label: Any, **more: Any) -> DateField:
    return DateField(
        label=label,
        widget=DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as year-month-day, such as 2026-03-31.")},
        **more,
    )


def web_field(label: Any, **more: Any) -> CharField:
    """An address of a page elsewhere, or nothing."""
    return CharField(
        label=label,
        required=False,
        validators=[is_web],
        widget=URLInput(attrs={"dir": "ltr", "placeholder": "https://"}),
        **more,
    )


def cleaned_or_refuse(form: Form) -> dict[str, Any]:
    """What was asked for, or a BadQuery that names the fields and what is wrong with each."""
    if not form.is_valid():
        raise BadQuery({name: list(map(str, texts)) for name, texts in form.errors.items()})
    return form.cleaned_data


def refuse_unknown(query: QueryDict, known: AbstractSet[str]) -> None:
    """A filter with a misspelt name must not look as if it had found everything."""
    if unknown := sorted(set(query) - known):
        raise BadQuery({name: ["There is no such filter here."] for name in unknown})


def saved(request: HttpRequest, form: Form, change: Callable[[], Any]) -> bool:
    """Whether a change was made; else the form says why not."""
    try:
        change()
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, gettext("Saved."))
    return True
