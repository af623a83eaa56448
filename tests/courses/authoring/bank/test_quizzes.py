from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.authoring.bank import queries
from courses.authoring.bank.refusals import NotADraft, NotToBeAsked
from courses.authoring.bank.services import quizzes
from courses.quizzes.models import Quiz, QuizQuestion
from courses.quizzes.services import publish
from partnership.accounts.models import User
from partnership.audit.models import AuditEntry
from tests.courses.authoring.bank.desks import read_here
from tests.courses.learning.desks import Desk
from tests.factories.accounts import UserFactory
from tests.factories.courses import (
    JOINED,
    EditionFactory,
    LessonFactory,
    QuestionFactory,
    QuestionVersionFactory,
    QuizFactory,
    asked,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(db) -> User:
    return UserFactory()


@pytest.fixture
def quiz(db) -> Quiz:
    return QuizFactory(edition=EditionFactory(published_at=None), slug="check")


def put(quiz, *versions, by, group=None) -> int:
    keys = [version.question.key for version in versions]
    return quizzes.put_in(quiz, keys, group=group, by=by, at=JOINED)


def question(quiz, **more):
    return QuestionVersionFactory(question=QuestionFactory(course=quiz.edition.course, **more))


def order(quiz) -> list[tuple[int, int, str]]:
    lines = QuizQuestion.objects.filter(group__quiz=quiz)
    told = ("group__position", "position", "version__question__key")
    return list(lines.order_by("group__position", "position").values_list(*told))


def test_questions_are_put_in_once_at_the_end_and_it_is_written_down(quiz, by):
    first, second = question(quiz, key="a"), question(quiz, key="b")
    assert put(quiz, first, by=by) == 1
    assert put(quiz, second, first, by=by) == 1

    assert order(quiz) == [(1, 1, "a"), (1, 2, "b")]
    assert AuditEntry.objects.filter(verb="quiz.change", actor=str(by.uuid)).count() == 2


def test_questions_are_offered_as_they_came_and_asked_as_they_were_named(quiz, by):
    second, tenth = question(quiz, key="q-2"), question(quiz, key="q-10")
    assert list(queries.candidates(quiz, [], "")) == [second, tenth]
    put(quiz, second, tenth, by=by)

    assert order(quiz) == [(1, 1, "q-2"), (1, 2, "q-10")]


def test_the_newest_version_is_put_in_and_an_older_one_is_renewed_when_asked(quiz, by):
    version = question(quiz, key="a")
    put(quiz, version, by=by)
    newer = QuestionVersionFactory(question=version.question, number=2)
    (group,) = queries.groups(quiz)
    assert [line.newer for line in group.lines] == [2]
    quizzes.renew(quiz, "a", by=by, at=JOINED)

    assert QuizQuestion.objects.get().version == newer


@pytest.mark.parametrize("state", ["reserve", "self_check"])
def test_what_is_not_in_use_is_not_put_in(quiz, by, state):
    with pytest.raises(NotToBeAsked):
        put(quiz, question(quiz, state=state), by=by)

    assert order(quiz) == []


def test_a_question_of_another_course_is_not_put_in(quiz, by):
    other = QuestionVersionFactory()

    assert put(quiz, other, by=by) == 0
    assert order(quiz) == []


def test_a_question_goes_up_and_down_through_the_groups_and_nothing_is_lost(quiz, by):
    put(quiz, *(question(quiz, key=key) for key in "abc"), by=by)
    quizzes.add_group(quiz)
    quizzes.move(quiz, "c", 1)
    quizzes.move(quiz, "a", 1)
    quizzes.move(quiz, "b", -1)
    assert order(quiz) == [(1, 1, "b"), (1, 2, "a"), (2, 1, "c")]
    quizzes.move(quiz, "c", 1)
    quizzes.move(quiz, "a", 1)
    assert order(quiz) == [(1, 1, "b"), (2, 1, "a"), (2, 2, "c")]
    quizzes.drop_group(quiz, 1, by=by, at=JOINED)
    assert order(quiz) == [(1, 1, "a"), (1, 2, "c"), (1, 3, "b")]
    with pytest.raises(NotToBeAsked):
        quizzes.drop_group(quiz, 1, by=by, at=JOINED)


def test_no_more_is_drawn_than_there_is(quiz, by):
    put(quiz, question(quiz), question(quiz), by=by)
    with pytest.raises(NotToBeAsked):
        quizzes.say_group(quiz, 1, title="", quota=3, by=by, at=JOINED)
    quizzes.say_group(quiz, 1, title="Drawn", quota=2, by=by, at=JOINED)

    assert quiz.groups.values_list("title", "quota").get() == ("Drawn", 2)


def test_a_quiz_that_is_published_meanwhile_does_not_change(quiz, by):
    version = asked(quiz)
    LessonFactory(module__edition=quiz.edition)
    publish(quiz.edition, at=JOINED)
    key, before = version.question.key, order(quiz)
    acts = [
        lambda: put(quiz, question(quiz), by=by),
        lambda: quizzes.take_out(quiz, key, by=by, at=JOINED),
        lambda: quizzes.move(quiz, key, 1),
        lambda: quizzes.renew(quiz, key, by=by, at=JOINED),
        lambda: quizzes.add_group(quiz),
        lambda: quizzes.say_group(quiz, 1, title="x", quota=None, by=by, at=JOINED),
        lambda: quizzes.drop_group(quiz, 1, by=by, at=JOINED),
    ]

    for act in acts:
        with pytest.raises(NotADraft):
            act()
    assert order(quiz) == before


def test_every_page_takes_as_many_queries_for_one_question_as_for_many(quiz):
    desk, course = Desk(quiz.edition.course), quiz.edition.course
    key = asked(quiz).question.key
    question(quiz)
    one = read_here(b"A?{T}\n\nB?{=b\n", "gift", course)
    pages = [
        "questions/",
        f"questions/imports/{one.uuid}/",
        "draft/quizzes/check/",
        "questions/imports/",
        "questions/export/?as=gift",
        "questions/?figures=weak",
        f"questions/q/{key}/",
    ]
    few = [queries_of(desk, page) for page in pages]
    for n in range(12):
        asked(quiz, prompt=f"Asked {n}?")
        question(quiz)
    many = b"\n\n".join(b"Q%d?{T}" % n for n in range(12))
    more = read_here(many, "gift", course)
    pages[1] = f"questions/imports/{more.uuid}/"

    assert [queries_of(desk, page) for page in pages] == few
    assert max(few) <= 14


def queries_of(desk, page) -> int:
    with CaptureQueriesContext(connection) as found:
        assert desk.client.get(desk.address(page)).status_code == 200
    return len(found)
