"""A module that goes along: as one file, or kept on the device by the service worker."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from courses.catalogue.translations import told_of_all, wording
from courses.learning import handouts
from courses.learning.pictures import illustrated
from courses.learning.reading import Reading, beside_others, module_texts, reading
from courses.learning.views.addresses import in_lower_case
from partnership.accounts.sessions import say_who_is_here
from partnership.lib import clock
from partnership.lib.languages import KEPT_IN, of_texts


@require_safe
@in_lower_case
def module_file(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """All lessons of a module as one file that needs neither the site nor a line."""
    found = reading(slug, request.user)
    row = module_texts(found.edition, key) if found else None
    if found is None or row is None:
        raise Http404
    lessons: list[Any] = list(row.lessons.all())
    words = wording(found.edition, of_texts(request), texts=[one.key for one in lessons])
    for one in lessons:
        text, one.told = words.text(one.key, one.html)
        one.title = words.title("lesson", one.key, one.title)
        html = illustrated(beside_others(text), language=one.told.lang, choice="on")
        one.on_paper = handouts.on_paper(html, site=settings.SITE_ADDRESS)
    context = {
        "course": found.edition.course,
        "edition": words.edition(found.edition)[0],
        "told": told_of_all([one.told for one in lessons]),
        "module": words.module(row),
        "lessons": lessons,
        "links": handouts.named_links(
            (one.on_paper for one in lessons), site=settings.SITE_ADDRESS
        ),
        "site": settings.SITE_ADDRESS,
        "at": clock.of(request),
    }
    response = render(request, "courses/learning/module_file.html", context)
    response["Content-Disposition"] = f'attachment; filename="{slug}-{row.key}.html"'
    return response


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What is on this device. The service worker shows it instead of a page that does not come."""
    return render(request, "courses/learning/offline.html")


def may_be_kept(response: HttpResponse, request: HttpRequest, found: Reading) -> HttpResponse:
    """Say for whom the service worker may keep a page, and which state of the words it has.

    A cookie says who is here for as long as the session lasts: without it nothing that was kept
    opens.
    """
    if not request.user.is_authenticated:
        return response
    response["Keep-For"] = str(request.user.uuid)
    response["Keep-Version"] = found.version
    response[KEPT_IN] = f"{translation.get_language()} {of_texts(request)}"
    if found.enrolment:
        say_who_is_here(request, response)
    return response
