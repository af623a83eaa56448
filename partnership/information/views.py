from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnership.information import queries
from partnership.information.forms import GlossaryFilter
from partnership.lib.chips import chips
from partnership.lib.forms import cleaned_or_refuse


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """All terms on one page, by letter."""
    form = GlossaryFilter(request.GET)
    wanted = cleaned_or_refuse(form)
    terms = list(queries.glossary(asked=wanted["q"], category=wanted["category"]))
    letters: dict[str, list[object]] = {}
    for term in terms:
        letters.setdefault(term.sort_key[:1].upper(), []).append(term)
    context = {
        "form": form,
        "chips": chips(form, request.GET),
        "count": len(terms),
        "letters": letters,
    }
    return render(request, "information/glossary.html", context)
