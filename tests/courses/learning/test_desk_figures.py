"""The figures of a quiz as the database adds them up, against the answers one by one."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from courses.learning.models import Answer, ChosenOption
from courses.learning.quiz_figures import figures
from courses.learning.services.grading import regrade
from courses.quizzes.models import Key, Option, QuestionVersion, Quiz, QuizQuestion
from tests.courses.learning.desks import Desk
from tests.courses.learning.seats import Seat, later
from tests.factories.accounts import UserFactory
from tests.factories.courses import EditionFactory, EnrolmentFactory, QuizFactory, QuizGroupFactory

pytestmark = pytest.mark.django_db
D = Decimal


def another(seat: Seat, *responses: dict | None, at: float = 0) -> None:
    """One more learner hands the quiz in; None leaves a question out."""
    seat.enrolment = EnrolmentFactory(edition=seat.quiz.edition)
    again(seat, *responses, at=at)


def again(seat: Seat, *responses, at: float = 0) -> None:
    seat.start(at=later(at))
    for n, response in enumerate(responses):
        if response is not None:
            seat.save(response(seat, n), n, at=later(at + 1))
    seat.submit(key=f"key-{seat.attempt.pk}", at=later(at + 5))


def right(seat, n):
    return seat.right(n)


def chose(*texts):
    def response(seat, n):
        tokens = [seat.question(n).options.get(option__text=text).token for text in texts]
        return {"chosen": sorted(tokens)}

    return response


def typed(text):
    return lambda seat, n: {"text": text, "unit": ""}


@pytest.fixture
def seat() -> Seat:
    """Four learners and a second try of the last: single, multiple, number."""
    seat = Seat("single", "multiple", "number", starts=False)
    another(seat, right, right, right)
    another(seat, chose("wrong"), chose("right", "wrong"), typed("1"))
    another(seat, chose("wrong"), chose("right"), None)
    another(seat, chose(), chose("also wrong", "wrong"), typed(""))
    again(seat, right, right, right, at=30)
    return seat


def told(found):
    return [
        (row.tally.asked, row.tally.answered, row.tally.right, round(row.tally.mean, 4))
        for row in found.questions
    ]


def test_the_figures_of_first_attempts_are_those_that_were_reckoned_by_hand(seat):
    found = figures([seat.quiz], first_only=True)

    assert (found.count, found.closed, found.open, found.learners) == (4, 5, 0, 4)
    # Scores 1, 0, 1/6 and 0.
    assert (found.passed, found.pass_share) == (1, 0.25)
    assert found.mean == (D(1) + D("0.1667")) / 4
    assert [band.times for band in found.bands] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 1]
    assert told(found) == [(4, 3, 1, 0.25), (4, 4, 1, 0.375), (4, 2, 1, 0.25)]
    wrong = [(row.wrong.text, row.wrong.times) if row.wrong else None for row in found.questions]
    assert wrong == [("wrong", 2), ("wrong", 2), None]
    assert found.is_few
    assert {row.discrimination for row in found.questions} == {None}


def test_all_attempts_count_when_that_is_asked_for(seat):
    found = figures([seat.quiz], first_only=False)

    assert (found.count, found.passed) == (5, 2)
    assert told(found)[0] == (5, 4, 2, 0.4)
    assert [(row.text, row.times) for row in found.questions[0].choices] == [
        ("right", 2),
        ("wrong", 2),
    ]


def test_each_figure_is_what_the_answers_say_one_by_one(seat):
    found = figures([seat.quiz], first_only=False)

    for row in found.questions:
        answers = Answer.objects.filter(question__version=row.version)
        assert row.tally.shares == pytest.approx(sum(float(one.share) for one in answers))
        assert row.tally.right == sum(one.share == 1 for one in answers)
        for choice in row.choices:
            chosen = ChosenOption.objects.filter(answer__in=answers, option__text=choice.text)
            assert choice.times == chosen.count()


def test_an_open_attempt_is_counted_and_nothing_more(seat):
    seat.enrolment = EnrolmentFactory(edition=seat.quiz.edition)
    seat.start()
    seat.save()

    found = figures([seat.quiz], first_only=True)

    assert (found.count, found.open, found.learners) == (4, 1, 5)
    assert told(found)[0][0] == 4


def test_the_newest_grading_counts(seat):
    wrong = Option.objects.get(version=seat.versions[0], text="wrong")
    Key.objects.filter(version=seat.versions[0]).update(option=wrong)

    regrade(seat.quiz, by=UserFactory(), reason="Key.", at=later(90), dry_run=False)

    found = figures([seat.quiz], first_only=True)
    assert told(found)[0] == (4, 3, 2, 0.5)
    assert found.questions[0].wrong.text == "right"


def next_edition(seat: Seat, *, has_same_meaning: bool) -> Seat:
    """The quiz in a second edition, its first question reworded."""
    old, course = seat.versions[0], seat.quiz.edition.course
    edition = EditionFactory(course=course, number=2)
    quiz = QuizFactory(edition=edition, key=seat.quiz.key, slug=seat.quiz.slug)
    version = QuestionVersion.objects.create(
        question=old.question,
        number=2,
        kind="single",
        prompt="Reworded",
        has_same_meaning=has_same_meaning,
    )
    option = Option.objects.create(version=version, text="right", position=1)
    Option.objects.create(version=version, text="wrong", position=2)
    Key.objects.create(version=version, option=option)
    group = QuizGroupFactory(quiz=quiz, position=1)
    QuizQuestion.objects.create(group=group, version=version, position=1)
    other = Seat.__new__(Seat)
    other.quiz, other.versions, other.keys = quiz, [version], seat.keys
    return other


def both_editions(seat: Seat) -> list[Quiz]:
    return list(Quiz.objects.filter(key=seat.quiz.key).order_by("-edition__number"))


def test_versions_with_the_same_meaning_are_one_question(seat):
    another(next_edition(seat, has_same_meaning=True), chose("wrong"))

    found = figures(both_editions(seat), first_only=True)

    first = found.questions[0]
    assert (first.numbers, first.tally.asked, first.wrong.times) == ((1, 2), 5, 3)
    assert (first.version.prompt, len(found.questions)) == ("Reworded", 3)


def test_a_version_with_another_meaning_is_a_question_of_its_own(seat):
    another(next_edition(seat, has_same_meaning=False), chose("wrong"))

    found = figures(both_editions(seat), first_only=True)

    assert [(row.numbers, row.tally.asked) for row in found.questions[:2]] == [((2,), 1), ((1,), 4)]
    assert len(found.questions) == 4


def test_a_quiz_that_nobody_took_shows_its_questions_without_figures():
    seat = Seat("single", starts=False)

    found = figures([seat.quiz], first_only=True)

    assert (found.count, found.bands, found.mean, found.passed) == (0, (), None, None)
    assert [(row.tally.asked, row.tally.mean) for row in found.questions] == [(0, None)]


def test_a_survey_tells_what_was_chosen_and_judges_nothing():
    seat = Seat("single", starts=False, plan="survey", pass_mark=None)
    another(seat, chose("wrong"))

    found = figures([seat.quiz], first_only=True)
    page = Desk(seat.quiz.edition.course).page(f"quizzes/{seat.quiz.slug}/")

    assert (found.count, found.passed, found.bands) == (1, None, ())
    assert [row.times for row in found.questions[0].choices] == [1, 0]
    assert "Grade again" not in page
    assert "Discrimination" not in page


@pytest.mark.parametrize("learners", [1, 25])
def test_the_page_costs_the_same_for_any_number_of_answers(learners, count_queries):
    seat = Seat("single", "multiple", starts=False)
    for _ in range(learners):
        another(seat, chose("wrong"), right)
    desk = Desk(seat.quiz.edition.course)

    with count_queries(12):
        page = desk.page(f"quizzes/{seat.quiz.slug}/")

    assert ("Few cases" in page) is (learners < 20)
    assert f"These figures are of {learners} attempt" in page or learners >= 20


def test_a_file_holds_the_figures_of_the_page(seat):
    desk = Desk(seat.quiz.edition.course)
    path = f"quizzes/{seat.quiz.slug}/sheet/"

    text = b"".join(desk.get(path, format="csv").streaming_content).decode("utf-8-sig")
    book = load_workbook(io.BytesIO(b"".join(desk.get(path, format="xlsx").streaming_content)))

    rows = list(csv.DictReader(io.StringIO(text)))
    names = ("asked", "answered", "right", "mean_share")
    found = figures([seat.quiz], first_only=True)
    assert [tuple(float(row[name]) for name in names) for row in rows] == told(found)
    columns, *lines = book.active.iter_rows(values_only=True)
    sheet = [dict(zip(columns, line, strict=True)) for line in lines]
    assert [tuple(row[name] for name in names) for row in sheet] == told(found)
    assert [row["wrong_most_chosen"] for row in rows] == ["wrong", "wrong", ""]
