"""My tokens for programs: what there is, one more, and an end to one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from partnership.accounts import proof, tokens
from partnership.accounts.forms import TokenForm
from partnership.accounts.models import ApiToken, Scope
from partnership.accounts.sealing import BrokenSeal, seal, unseal
from partnership.accounts.views.parts import page, read_or_send, sent
from partnership.lib import clock
from partnership.lib.errors import Refusal

# In the session, sealed: the token that was made a moment ago, until it is shown.
NEW = "new_token"


@read_or_send
@never_cache
@proof.freshly("account_tokens")
def overview(request: HttpRequest) -> HttpResponse:
    """All of mine, and one more. Its text is shown on the next page, and never again."""
    form, told, at = TokenForm(sent(request)), "", clock.of(request)
    if request.method == "POST" and form.is_valid():
        try:
            _token, text = tokens.make(request.user, tokens.Wish(**form.cleaned_data), at=at)
            request.session[NEW] = seal(text)
            return redirect("account_tokens")
        except Refusal as refusal:
            told = str(refusal)
    names = dict(Scope.choices)
    found = [
        (row, [names[scope] for scope in names if scope in row.granted], _state(row, at))
        for row in tokens.of(request.user)
    ]
    new = _new(request) if request.method == "GET" else ""
    return page(request, "account/tokens.html", form=form, told=told, tokens=found, new=new)


def _new(request: HttpRequest) -> str:
    try:
        return unseal(request.session.pop(NEW)) if NEW in request.session else ""
    except BrokenSeal:
        return ""


def _state(token: ApiToken, at) -> str:
    """Why it no longer works; nothing said of one that does."""
    if token.revoked_at is not None:
        return _("revoked")
    if token.is_over(at):
        return _("too old")
    return _("ended with your sessions") if token.is_ended else ""


@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """Without a look at who sits here: whoever fears for a token must not wait."""
    try:
        uuid = UUID(request.POST.get("row", ""))
    except ValueError:
        raise Http404 from None
    token = get_object_or_404(ApiToken.objects.of(request.user), uuid=uuid)
    tokens.revoke(token, at=clock.of(request))
    messages.success(request, _("The token “%s” no longer works.") % token.name)
    return redirect("account_tokens")
