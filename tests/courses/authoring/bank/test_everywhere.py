"""The questions of all courses of a trainer, and what is taken from one into another."""

from __future__ import annotations

import pytest

from courses.authoring.bank import queries
from courses.authoring.bank.services.copying import take_over
from courses.learning import statistics
from courses.learning.models import Attempt
from courses.quizzes.models import Question, QuestionVersion
from partnership.accounts.models import User
from partnership.audit.models import AuditEntry
from tests.constraints import refused_by
from tests.courses.learning.desks import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.courses import (
    JOINED,
    CourseFactory,
    CourseTrainerFactory,
    EditionFactory,
    EnrolmentFactory,
    QuestionCaseFactory,
    QuestionFactory,
    QuestionVersionFactory,
    QuizFactory,
    asked,
)

pytestmark = pytest.mark.django_db
PAGE = "/desk/questions/"


def course(code: str, trainer: User, **given):
    made = CourseFactory(code=code, slug=code.lower(), **given)
    CourseTrainerFactory(course=made, person=trainer)
    return made


@pytest.fixture
def trainer() -> User:
    return CourseTrainerFactory(course__code="T-A", course__slug="t-a").person


@pytest.fixture
def question(trainer: User) -> QuestionVersion:
    """Asked in the published edition of T-A, with feedback and a case."""
    first = trainer.trained_courses.get().course
    case = QuestionCaseFactory(course=first, key="shared")
    version = asked(QuizFactory(edition=EditionFactory(course=first)), case=case)
    Question.objects.filter(pk=version.question_id).update(key="which", topic="units", note="see")
    version.options.filter(position=2).update(feedback="Not that one.")
    return version


def answered(version: QuestionVersion) -> None:
    """One learner handed in a paper with this question, and left it empty."""
    quiz = version.quiz_questions.get().group.quiz
    attempt = Attempt.objects.create(
        enrolment=EnrolmentFactory(edition=quiz.edition),
        quiz=quiz,
        number=1,
        started_at=JOINED,
        submitted_at=JOINED,
        closed_by="learner",
        score=0,
        is_passed=False,
    )
    attempt.paper.create(version=version, position=1, token="t")


def shown(client, query) -> list[str]:
    page = client.get(PAGE, query)
    assert page.status_code == 200
    rows = page.context["lines"]
    return [f"{row.version.question.course.slug}/{row.version.question.key}" for row in rows]


def test_a_question_is_copied_with_all_that_it_says_and_knows_where_it_comes_from(
    trainer, question
):
    second = course("T-B", trainer)
    QuestionFactory(course=second, key="which")
    client = signed_in(trainer)
    sent = {"question": ["t-a/which"], "into": "t-b"}
    page = client.post(PAGE, sent, follow=True).content.decode()
    copy = Question.objects.get(copied_from=question)
    made = copy.versions.get()

    assert "1 question is copied into T-B." in page
    assert (copy.key, copy.topic, copy.note) == ("which-2", "units", "see")
    told = [(one.text, one.feedback) for one in made.options.order_by("position")]
    assert told == [("right", ""), ("wrong", "Not that one.")]
    assert made.key.get().option.text == "right"
    assert (made.case.course, made.case.text) == (second, question.case.text)
    assert "copied from T-A, which, version 1" in page
    assert AuditEntry.objects.get(verb="questions.copy").changes["to"] == ["which-2"]
    again = client.post(PAGE, sent, follow=True).content.decode()
    assert "1 were there already" in again
    assert Question.objects.filter(course=second).count() == 2


def test_the_figures_of_a_copy_are_not_those_of_its_origin(trainer, question):
    second = course("T-B", trainer)
    (copy,) = take_over([question], second, by=trainer, at=JOINED).versions
    answered(question)
    told = queries.figures_of(question)
    assert told is not None
    assert told.asked == 1
    assert queries.figures_of(copy) is None


