"""The desk of those who run the site: what each may do, and what is still to be confirmed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnership.accounts.models import Role
from partnership.agreements import queries as agreements
from partnership.agreements.cooperation import queries as cooperation
from partnership.information.library import queries as library
from partnership.members.models import CountryGroup
from partnership.remarks.desk_views import own
from partnership.site import who


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What this person can do here."""
    is_administrator = Role.ADMINISTRATOR in request.roles
    is_editor = not who.EDITORS.isdisjoint(request.roles)
    is_keeper = not who.KEEPERS.isdisjoint(request.roles)
    context = {
        "is_administrator": is_administrator,
        "is_editor": is_editor,
        "roles": [Role(role).label for role in sorted(request.roles)],
        "proposed": library.proposed().count() if is_editor else 0,
        "remarks": own(request).filter(state="open").count() if is_keeper else 0,
        "to_confirm": agreements.to_confirm().count() if is_editor else 0,
    }
    return render(request, "site/desk.html", context)


@require_safe
def to_confirm(request: HttpRequest) -> HttpResponse:
    """What stands in the register or a profile although no source was read for it."""
    context = {
        "lines": agreements.to_confirm(),
        "cooperation": cooperation.to_check(),
        "groups": CountryGroup.objects.filter(is_confirmed=False)
        .select_related("country", "source")
        .order_by("country__sort_key"),
    }
    return render(request, "site/to_confirm.html", context)
