"""What the pages of the account have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partnership.accounts import door
from partnership.lib.api import is_api, problem

View = Callable[..., HttpResponse]
MANY = gettext_lazy(
    "Very many codes were asked for or tried from your network. Nothing is locked for good: try "
    "again in some minutes."
)
read_or_send = require_http_methods(["GET", "HEAD", "POST"])


def for_visitors(view: View) -> View:
    """Whoever is in already goes on to where they wanted."""

    @never_cache
    @wraps(view)
    def inner(request: HttpRequest, **found: str) -> HttpResponse:
        if request.user.is_authenticated and is_api(request):
            return JsonResponse({"detail": _("You are signed in.")})
        if request.user.is_authenticated:
            return redirect(door.at_the(request).leads_to)
        return view(request, **found)

    return inner


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, be it nothing, or None where a page is only read."""
    return request.POST if request.method == "POST" else None


def page(request: HttpRequest, template: str, *, status: int = 200, **context) -> HttpResponse:
    """A page; to a script of ours, which asks only by sending, what is wrong on it."""
    form, told = context["form"], context.get("told")
    if is_api(request) and (form.errors or told):
        said = told or next(iter(form.errors.values()))[0]
        return JsonResponse(problem("refused", str(said), form.errors), status=max(status, 400))
    context.setdefault("ahead", door.wanted(request))
    return render(request, template, context, status=status)
