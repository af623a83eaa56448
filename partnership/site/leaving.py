"""I left: somebody ends a line of their own. The line stays; only its last day is written."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partnership.lib import clock
from partnership.lib.errors import Refusal
from partnership.members.models import Affiliation
from partnership.members.services.posts import end_post


class LeavingForm(forms.Form):
    """Which of one's own posts, and its last day."""

    post = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    last_day = forms.DateField()


@require_POST
def leave_post(request: HttpRequest) -> HttpResponse:
    """A post of mine that runs gets its last day."""
    form = LeavingForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Name the last day of the post as a date."))
        return redirect("account_profile")
    at, last_day = clock.of(request), form.cleaned_data["last_day"]
    running = Affiliation.objects.on(at.date()).filter(person=request.user)
    post = get_object_or_404(running, pk=form.cleaned_data["post"])
    try:
        end_post(post, last_day=last_day, by=request.user, at=at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The post is ended. It stays in your history."))
    return redirect("account_profile")
