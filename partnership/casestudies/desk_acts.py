"""What can be done with a proposal on its page: each act with its form and who may do it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.casestudies.desk_doors import is_secretariat
from partnership.casestudies.desk_forms import ChangedForm, CommentForm, DeclineForm
from partnership.casestudies.lists import lists
from partnership.casestudies.models import CaseDraft, CaseSave
from partnership.casestudies.reading import told
from partnership.casestudies.refusals import Unfinished
from partnership.casestudies.services import drafts, reviewing
from partnership.casestudies.sheets import Sheet
from partnership.lib import clock
from partnership.lib.errors import Refusal


@dataclass(frozen=True)
class Act:
    """Does it with the form's words; `of_secretariat` says that nobody else may."""

    name: str
    do: Callable[..., Any]
    done: Any
    kind: type[forms.Form] = forms.Form
    of_secretariat: bool = False

    def form(self, request: HttpRequest, draft: CaseDraft) -> forms.Form:
        """Empty, or with what was sent to this act."""
        is_sent = request.method == "POST" and request.POST.get("do") == self.name
        form = self.kind(request.POST if is_sent else None, prefix=self.name)
        if self.kind is ChangedForm and draft.case_id is None:
            del form.fields["what_changed"]
        return form


def acted(
    request: HttpRequest, draft: CaseDraft, text: CaseSave, sent: Mapping[str, forms.Form]
) -> HttpResponse | None:
    """Do what was asked; nothing when a form has to be shown again with what is wrong."""
    act = ACTS.get(request.POST.get("do", ""))
    if act is None or (act.of_secretariat and not is_secretariat(request)):
        raise Http404
    form = sent[act.name]
    if not form.is_valid():
        return None
    given = {"by": request.user, "at": clock.of(request)}
    try:
        act.do(request, draft, text, form.cleaned_data, given)
    except Unfinished as refusal:
        messages.warning(request, str(refusal))
        return redirect(f"{draft.get_absolute_url()}text/?check=1")
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, act.done)
    return redirect(draft)


def _checked(draft: CaseDraft, text: CaseSave) -> Sheet:
    sheet = Sheet(text.words, lists(), of=draft.place, is_checked=True)
    if not sheet.is_ready:
        raise Unfinished(_("Something is still missing. It stands beside each field."))
    return sheet


def _hand_in(request: HttpRequest, draft: Any, text: Any, found: Any, given: Any) -> None:
    _checked(draft, text)
    changed = found.get("what_changed", "")
    drafts.hand_in(draft, saw=_saw(request), what_changed=changed, **given)


def _publish(request: HttpRequest, draft: Any, text: Any, _found: Any, given: Any) -> None:
    document = told(_checked(draft, text))
    reviewing.publish(draft, document, saw=_saw(request), **given)


def _choose(request: HttpRequest, draft: Any, _text: Any, _found: Any, given: Any) -> None:
    take = request.POST.get("take") == "yes"
    drafts.choose(draft, _saw(request), take=take, **given)


def _saw(request: HttpRequest) -> int:
    typed = request.POST.get("saw", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


def _take_back(_request: HttpRequest, draft: Any, _text: Any, _found: Any, given: Any) -> None:
    drafts.take_back(draft, **given)


def _set_aside(_request: HttpRequest, draft: Any, _text: Any, _found: Any, given: Any) -> None:
    drafts.set_aside(draft, **given)


def _say(_request: HttpRequest, draft: Any, _text: Any, found: Any, given: Any) -> None:
    reviewing.say(draft, found["text"], **given)


def _send_back(_request: HttpRequest, draft: Any, _text: Any, found: Any, given: Any) -> None:
    reviewing.send_back(draft, found["text"], **given)


def _decline(_request: HttpRequest, draft: Any, _text: Any, found: Any, given: Any) -> None:
    reviewing.decline(draft, found["text"], **given)


ACTS: Mapping[str, Act] = {
    act.name: act
    for act in (
        Act(
            "hand-in",
            _hand_in,
            gettext_lazy("Handed in. The secretariat has a mail, and answers on this page."),
            ChangedForm,
        ),
        Act("take-back", _take_back, gettext_lazy("It can be written on.")),
        Act(
            "set-aside",
            _set_aside,
            gettext_lazy("Set aside. All texts are kept, and it can be taken up again."),
        ),
        Act("choose", _choose, gettext_lazy("Chosen. The other text stays in the history.")),
        Act("comment", _say, gettext_lazy("Your comment stands below."), CommentForm),
        Act(
            "send-back",
            _send_back,
            gettext_lazy("Sent back. Its writer has a mail with your comment."),
            CommentForm,
            of_secretariat=True,
        ),
        Act(
            "decline",
            _decline,
            gettext_lazy("Set aside. Its writer has a mail with your reason."),
            DeclineForm,
            of_secretariat=True,
        ),
        Act(
            "publish",
            _publish,
            gettext_lazy("Published. The page, the API and the search have it from now on."),
            of_secretariat=True,
        ),
    )
}
