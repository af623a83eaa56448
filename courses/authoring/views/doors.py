"""What every page of a draft begins with: whose course it is, its draft, one lesson of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from courses.authoring.drafts import draft_of
from courses.catalogue.models import Edition, Lesson
from courses.learning.views.desk.doors import course_of


def draft_or_404(request: HttpRequest, slug: str) -> Edition:
    """The draft of an own course. Another trainer's does not exist here."""
    draft = draft_of(course_of(request, slug))
    if draft is None:
        raise Http404
    return draft


def lesson_or_404(request: HttpRequest, slug: str, lesson: str) -> Lesson:
    """A lesson of the draft of an own course."""
    found = lesson_of(draft_or_404(request, slug), lesson)
    if found is None:
        raise Http404
    return found


def lesson_of(draft: Edition, slug: str) -> Lesson | None:
    found = draft.lessons.select_related("module").filter(slug=slug).first()
    if found is not None:
        found.edition = draft
    return found


def about(draft: Edition, **more: Any) -> dict[str, Any]:
    """What all templates of a draft are given."""
    return {"course": draft.course, "edition": draft, **more}
