"""A learner in front of a paper, as pages and scripts see it."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

from courses.learning.models import Attempt, PaperOption, PaperQuestion
from courses.learning.services.attempts import start_attempt
from courses.quizzes.models import Quiz
from partnership.lib import clock
from tests.factories.courses import EnrolmentFactory, QuizFactory, asked

KINDS = ("single", "multiple", "true_false", "number", "short_text", "matching", "ordering")
# What a form without scripts sends for each kind, all of it right.
RIGHT: dict[str, Any] = {
    "single": "right",
    "true_false": "right",
    "multiple": ("right", "also right"),
    "number": ("100", "t"),
    "short_text": "OIMP",
}


class Sitting:
    """A quiz, one who takes it, and a browser in which she is signed in."""

    def __init__(self, *kinds: str, learner: Any = None, prompt: str = "Which?", **fields: Any):
        self.quiz: Quiz = QuizFactory(**fields)
        for kind in kinds or ("single",):
            asked(self.quiz, kind, prompt=prompt)
        given = {"learner": learner} if learner else {}
        self.enrolment = EnrolmentFactory(edition=self.quiz.edition, **given)
        self.learner = self.enrolment.learner
        self.client = Client()
        self.client.force_login(self.learner)

    def start(self) -> Sitting:
        self.attempt: Attempt = start_attempt(self.enrolment, self.quiz, at=clock.now())
        return self

    @property
    def address(self) -> str:
        return f"/courses/attempts/{self.attempt.uuid}/"

    @property
    def answers(self) -> str:
        """Where the page's script saves: the API's own address."""
        return f"/api/v1/attempts/{self.attempt.uuid}/answers/"

    @property
    def questions(self) -> list[PaperQuestion]:
        return list(self.attempt.paper.select_related("version").order_by("position"))

    def token(self, question: PaperQuestion, text: str) -> str:
        return PaperOption.objects.get(question=question, option__text=text).token

    def right(self, question: PaperQuestion) -> dict[str, str | list[str]]:
        """The fields of a form that answer this question rightly."""
        token, kind = question.token, question.version.kind
        wanted = RIGHT.get(kind)
        match kind:
            case "multiple":
                return {token: [self.token(question, text) for text in wanted]}
            case "number":
                return {token: wanted[0], f"{token}.unit": wanted[1]}
            case "short_text":
                return {token: wanted}
            case "matching":
                return {
                    f"{token}.{self.token(question, f'left {n}')}": self.token(
                        question, f"right {n}"
                    )
                    for n in (1, 2, 3)
                }
            case "ordering":
                places = {"first": "1", "second": "2", "third": "3"}
                return {f"{token}.{self.token(question, text)}": n for text, n in places.items()}
        return {token: self.token(question, wanted)}

    def save(self, response: Any, *, question: PaperQuestion | None = None, **body: Any):
        """A save as the script sends it."""
        question = question or self.questions[0]
        sent = {"saw": 0, "key": "key-of-this-save", "device": "a test", **body}
        return self.send("answers/", {"question": question.token, "response": response, **sent})

    def send(self, path: str, body: Any) -> HttpResponse:
        text = body if isinstance(body, str) else json.dumps(body)
        address = self.answers if path == "answers/" else f"{self.address}{path}"
        return self.client.post(address, text, content_type="application/json")

    def chosen(self, text: str = "right", *, question: PaperQuestion | None = None) -> dict:
        return {"chosen": [self.token(question or self.questions[0], text)]}
