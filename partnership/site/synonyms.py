"""The desk of the words that mean the same. Each change has the index written anew, by a job."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnership.jobs import services as jobs
from partnership.jobs.models import Job
from partnership.lib import clock
from partnership.lib.errors import Refusal
from partnership.search import keeping
from partnership.search.models import SearchEntry, Synonym
from partnership.search.queries import synonyms
from partnership.site.forms import SynonymForm


@require_safe
def synonym_list(request: HttpRequest) -> HttpResponse:
    """All groups, and whether the index is being written."""
    context = {
        "rows": Synonym.objects.all(),
        "entries": SearchEntry.objects.count(),
        "is_live": Job.objects.live().filter(kind="search.rebuild").exists(),
    }
    return render(request, "site/synonyms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def synonym(request: HttpRequest, key: str = "") -> HttpResponse:
    """One group to be changed or removed, or a new one where none is named."""
    row = get_object_or_404(Synonym, key=key) if key else None
    known = {name: "\n".join(getattr(row, name)) for name in SynonymForm.base_fields} if row else {}
    form = SynonymForm(request.POST if request.method == "POST" else None, initial=known)
    if row and request.POST.get("do") == "remove":
        return _done(request, SynonymForm(), partial(keeping.remove_synonym, row), row)
    if form.is_valid():
        lines = (form.cleaned_data["forms"], form.cleaned_data["found_only"])
        change: Callable[..., Any] = (
            partial(keeping.change_synonym, row, *lines)
            if row
            else partial(keeping.add_synonym, *lines)
        )
        return _done(request, form, change, row)
    return render(request, "site/synonym.html", {"form": form, "row": row})


def _done(
    request: HttpRequest, form: SynonymForm, change: Callable[..., Any], row: Synonym | None
) -> HttpResponse:
    """Make the change and start the job, both or neither; or say what is wrong."""
    at, before = clock.of(request), synonyms().digest
    try:
        with transaction.atomic():
            change(by=request.user, at=at)
            now = synonyms().digest
            if now != before:
                # A job under way has passed some kinds already: these words need one of their own.
                jobs.enqueue("search.rebuild", at=at, key=now, by=request.user)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return render(request, "site/synonym.html", {"form": form, "row": row})
    if now == before:
        messages.info(request, _("Nothing was changed."))
    else:
        messages.success(request, _("Saved. What can be found is written anew in the background."))
    return redirect("site:synonyms")
