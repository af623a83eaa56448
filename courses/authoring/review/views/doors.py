"""Whom a draft is open to: its trainers, and those who were asked to read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest

from courses.authoring.review.models import Review
from courses.authoring.review.queries import asked_of
from courses.authoring.views.doors import draft_or_404
from courses.catalogue.models import Edition
from courses.learning.views.desk.doors import courses_of


@dataclass(frozen=True)
class Reading:
    """A draft before one of its readers."""

    draft: Edition
    review: Review | None  # what this person was asked for
    may_write: bool


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
