"""The desk of case studies: proposals, their text, their preview, and what became of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnership.casestudies import queries
from partnership.casestudies import words as typing
from partnership.casestudies.desk_acts import ACTS, acted
from partnership.casestudies.desk_doors import (
    draft_of,
    for_whom,
    is_secretariat,
    own_cases,
    own_drafts,
)
from partnership.casestudies.desk_forms import BeginForm, DraftFilter, NextForm, ReasonForm
from partnership.casestudies.differences import differences
from partnership.casestudies.lists import lists
from partnership.casestudies.models import CaseDraft, CaseSave, CaseStudy
from partnership.casestudies.reading import told
from partnership.casestudies.services import drafts, reviewing
from partnership.casestudies.sheets import Sheet
from partnership.casestudies.telling import story_from, told_of
from partnership.lib import clock
from partnership.lib.chips import chips
from partnership.lib.forms import cleaned_or_refuse, saved
from partnership.lib.paging import page_of

SIZE = 50


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """The proposals of this person's delegations, or all; and the cases that are published."""
    form = DraftFilter(request.GET)
    state = cleaned_or_refuse(form)["state"]
    rows = own_drafts(request)
    page = page_of(rows.filter(state=state) if state else rows, request, size=SIZE)
    cases = own_cases(request).select_related("sector").order_by("title", "pk")[:SIZE]
    context = {"form": form, "chips": chips(form, request.GET), "page": page, "cases": cases}
    context["is_secretariat"] = is_secretariat(request)
    return render(request, "casestudies/desk/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """For whom it is written, and its title: the form follows."""
    places = for_whom(request)
    form = BeginForm(request.POST if request.method == "POST" else None, places=places)
    made: list[CaseDraft] = []

    def write() -> None:
        found = form.cleaned_data
        delegation = places[found["place"]]
        words = form.first_words(delegation)
        made.append(drafts.begin(words, delegation, by=request.user, at=clock.of(request)))

    if form.is_valid() and saved(request, form, write):
        return redirect("casework:text", made[0].uuid)
    return render(request, "casestudies/desk/new.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def published(request: HttpRequest, slug: str) -> HttpResponse:
    """A published case: its versions, the next one, and for the secretariat withdrawing it."""
    case = get_object_or_404(queries.with_all(own_cases(request)), slug=slug)
    places = for_whom(request, case)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    form = NextForm(request.POST if do == "revise" else None, places=places)
    reason = ReasonForm(request.POST if do == "withdraw" else None)
    given: dict[str, Any] = {"by": request.user, "at": clock.of(request)}
    made: list[CaseDraft] = []

    def revise() -> None:
        made.append(drafts.revise(case, places[form.cleaned_data["place"]], **given))

    if do == "revise" and form.is_valid() and saved(request, form, revise):
        return redirect("casework:text", made[0].uuid)
    if do in ("withdraw", "put-back"):
        if not is_secretariat(request):
            raise Http404
        if do == "put-back":
            reviewing.put_back(case, **given)
            return redirect("casework:published", slug)
        if reason.is_valid():
            reviewing.withdraw(case, reason.cleaned_data["reason"], **given)
            return redirect("casework:published", slug)
    own = own_drafts(request).filter(case=case)
    context = {"case": case, "form": form, "reason": reason, "drafts": own}
    context["is_secretariat"] = is_secretariat(request)
    return render(request, "casestudies/desk/published.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Where a proposal stands, what was said of it, and what can be done now."""
    draft = draft_of(request, uuid)
    text = drafts.standing(draft)
    forms = {name: act.form(request, draft) for name, act in ACTS.items()}
    if request.method == "POST" and (response := acted(request, draft, text, forms)):
        return response
    context = {
        "draft": draft,
        "text": text,
        # A template cannot say a hyphen in a name.
        "forms": {name.replace("-", "_"): form for name, form in forms.items()},
        "sent": forms.get(request.POST.get("do", "")),
        "comments": draft.comments.select_related("by"),
        "saves": queries.saves(draft),
        "besides": _besides(draft, text),
        "changes": _since_published(draft, text),
        "is_secretariat": is_secretariat(request),
        "may_publish": reviewing.may_publish(draft, text, request.user),
        "State": CaseDraft.State,
    }
    return render(request, "casestudies/desk/one.html", context)


def _besides(draft: CaseDraft, text: CaseSave) -> list[dict[str, Any]]:
    """Texts that wait for a choice, each with what differs from the one that stands."""
    rows = draft.saves.filter(state=CaseSave.State.BESIDE).select_related("by")
    return [{"save": row, "rows": differences(text.words, row.words)} for row in rows]


def _since_published(draft: CaseDraft, text: CaseSave) -> list[Any]:
    """What the next version says otherwise than the case that is published."""
    if draft.case is None or draft.state == CaseDraft.State.PUBLISHED:
        return []
    case = queries.with_all(CaseStudy.objects.filter(pk=draft.case.pk)).get()
    return differences(typing.of_told(told_of(case)), text.words)


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The form. Whatever is sent is kept; what is missing is said when somebody asks."""
    draft = draft_of(request, uuid)
    stands = drafts.standing(draft)
    checks = "check" in request.GET
    if request.method == "POST":
        sent = typing.taken_from(request.POST)
        saw = _number(request.POST.get("saw", ""))
        at = clock.of(request)
        outcome = drafts.save(draft, sent, saw=saw, by=request.user, at=at)
        if outcome == "beside":
            messages.warning(
                request, _("Somebody else saved meanwhile. Both texts are kept: choose one.")
            )
            return redirect(draft)
        messages.success(request, _("Saved."))
        if request.POST.get("do") != "check":
            return redirect("casework:text", uuid)
        stands, checks = drafts.standing(draft), True
    sheet = Sheet(stands.words, lists(), of=draft.place, is_checked=checks)
    if request.method == "POST" and sheet.is_ready:
        messages.success(request, _("Nothing is missing. Look at the preview, then hand it in."))
        return redirect(draft)
    mine = draft.saves.filter(by=request.user.pk).aggregate(last=Max("number"))["last"] or 0
    context = {"draft": draft, "text": stands, "sheet": sheet, "mine": mine}
    return render(request, "casestudies/desk/text.html", context)


@require_safe
def preview(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The page as readers will see it."""
    draft = draft_of(request, uuid)
    return _shown(request, draft, drafts.standing(draft))


@require_safe
def earlier(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    """The same of a text that was saved before, or that lies beside."""
    draft = draft_of(request, uuid)
    return _shown(request, draft, get_object_or_404(draft.saves, number=number))


def _shown(request: HttpRequest, draft: CaseDraft, save: CaseSave) -> HttpResponse:
    document = told(Sheet(save.words, lists(), is_checked=True))
    story = story_from(document, queries.around(document))
    context = {"draft": draft, "save": save, "case": story.case, "story": story}
    return render(request, "casestudies/desk/preview.html", context)


def _number(typed: str) -> int:
    """What a form saw; 0, which no save has, for what is none."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
