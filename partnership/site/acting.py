"""Looking at the site as somebody else, to help them: for half an hour, and only to read.

The administrator's own session remembers whom it looks as, so that it ends with it. Nothing that a
page would note of its reader stays: each answer is made in a transaction that is taken back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import InterfaceError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partnership.accounts.models import PRIVILEGED, Role, User
from partnership.accounts.sessions import HERE
from partnership.audit import services as audit
from partnership.lib import clock
from partnership.lib.errors import Refusal
from partnership.lib.languages import KEPT_IN
from partnership.members.people.queries import people
from partnership.members.roles import roles_of
from partnership.site import errors

KEY = "acting_as"
LASTS = timedelta(minutes=30)
# How somebody signs in, what they answered, and the tables of the admin.
CLOSED = ("/account/", "/courses/attempts/", "/api/v1/attempts/", "/admin/")
# What a device would keep for the person whom a page names.
KEPT = ("Keep-For", "Keep-Version", KEPT_IN)


class NotToBeActedAs(Refusal):
    """One's own account, a closed one, or somebody who can harm others."""

    code = "not_to_be_acted_as"


@dataclass(frozen=True)
class Acting:
    """Who looks at the site as whom, and until when."""

    by: User
    person: User
    until: datetime


def start(request: HttpRequest, person: User, *, at: datetime) -> None:
    """From the next page on, this session reads as the person would."""
    if person == request.user or not _may_be(person, at):
        raise NotToBeActedAs(
            _("Nobody looks as a closed account, as themselves, or as somebody with a staff role.")
        )
    request.session[KEY] = {"person": str(person.uuid), "since": at.isoformat()}
    audit.record("act_as.start", at=at, request=request, of=("person", str(person.uuid)))


def stop(request: HttpRequest, *, at: datetime) -> str:
    """Back to the own account; says whose it was. Nothing where it is over already."""
    kept = request.session.pop(KEY, None)
    if kept is None:
        return ""
    audit.record("act_as.stop", at=at, request=request, of=("person", kept["person"]))
    return str(kept["person"])


def _may_be(person: User, at: datetime) -> bool:
    return person.is_active and not PRIVILEGED & roles_of(person, at)


class ActAs:
    """Puts the person in the place of the administrator, before anybody asks for roles."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        acting = _acting(request)
        if acting is None:
            return self.get_response(request)
        request.user = acting.person
        request.acting = acting  # type: ignore[attr-defined]
        if request.method not in ("GET", "HEAD") or request.path.startswith(CLOSED):
            response = _refused(request)
        else:
            with transaction.atomic():
                response = self.get_response(request)
                transaction.set_rollback(True)
        _note(request, acting, response)
        return _kept_nowhere(response, acting)


def _acting(request: HttpRequest) -> Acting | None:
    """Whom this session looks as. What is over is forgotten, and said."""
    own = (reverse("site:stop-acting"), reverse("account_logout"))
    is_quiet = request.path in own or request.path.startswith("/health/")
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or is_quiet:
        return None
    try:
        kept = request.session.get(KEY)
        return _still(request, kept) if kept and request.user.is_authenticated else None
    except (OperationalError, InterfaceError):
        # The page may not need the database; if it does, it says so itself.
        return None


def _still(request: HttpRequest, kept: dict[str, Any]) -> Acting | None:
    at, by = clock.of(request), request.user
    until = datetime.fromisoformat(kept["since"]) + LASTS
    person = User.objects.filter(uuid=kept["person"]).first()
    may = Role.ADMINISTRATOR in roles_of(by, at)
    if person is not None and may and at < until and _may_be(person, at):
        return Acting(by, person, until)  # type: ignore[arg-type]
    del request.session[KEY]
    audit.record("act_as.over", at=at, by=by, of=("person", kept["person"]))
    messages.info(request, _("You look at the site as yourself again: the half hour is over."))
    return None


def _refused(request: HttpRequest) -> HttpResponse:
    sentence = _(
        "While you look at the site as somebody else, nothing can be sent; how they sign in and "
        "what they answered stays closed. Stop first."
    )
    return errors.page(request, 403, _("Only to be read"), sentence)


def _note(request: HttpRequest, acting: Acting, response: HttpResponse) -> None:
    """Each page that was read: by whom, as whom."""
    match = request.resolver_match
    told = {"route": match.view_name if match else request.path[:120], "sent": request.method}
    audit.record(
        "act_as.page",
        at=clock.of(request),
        by=acting.by,
        of=("person", str(acting.person.uuid)),
        changes={**told, "status": response.status_code},
    )


def _kept_nowhere(response: HttpResponse, acting: Acting) -> HttpResponse:
    """This device is not the person's: no page of theirs stays on it, and no cookie."""
    response["Cache-Control"] = "no-store"
    for name in KEPT:
        del response[name]
    here = response.cookies.get(HERE)
    if here is not None and here.value == str(acting.person.uuid):
        del response.cookies[HERE]
    return response


@require_POST
def act_as(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Begin to look at the site as somebody."""
    sees_all = Role.ADMINISTRATOR in request.roles  # type: ignore[attr-defined]
    person = get_object_or_404(people(sees_all=sees_all), uuid=uuid)
    start(request, person, at=clock.of(request))
    return redirect("site:home")


@require_POST
def stop_acting(request: HttpRequest) -> HttpResponse:
    """Look at the site as oneself again."""
    was = stop(request, at=clock.of(request))
    return redirect("people:person", was) if was else redirect("people:list")
