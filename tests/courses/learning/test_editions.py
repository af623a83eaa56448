"""A second edition comes out while two people learn: one finishes the first, one moves over."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from courses.catalogue.models import Edition, Lesson
from courses.learning.models import Attempt, Certificate, Enrolment
from courses.quizzes.services import open_draft, publish
from partnership.lib import clock
from tests.courses.learning.seats import right
from tests.courses.loads import course_of
from tests.factories.certificates import learning
from tests.factories.courses import LessonFactory

REFERENCE = re.compile(r"reference: [0-9a-f]{16}", re.I)
STAYED, CHANGED, NEW = "l0-1", "l0-2", "l0-3"


@pytest.fixture
def first(db) -> Edition:
    """The first edition: two lessons, a quiz of the module and one of the whole."""
    return course_of(1)


def second_of(first: Edition, *, published: bool = True) -> Edition:
    """The next one: a lesson in other words, and one more."""
    draft = open_draft(first.course, at=clock.now())
    Lesson.objects.filter(edition=draft, key=CHANGED).update(text="Anew.", html="<p>Anew.</p>")
    LessonFactory(module=draft.modules.get(), position=3, key=NEW, title="What is new")
    Edition.objects.filter(pk=draft.pk).update(what_changed="One lesson more.")
    draft.refresh_from_db()
    return publish(draft, at=clock.now()) if published else draft


class Learner:
    """Somebody with a browser, in front of one course."""

    def __init__(self, edition: Edition):
        self.enrolment = learning(edition)
        self.course = edition.get_absolute_url()
        self.client = Client()
        self.client.force_login(self.enrolment.learner)

    def get(self, what: str = "") -> tuple[int, str]:
        answer = self.client.get(f"{self.course}{what}")
        return answer.status_code, answer.content.decode()

    def send(self, what: str, **fields: Any) -> str:
        answer = self.client.post(f"{self.course}{what}", fields, follow=True)
        assert answer.status_code == 200
        return answer.content.decode()

    def take(self, quiz: str) -> None:
        """Start, answer and hand in, as a form without scripts does."""
        self.send(f"quizzes/{quiz}/start/")
        attempt = Attempt.objects.open().get(enrolment__learner=self.enrolment.learner)
        fields: dict[str, Any] = {}
        for question in attempt.paper.select_related("version"):
            answer, token = right(question), question.token
            fields |= {f"{token}.saw": 0, token: answer.get("chosen", [])}
            fields |= {f"{token}.{one}": two for one, two in answer.get("pairs", {}).items()}
        address = attempt.get_absolute_url()
        self.client.post(f"{address}answers/", fields)
        self.client.post(f"{address}submit/", {"key": "one-hand-in"})


def test_who_stays_finishes_the_edition_that_she_joined(first):
    learner = Learner(first)
    learner.send(f"{STAYED}/done/")
    second = second_of(first)

    _status, told = learner.get()
    _status, lesson = learner.get(f"{CHANGED}/")
    learner.send(f"{CHANGED}/done/")
    for quiz in ("try", "check"):
        learner.take(quiz)

    assert "Edition 2 of this course is out" in told
    assert "One lesson more." in told
    assert "What is new" not in told
    assert "A tonne is counted" in lesson
    certificate = Certificate.objects.get()
    assert (certificate.edition, certificate.edition_number) == (first, 1)
    assert not Enrolment.objects.filter(edition=second).exists()
    checked = Client().get(certificate.get_absolute_url()).content.decode()
    assert "edition 1" in checked.lower()


def test_who_moves_over_keeps_what_stayed_word_for_word(first):
    learner = Learner(first)
    for lesson in (STAYED, CHANGED):
        learner.send(f"{lesson}/done/")
    second_of(first)

    told = learner.send("move/")

    moved = Enrolment.objects.active().get()
    assert moved.edition.number == 2
    assert [row.lesson.key for row in moved.completions.all()] == [STAYED]
    assert "1 of 5 required are done." in told
    assert "Anew." in learner.get(f"{CHANGED}/")[1]


def test_a_lesson_that_only_the_newer_edition_has_says_so_and_offers_moving(first):
    learner = Learner(first)
    second_of(first)

    status, told = learner.get(f"{NEW}/")
    learner.send("move/")

    assert status == 404
    assert "This lesson came with edition 2." in told
    assert "One lesson more." in told
    assert f'action="{learner.course}move/"' in told
    assert "A tonne is counted" not in told
    assert learner.get(f"{NEW}/")[0] == 200


def test_a_lesson_of_a_draft_or_of_no_edition_is_not_found_in_the_same_words(first):
    learner = Learner(first)
    second_of(first, published=False)

    answers = [learner.get(f"{slug}/") for slug in (NEW, "nothing")]

    assert [status for status, _text in answers] == [404, 404]
    told = [REFERENCE.sub("", text) for _status, text in answers]
    assert told[0] == told[1]


def test_telling_of_a_newer_lesson_costs_few_queries(first, count_queries):
    learner = Learner(first)
    second_of(first)

    with count_queries(10):
        learner.get(f"{NEW}/")
