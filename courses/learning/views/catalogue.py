"""All courses, and the order in which one kind of person takes them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from courses.catalogue import queries
from courses.catalogue.models import Edition, LearningPath
from courses.catalogue.translations import shown_editions, shown_paths
from courses.learning.forms import CatalogueFilter
from courses.learning.models import Certificate, Enrolment
from courses.learning.outlines import dashboard, worded_board
from courses.learning.views.addresses import in_lower_case
from partnership.lib import clock
from partnership.lib.chips import chips
from partnership.lib.forms import cleaned_or_refuse
from partnership.lib.languages import of_texts


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every course with its minutes; the address carries the filters."""
    form = CatalogueFilter(request.GET)
    wanted = cleaned_or_refuse(form)
    language = of_texts(request)
    editions = shown_editions(queries.narrowed(queries.catalogue(), wanted), language)
    context = {
        "form": form,
        "chips": chips(form, request.GET),
        "editions": _dress(request, editions),
        "paths": shown_paths(queries.paths(), language),
    }
    return render(request, "courses/catalogue.html", context)


@require_safe
@in_lower_case
def path(request: HttpRequest, slug: str) -> HttpResponse:
    """The courses of a path, one after the other."""
    language = of_texts(request)
    found = shown_paths([get_object_or_404(LearningPath, slug=slug)], language)[0]
    editions = _dress(request, shown_editions(queries.path_editions(found), language))
    minutes = sum(edition.minutes for edition in editions)
    context = {"path": found, "editions": editions, "minutes": minutes}
    return render(request, "courses/path.html", context)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Three lines: what to go on with, what is due, what is new."""
    board = worded_board(dashboard(request.user, clock.of(request)), of_texts(request))
    held = Certificate.objects.of(request.user).standing()
    return render(request, "courses/mine.html", {"board": board, "certificates": held})


def _dress(request: HttpRequest, editions: list[Edition]) -> list[Edition]:
    """Beside each course how it stands with the reader: joined, completed, or nothing."""
    of = {edition.course_id: edition for edition in editions}
    rows = Enrolment.objects.of(request.user).filter(edition__course__in=of)
    for course, left_at, completed_at in rows.values_list(
        "edition__course", "left_at", "completed_at"
    ):
        if completed_at:
            of[course].standing = "completed"
        elif left_at is None and not hasattr(of[course], "standing"):
            of[course].standing = "joined"
    return editions
