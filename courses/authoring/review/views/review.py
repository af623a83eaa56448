"""The draft with its readers: who was asked, what they said, who approves the text."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.authoring import queries as outlines
from courses.authoring.review import queries
from courses.authoring.review.forms import ActForm, AskForm
from courses.authoring.review.models import Review
from courses.authoring.review.services import approving, reviewing
from courses.authoring.review.views import comments
from courses.authoring.review.views.doors import (
    Reading,
    about_reading,
    keeps_words,
    reading_or_404,
    writing_or_404,
)
from partnership.accounts.models import Role, User
from partnership.lib import clock
from partnership.lib.errors import Refusal
from partnership.lib.forms import cleaned_or_refuse


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """The drafts that this person was asked to read."""
    rows = list(queries.asked_of(request.user)[: queries.MOST_COLLEAGUES])
    return render(request, "courses/authoring/review/asked.html", {"reviews": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_words
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """All about one draft; a comment made here is on the draft as a whole."""
    found = reading_or_404(request, slug)
    kept: dict[str, Any] = {}
    if request.method == "POST":
        posted = cleaned_or_refuse(ActForm(request.POST))
        try:
            ACTS.get(posted["act"], _commented)(request, found, posted)
            return redirect("courses:draft-review", slug)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            kept = posted
    status = 409 if kept else 200
    context = _shown(request, found, kept)
    return render(request, "courses/authoring/review/review.html", context, status=status)


def _shown(request: HttpRequest, found: Reading, kept: dict[str, Any]) -> dict[str, Any]:
    draft, on = found.draft, clock.of(request).date()
    key = uuid4()
    told = queries.by_part(queries.with_keys(queries.threads(draft), key))
    chapters = outlines.outline(draft, clock.of(request))
    parts = {line.name for chapter in chapters for line in chapter.lines}
    standing = queries.standing(draft)
    wrote = queries.writers(draft)
    owner = queries.owner_of(draft.course)
    reviews = list(queries.reviews(draft))
    people = queries.colleagues(draft, request.user, on).exclude(
        pk__in=[one.reviewer_id for one in reviews]
    )
    is_administrator = Role.ADMINISTRATOR in request.roles
    return about_reading(
        found,
        kept=kept,
        key=key,
        part="",
        threads=told.get("", []),
        chapters=chapters,
        # Of parts that stand in no outline any more; what was said of them is not lost.
        gone=[one for name, rows in told.items() if name and name not in parts for one in rows],
        reviews=reviews,
        ask=_form(people) if found.may_write else None,
        standing=standing,
        last=queries.last_save(draft),
        wrote=request.user.uuid in wrote,
        gave=any(one.by_id == request.user.pk for one in standing.holds),
        owner=owner,
        sets_rule=is_administrator or (owner is not None and owner.pk == request.user.pk),
    )


def _form(people: QuerySet[User]) -> AskForm | None:
    found = list(people[: queries.MOST_COLLEAGUES])
    return AskForm(found) if found else None


def _ask(request: HttpRequest, found: Reading, posted: dict[str, Any]) -> None:
    draft = writing_or_404(found)
    reader = User.objects.filter(uuid=posted["reviewer"]).first()
    if reader is None:
        raise Http404
    note, at = posted["note"], clock.of(request)
    reviewing.ask(draft, reader, note=note, by=request.user, at=at)
    messages.success(request, _("%(name)s is asked by mail.") % {"name": reader})


def _take_back(request: HttpRequest, found: Reading, posted: dict[str, Any]) -> None:
    rows = Review.objects.filter(edition=writing_or_404(found), pk=posted["review"])
    row = rows.select_related("edition__course", "reviewer").first()
    if row is None:
        raise Http404
    reviewing.take_back(row, by=request.user, at=clock.of(request))
    messages.success(request, _("Taken back: the draft is not open to them any more."))


def _finish(request: HttpRequest, found: Reading, _posted: dict[str, Any]) -> None:
    if found.review is None:
        raise Http404
    reviewing.finish(found.review, by=request.user, at=clock.of(request))
    messages.success(request, _("Whoever asked you is told that you have read it."))


def _approve(request: HttpRequest, found: Reading, posted: dict[str, Any]) -> None:
    approving.approve(found.draft, saw=posted["text"], by=request.user, at=clock.of(request))
    messages.success(request, _("You have approved this text. A change makes the approval void."))


def _unapprove(request: HttpRequest, found: Reading, _posted: dict[str, Any]) -> None:
    approving.take_back(found.draft, by=request.user, at=clock.of(request))
    messages.success(request, _("Your approval is taken back."))


def _rule(request: HttpRequest, found: Reading, posted: dict[str, Any]) -> None:
    approving.set_rule(
        writing_or_404(found).course,
        needs_approval=posted["needs_approval"],
        is_administrator=Role.ADMINISTRATOR in request.roles,
        by=request.user,
        at=clock.of(request),
    )
    messages.success(request, _("Saved."))


def _commented(request: HttpRequest, found: Reading, posted: dict[str, Any]) -> None:
    comments.act(request, found.draft, "", posted)


ACTS = {
    "ask": _ask,
    "take-back": _take_back,
    "finish": _finish,
    "approve": _approve,
    "unapprove": _unapprove,
    "rule": _rule,
}
