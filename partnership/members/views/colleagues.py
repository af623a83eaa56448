"""People who let others see their name and post: those of one's own delegation, and some of all."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnership.lib.chips import chips
from partnership.lib.forms import cleaned_or_refuse
from partnership.lib.paging import page_of
from partnership.lib.text.letters import folded
from partnership.members.desk_forms import ColleaguesFilter
from partnership.members.models import Affiliation
from partnership.members.views import doors


@require_safe
def colleagues(request: HttpRequest) -> HttpResponse:
    """By name or title. Addresses of mail are nobody else's here."""
    form = ColleaguesFilter(request.GET)
    rows = Affiliation.objects.shown_to(request.user, on=doors.today(request))
    for word in folded(cleaned_or_refuse(form)["q"]).split():
        rows = rows.filter(person__folded__contains=word)
    if place := form.cleaned_data["place"]:
        rows = rows.filter(country=place)
    rows = rows.select_related("person", "country", "institution")
    page = page_of(rows.order_by("person__folded", "person", "pk"), request, size=doors.SIZE)
    context = {"form": form, "chips": chips(form, request.GET), "page": page}
    return render(request, "members/colleagues.html", context)
