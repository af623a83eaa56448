"""The trainers' guide, and the sample course that anybody may copy."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.authoring.guide import TITLES, page_of
from courses.authoring.services.sample import copy_sample
from partnership.lib import clock


@require_safe
def guide(request: HttpRequest, page: str) -> HttpResponse:
    """One of three pages, in the language of the site's pages."""
    if page not in TITLES:
        raise Http404
    names = list(TITLES)
    at = names.index(page)
    context = {
        "page": page_of(page, translation.get_language() or ""),
        "title": TITLES[page],
        "pages": TITLES.items(),
        "next": names[at + 1] if at + 1 < len(names) else "",
        "next_title": TITLES.get(names[at + 1]) if at + 1 < len(names) else "",
    }
    return render(request, "courses/authoring/guide.html", context)


@require_POST
def copy(request: HttpRequest) -> HttpResponse:
    """The sample as a draft of one's own, opened at once."""
    language = translation.get_language() or ""
    draft = copy_sample(by=request.user, at=clock.of(request), language=language)
    messages.success(request, _("This draft is yours: change it, and look at the preview."))
    return redirect("courses:draft", draft.course.slug)
