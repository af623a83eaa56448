"""The file that a learner's page makes without a line, and a trainer who loads it."""

from __future__ import annotations

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from courses.learning import answers_file as files
from courses.learning import papers
from courses.learning.models import Attempt, OtherAnswer
from tests.courses.learning.desks import Desk
from tests.courses.learning.seats import Seat, later

KEYS = ("key-of-one", "key-of-two", "key-of-three")


def sealed(seat: Seat) -> str:
    attempt = Attempt.objects.select_related("enrolment__learner", "quiz").get(pk=seat.attempt.pk)
    return files.seal(attempt, papers.paper(attempt, at=later()))


def made(seat: Seat, *responses: Any, **parts: Any) -> dict[str, Any]:
    """The file as a page without a line makes it; a question without a response is left out."""
    answers = [
        {
            "question": seat.question(n).token,
            "position": n + 1,
            "response": response,
            "revision": 0,
            "key": KEYS[n],
            "state": "waiting",
        }
        for n, response in enumerate(responses)
        if response is not None
    ]
    told = {"attempt": str(seat.attempt.uuid), "device": "laptop x1", "language": "en-GB"}
    told |= {"seal": sealed(seat), "made_at": "2026-03-03T10:00:00.000Z", "answers": answers}
    return {**told, **parts}


def bytes_of(file: Any) -> bytes:
    return file if isinstance(file, bytes) else json.dumps(file).encode()


def look(desk: Desk, file: Any):
    sent = SimpleUploadedFile("answers.json", bytes_of(file), content_type="application/json")
    return desk.post("answers-file/", file=sent)


def outcomes(seat: Seat, file: Any) -> list[str]:
    """In the order of the quiz; papers have their own."""
    attempt = files.attempt_of(seat.quiz.edition.course, files.read(bytes_of(file)))
    lines = files.lines(attempt, files.read(bytes_of(file)))
    found = {line.question.token: line.outcome for line in lines}
    tokens = [seat.question(n).token for n in range(len(seat.versions))]
    return [found[token] for token in tokens if token in found]


def keep(desk: Desk, file: Any):
    return desk.post("answers-file/keep/", content=bytes_of(file).decode())


def kept() -> list[tuple[str, str, Any]]:
    rows = OtherAnswer.objects.order_by("question__version")
    return list(rows.values_list("reason", "outcome", "response"))


def closed_seat() -> Seat:
    """One question answered wrongly, one rightly, one not at all; closed."""
    found = Seat("single", "short_text", "number")
    found.save(found.chosen("wrong"))
    found.save(n=1)
    found.submit()
    return found


def whole(seat: Seat) -> dict[str, Any]:
    return made(seat, seat.right(), seat.right(1), {"text": "100", "unit": "t"})


def desk_of(seat: Seat) -> Desk:
    return Desk(seat.quiz.edition.course)
