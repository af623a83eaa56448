"""Coming in by an invitation. Opening its page uses nothing up; only the button does."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from partnership.accounts.endings import keep_this_one
from partnership.accounts.models import Role
from partnership.accounts.queries import owner_of
from partnership.lib import clock
from partnership.lib.errors import Refusal
from partnership.members import links
from partnership.members.desk_forms import AcceptForm, CodeForm
from partnership.members.models import Invitation
from partnership.members.refusals import InviterGone
from partnership.members.services import accepting, invitations

read_or_send = require_http_methods(["GET", "HEAD", "POST"])


@sensitive_post_parameters("code")
@never_cache
@read_or_send
def enter_code(request: HttpRequest) -> HttpResponse:
    """For those whose link does not work: the address and the six digits lead to the same page."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="wrong_code", dry_run=True):
            form.add_error("code", _("Very many codes were tried from your network. Try later."))
            status = 429
        else:
            try:
                found = invitations.try_code(
                    form.cleaned_data["email"], form.cleaned_data["code"], at=clock.of(request)
                )
                return redirect("members:invitation", links.token_of(found.uuid, links.MAILED))
            except Refusal as refusal:
                ratelimit.consume(request, action="wrong_code")
                form.add_error("code", str(refusal))
    return render(request, "account/invitation_code.html", {"form": form}, status=status)


@sensitive_variables("token")
@never_cache
@read_or_send
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What is offered and by whom; what was used or is over explains itself."""
    row, is_proof = _named(token)
    at = clock.of(request)
    if request.method == "POST":
        return _accept(request, row, token, is_proof=is_proof)
    if row.by_id != request.user.pk:
        invitations.mark_opened(row, at=at)
    return _page(request, row, token, AcceptForm(initial={"name": row.name}), is_proof=is_proof)


@never_cache
@require_POST
def new_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Mail it again to the address that was invited, without help from anybody."""
    row, _is_proof = _named(token)
    if not ratelimit.consume(request, action="mail_code"):
        messages.error(request, _("Very many mails were asked for from your network. Try later."))
        return redirect("members:invitation", token)
    try:
        invitations.send_again(row, at=clock.of(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("A new mail is on its way to the address that was invited."))
    return redirect("members:invitation", token)


def _named(token: str) -> tuple[Invitation, bool]:
    """The invitation that a link names, and whether the link came by mail."""
    hashed = links.hash_of(token)
    rows = Invitation.objects.select_related("country", "institution", "by")
    if row := rows.filter(mailed_hash=hashed).first():
        return row, True
    if row := rows.filter(shown_hash=hashed).first():
        return row, False
    raise Http404


def _page(
    request: HttpRequest, row: Invitation, token: str, form: Any, *, is_proof: bool
) -> HttpResponse:
    at = clock.of(request)
    is_open = Invitation.objects.open(at).filter(pk=row.pk).exists()
    gone = ""
    if is_open:
        try:
            invitations.refuse_without_inviter(row, at)
        except InviterGone as refusal:
            gone = str(refusal)
    is_in = request.user.is_authenticated
    # Who has the address is told only to those who came by its mail.
    owner = owner_of(row.email) if is_proof and is_open else None
    context = {
        "row": row,
        "token": token,
        "form": form,
        "is_proof": is_proof,
        "is_open": is_open and not gone,
        "over": gone or ("" if is_open else str(accepting.over(row, at))),
        "can_ask_anew": not gone and not row.used_at and not row.withdrawn_at,
        "role_name": Role(row.role).label,
        "has_account": owner is not None,
        "is_own_address": is_in and _is_own(request, row.email),
        "can_add": is_in and is_proof and owner is None,
        "ahead": reverse("members:invitation", args=[token]),
    }
    status = 200 if is_open and not gone else 410
    return render(request, "account/invitation.html", context, status=status)


def _is_own(request: HttpRequest, email: str) -> bool:
    if request.user.email.lower() == email:
        return True
    return EmailAddress.objects.filter(user=request.user, email=email, verified=True).exists()


def _accept(request: HttpRequest, row: Invitation, token: str, *, is_proof: bool) -> HttpResponse:
    """Use it. A new account is signed in; one that was there only gains what was offered."""
    is_in = request.user.is_authenticated
    form = AcceptForm(request.POST)
    name = form.cleaned_data.get("name", "") if form.is_valid() else ""
    try:
        done = accepting.accept(
            row,
            at=clock.of(request),
            is_proof=is_proof,
            by=request.user if is_in else None,
            name=name,
            adds_address=bool(request.POST.get("adds_address")),
        )
    except Refusal as refusal:
        return _refused(request, row, token, form, refusal, is_proof=is_proof)
    place = row.place or Role(row.role).label
    if done.is_new:
        messages.success(request, _("Welcome. Your account is made: %s.") % place)
        return perform_login(
            request, done.person, redirect_url=reverse("site:home"), email=row.email
        )
    messages.success(request, _("It is added to your account: %s.") % place)
    if is_in:
        # With a role every session ends; the one in which it was accepted goes on.
        keep_this_one(request, done.person)
        return redirect("members:ask-to-join" if row.place else "account_mine")
    messages.info(request, _("You have an account with this address: sign in as always."))
    return redirect("account_login")


def _refused(
    request: HttpRequest,
    row: Invitation,
    token: str,
    form: Any,
    refusal: Refusal,
    *,
    is_proof: bool,
) -> HttpResponse:
    row.refresh_from_db()
    if refusal.code == "sign_in_needed":
        ahead = reverse("members:invitation", args=[token])
        return redirect(f"{reverse('account_login')}?next={ahead}")
    if refusal.code != "name_needed":
        messages.error(request, str(refusal))
        return _page(request, row, token, AcceptForm(), is_proof=is_proof)
    return _page(request, row, token, form, is_proof=is_proof)
