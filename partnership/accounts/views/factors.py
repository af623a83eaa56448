"""Second factors: what I have, adding, removing, and the codes for the day they are away."""

from __future__ import annotations

from typing import Any

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from partnership.accounts import door, endings, factors, passkeys, proof
from partnership.accounts.forms import AppForm, PasskeyNameForm
from partnership.accounts.models import PRIVILEGED
from partnership.accounts.sealing import BrokenSeal, seal, unseal
from partnership.accounts.views.parts import page, read_or_send, sent
from partnership.lib import clock
from partnership.lib.errors import Refusal

# In the session: the secret of an app that has shown no code yet, and codes that are to be kept.
NEW_APP, NEW_CODES = "new_app", "new_codes"


@require_safe
@never_cache
def overview(request: HttpRequest) -> HttpResponse:
    """What I sign in with beside a password or a mailed code."""
    context = {
        "factors": factors.of(request.user),
        "is_needed": bool(PRIVILEGED.intersection(request.held_roles)),
        "ahead": door.wanted(request),
    }
    return render(request, "account/factors.html", context)


@sensitive_post_parameters("code")
@read_or_send
@never_cache
@proof.freshly("account_factors")
def add_app(request: HttpRequest) -> HttpResponse:
    """Show the secret to an app, and take the first code that it makes of it."""
    form, told, secret = AppForm(sent(request)), "", _secret(request)
    if request.method == "POST" and form.is_valid():
        try:
            code = form.cleaned_data["code"]
            factors.add_app(request.user, secret, code, at=clock.of(request))
        except Refusal as refusal:
            told = str(refusal)
        else:
            del request.session[NEW_APP]
            return _added(request, Authenticator.Type.TOTP)
    url = get_adapter().build_totp_url(request.user, secret)
    groups = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
    picture = {"picture": _picture(url), "secret": groups, "url": url}
    return page(request, "account/add_app.html", form=form, told=told, **picture)


def _secret(request: HttpRequest) -> str:
    """The same for as long as somebody sets the app up, also when the page is opened again."""
    try:
        return unseal(request.session[NEW_APP])
    except (KeyError, BrokenSeal):
        secret = generate_totp_secret()
        request.session[NEW_APP] = seal(secret)
        return secret


def _picture(url: str) -> SafeString:
    """The secret as a square of dots, drawn in the page itself: it is asked for nowhere."""
    code = segno.make(url, error="m", micro=False)
    return SafeString(code.svg_inline(omitsize=True, border=4, svgclass="qr", lineclass=None))


@read_or_send
@never_cache
@proof.freshly("account_factors")
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Take what the browser made of the question that its script asked for."""
    form, told = PasskeyNameForm(sent(request)), ""
    if request.method == "POST" and form.is_valid():
        try:
            credential = passkeys.new_credential(request.POST.get("credential", ""))
        except passkeys.PasskeyWrong as refusal:
            told = str(refusal)
        else:
            name = form.cleaned_data["name"]
            factors.add_passkey(request.user, name, credential, at=clock.of(request))
            return _added(request, Authenticator.Type.WEBAUTHN)
    return page(request, "account/add_passkey.html", form=form, told=told)


@require_POST
@never_cache
@proof.freshly("account_factors")
def passkey_options(request: HttpRequest) -> HttpResponse:
    """For the script: what the browser needs to make a key."""
    return JsonResponse(passkeys.ask_for_new(request.user))


def _added(request: HttpRequest, kind: str) -> HttpResponse:
    """This session has shown the factor; the codes are shown if they are new."""
    endings.keep_this_one(request, request.user)
    proof.remember(request, request.user, proof.FACTOR, type=kind)
    messages.success(request, _("Done. From now on you are asked for it when you sign in."))
    return _on_to_codes(request)


def _on_to_codes(request: HttpRequest) -> HttpResponse:
    ahead = door.wanted(request)
    codes = factors.of(request.user).codes
    query = f"?{urlencode({'next': ahead})}" if ahead else ""
    if codes is not None and not codes.data.get("kept"):
        request.session[NEW_CODES] = codes.pk
        return redirect(f"{reverse('account_recovery_codes')}{query}")
    return redirect(ahead or "account_factors")


@require_POST
@proof.freshly("account_factors")
def remove(request: HttpRequest) -> HttpResponse:
    """One of mine goes."""
    number = request.POST.get("factor", "")
    mine = Authenticator.objects.filter(user=request.user)
    removable = mine.exclude(type=Authenticator.Type.RECOVERY_CODES)
    factor = get_object_or_404(removable, pk=number if number.isdecimal() else 0)
    factors.remove(request.user, factor, at=clock.of(request))
    endings.keep_this_one(request, request.user)
    messages.success(request, _("It is removed. All other browsers are signed out."))
    return redirect("account_factors")


@require_POST
@proof.freshly("account_factors")
def renew_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes for those that were used, lost or seen."""
    if not factors.has_one(request.user):
        raise Http404
    factors.renew_codes(request.user, at=clock.of(request))
    endings.keep_this_one(request, request.user)
    return _on_to_codes(request)


@read_or_send
@never_cache
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New codes, to be kept elsewhere: shown until somebody says that they have them."""
    codes = _new_codes(request)
    if request.method == "POST":
        factors.say_kept(codes)
        del request.session[NEW_CODES]
        return redirect(door.wanted(request) or "account_factors")
    found: dict[str, Any] = {"codes": factors.codes_of(codes), "ahead": door.wanted(request)}
    return render(request, "account/recovery_codes.html", found)


@require_safe
@never_cache
def recovery_file(request: HttpRequest) -> HttpResponse:
    """The same as a text."""
    codes = _new_codes(request)
    context = {"codes": factors.codes_of(codes), "at": clock.of(request)}
    answer = render(
        request, "account/recovery_codes.txt", context, content_type="text/plain; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
    return answer


def _new_codes(request: HttpRequest) -> Authenticator:
    """Codes are shown to the session that made them, and once they are kept no more."""
    codes = factors.of(request.user).codes
    if codes is None or request.session.get(NEW_CODES) != codes.pk:
        raise Http404
    return codes
