"""What every list of delegations begins with: whose rows, of which delegation, taken by whom."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from partnership.accounts.models import Role
from partnership.audit import services as audit
from partnership.lib import clock
from partnership.lib.api import SessionAuthentication, TokenAuthentication
from partnership.lib.errors import BadQuery
from partnership.lib.lists import ListViewSet
from partnership.members import delegations
from partnership.members.delegations import Delegation

KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="Your own key of this change, of 1 to 64 signs. Every change here counts once "
    "also without it.",
)


class OfDelegation(forms.Form):
    """A filter that every list of them has."""

    delegation = forms.CharField(
        required=False,
        max_length=250,
        label=gettext_lazy("Delegation, like country/vnm or institution/slug"),
    )


class OwnList(ListViewSet):
    """Rows of the delegations that the caller runs; for the secretariat of all."""

    authentication_classes = (TokenAuthentication, SessionAuthentication)
    permission_classes = (IsAuthenticated,)

    @property
    def at(self) -> datetime:
        return clock.of(self.request._request)

    @property
    def day(self) -> date:
        return self.at.date()

    @property
    def sees_all(self) -> bool:
        return sees_all(self.request)

    def own(self, rows: Any) -> Any:
        """Through the one door."""
        return rows.of(self.request.user, on=self.day, sees_all=self.sees_all)

    def at_delegation(self, rows: Any, handle: str) -> Any:
        """The rows of one delegation, where one is named."""
        return rows.at(self.delegation(handle).where) if handle else rows

    def delegation(self, handle: str) -> Delegation:
        """One that the caller runs. Another's is told as one that does not exist."""
        kind, _slash, key = handle.partition("/")
        found = delegations.find(kind, key)
        mine = self.sees_all or found in delegations.run_by(self.request.user, on=self.day)
        if found is not None and mine:
            return found
        if found is not None:
            request, of = self.request._request, ("delegation", found.handle)
            audit.record("denied", at=self.at, request=request, of=of)
        raise BadQuery({"delegation": [_("There is no such delegation here.")]})

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """Rows of people left the site: who took how many of which list is written down."""
        answer = super().list(request, *args, **kwargs)
        shown = getattr(answer, "data", None)
        rows = self.get_queryset().count() if shown is None else len(shown["results"])
        told = {"list": f"api/{self.basename}", "rows": rows}
        audit.record("list.export", at=self.at, request=request._request, changes=told)
        return answer


def sees_all(request: Request) -> bool:
    return Role.ADMINISTRATOR in request._request.roles  # type: ignore[attr-defined]