def test_what_the_course_asks_itself_is_not_copied_into_it(trainer, question):
    own = question.question.course

    assert take_over([question], own, by=trainer, at=JOINED).versions == ()
    assert Question.objects.count() == 1


def test_one_version_is_copied_into_a_course_once(trainer, question):
    second = course("T-B", trainer)
    QuestionFactory(course=second, copied_from=question)

    with refused_by("question_copied_once"):
        QuestionFactory(course=second, copied_from=question)


def test_another_trainers_questions_are_neither_shown_nor_copied(trainer, question):
    stranger = UserFactory()
    course("T-X", stranger)
    QuestionVersionFactory(question=QuestionFactory(course__code="T-Y", key="secret"))
    client = signed_in(trainer)

    assert shown(client, {}) == ["t-a/which"]
    client.post(PAGE, {"question": ["t-y/secret", "nonsense"], "into": "t-a"})
    assert Question.objects.count() == 2
    sent = {"question": ["t-a/which"], "into": "t-x"}
    assert client.post(PAGE, sent).status_code == 404


def test_each_filter_leaves_what_it_says(trainer, question):
    second = course("T-B", trainer, level="advanced")
    other = CourseTrainerFactory(course=second).person
    deep = QuestionFactory(course=second, key="deep")
    QuestionVersionFactory(question=deep, language="fr", prompt="How deep?")
    first, last = "t-a/which", "t-b/deep"
    found = [
        ({"course": "t-b"}, [last]),
        ({"level": "advanced"}, [last]),
        ({"topic": "units"}, [first]),
        ({"language": "fr"}, [last]),
        ({"used": "published"}, [first]),
        ({"used": "nowhere"}, [last]),
        ({"q": "DEEP"}, [last]),
        ({"ordering": "-pk"}, [last, first]),
        ({"trainer": str(trainer.uuid)}, [first, last]),
        ({"trainer": str(other.uuid)}, [last]),
        ({"figures": "weak"}, []),
        ({"figures": "none"}, [first, last]),
    ]
    client = signed_in(trainer)

    assert [(query, shown(client, query)) for query, _rows in found] == found


@pytest.mark.parametrize("more", [0, 8])
def test_the_page_costs_the_same_for_few_and_for_many(trainer, question, count_queries, more):
    for n in range(more):
        quiz = QuizFactory(edition=EditionFactory(course=course(f"T-C{n}", trainer)))
        take_over([asked(quiz)], question.question.course, by=trainer, at=JOINED)
    answered(question)
    client = signed_in(trainer)

    with count_queries(12):
        page = client.get(PAGE)
    assert len(page.context["lines"]) == 1 + 2 * more


def test_the_page_of_a_question_asks_little_and_says_where_it_comes_from(
    trainer, question, count_queries
):
    (copy,) = take_over([question], course("T-B", trainer), by=trainer, at=JOINED).versions
    answered(question)
    client = signed_in(trainer)

    with count_queries(11):
        client.get("/desk/courses/t-a/questions/q/which/")
    page = client.get(f"/desk/courses/t-b/questions/q/{copy.question.key}/").content.decode()
    assert "copied from T-A, which, version 1" in page


def test_a_draft_marks_the_questions_that_few_got_right(
    trainer, question, monkeypatch, count_queries
):
    monkeypatch.setattr(statistics, "FEW", 1)
    answered(question)
    quiz = QuizFactory(
        edition=EditionFactory(course=question.question.course, number=2, published_at=None),
        slug="check",
    )
    group = quiz.groups.create(position=1)
    group.questions.create(version=question, position=1)
    client = signed_in(trainer)
    outline = client.get("/desk/courses/t-a/draft/").content.decode()
    assert "1 is weak" in outline

    for more in (0, 3):
        for _ in range(more):
            asked(quiz, group=group, explanation="")
        with count_queries(12):
            page = client.get("/desk/courses/t-a/draft/quizzes/check/").content.decode()
    assert ">weak</span> 0 % of 1" in page
    assert page.count("Nothing is told after the answer") == 3
