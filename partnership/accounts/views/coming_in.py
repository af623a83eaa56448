"""Coming in with a mailed code, for the first time or again. Only what is sent changes anything:
whatever opens these pages, a mail scanner too, uses nothing up.
"""

from __future__ import annotations

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from partnership.accounts import door, proof, services
from partnership.accounts.door import Door
from partnership.accounts.forms import AddressForm, CodeForm, NameForm, SignUpForm
from partnership.accounts.models import MailedCode
from partnership.accounts.queries import full_until
from partnership.accounts.views.parts import MANY, for_visitors, page, read_or_send, sent
from partnership.lib import clock
from partnership.lib.api import is_api, problem
from partnership.lib.errors import Refusal


@read_or_send
@for_visitors
def sign_up(request: HttpRequest) -> HttpResponse:
    """A name and an address; the code that is mailed there makes the account."""
    form = SignUpForm(sent(request))
    if request.method == "POST" and form.is_valid():
        return _mail(request, form, "account/sign_up.html", **form.cleaned_data)
    return page(request, "account/sign_up.html", form=form)


@read_or_send
@for_visitors
def mail_code(request: HttpRequest) -> HttpResponse:
    """An address; the code that is mailed there signs in."""
    form = AddressForm(sent(request))
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["login"]
        return _mail(request, form, "account/mail_code.html", email=email)
    return page(request, "account/mail_code.html", form=form)


def _mail(request: HttpRequest, form, template: str, email: str, name: str = "") -> HttpResponse:
    """Mail a code and wait for it. Sent twice within a minute, it is mailed once."""
    waiting, at = door.at_the(request).code, clock.of(request)
    if not ratelimit.consume(request, action="mail_code"):
        return page(request, template, status=429, form=form, told=MANY)
    try:
        asker = door.asker(request, email)
        code = services.mail_code(email, name=name, at=at, waiting=waiting, asker=asker)
    except services.TooManyCodes as refusal:
        return page(request, template, status=429, form=form, told=str(refusal))
    door.wait(request, code, door.wanted(request))
    if is_api(request):
        return JsonResponse({"detail": _("A code is on its way to %s.") % code.email})
    return redirect("account_enter_code")


@require_POST
@for_visitors
def new_code(request: HttpRequest) -> HttpResponse:
    """Mail it once more, or another one if it is over."""
    found = door.at_the(request)
    if found.code is not None:
        if not ratelimit.consume(request, action="mail_code"):
            return _code_page(request, found, CodeForm(), told=MANY, status=429)
        try:
            asker = door.asker(request, found.code.email)
            code = services.mail_again(found.code, at=clock.of(request), asker=asker)
        except services.TooManyCodes:
            return redirect("account_enter_code")  # which says when again
        if code.sent_at < clock.of(request):
            messages.info(request, _("It was mailed less than a minute ago: look once more."))
        elif code.sends > 1:
            messages.success(request, _("The code was mailed once more. It is the same one."))
        else:
            messages.success(request, _("A new code was mailed. The one before no longer works."))
        door.wait(request, code, found.ahead)
    return redirect("account_enter_code")


@sensitive_post_parameters("code")
@read_or_send
@for_visitors
def enter_code(request: HttpRequest) -> HttpResponse:
    """The code from the mail. The right one lets its reader in."""
    found, form = door.at_the(request), CodeForm(sent(request))
    if found.code is None or found.code.used_at is not None:
        return _nothing_to_wait_for(request, found)
    if request.method != "POST" or not form.is_valid():
        return _code_page(request, found, form)
    if not ratelimit.consume(request, action="wrong_code", dry_run=True):
        return _code_page(request, found, CodeForm(), told=MANY, status=429)
    try:
        services.try_code(found.code, form.cleaned_data["code"], at=clock.of(request))
    except Refusal as refusal:
        ratelimit.consume(request, action="wrong_code")
        if isinstance(refusal, services.CodeWrong):
            form.add_error("code", str(refusal))
            return _code_page(request, found, form)
        return _code_page(request, found, CodeForm(), told=str(refusal))
    return _let_in(request, found, remember=form.cleaned_data["remember"])


def _nothing_to_wait_for(request: HttpRequest, found: Door) -> HttpResponse:
    if is_api(request):
        return JsonResponse(problem("no_code", _("Ask for a code first.")), status=409)
    if found.code is not None:
        return redirect("account_give_name")
    return page(request, "account/no_code.html", form=AddressForm())


def _code_page(
    request: HttpRequest, found: Door, form: CodeForm, *, told: str = "", status: int = 200
) -> HttpResponse:
    """Everything that can be so with a code that was mailed, and what to do then."""
    at, code = clock.of(request), found.code
    context = {
        "form": form,
        "code": code,
        "is_open": MailedCode.objects.filter(pk=code.pk).open(at).exists(),
        "full_until": full_until(code.email, at, door.asker(request, code.email)),
        "ahead": found.ahead,
        "told": told,
        "at": at,
    }
    return page(request, "account/enter_code.html", status=status, **context)


@read_or_send
@for_visitors
def give_name(request: HttpRequest) -> HttpResponse:
    """The address is proved and has no account: with a name it gets one."""
    found, form = door.at_the(request), NameForm(sent(request))
    if found.code is None or found.code.used_at is None:
        return redirect("account_enter_code")
    if request.method == "POST" and form.is_valid():
        return _let_in(request, found, name=form.cleaned_data["name"])
    return page(request, "account/give_name.html", form=form, code=found.code, ahead=found.ahead)


def _let_in(
    request: HttpRequest, found: Door, *, name: str = "", remember: bool | None = None
) -> HttpResponse:
    """Sign in whoever proved the address, under a new session key, and lead them on."""
    if remember is not None:
        request.session["remember"] = remember
    try:
        person, is_new = services.come_in(found.code, name=name, at=clock.of(request))
    except Refusal as refusal:
        return _not_in(request, refusal)
    door.leave(request)
    is_kept = request.session.pop("remember", False)
    proof.remember(request, person, "code")
    answer = perform_login(request, person, redirect_url=found.leads_to, email=found.code.email)
    request.session.set_expiry(settings.SESSION_COOKIE_AGE if is_kept else 0)
    if is_new:
        messages.success(request, _("Welcome. Your account is made, and it is yours for good."))
    if not is_api(request):
        return answer
    if not request.user.is_authenticated:
        more = _(
            "One thing more: your second factor. Sign in on a page of its own, then go on here."
        )
        return JsonResponse(problem("second_factor", more), status=409)
    told = JsonResponse({"detail": _("You are signed in.")})
    told.cookies.update(answer.cookies)
    return told


def _not_in(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The address is proved, and its person cannot be let in, or not yet."""
    if is_api(request):
        return JsonResponse(problem(refusal.code, str(refusal)), status=409)
    if isinstance(refusal, services.NameNeeded):
        return redirect("account_give_name")
    door.leave(request)
    messages.error(request, str(refusal))
    return redirect("account_login")
