"""Showing who it is: a second factor at sign-in, a passkey alone, and once more before a change."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.stagekit import get_pending_stage
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from allauth.mfa.stages import AuthenticateStage
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from partnership.accounts import door, factors, passkeys, proof, services
from partnership.accounts.forms import FactorForm, MailedCodeForm, OwnPasswordForm
from partnership.accounts.models import MailedCode, User
from partnership.accounts.services import Errand
from partnership.accounts.views.parts import MANY, for_visitors, page, read_or_send, sent
from partnership.lib import clock
from partnership.lib.errors import Refusal

PROVE = MailedCode.Purpose.PROVE


@sensitive_post_parameters("code", "credential")
@read_or_send
@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login")
def second_factor(request: HttpRequest) -> HttpResponse:
    """Whoever has a factor is asked for it, however they came so far."""
    stage = request._login_stage
    person = stage.login.user
    form, told = FactorForm(sent(request) if "code" in request.POST else None), ""
    try:
        if (kind := _shown(request, person, form)) is not None:
            proof.remember(request, person, proof.FACTOR, type=kind)
            return stage.exit()
    except Refusal as refusal:
        told = str(refusal)
    context = {"told": told, "factors": factors.of(person)}
    return page(request, "account/second_factor.html", form=form, **context)


def _shown(request: HttpRequest, person: User, form: FactorForm) -> str | None:
    """The kind of factor that was shown with this request, if it is right."""
    if request.method != "POST":
        return None
    if "credential" in request.POST:
        return passkeys.shown(request.POST["credential"], person).type
    if not form.is_valid():
        return None
    return factors.try_code(person, form.cleaned_data["code"], at=clock.of(request)).type


@require_POST
@never_cache
def passkey_question(request: HttpRequest) -> HttpResponse:
    """For the script: what the browser asks its keys, of whoever is known so far."""
    if not ratelimit.consume(request, action="passkey"):
        return JsonResponse({"detail": str(MANY)}, status=429)
    stage = get_pending_stage(request)
    person = stage.login.user if stage is not None else None
    if request.user.is_authenticated:
        person = request.user
    return JsonResponse(passkeys.ask(person))


@require_POST
@for_visitors
def passkey(request: HttpRequest) -> HttpResponse:
    """A passkey signs in by itself: who has it has also shown a finger or typed a number."""
    if not ratelimit.consume(request, action="passkey"):
        return _not_in(request, str(MANY), status=429)
    try:
        found = passkeys.shown(request.POST.get("credential", ""))
    except Refusal as refusal:
        return _not_in(request, str(refusal))
    person = found.user
    proof.remember(request, person, proof.FACTOR, type=found.type, passwordless=True)
    request.session.set_expiry(0)
    return perform_login(request, person, redirect_url=door.wanted(request) or None)


def _not_in(request: HttpRequest, told: str, *, status: int = 200) -> HttpResponse:
    form = FactorForm()
    return page(request, "account/passkey_failed.html", form=form, told=told, status=status)


# --- Once more, before a change ---------------------------------------------------------


@sensitive_post_parameters("code", "credential", "password")
@read_or_send
@never_cache
def prove(request: HttpRequest) -> HttpResponse:
    """Who sits here? By a factor; without one by password or by a code to the main address."""
    ahead, way, told = door.waiting_for(request, PROVE).ahead, _way(request), ""
    form = FORMS[way](sent(request) if request.method == "POST" and not _asks(request) else None)
    try:
        if method := WAYS[way](request, form):
            proof.remember(request, request.user, method)
            door.leave(request, PROVE)
            return redirect(ahead or "account_mine")
    except (Refusal, ValidationError) as refusal:
        told = " ".join(getattr(refusal, "messages", [str(refusal)]))
    context = {"told": told, "way": way, "ahead": ahead, "factors": factors.of(request.user)}
    context["code"] = door.waiting_for(request, PROVE).code
    return page(request, "account/prove.html", form=form, **context)


def _asks(request: HttpRequest) -> bool:
    return "mail" in request.POST


def _way(request: HttpRequest) -> str:
    if factors.has_one(request.user):
        return "factor"
    return "password" if request.user.has_usable_password() else "mail"


def _by_factor(request: HttpRequest, form: Any) -> str:
    return proof.FACTOR if _shown(request, request.user, form) else ""


def _by_password(request: HttpRequest, form: Any) -> str:
    if request.method != "POST" or not form.is_valid():
        return ""
    # Tries are counted with those of signing in.
    is_right = get_adapter().reauthenticate(request.user, form.cleaned_data["password"])
    if not is_right:
        form.add_error("password", _("This is not your password."))
    return "password" if is_right else ""


def _by_mail(request: HttpRequest, form: Any) -> str:
    if request.method != "POST":
        return ""
    waiting, at = door.waiting_for(request, PROVE), clock.of(request)
    if _asks(request):
        person = request.user
        asker = door.asker(request, person.email)
        errand = Errand(PROVE, person)
        code = services.mail_code(
            person.email, at=at, waiting=waiting.code, asker=asker, errand=errand
        )
        door.wait(request, code, waiting.ahead)
        return ""
    if waiting.code is None or not form.is_valid():
        return ""
    services.try_code(waiting.code, form.cleaned_data["code"], at=at)
    return "code"


WAYS = {"factor": _by_factor, "password": _by_password, "mail": _by_mail}
FORMS = {"factor": FactorForm, "password": OwnPasswordForm, "mail": MailedCodeForm}
