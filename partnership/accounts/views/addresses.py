"""My mail addresses, and the link by which somebody says "this was not me"."""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from partnership.accounts import addresses, door, proof, services
from partnership.accounts.forms import MailedCodeForm, NewAddressForm
from partnership.accounts.models import MailedCode
from partnership.accounts.views.parts import MANY, page, read_or_send, sent
from partnership.lib import clock
from partnership.lib.errors import Refusal

ADDRESS = MailedCode.Purpose.ADDRESS


@read_or_send
@never_cache
@proof.freshly("account_addresses")
def overview(request: HttpRequest) -> HttpResponse:
    """All of mine, and one more: a code goes to it."""
    form, told, status = NewAddressForm(sent(request)), "", 200
    if request.method == "POST" and form.is_valid():
        email, at = form.cleaned_data["email"], clock.of(request)
        waiting = door.waiting_for(request, ADDRESS).code
        try:
            if ratelimit.consume(request, action="mail_code"):
                asker = door.asker(request, email)
                code = addresses.ask(request.user, email, at=at, waiting=waiting, asker=asker)
                door.wait(request, code, "")
                return redirect("account_confirm_address")
            told, status = str(MANY), 429
        except Refusal as refusal:
            told = str(refusal)
    own = addresses.of(request.user)
    return page(
        request, "account/addresses.html", form=form, told=told, status=status, addresses=own
    )


@sensitive_post_parameters("code")
@read_or_send
@never_cache
def confirm(request: HttpRequest) -> HttpResponse:
    """The code from the new mailbox adds the address."""
    code, form, told = door.waiting_for(request, ADDRESS).code, MailedCodeForm(sent(request)), ""
    if code is None:
        return redirect("account_addresses")
    if request.method == "POST" and form.is_valid():
        at = clock.of(request)
        try:
            services.try_code(code, form.cleaned_data["code"], at=at)
            addresses.add(code, at=at)
        except Refusal as refusal:
            told = str(refusal)
        else:
            door.leave(request, ADDRESS)
            messages.success(request, _("%s is one of your addresses now.") % code.email)
            return redirect("account_addresses")
    return page(request, "account/confirm_address.html", form=form, code=code, told=told)


@require_POST
@proof.freshly("account_addresses")
def make_primary(request: HttpRequest) -> HttpResponse:
    """Mail of the site goes to this one."""
    email = request.POST.get("email", "")
    return _tell(request, addresses.make_primary, email, _("%s is your main address now."))


@require_POST
@proof.freshly("account_addresses")
def remove(request: HttpRequest) -> HttpResponse:
    return _tell(request, addresses.remove, request.POST.get("email", ""), _("%s is removed."))


def _tell(request: HttpRequest, act, email: str, done: str) -> HttpResponse:
    try:
        act(request.user, email, at=clock.of(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done % email)
    return redirect("account_addresses")


@read_or_send
@never_cache
def undo(request: HttpRequest, token: str) -> HttpResponse:
    """ "This was not me", from an address that was there before. The button does it."""
    at = clock.of(request)
    try:
        change = addresses.change_of_link(token, at=at)
        if request.method == "POST":
            addresses.undo(change, at=at)
            messages.success(request, _("It is as before. Sign in with a mailed code."))
            return redirect("account_mail_code")
    except Refusal as refusal:
        return page(request, "account/undo_address.html", form=MailedCodeForm(), told=str(refusal))
    return page(request, "account/undo_address.html", form=MailedCodeForm(), change=change)


@require_POST
def not_now(request: HttpRequest) -> HttpResponse:
    """The site does not ask for a private address again."""
    addresses.do_not_ask_again(request.user, at=clock.of(request))
    return redirect("account_mine")
