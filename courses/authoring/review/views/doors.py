"""Whom a draft is open to: its trainers, and those who were asked to read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from courses.authoring.review.models import Review
from courses.authoring.review.queries import asked_of
from courses.authoring.views.doors import draft_or_404
from courses.catalogue.models import Course, Edition
from courses.learning.views.desk.doors import courses_of

# More than a comment may have: whatever was typed is seen again.
MOST_SHOWN = 20_000


@dataclass(frozen=True)
class Reading:
    """A draft before one of its readers."""

    draft: Edition
    review: Review | None  # what this person was asked for
    may_write: bool


def keeps_words(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A comment on a draft that is published meanwhile is shown again, to be told elsewhere."""

    @wraps(view)
    def kept(request: HttpRequest, slug: str, *parts: Any, **named: Any) -> HttpResponse:
        try:
            return view(request, slug, *parts, **named)
        except Http404:
            body = request.POST.get("body", "").strip()
            if not body or not _was_open(request, slug):
                raise
        context = {"course": Course.objects.get(slug=slug), "body": body[:MOST_SHOWN]}
        return render(request, "courses/authoring/review/late.html", context, status=409)

    return kept


def _was_open(request: HttpRequest, slug: str) -> bool:
    """Whether this person may have read a draft of the course that is no draft any more."""
    if Edition.objects.filter(course__slug=slug, published_at__isnull=True).exists():
        return False
    asked = Review.objects.filter(reviewer=request.user, edition__course__slug=slug)
    return asked.exists() or courses_of(request).filter(slug=slug).exists()


def reading_or_404(request: HttpRequest, slug: str) -> Reading:
    """The draft of an own course, or one that this person was asked to read."""
    asked = asked_of(request.user).filter(edition__course__slug=slug).first()
    if asked is None:
        return Reading(draft_or_404(request, slug), None, True)
    is_own = courses_of(request).filter(slug=slug).exists()
    return Reading(asked.edition, asked, is_own)


def writing_or_404(found: Reading) -> Edition:
    """The draft, for what only its trainers may do."""
    if not found.may_write:
        raise Http404
    return found.draft


def about_reading(found: Reading, **more: Any) -> dict[str, Any]:
    """What all templates of a review are given."""
    return {
        "course": found.draft.course,
        "edition": found.draft,
        "review": found.review,
        "may_write": found.may_write,
        **more,
    }
