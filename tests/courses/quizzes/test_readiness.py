from __future__ import annotations

import pytest

from courses.quizzes.models import Key, Option
from courses.quizzes.readiness import is_answerable, problems
from tests.courses.loads import course_of
from tests.factories.courses import (
    EditionFactory,
    QuestionVersionFactory,
    QuizFactory,
    QuizGroupFactory,
    asked,
)

pytestmark = pytest.mark.django_db
KINDS = ("single", "multiple", "true_false", "number", "short_text", "matching", "ordering")


@pytest.fixture
def draft():
    return course_of(published=False)


def test_a_complete_edition_has_no_problem(draft):
    for kind in KINDS:
        asked(draft.quizzes.get(key="check"), kind)

    assert problems(draft) == []


def test_an_empty_edition_says_all_that_is_missing():
    edition = EditionFactory(outcomes=[], published_at=None)
    QuizFactory(edition=edition, title="Check")

    assert problems(edition) == [
        "It does not say what one can do afterwards.",
        "It has no module.",
        "The quiz “Check” has no question.",
    ]


def test_problems_cost_the_same_for_few_questions_and_for_many(draft, count_queries):
    for _ in range(20):
        asked(draft.quizzes.get(key="check"))

    with count_queries(9):
        problems(draft)


def test_a_group_that_draws_more_than_it_has_is_told(draft):
    draft.quizzes.get(key="check").groups.update(quota=3)

    assert problems(draft) == ["“What you know now” draws more questions than a group of it has."]


def test_questions_that_may_not_be_asked_are_told(draft):
    quiz = draft.quizzes.get(key="check")
    reserve, other, silent = (asked(quiz) for _ in range(3))
    reserve.question.state = "reserve"
    reserve.question.save()
    other.question.course = EditionFactory().course
    other.question.save()
    silent.prompt = " "
    silent.save()

    assert problems(draft) == [
        f"The question {reserve.question.key} is in reserve: it needs a subject check.",
        f"The question {other.question.key} belongs to another course.",
        f"The question {silent.question.key} asks nothing.",
    ]


def test_a_question_without_a_right_answer_is_told_unless_nothing_is_right_or_wrong(draft):
    quiz = draft.quizzes.get(key="check")
    version = asked(quiz)
    version.key.all().delete()

    assert problems(draft) == [f"The question {version.question.key} has no complete right answer."]
    quiz.plan = "survey"
    quiz.save()
    assert problems(draft) == []


def answerable(kind, options=(), keys=()):
    """A version with options as (side, text) and keys that name them by their place."""
    version = QuestionVersionFactory(kind=kind)
    made = [
        Option.objects.create(version=version, side=side, text=str(n), position=n)
        for n, side in enumerate(options)
    ]
    for key in keys:
        values = {n: made[v] if n in ("option", "match") else v for n, v in key.items()}
        Key.objects.create(version=version, **values)
    return is_answerable(version)


CHOICES = ("choice", "choice", "choice")
SIDES = ("left", "left", "right", "right")


@pytest.mark.parametrize(
    ("kind", "options", "keys", "complete"),
    [
        ("single", CHOICES, [{"option": 0}], True),
        ("single", CHOICES, [], False),
        ("single", CHOICES, [{"option": 0}, {"option": 1}], False),
        ("single", CHOICES[:1], [{"option": 0}], False),
        ("true_false", CHOICES[:2], [{"option": 1}], True),
        ("multiple", CHOICES, [{"option": 0}, {"option": 1}], True),
        ("multiple", CHOICES, [], False),
        ("multiple", (*CHOICES, "left"), [{"option": 3}], False),
        ("number", (), [{"number": 1, "tolerance": 0}], True),
        ("number", (), [{"text": "one"}], False),
        ("short_text", (), [{"text": "OIMP"}], True),
        ("short_text", (), [], False),
        ("matching", SIDES, [{"option": 0, "match": 2}, {"option": 1, "match": 3}], True),
        ("matching", SIDES, [{"option": 0, "match": 2}], False),
        ("matching", SIDES, [{"option": 0, "match": 2}, {"option": 1, "match": 0}], False),
        ("matching", SIDES, [{"option": 0, "match": 2}, {"option": 1}], False),
        ("ordering", CHOICES[:2], [{"option": 0, "place": 1}, {"option": 1, "place": 2}], True),
        ("ordering", CHOICES[:2], [{"option": 0, "place": 1}, {"option": 1, "place": 1}], False),
        ("ordering", CHOICES[:2], [{"option": 0, "place": 1}], False),
        ("ordering", CHOICES[:2], [{"option": 0, "place": 1}, {"option": 1}], False),
    ],
)
def test_a_question_can_be_answered_when_its_key_is_complete(kind, options, keys, complete):
    assert answerable(kind, options, keys) is complete


def test_a_group_of_questions_is_looked_at_in_every_quiz(draft):
    QuizGroupFactory(quiz=draft.quizzes.get(key="try"), position=2, quota=1)

    assert problems(draft) == ["“What you know now” draws more questions than a group of it has."]
