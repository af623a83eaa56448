"""The list of remarks for those who keep the facts, and for focal points of theirs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from partnership.accounts.models import Role
from partnership.lib import clock
from partnership.lib.chips import chips
from partnership.lib.forms import cleaned_or_refuse, saved
from partnership.lib.paging import page_of
from partnership.members import delegations
from partnership.remarks import services
from partnership.remarks.forms import AnswerForm, CloseForm, ListFilter
from partnership.remarks.models import Remark

SIZE = 50
FORMS: dict[str, Any] = {"answer": AnswerForm, "close": CloseForm}


def keeps_all(request: HttpRequest) -> bool:
    roles = request.roles  # type: ignore[attr-defined]
    return not {Role.ADMINISTRATOR, Role.DATA_EDITOR}.isdisjoint(roles)


def own(request: HttpRequest) -> QuerySet[Remark]:
    """The remarks that this person may answer."""
    on = clock.of(request).date()
    return Remark.objects.of(request.user, on=on, sees_all=keeps_all(request))


@require_safe
def remarks(request: HttpRequest) -> HttpResponse:
    """Every remark that waits or was answered, the newest first."""
    form = ListFilter(request.GET)
    wanted = cleaned_or_refuse(form)
    rows = own(request).prefetch_related("countries")
    for name in ("state", "kind"):
        if value := wanted[name]:
            rows = rows.filter(**{name: value})
    context = {
        "form": form,
        "chips": chips(form, request.GET),
        "page": page_of(rows, request, size=SIZE),
        "keeps_all": keeps_all(request),
    }
    return render(request, "remarks/desk/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A remark: answered by mail, or closed with a reason that stays here."""
    row = get_object_or_404(own(request).select_related("by", "ended_by"), uuid=uuid)
    do = request.POST.get("do", "")
    forms = {
        name: form(request.POST if do == name else None, auto_id=f"id_{name}_%s")
        for name, form in FORMS.items()
    }
    sent = forms.get(do)
    if do == "reopen" or (sent is not None and sent.is_valid()):
        asked = sent or AnswerForm()
        if saved(request, asked, lambda: _done(request, row, do, asked)):
            return redirect(row.desk)
        sent = asked
    context = {"remark": row, "forms": forms, "sent": sent, "keeps_all": keeps_all(request)}
    return render(request, "remarks/desk/one.html", context)


def _done(request: HttpRequest, row: Remark, do: str, form: Any) -> None:
    given: dict[str, Any] = {"by": request.user, "at": clock.of(request)}
    match do:
        case "answer":
            services.answer(row, form.cleaned_data["text"], voice=_voice(request, row), **given)
        case "close":
            services.close(row, form.cleaned_data["text"], **given)
        case "reopen":
            services.reopen(row, **given)


def _voice(request: HttpRequest, row: Remark) -> str:
    """Whom an answer speaks for: a country's focal point, else the secretariat."""
    if keeps_all(request):
        return ""
    on = clock.of(request).date()
    run = {item.place.pk for item in delegations.run_by(request.user, on=on)}
    return next((str(country) for country in row.countries.all() if country.pk in run), "")
