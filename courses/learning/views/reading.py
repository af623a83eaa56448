"""A course, its modules and its lessons, as everybody may read them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.catalogue.weights import page_kb
from courses.learning import progress
from courses.learning.outlines import outline
from courses.learning.reading import (
    Reading,
    around,
    beside_others,
    certificate_of,
    lesson_text,
    linker,
    module_texts,
    on_its_own,
    reading,
)
from courses.learning.views.addresses import in_lower_case


@require_safe
@in_lower_case
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """What one can do afterwards, what it takes, and one button."""
    found = _found(request, slug)
    shown = outline(found.edition, found.enrolment)
    context = {
        **_about(found),
        "outline": shown,
        "kb": sum(item.kb or 0 for item in shown.items),
        "first": next(iter(shown.items), None),
        **_standing(found, shown),
    }
    return render(request, "courses/course.html", context)


@require_safe
@in_lower_case
def module(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """All lessons of a module on one light page, to print or to keep."""
    found = _found(request, slug)
    row = module_texts(found.edition, key)
    if row is None:
        raise Http404
    links = linker(found.edition.language)
    lessons = list(row.lessons.all())
    for one in lessons:
        one.linked = links.link(beside_others(one.html))
    context = {
        **_about(found),
        "module": row,
        "lessons": lessons,
        "minutes": sum(one.minutes for one in lessons),
        "kb": page_kb(sum(len(one.html) for one in lessons)),
    }
    return render(request, "courses/module.html", context)


@require_safe
@in_lower_case
def lesson(request: HttpRequest, slug: str, lesson: str) -> HttpResponse:
    """The text, where it stands in the course, and what comes next."""
    found = _found(request, slug)
    row = lesson_text(found.edition, lesson)
    if row is None:
        raise Http404
    shown = outline(found.edition, found.enrolment)
    here, part, number, before, after = around(shown, row.pk)
    context = {
        **_about(found),
        "lesson": row,
        "text": linker(found.edition.language).link(on_its_own(row.html)),
        "outline": shown,
        "here": here,
        "part": part,
        "number": number,
        "before": before,
        "after": after,
    }
    return render(request, "courses/lesson.html", context)


def _found(request: HttpRequest, slug: str) -> Reading:
    found = reading(slug, request.user)
    if found is None:
        raise Http404
    return found


def _about(found: Reading) -> dict[str, Any]:
    return {
        "reading": found,
        "course": found.edition.course,
        "edition": found.edition,
        "enrolment": found.enrolment,
    }


def _standing(found: Reading, shown: progress.Outline) -> dict[str, Any]:
    """How far the learner is, where to go on, and the certificate; nothing for others."""
    enrolment = found.enrolment
    if enrolment is None:
        return {}
    html = enrolment.lesson.html if enrolment.lesson and enrolment.block else ""
    return {
        "progress": progress.progress_of(shown, enrolment.completed_at),
        "place": progress.place_of(
            shown, lesson=enrolment.lesson_id, block=enrolment.block, html=html
        ),
        "certificate": certificate_of(enrolment),
    }
