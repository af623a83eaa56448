"""The two kinds beside agreements, and what pages need to know of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnership.agreements.cooperation import forms
from partnership.agreements.cooperation.models import Approach, Authorization


@dataclass(frozen=True)
class Kind:
    """One kind: its rows, its forms and what it is called."""

    key: str
    model: Any
    filter: type[forms.EntryFilter]
    form: type[forms.EntryForm]
    line_form: type[forms.LineForm]
    title: Any
    one: Any
    add: Any
    code: Any
    what: Any

    @property
    def list_address(self) -> str:
        return reverse(f"agreements:{self.key}")

    @property
    def exports(self) -> str:
        return reverse(f"api:{self.key}-list")


APPROACHES = Kind(
    key="approaches",
    model=Approach,
    filter=forms.ApproachFilter,
    form=forms.ApproachForm,
    line_form=forms.ApproachLineForm,
    title=_("Cooperative approaches"),
    one=_("Cooperative approach"),
    add=_("Add a cooperative approach"),
    code=_("Cooperative approach ID"),
    what=_("Kind"),
)
AUTHORIZATIONS = Kind(
    key="authorizations",
    model=Authorization,
    filter=forms.AuthorizationFilter,
    form=forms.AuthorizationForm,
    line_form=forms.AuthorizationLineForm,
    title=_("Authorizations"),
    one=_("Authorization"),
    add=_("Add an authorization"),
    code=_("Authorization ID"),
    what=_("Purposes"),
)
KINDS: Mapping[str, Kind] = {kind.key: kind for kind in (APPROACHES, AUTHORIZATIONS)}


def kind_or_404(key: str) -> Kind:
    if key not in KINDS:
        raise Http404
    return KINDS[key]
