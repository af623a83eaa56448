"""The list of a course's questions, and what is taken away from it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from courses.authoring.bank import exporting, queries
from courses.authoring.bank.forms import BankFilter
from courses.authoring.bank.models import QuestionImport
from courses.authoring.bank.refusals import TooMany
from courses.authoring.bank.rows import item_of, with_answers
from courses.authoring.bank.services import quizzes
from courses.catalogue.models import Course
from courses.learning.views.desk.doors import course_of, note_export
from courses.quizzes.exchange.items import Item
from courses.quizzes.exchange.opening import MOST_QUESTIONS
from courses.quizzes.models import QuestionVersion
from partnership.lib import clock
from partnership.lib.chips import chips
from partnership.lib.errors import BadQuery
from partnership.lib.forms import cleaned_or_refuse
from partnership.lib.paging import page_of

FORM = ("GET", "HEAD", "POST")
SIZE = 50


def _asked(request: HttpRequest, course: Course) -> tuple[BankFilter, Any]:
    form = BankFilter(request.GET, courses=[course])
    return form, queries.narrowed(course, cleaned_or_refuse(form))


@require_http_methods(FORM)
def bank(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions of a course. Those that are ticked go into a quiz of the draft."""
    course = course_of(request, slug)
    if request.method == "POST":
        return _put_in(request, course)
    form, rows = _asked(request, course)
    page = page_of(rows, request, size=SIZE)
    context = {
        "course": course,
        "form": form,
        "chips": chips(form, request.GET),
        "page": page,
        "lines": queries.listed(page.object_list),
        "quizzes": queries.draft_quizzes(course),
        "kinds": QuestionVersion.Kind.choices,
        "forms": QuestionImport.Form.choices[:4],
    }
    return render(request, "courses/authoring/bank/list.html", context)


def _put_in(request: HttpRequest, course: Course) -> HttpResponse:
    quiz = queries.draft_quiz(course, request.POST.get("quiz", ""))
    if quiz is None:
        raise Http404
    keys = request.POST.getlist("question")[:SIZE]
    count = quizzes.put_in(quiz, keys, group=None, by=request.user, at=clock.of(request))
    told = ngettext(
        "%(n)s question is asked in “%(quiz)s” now.",
        "%(n)s questions are asked in “%(quiz)s” now.",
        count,
    )
    messages.success(request, told % {"n": count, "quiz": quiz.title})
    return redirect(request.get_full_path())


@require_safe
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """Questions of the bank as a file, with the filters of the list; or of one quiz, in its order.

    What the format does not hold is told first; the file itself is asked for with `take`.
    """
    course = course_of(request, slug)
    form = request.GET.get("as", "gift")
    if form not in exporting.TYPES:
        raise BadQuery({"as": [_("Questions are taken away as gift, moodle, aiken or xlsx.")]})
    title, items = _items(request, course)
    taken = exporting.taken(items, form, title=title)
    if "take" not in request.GET:
        return _look(request, course, taken, items)
    note_export(request, "questions", taken.count, course=slug)
    response = HttpResponse(taken.content, content_type=exporting.TYPES[form])
    name = f"{title}{exporting.SUFFIXES[form]}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _items(request: HttpRequest, course: Course) -> tuple[str, list[Item]]:
    if "quiz" in request.GET:
        quiz = queries.any_quiz(course, request.GET["quiz"])
        if quiz is None:
            raise Http404
        return f"{course.slug}-{quiz.slug}", [item_of(one) for one in queries.asked_by(quiz)]
    query = request.GET.copy()
    for name in ("as", "take", "page"):
        query.pop(name, None)
    form = BankFilter(query, courses=[course])
    rows = queries.narrowed(course, cleaned_or_refuse(form))
    if rows.count() > MOST_QUESTIONS:
        raise TooMany(
            _("A file holds %(n)s questions at most: use the filters.") % {"n": MOST_QUESTIONS}
        )
    return f"{course.slug}-questions", [item_of(one) for one in with_answers(rows)]


def _look(
    request: HttpRequest, course: Course, taken: exporting.Taken, items: list[Item]
) -> HttpResponse:
    context = {
        "course": course,
        "as_form": request.GET.get("as", "gift"),
        "form_name": dict(QuestionImport.Form.choices)[request.GET.get("as", "gift")],
        "forms": QuestionImport.Form.choices[:4],
        "count": taken.count,
        "left": len(items) - taken.count,
        "lost": exporting.lost(items, taken.problems),
        "quiz": request.GET.get("quiz", ""),
    }
    return render(request, "courses/authoring/bank/export.html", context)
