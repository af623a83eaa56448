"""A course, its modules and its lessons, as everybody may read them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from courses.catalogue.translations import told_of_all, wording
from courses.catalogue.weights import page_kb
from courses.learning import pictures, progress, self_checks
from courses.learning.outlines import opened, outline, worded
from courses.learning.reading import (
    Links,
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
from courses.learning.views.keeping import may_be_kept
from partnership.lib.languages import of_texts


@require_safe
@in_lower_case
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """What one can do afterwards, what it takes, and one button."""
    found = _found(request, slug)
    words = wording(found.edition, of_texts(request))
    edition, told = words.edition(found.edition)
    shown = worded(outline(found.edition, found.enrolment), words)
    context = {
        **_about(found),
        "edition": edition,
        "told": told,
        "outline": shown,
        "kb": sum(item.kb or 0 for item in shown.items),
        "pictures_kb": sum(item.pictures_kb for item in shown.items),
        "first": next(iter(shown.items), None),
        **_standing(found, shown),
    }
    response = render(request, "courses/course.html", context)
    return may_be_kept(response, request, found)


@require_safe
@in_lower_case
@vary_on_headers("Save-Data", "Cookie")
def module(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """All lessons of a module on one light page, to print or to keep."""
    found = _found(request, slug)
    row = module_texts(found.edition, key)
    if row is None:
        raise Http404
    lessons = list(row.lessons.all())
    words = wording(found.edition, of_texts(request), texts=[one.key for one in lessons])
    links = Links()
    for one in lessons:
        html, one.told = words.text(one.key, one.html)
        one.title = words.title("lesson", one.key, one.title)
        linked = links.of(one.told.lang).link(beside_others(html))
        one.linked = _illustrated(request, linked, one.told.lang, request.path)
    context = {
        **_about(found),
        "edition": words.edition(found.edition)[0],
        "told": told_of_all([one.told for one in lessons]),
        "module": words.module(row),
        "lessons": lessons,
        "minutes": sum(one.minutes for one in lessons),
        "kb": page_kb(sum(len(one.html) for one in lessons)),
        "pictures_kb": sum(one.pictures_kb for one in lessons),
        "addresses": [reverse("courses:lesson", args=[slug, one.slug]) for one in lessons],
        "pages": [page_kb(len(one.linked)) for one in lessons],
        **_pictures(request, *(one.html for one in lessons)),
    }
    response = render(request, "courses/module.html", context)
    return may_be_kept(response, request, found)


@require_safe
@in_lower_case
@vary_on_headers("Save-Data", "Cookie")
def lesson(request: HttpRequest, slug: str, lesson: str) -> HttpResponse:
    """The text, where it stands in the course, and what comes next."""
    found = _found(request, slug)
    about = about_lesson(request, found, lesson)
    if about is None:
        return _of_the_newest(request, found, lesson)
    asked = self_checks.of_lesson(about["lesson"], course_id=found.edition.course_id)
    context = {**about, "checks": self_checks.unanswered(asked)}
    response = render(request, "courses/lesson.html", context)
    return may_be_kept(response, request, found)


def about_lesson(request: HttpRequest, found: Reading, slug: str) -> dict[str, Any] | None:
    """All that the page of a lesson tells, besides its self-checks. None where there is none."""
    shown, row = opened(found.edition, found.enrolment, slug)
    if row is None:
        return None
    words = wording(found.edition, of_texts(request), texts=[row.key])
    shown = worded(shown, words)
    html, told = words.text(row.key, row.html)
    linked = linker(told.lang).link(on_its_own(html))
    address = reverse("courses:lesson", args=[found.edition.course.slug, row.slug])
    here, part, number, before, after = around(shown, row.pk)
    return {
        **_about(found),
        "edition": words.edition(found.edition)[0],
        "lesson": row,
        "told": told,
        "text": _illustrated(request, linked, told.lang, address),
        **_pictures(request, row.html),
        "outline": shown,
        "here": here,
        "part": part,
        "number": number,
        "before": before,
        "after": after,
    }


def _illustrated(request: HttpRequest, html: str, language: str, address: str) -> str:
    choice = pictures.choice(request)
    return pictures.illustrated(html, language=language, choice=choice, address=address)


def _pictures(request: HttpRequest, *texts: str) -> dict[str, Any]:
    """What the switch for pictures needs; it is drawn where there is something to switch."""
    return {
        "has_pictures": any(pictures.has_pictures(text) for text in texts),
        "pictures": pictures.choice(request),
    }


def _of_the_newest(request: HttpRequest, found: Reading, slug: str) -> HttpResponse:
    """A lesson that is not in the learner's edition: where it is, and how to get there."""
    newer = lesson_text(found.newest, slug) if found.has_newer else None
    if newer is None:
        raise Http404
    context = {**_about(found), "lesson": newer}
    return render(request, "courses/newer_lesson.html", context, status=404)


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
