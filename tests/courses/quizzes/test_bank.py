"""Questions of a course file that changes, beside the versions that people write."""

from __future__ import annotations

import pytest

from courses.quizzes.models import Question, QuestionVersion, Quiz, QuizQuestion
from tests.courses.loads import loaded, reworded
from tests.factories.courses import QuestionVersionFactory

pytestmark = pytest.mark.django_db
QUESTION = "a6-101-q01"


def versions() -> list[tuple[int, str]]:
    rows = QuestionVersion.objects.filter(question__key=QUESTION).order_by("number")
    return [(row.number, row.prompt) for row in rows]


def pinned(number: int) -> int:
    line = QuizQuestion.objects.get(
        group__quiz__edition__number=number,
        group__quiz__slug="check",
        version__question__key=QUESTION,
    )
    return line.version.number


def test_a_changed_question_makes_the_next_version_for_the_draft(file):
    loaded()
    first = versions()

    file["questions"][0]["prompt"] = "Which track issues its own units?"
    loaded()

    assert versions() == [*first, (2, "Which track issues its own units?")]
    assert (pinned(1), pinned(2)) == (1, 2)
    assert loaded() == "nothing new"


def test_a_version_that_a_person_wrote_stays_the_newest(file):
    loaded()
    question = Question.objects.get(key=QUESTION)
    QuestionVersionFactory(question=question, number=2, prompt="Mine?")

    file["questions"][0]["prompt"] = "Which track issues its own units?"
    told = loaded()

    assert "1 questions left as edited" in told
    assert [number for number, _ in versions()] == [1, 2]
    assert pinned(2) == 2


def test_a_question_that_goes_into_reserve_leaves_the_next_quiz_only(file):
    loaded()

    file["questions"][0]["state"] = "reserve"
    loaded()

    quizzes = Quiz.objects.filter(groups__questions__version__question__key=QUESTION)
    assert set(quizzes.values_list("edition__number", "slug")) == {(1, "before"), (1, "check")}


def test_a_question_that_a_person_put_into_reserve_is_not_asked_again(file):
    loaded()
    Question.objects.filter(key=QUESTION).update(state="reserve")

    reworded(file)
    loaded()

    quizzes = Quiz.objects.filter(groups__questions__version__question__key=QUESTION)
    assert set(quizzes.values_list("edition__number", "slug")) == {(1, "before"), (1, "check")}


def test_a_question_that_a_person_deleted_stays_away(file):
    loaded()
    QuizQuestion.objects.filter(version__question__key=QUESTION).delete()
    Question.objects.filter(key=QUESTION).delete()

    assert loaded() == "1 questions left deleted"
    assert not Question.objects.filter(key=QUESTION).exists()


def test_a_version_that_a_person_deleted_stays_away(file):
    loaded()
    QuizQuestion.objects.filter(version__question__key=QUESTION).delete()
    QuestionVersion.objects.filter(question__key=QUESTION).delete()

    assert loaded() == "1 questions left deleted"
    assert versions() == []
