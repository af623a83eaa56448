"""The privacy notice and the terms: read by anybody, agreed to by people, published at the desk."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnership.accounts import policies
from partnership.accounts.models import PolicyVersion
from partnership.lib import clock
from partnership.lib.errors import Refusal
from partnership.site.mydata.forms import AgreeForm, PolicyForm
from partnership.site.mydata.limits import LIMITS


@require_safe
def policy(request: HttpRequest, kind: str, number: int | None = None) -> HttpResponse:
    """A version of a policy, the newest without a number, in the reader's language."""
    versions = list(PolicyVersion.objects.filter(kind=kind).prefetch_related("texts"))
    asked = [row for row in versions if number in (None, row.number)]
    if not asked:
        raise Http404
    language = translation.get_language() or policies.SOURCE
    context = {
        "version": asked[0],
        "text": policies.text_for(asked[0], language),
        "language": language,
        "versions": versions,
        "is_newest": asked[0] == versions[0],
        "limits": LIMITS if kind == PolicyVersion.Kind.PRIVACY else (),
    }
    return render(request, "site/policy.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest) -> HttpResponse:
    """What has a new version, and saying yes to it. Nothing else waits for that."""
    if request.method == "POST":
        form = AgreeForm(request.POST)
        if form.is_valid():
            policies.agree(request.user, form.cleaned_data["version"], at=clock.of(request))
            messages.success(request, _("Thank you: that is noted, with the day."))
            return redirect("site:my-data")
    rows = policies.not_agreed(request.user)
    return render(request, "account/data/agree.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def desk_policies(request: HttpRequest) -> HttpResponse:
    """All versions; the secretariat publishes the next one."""
    newest = {row.kind: row for row in policies.current()}
    start = PolicyForm.of(newest.get(request.GET.get("kind", "")))
    form, told = PolicyForm(request.POST if request.method == "POST" else None, initial=start), ""
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            policies.publish(
                typed["kind"],
                form.texts(),
                at=clock.of(request),
                what_changed=typed["what_changed"],
                by=request.user,
            )
        except Refusal as refusal:
            told = str(refusal)
        else:
            messages.success(request, _("Published. Everybody is asked at the next visit."))
            return redirect("site:desk-policies")
    versions = list(PolicyVersion.objects.select_related("published_by").prefetch_related("texts"))
    for row in versions:
        row.is_newest = row in newest.values()
    context = {"form": form, "told": told, "versions": versions}
    return render(request, "site/desk_policies.html", context)
