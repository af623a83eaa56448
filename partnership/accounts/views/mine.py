"""Who I am here: my account in short, my profile, and where I am signed in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partnership.accounts import addresses, devices, endings, factors, profiles
from partnership.accounts.forms import ProfileForm
from partnership.accounts.models import PRIVILEGED, SignIn
from partnership.accounts.views.parts import page, read_or_send, sent
from partnership.lib import clock


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Who I am here, and what follows from my post."""
    own = addresses.of(request.user)
    context = {
        "addresses": own,
        "factors": factors.of(request.user),
        "needs_factor": bool(PRIVILEGED.intersection(request.held_roles)),
        "asks_for_private": len(own) == 1 and request.user.private_asked_at is None,
    }
    return render(request, "account/mine.html", context)


@read_or_send
def profile(request: HttpRequest) -> HttpResponse:
    """What I say of myself, and how much of it others see."""
    form = ProfileForm(sent(request), instance=request.user)
    if request.method == "POST" and form.is_valid():
        profiles.change(request.user, form.cleaned_data, at=clock.of(request))
        messages.success(request, _("Saved."))
        return redirect("account_profile")
    request.user.refresh_from_db()
    context = {"posts": profiles.posts(request.user), "today": clock.of(request).date()}
    return page(request, "account/profile.html", form=form, **context)


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """The browsers in which I am signed in."""
    rows = SignIn.objects.of(request.user)
    here = request.session.get(endings.KEY)
    found = [
        (
            row,
            devices.shown(row.device),
            devices.network_shown(row.network),
            str(row.uuid) == here,
        )
        for row in rows
    ]
    return render(request, "account/sessions.html", {"sign_ins": found})


@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """Only this browser stays signed in."""
    at = clock.of(request)
    endings.sign_out_elsewhere(request.user, at=at)
    endings.keep_this_one(request, request.user)
    messages.success(request, _("All other browsers are signed out."))
    return redirect("account_sessions")
