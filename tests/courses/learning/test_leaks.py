from __future__ import annotations

import json
import re
from dataclasses import asdict

import pytest
from django.db.models import F
from django.test import Client

from courses.learning import drawing, papers
from courses.learning.models import Attempt
from courses.learning.services.attempts import start_attempt
from courses.quizzes.models import Key, Option, QuestionVersion
from tests.courses.learning.seats import KINDS, Seat, later
from tests.factories.courses import EnrolmentFactory

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'"[A-Za-z0-9_-]{16}"')


def a_quiz_of_all_kinds():
    seat = Seat(*KINDS, starts=False)
    for version in seat.versions:
        QuestionVersion.objects.filter(pk=version.pk).update(prompt=f"A question: {version.kind}")
    Option.objects.update(feedback="Feedback of an option.")
    return seat


def turn_every_key(seat):
    """Another key for each question; what is asked stays word for word."""
    for kind in ("single", "true_false", "multiple"):
        Key.objects.filter(version__kind=kind).delete()
        for wrong in Option.objects.filter(version__kind=kind, text__endswith="wrong"):
            Key.objects.create(version=wrong.version, option=wrong)
    Key.objects.filter(version__kind="number").update(number=F("number") + 7, tolerance=50)
    QuestionVersion.objects.filter(kind="number").update(unit="kilometres of something long")
    Key.objects.filter(version__kind="short_text").update(text="another, much longer text")
    Key.objects.filter(version__kind="ordering").update(place=10 - F("place"))
    left, right = (Option.objects.filter(side=side).order_by("pk") for side in ("left", "right"))
    for option, match in zip(left, reversed(right), strict=True):
        Key.objects.filter(option=option).update(match=match)
    QuestionVersion.objects.update(explanation="Another explanation.", points=5)


def sent(attempt):
    """Everything that is told of a paper, as bytes."""
    told = asdict(papers.paper(attempt, at=later(1)))
    assert told.pop("uuid") == attempt.uuid
    return json.dumps(told, default=str)


def without_order(text):
    """The same with identifiers blotted out and every list in the order of its texts."""
    told = json.loads(TOKEN.sub('"-"', text))
    for question in told["questions"]:
        question["position"] = 0
        for side in ("choices", "left", "right"):
            question[side].sort(key=lambda option: option["text"])
    told["questions"].sort(key=lambda question: question["prompt"])
    return json.dumps(told, sort_keys=True)


def starts(seat, number):
    edition = seat.quiz.edition
    for _ in range(number):
        yield start_attempt(EnrolmentFactory(edition=edition), seat.quiz, at=later())


@pytest.mark.audit
def test_for_two_keys_the_same_bytes_are_sent_and_identifiers_are_other_ones_each_time():
    seat = a_quiz_of_all_kinds()
    papers_of_one_key = [sent(attempt) for attempt in starts(seat, 100)]
    turn_every_key(seat)
    papers_of_another = [sent(attempt) for attempt in starts(seat, 100)]

    every = papers_of_one_key + papers_of_another
    assert len({without_order(text) for text in every}) == 1
    assert len({len(text.encode()) for text in every}) == 1
    tokens = [token for text in every for token in TOKEN.findall(text)]
    assert len(set(tokens)) == len(tokens) == 200 * (7 + Option.objects.count())


PLACES = re.compile(r"(?<=[qtnu]-)\d+|(?<=data-position=\")\d+|(?<=question-number\">)\d+")
OWN = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}|[A-Za-z0-9_-]{16,}")


def page_of(attempt):
    """The quiz page, then the look before handing in: what is no identifier, place or order."""
    client = Client()
    client.force_login(attempt.enrolment.learner)
    pieces = []
    for path in ("", "review/"):
        text = client.get(f"/courses/attempts/{attempt.uuid}/{path}").content.decode()
        text = text.replace(attempt.enrolment.learner.name, "-")
        shown = PLACES.sub("-", OWN.sub("-", text))
        pieces += sorted(re.split("(?=<)", shown))
    return pieces


def test_for_two_keys_the_pages_before_the_end_say_the_same():
    seat = a_quiz_of_all_kinds()
    of_one_key = [page_of(attempt) for attempt in starts(seat, 3)]
    turn_every_key(seat)
    of_another = [page_of(attempt) for attempt in starts(seat, 3)]

    assert len(of_one_key[0]) > 200
    assert all(page == of_one_key[0] for page in of_one_key + of_another)


def test_the_place_of_an_option_does_not_tell_whether_it_is_right():
    first = [drawing.shuffle(["right", "wrong"])[0] for _ in range(400)].count("right")

    # Were it a coin, it would leave these bounds once in a million million runs.
    assert 130 <= first <= 270


def test_nothing_that_is_sent_names_a_row_a_point_or_an_explanation():
    seat = a_quiz_of_all_kinds()
    text = sent(next(starts(seat, 1)))

    names = set(re.findall(r'"(\w+)":', text))
    assert not {"pk", "id", "points", "feedback", "explanation", "unit", "key", "share"} & names
    assert "Feedback of an option." not in text
    assert "The first one is." not in text
    assert "OIMP" not in text


@pytest.mark.parametrize("kind", ["single", "multiple", "true_false"])
def test_a_save_tells_the_same_of_a_right_and_a_wrong_answer(kind):
    seat = Seat(kind)
    right = seat.save()
    other = Seat(kind)
    wrong = other.save(other.chosen("wrong"))

    assert right == wrong


def test_an_answer_before_the_end_has_no_share():
    seat = Seat(*KINDS)
    for n in range(7):
        seat.save(n=n)

    shares = Attempt.objects.get().paper.values_list("answer__share", flat=True)
    assert set(shares) == {None}
