"""One person as the secretariat sees them: who it is, and what was done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from partnership.accounts import factors
from partnership.accounts.models import PRIVILEGED, RoleGrant, SignIn, User
from partnership.accounts.profiles import posts as posts_of
from partnership.audit.models import AuditEntry
from partnership.lib import clock
from partnership.mail.models import OutboxMessage
from partnership.members.models import FocalTerm
from partnership.members.people.views.door import everybody
from partnership.members.roles import roles_of
from partnership.members.services import posts
from partnership.members.views import doors

RECENT = 50


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Addresses, posts, roles and history; sent to, a post is ended or put back."""
    found = get_object_or_404(everybody(request), uuid=uuid)
    if request.method == "POST":
        messages.success(request, _change_post(request, found))
        return redirect("people:person", found.uuid)
    at = clock.of(request)
    lines = list(posts_of(found))
    _mark(lines, at)
    roles = roles_of(found, at)
    context = {
        "person": found,
        "addresses": _addresses(found),
        "posts": lines,
        "grants": RoleGrant.objects.filter(person=found).order_by("-begins_on", "pk"),
        "terms": FocalTerm.objects.filter(person=found).select_related("country", "institution"),
        "sessions": SignIn.objects.of(found).count(),
        "factors": factors.of(found),
        "training": _training(found),
        "history": _history(found, lines),
        "is_self": found == request.user,
        "may_act_as": found.is_active and found != request.user and not PRIVILEGED & roles,
        "day": at.date(),
    }
    return render(request, "members/desk/people/person.html", context)


def _addresses(person: User) -> list[Any]:
    """Theirs, the primary one first; the account's own where none was ever confirmed."""
    lost = OutboxMessage.objects.filter(state=OutboxMessage.State.BOUNCED, to=OuterRef("email"))
    lost = lost.order_by("-pk")
    rows = EmailAddress.objects.filter(user=person).order_by("-primary", "pk")
    # Why mail came back from there, as long as the outbox still knows the address.
    said = {
        "lost": Subquery(lost.values("error")[:1]),
        "lost_on": Subquery(lost.values("handed_over_at")[:1]),
    }
    return list(rows.annotate(**said)) or [
        EmailAddress(email=person.email, verified=False, primary=True)
    ]


def _training(person: Any) -> dict[str, int]:
    """How much there is. Training is a subject above this one, which hangs its rows on a person."""
    return {"courses": person.enrolments.count(), "certificates": person.certificates.count()}


def _change_post(request: HttpRequest, person: User) -> str:
    post = get_object_or_404(posts_of(person), pk=doors.number_sent(request))
    at = clock.of(request)
    if request.POST.get("do") == "undo":
        leaving = get_object_or_404(post.leavings.filter(undone_at__isnull=True))
        posts.undo_end(leaving, by=request.user, at=at)
        return _("The post is as it was.")
    posts.end_post(post, last_day=doors.day_sent(request), by=request.user, at=at)
    return _("The post is ended. It can be put back for seven days.")


def _mark(lines: list[Any], at: Any) -> None:
    """Which posts are over, and which ends can be put back."""
    undoable = posts.undoable(lines, at)
    for line in lines:
        line.is_over = line.ends_on is not None and line.ends_on < at.date()
        line.can_undo = line.pk in undoable


def _history(person: User, lines: list[Any]) -> list[AuditEntry]:
    """What was done by this person or to them and their posts, newest first."""
    key = str(person.uuid)
    to_them = Q(kind__in=["person", "user"], key=key)
    to_posts = Q(kind="affiliation", key__in=[str(line.pk) for line in lines])
    rows = list(AuditEntry.objects.filter(Q(actor=key) | to_them | to_posts)[:RECENT])
    actors = {row.actor for row in rows if row.actor}
    names = {str(one.uuid): one for one in User.objects.filter(uuid__in=actors)}
    for row in rows:
        row.who = names.get(row.actor)
    return rows
