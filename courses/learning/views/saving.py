"""Answers as a form without scripts sends them; flags; a choice between two devices.

The script saves under the API's address, see `api/saving.py`.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.learning import doors, fragments, papers, posted
from courses.learning.models import Attempt, OtherAnswer
from courses.learning.papers import Paper, ShownQuestion
from courses.learning.services import answers
from courses.learning.views import bodies
from courses.learning.views.attempts import own
from courses.quizzes.responses import NO_ANSWER, Tokens, is_empty, parse_response
from partnership.lib import clock


@require_POST
def save_answer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Every answer on the form that is another than before; then the step that was asked for."""
    found = own(request, uuid)
    asked = papers.paper(found, at=clock.of(request))
    stamp = request.POST.get("stamp", "") or uuid4().hex
    for question in asked.questions:
        if posted.is_on_the_form(request.POST, question):
            _keep(request, uuid, question, bodies.key(f"{stamp[:32]}-{question.token}"))
    if token := request.POST.get("flag"):
        is_flagged = next((one.is_flagged for one in asked.questions if one.token == token), False)
        answers.flag(doors.place(request.user, uuid, token), is_flagged=not is_flagged)
    if choice := request.POST.get("choose"):
        pk, _colon, verb = choice.partition(":")
        _decide(request, uuid, pk, take=verb == "take")
    return redirect(_onward(request, found, asked))


def _keep(request: HttpRequest, uuid: UUID, question: ShownQuestion, key: str) -> None:
    sent = answers.Sent(
        response=posted.response_in(request.POST, question),
        saw=posted.saw(request.POST, question),
        key=key,
        device=_("a form"),
        language=posted.language_of(request),
    )
    tell = {"number": question.position}
    try:
        if _is_as_before(question, sent):
            return
        saved = answers.save_answer(
            doors.place(request.user, uuid, question.token), sent, at=clock.of(request)
        )
    except NO_ANSWER as refusal:
        tell["why"] = str(refusal)
        messages.error(request, _("Question %(number)s is not saved: %(why)s") % tell)
        return
    if saved.outcome == "late":
        messages.warning(
            request, _("Question %(number)s came after the end. It is kept for the trainer.") % tell
        )
    elif saved.outcome == "beside":
        messages.warning(
            request,
            _("Question %(number)s was answered on another device too. Choose which answer stands.")
            % tell,
        )


def _is_as_before(question: ShownQuestion, sent: answers.Sent) -> bool:
    """Nothing new: the same answer as stands, or still none."""
    named = [
        frozenset(option.token for option in side)
        for side in (question.choices, question.left, question.right)
    ]
    parsed = parse_response(question.kind, sent.response, Tokens(*named), language=sent.language)
    if question.response is None:
        return is_empty(parsed)
    stands = {**question.response, "language": ""}
    return {**parsed, "language": ""} == stands


def _onward(request: HttpRequest, found: Attempt, asked: Paper) -> str:
    """To the next question, to the one that was flagged or decided, or to the review."""
    if "go" in request.POST:
        return reverse("courses:review", args=[found.uuid])
    token = request.POST.get("save", "") or request.POST.get("flag", "")
    places = {one.token: one.position for one in asked.questions}
    place = places.get(token, 0)
    if asked.plan == "practise" and "save" in request.POST and place:
        return f"{found.get_absolute_url()}?told={token}#q-{place}"
    if place and "save" in request.POST:
        place += 1
    if place > len(places):
        return reverse("courses:review", args=[found.uuid])
    return f"{found.get_absolute_url()}#q-{place}" if place else found.get_absolute_url()


# --- Flags, and two devices -------------------------------------------------------------


@require_POST
def flag(request: HttpRequest, uuid: UUID) -> HttpResponse:
    is_script = bodies.is_json(request)
    body = bodies.sent(request, ("question", "is_flagged")) if is_script else request.POST.dict()
    is_flagged = (
        bodies.claim(body.get("is_flagged"), "is_flagged")
        if is_script
        else body.get("is_flagged") == "yes"
    )
    token = bodies.word(body.get("question"), "question")
    answers.flag(doors.place(request.user, uuid, token), is_flagged=is_flagged)
    return JsonResponse({"is_flagged": is_flagged}) if is_script else _review(uuid)


@require_POST
def choose(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Which of two devices' answers stands."""
    if not bodies.is_json(request):
        pk, _colon, verb = request.POST.get("choose", "").partition(":")
        _decide(request, uuid, pk, take=verb == "take")
        return _review(uuid)
    body = bodies.sent(request, ("other", "take"))
    take = bodies.claim(body.get("take"), "take")
    other = _decide(request, uuid, bodies.word(body.get("other"), "other"), take=take)
    token = other.question.token
    place = doors.place(request.user, uuid, token)
    told = {"revision": place.revision, "response": place.response}
    beside = fragments.beside(own(request, uuid), token, clock.of(request))
    return JsonResponse({**told, "beside": beside})


def _decide(request: HttpRequest, uuid: UUID, pk: str, *, take: bool) -> OtherAnswer:
    rows = OtherAnswer.objects.filter(
        question__attempt__in=Attempt.objects.of(request.user).filter(uuid=uuid),
        reason=OtherAnswer.Reason.DEVICE,
    )
    if not (pk.isdecimal() and len(pk) < 19):
        raise Http404
    other = get_object_or_404(rows.select_related("question"), pk=pk)
    return answers.choose_other(other, take=take, by=request.user, at=clock.of(request))


def _review(uuid: UUID) -> HttpResponse:
    return redirect("courses:review", uuid)
