"""More time and more attempts, for one learner or for several at once."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from courses.catalogue.models import Course
from courses.learning import grants
from courses.learning.desk_forms import AllowanceForm, LearnersFilter
from courses.learning.models import Allowance
from courses.learning.services.allowances import More
from courses.learning.services.decisions import grant_to
from courses.learning.views.desk.doors import course_of
from partnership.lib import clock
from partnership.lib.errors import BadQuery
from partnership.lib.forms import cleaned_or_refuse
from partnership.lib.paging import page_of

SIZE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def allowances(request: HttpRequest, slug: str) -> HttpResponse:
    """Grant more to those whom the address names; below it, what was granted."""
    course = course_of(request, slug)
    chosen = _chosen(request, course)
    form = AllowanceForm(request.POST or None, course=course)
    if "stamp" in form.errors:
        # No field that anybody fills in, so there is none to correct.
        raise BadQuery({"stamp": [_("This is no stamp of this form.")]})
    if request.method == "POST" and form.is_valid():
        _grant(request, chosen, form)
        return redirect("courses:desk-allowances", slug)
    page = page_of(grants.granted(course), request, size=SIZE)
    context = {"course": course, "chosen": chosen, "form": form, "page": page}
    return render(request, "courses/desk/allowances.html", context)


def _chosen(request: HttpRequest, course: Course) -> grants.Chosen:
    on = clock.of(request).date()
    people = request.GET.getlist("learner")
    form = LearnersFilter(request.GET, course=course, on=on)
    wanted = cleaned_or_refuse(form)
    is_by_filter = any(value for name, value in wanted.items() if name != "ordering")
    if not people and not is_by_filter and "everyone" not in request.GET:
        return grants.nobody(course)
    return grants.chosen(course, _uuids(people), wanted, on=on)


def _uuids(texts: list[str]) -> list[UUID]:
    try:
        return [UUID(text) for text in texts]
    except ValueError:
        raise BadQuery({"learner": [_("There is no such learner.")]}) from None


def _grant(request: HttpRequest, chosen: grants.Chosen, form: AllowanceForm) -> None:
    wanted = form.cleaned_data
    more = More(
        reason=wanted["reason"],
        minutes=wanted["minutes"] or 0,
        attempts=wanted["attempts"] or 0,
        stamp=wanted["stamp"].hex if wanted["stamp"] else "",
    )
    given, is_new = grant_to(
        list(chosen.rows), wanted["quiz"], more, by=request.user, at=clock.of(request)
    )
    messages.success(request, _granted(given) if is_new else _granted_before(given))
    # Of a form sent twice some may have left in between.
    if (left_out := chosen.count - len(given)) > 0:
        text = ngettext(
            "%(n)s learns from another edition and was left out.",
            "%(n)s learn from another edition and were left out.",
            left_out,
        )
        messages.warning(request, text % {"n": left_out})


def _granted(given: list[Allowance]) -> str:
    text = ngettext(
        "Granted to %(n)s learner, who is told by mail.",
        "Granted to %(n)s learners, who are told by mail.",
        len(given),
    )
    return text % {"n": len(given)}


def _granted_before(given: list[Allowance]) -> str:
    """A form that was sent twice says what its first sending granted."""
    text = ngettext(
        "Granted before, once, to %(n)s learner: minutes %(minutes)s, attempts %(attempts)s. "
        "Nothing was added.",
        "Granted before, once, to %(n)s learners: minutes %(minutes)s, attempts %(attempts)s. "
        "Nothing was added.",
        len(given),
    )
    one = given[0]
    told = {"minutes": one.extra_minutes, "attempts": one.extra_attempts}
    return text % {"n": len(given), **told}
