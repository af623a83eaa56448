"""My only mailbox is lost. Whatever is typed, the pages answer the same."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters

from partnership.accounts import door, recovering, services
from partnership.accounts.forms import LostMailboxForm, MailedCodeForm
from partnership.accounts.recovering import VOUCH
from partnership.accounts.views.parts import MANY, for_visitors, page, read_or_send, sent
from partnership.lib import clock
from partnership.lib.errors import Refusal

LOST = "lost mailbox"


@read_or_send
@for_visitors
def lost(request: HttpRequest) -> HttpResponse:
    """Both addresses; a code goes to the new one."""
    form, told = LostMailboxForm(sent(request)), ""
    if request.method != "POST" or not form.is_valid():
        return page(request, "account/mailbox_lost.html", form=form)
    email, at = form.cleaned_data["email"], clock.of(request)
    waiting = door.waiting_for(request, VOUCH).code
    try:
        if ratelimit.consume(request, action="mail_code"):
            asker = door.asker(request, email)
            code = recovering.mail(email, at=at, waiting=waiting, asker=asker)
            door.wait(request, code, "")
            request.session[LOST] = form.cleaned_data["lost"]
            return redirect("account_mailbox_code")
        told = str(MANY)
    except services.TooManyCodes as refusal:
        told = str(refusal)
    return page(request, "account/mailbox_lost.html", form=form, told=told, status=429)


@sensitive_post_parameters("code")
@read_or_send
@for_visitors
def enter_code(request: HttpRequest) -> HttpResponse:
    """The code from the new mailbox sends the request off."""
    code, form, told = door.waiting_for(request, VOUCH).code, MailedCodeForm(sent(request)), ""
    known = request.session.get(LOST)
    if code is None or known is None:
        return redirect("account_mailbox_lost")
    if request.method == "POST" and form.is_valid():
        at = clock.of(request)
        try:
            if not ratelimit.consume(request, action="wrong_code", dry_run=True):
                return page(
                    request,
                    "account/mailbox_code.html",
                    form=form,
                    code=code,
                    told=MANY,
                    status=429,
                )
            services.try_code(code, form.cleaned_data["code"], at=at)
            recovering.ask(code, known, at=at)
        except Refusal as refusal:
            ratelimit.consume(request, action="wrong_code")
            told = str(refusal)
        else:
            door.leave(request, VOUCH)
            del request.session[LOST]
            return redirect("account_mailbox_asked")
    return page(request, "account/mailbox_code.html", form=form, code=code, told=told)


@read_or_send
@for_visitors
def asked(request: HttpRequest) -> HttpResponse:
    """What happens now. It says nothing of whom it is about."""
    return page(request, "account/mailbox_asked.html", form=MailedCodeForm())
