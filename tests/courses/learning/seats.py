"""Somebody who sits a quiz, straight through the services and by a clock that stands still."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from courses.learning import papers
from courses.learning.models import Attempt, PaperOption, PaperQuestion
from courses.learning.services.answers import Saved, Sent, save_answer
from courses.learning.services.attempts import start_attempt, submit_attempt
from courses.quizzes.models import Key, QuestionVersion
from tests.factories.courses import JOINED, EnrolmentFactory, QuizFactory, asked

KINDS = ("single", "multiple", "true_false", "number", "short_text", "matching", "ordering")
EXAM = {
    "plan": "exam",
    "time_limit_minutes": 30,
    "time_limit_reason": "Like the work itself.",
    "attempts_allowed": 1,
}
START = JOINED + timedelta(days=1)


def later(minutes: float = 0, seconds: float = 0) -> datetime:
    return START + timedelta(minutes=minutes, seconds=seconds)


class Seat:
    """A quiz with a question of each kind, and an attempt that began at `START`."""

    def __init__(self, *kinds: str, starts: bool = True, **quiz: Any):
        self.quiz = QuizFactory(**quiz)
        self.versions = [asked(self.quiz, kind) for kind in kinds or ("single",)]
        self.enrolment = EnrolmentFactory(edition=self.quiz.edition)
        self.learner = self.enrolment.learner
        self.keys = (f"key-{n}" for n in count())
        if starts:
            self.start()

    def start(self, at: datetime = START) -> Attempt:
        self.attempt = start_attempt(self.enrolment, self.quiz, at=at)
        return self.attempt

    def question(self, n: int = 0) -> PaperQuestion:
        """The one that asks the n-th version of the quiz."""
        return self.attempt.paper.get(version=self.versions[n])

    def place(self, n: int = 0) -> papers.Place:
        scope = Attempt.objects.filter(pk=self.attempt.pk)
        found = papers.place(scope, self.question(n).token)
        assert found
        return found

    def right(self, n: int = 0) -> dict[str, Any]:
        return right(self.question(n))

    def chosen(self, text: str, n: int = 0) -> dict[str, Any]:
        options = self.question(n).options
        return {"chosen": [options.get(option__text=text).token]}

    def save(
        self, response: Any = None, n: int = 0, at: datetime | None = None, **sent: Any
    ) -> Saved:
        response = self.right(n) if response is None else response
        given = {"saw": 0, "key": next(self.keys), "device": "laptop", **sent}
        return save_answer(self.place(n), Sent(response=response, **given), at=at or later(1))

    def submit(self, key: str = "the-key", at: datetime | None = None) -> Attempt:
        return submit_attempt(Attempt.objects.get(pk=self.attempt.pk), key=key, at=at or later(5))

    def pass_it(self, at: datetime | None = None) -> Attempt:
        for n in range(len(self.versions)):
            self.save(n=n)
        return self.submit(at=at)


def right(question: PaperQuestion) -> dict[str, Any]:
    """What answers this question rightly, in the tokens of its paper."""
    tokens = dict(PaperOption.objects.filter(question=question).values_list("option", "token"))
    version: QuestionVersion = question.version
    keys = list(Key.objects.filter(version=version).order_by("place", "pk"))
    match version.kind:
        case "number":
            return {"text": str(keys[0].number), "unit": version.unit}
        case "short_text":
            return {"text": keys[0].text}
        case "matching":
            return {"pairs": {tokens[key.option_id]: tokens[key.match_id] for key in keys}}
        case "ordering":
            return {"order": [tokens[key.option_id] for key in keys]}
    return {"chosen": sorted(tokens[key.option_id] for key in keys)}
