"""The questions of all courses of a trainer on one page, and into which course they are taken."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from courses.authoring.bank import everywhere as found
from courses.authoring.bank.forms import EverywhereFilter
from courses.authoring.bank.services.copying import Copied, take_over
from courses.catalogue.models import Course
from courses.learning.views.desk.doors import courses_of
from partnership.lib import clock
from partnership.lib.chips import chips
from partnership.lib.forms import cleaned_or_refuse
from partnership.lib.paging import page_of

SIZE = 50


@require_http_methods(("GET", "HEAD", "POST"))
def everywhere(request: HttpRequest) -> HttpResponse:
    """Every question that this person may change. Those that are ticked go into another course."""
    courses = list(courses_of(request).order_by("code"))
    if request.method == "POST":
        return _taken(request, courses)
    form = EverywhereFilter(request.GET, courses=courses, people=found.trainers(courses))
    page = page_of(found.narrowed(courses, cleaned_or_refuse(form)), request, size=SIZE)
    context = {
        "form": form,
        "chips": chips(form, request.GET),
        "page": page,
        "lines": found.listed(list(page.object_list)),
        "courses": courses,
    }
    return render(request, "courses/authoring/bank/everywhere.html", context)


def _taken(request: HttpRequest, courses: list[Course]) -> HttpResponse:
    into = next((one for one in courses if one.slug == request.POST.get("into")), None)
    if into is None:
        raise Http404
    wanted = found.named(courses, request.POST.getlist("question")[:SIZE])
    done = take_over(wanted, into, by=request.user, at=clock.of(request))
    _tell(request, done, into)
    return redirect(request.get_full_path())


def _tell(request: HttpRequest, done: Copied, into: Course) -> None:
    count = len(done.versions)
    told = ngettext(
        "%(n)s question is copied into %(course)s.",
        "%(n)s questions are copied into %(course)s.",
        count,
    )
    messages.success(request, told % {"n": count, "course": into.code})
    if done.already:
        there = _("%(n)s were there already and stay as they are.")
        messages.info(request, there % {"n": done.already})
