"""Good practice: the list and one case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from partnership.casestudies import queries
from partnership.casestudies.forms import CaseFilter
from partnership.casestudies.models import CaseStudy, CaseVersion
from partnership.casestudies.telling import story_from, story_of
from partnership.lib.chips import chips
from partnership.lib.forms import cleaned_or_refuse
from partnership.sources.queries import with_links


@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    form = CaseFilter(request.GET)
    wanted = cleaned_or_refuse(form)
    cases = list(queries.cases(**wanted))
    for case in cases:
        case.headlines = [
            figure for section in case.sections.all() for figure in section.figures.all()
        ]
    context = {"form": form, "chips": chips(form, request.GET), "cases": cases}
    return render(request, "casestudies/list.html", context)


@require_safe
def case(request: HttpRequest, slug: str) -> HttpResponse:
    """The story in five parts, each with its large figure, its picture and its sources."""
    found = get_object_or_404(queries.whole(slug))
    versions = list(found.versions.all())
    now = versions[0] if versions else CaseVersion(number=1, on=found.published_on)
    story = story_of(found)
    with_links(story.sources)
    context = {"case": found, "story": story, "versions": versions, "now": now}
    return render(request, "casestudies/case.html", context)


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The case as it was published on a day. The newest is the case itself."""
    versions = CaseVersion.objects.filter(case__in=CaseStudy.objects.published())
    row = get_object_or_404(versions.select_related("case"), case__slug=slug, number=number)
    others = list(versions.filter(case=row.case).defer("told"))
    if row.number == others[0].number:
        return redirect(row.case)
    story = story_from(row.told, queries.around(row.told), of=row.case)
    with_links(story.sources)
    context = {"case": story.case, "story": story, "versions": others, "now": row}
    return render(request, "casestudies/version.html", {**context, "newest": others[0]})
