"""Passwords: set, changed, removed, and set anew by who lost one. Nobody needs one."""

from __future__ import annotations

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from partnership.accounts import door, endings, passwords, proof, services
from partnership.accounts.forms import AddressForm, MailedCodeForm, NewPasswordForm
from partnership.accounts.models import MailedCode, User
from partnership.accounts.services import Errand
from partnership.accounts.views.parts import MANY, for_visitors, page, read_or_send, sent
from partnership.lib import clock
from partnership.lib.errors import Refusal

PASSWORD = MailedCode.Purpose.PASSWORD


@sensitive_post_parameters("new_password")
@read_or_send
@never_cache
@proof.freshly("account_set_password")
def set_own(request: HttpRequest) -> HttpResponse:
    """A first one, or another one. Elsewhere it signs me out."""
    form = NewPasswordForm(sent(request), person=request.user)
    if request.method == "POST" and form.is_valid():
        at = clock.of(request)
        passwords.set_password(request.user, form.cleaned_data["new_password"], at=at)
        endings.keep_this_one(request, request.user)
        messages.success(request, _("The password is set. All other browsers are signed out."))
        return redirect("account_mine")
    return page(request, "account/set_password.html", form=form)


@require_POST
@proof.freshly("account_set_password")
def remove_own(request: HttpRequest) -> HttpResponse:
    """From now on without one."""
    passwords.remove_password(request.user, at=clock.of(request))
    endings.keep_this_one(request, request.user)
    messages.success(request, _("You have no password any more, and need none."))
    return redirect("account_mine")


@read_or_send
@for_visitors
def lost(request: HttpRequest) -> HttpResponse:
    """Mail a code and a link to an address, whoever is behind it."""
    form = AddressForm(sent(request))
    if request.method != "POST" or not form.is_valid():
        return page(request, "account/password_lost.html", form=form)
    email, at = form.cleaned_data["login"], clock.of(request)
    waiting = door.waiting_for(request, PASSWORD).code
    try:
        if not ratelimit.consume(request, action="mail_code"):
            return page(request, "account/password_lost.html", form=form, told=MANY, status=429)
        asker, errand = door.asker(request, email), Errand(PASSWORD)
        code = services.mail_code(email, at=at, waiting=waiting, asker=asker, errand=errand)
    except services.TooManyCodes as refusal:
        told = str(refusal)
        return page(request, "account/password_lost.html", form=form, told=told, status=429)
    door.wait(request, code, door.wanted(request))
    return redirect("account_password_code")


@sensitive_post_parameters("code")
@read_or_send
@for_visitors
def enter_code(request: HttpRequest) -> HttpResponse:
    """The code from the mail, in the browser that asked."""
    code, form = door.waiting_for(request, PASSWORD).code, MailedCodeForm(sent(request))
    if code is None:
        return redirect("account_password_lost")
    if code.used_at is not None:
        return redirect("account_password_new")
    told = ""
    if request.method == "POST" and form.is_valid():
        try:
            if not ratelimit.consume(request, action="wrong_code", dry_run=True):
                return page(request, "account/password_code.html", form=form, code=code, told=MANY)
            services.try_code(code, form.cleaned_data["code"], at=clock.of(request))
            return redirect("account_password_new")
        except Refusal as refusal:
            ratelimit.consume(request, action="wrong_code")
            told = str(refusal)
    return page(request, "account/password_code.html", form=form, code=code, told=told)


@sensitive_post_parameters("new_password")
@read_or_send
@for_visitors
def choose(request: HttpRequest) -> HttpResponse:
    """The code was right: now the password."""
    code = door.waiting_for(request, PASSWORD).code
    if code is None or code.used_at is None:
        return redirect("account_password_lost")
    try:
        person = passwords.whose(code)
        form = NewPasswordForm(sent(request), person=person)
        if request.method == "POST" and form.is_valid():
            new, at = form.cleaned_data["new_password"], clock.of(request)
            return _in(request, passwords.reset_by_code(code, new, at=at), code)
    except Refusal as refusal:
        return _refused(request, refusal)
    return page(request, "account/password_new.html", form=form, token="")


@sensitive_post_parameters("new_password")
@read_or_send
@for_visitors
def choose_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The mailed link, in whichever browser. Opening it uses nothing up; the button does."""
    try:
        code = passwords.code_of_link(token, at=clock.of(request))
        person = passwords.whose(code)
        form = NewPasswordForm(sent(request), person=person)
        if request.method == "POST" and form.is_valid():
            new, at = form.cleaned_data["new_password"], clock.of(request)
            return _in(request, passwords.reset_by_link(code, new, at=at), code)
    except Refusal as refusal:
        return _refused(request, refusal)
    return page(request, "account/password_new.html", form=form, token=token)


def _in(request: HttpRequest, person: User, code: MailedCode) -> HttpResponse:
    """Who read the mail and set the password is signed in; a second factor is asked for first."""
    found = door.waiting_for(request, PASSWORD)
    door.leave(request, PASSWORD)
    proof.remember(request, person, "code")
    messages.success(request, _("The new password is set. All other browsers are signed out."))
    request.session.set_expiry(0)
    return perform_login(request, person, redirect_url=found.leads_to, email=code.email)


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return page(request, "account/password_lost.html", form=AddressForm(), told=str(refusal))
