"""Where answers are saved: the one address for the quiz page's script and for programs."""

from __future__ import annotations

from typing import Any

from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from courses.learning import doors, fragments, papers, posted, results
from courses.learning.api.bodies import SaveBody
from courses.learning.models import Attempt
from courses.learning.papers import Place
from courses.learning.services import answers
from courses.quizzes.responses import NO_ANSWER
from partnership.lib import clock
from partnership.lib.api import problem, sent


def state(request: Request, uuid: str) -> Response:
    """What stands on the server, for a page that comes back from sleep or from the device."""
    at = clock.of(request._request)
    found = doors.own_attempt(request.user, uuid, at=at)
    asked = papers.paper(found, at=at)
    body = {
        "person": request.user.uuid,
        "token": get_token(request._request),
        "is_open": found.is_open,
        "seconds_left": asked.seconds_left,
        "answers": {one.token: [one.revision, one.response] for one in asked.questions},
    }
    return Response(body)


def save(request: Request, uuid: str) -> Response:
    body = sent(request, SaveBody)
    place = doors.place(request.user, uuid, body["question"])
    save = answers.Sent(
        response=body["response"],
        saw=body["saw"],
        key=body["key"],
        device=body["device"],
        language=posted.language_of(request._request),
    )
    try:
        saved = answers.save_answer(place, save, at=clock.of(request._request))
    except NO_ANSWER as refusal:
        told = problem(refusal.code, str(refusal), {"response": [str(refusal)]})
        return Response(told, status=400)
    return Response(_told(request, uuid, place, saved))


def _told(request: Request, uuid: str, place: Place, saved: answers.Saved) -> dict[str, Any]:
    """The answer to a save; what is rarely needed is asked for only then."""
    told: dict[str, Any] = {
        "outcome": saved.outcome,
        "revision": saved.revision,
        "saved_at": saved.saved_at,
        "seconds_left": saved.seconds_left,
        "read_as": _("Read as %(number)s") % {"number": saved.read_as} if saved.read_as else "",
        "problem": saved.problem,
    }
    if saved.outcome == "beside":
        at = clock.of(request._request)
        found = doors.own_attempt(request.user, uuid, at=at)
        told["beside"] = fragments.beside(found, place.token, at)
    elif place.plan == "practise" and saved.outcome != "late":
        row = results.feedback(_own(request, uuid), place.token)
        told["feedback"] = fragments.feedback(row)
        told["verdict"] = row.verdict if row else ""
    return told


def _own(request: Request, uuid: str) -> Attempt:
    return Attempt.objects.of(request.user).select_related("quiz").get(uuid=uuid)
