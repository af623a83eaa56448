from __future__ import annotations

from decimal import Decimal

import pytest

from courses.quizzes import models
from courses.quizzes.models import Key, Option, Quiz, QuizQuestion
from tests.constraints import refused_by
from tests.factories.courses import (
    CourseFactory,
    ModuleFactory,
    OptionFactory,
    QuestionCaseFactory,
    QuestionFactory,
    QuestionVersionFactory,
    QuizFactory,
    QuizGroupFactory,
    asked,
)

pytestmark = pytest.mark.django_db


def again(factory, parent, **same):
    """A second row with the same parent and the same values."""

    def broken():
        first = factory(**same)
        factory(**{parent: getattr(first, parent)}, **same)

    return broken


def a_copy_again():
    copied = QuestionVersionFactory()
    QuestionFactory(course=(course := CourseFactory()), copied_from=copied)
    QuestionFactory(course=course, copied_from=copied)


def a_quiz_again(**other):
    quiz = QuizFactory(key="check", slug="check")
    QuizFactory(edition=quiz.edition, **{"key": "check", "slug": "check", **other})


def an_option_right_twice():
    option = OptionFactory()
    for _ in range(2):
        Key.objects.create(version=option.version, option=option)


def a_line_again(**other):
    version = asked(QuizFactory())
    line = version.quiz_questions.get()
    QuizQuestion.objects.create(group=line.group, **{"version": version, "position": 1, **other})


def key(**fields):
    return lambda: Key.objects.create(version=QuestionVersionFactory(kind="number"), **fields)


BROKEN = {
    "quiz_slug_once": lambda: a_quiz_again(key="other"),
    "quiz_key_once": lambda: a_quiz_again(slug="other"),
    "quiz_checked_has_a_pass_mark": lambda: QuizFactory(pass_mark=None),
    "quiz_pretest_counts_for_nothing": lambda: QuizFactory(
        plan="pretest", pass_mark=None, is_required=True
    ),
    "quiz_pass_mark_in_range": lambda: QuizFactory(pass_mark=Decimal("1.1")),
    "quiz_time_limit_of_an_exam_with_a_reason": lambda: QuizFactory(
        plan="exam", time_limit_minutes=45
    ),
    "quiz_at_least_one_attempt": lambda: QuizFactory(attempts_allowed=0),
    "question_case_version_once": again(QuestionCaseFactory, "course", key="farm", number=1),
    "question_key_once": again(QuestionFactory, "course", key="q01"),
    "question_copied_once": a_copy_again,
    "question_version_number_once": again(QuestionVersionFactory, "question", number=1),
    "question_version_has_points": lambda: QuestionVersionFactory(points=0),
    "question_version_unit_of_a_number": lambda: QuestionVersionFactory(kind="single", unit="t"),
    "option_position_once": again(OptionFactory, "version", position=1),
    "key_says_something": key(),
    "key_number_has_a_tolerance": key(number=1, tolerance=-1),
    "key_option_once": an_option_right_twice,
    "quiz_group_position_once": again(QuizGroupFactory, "quiz", position=1),
    "quiz_group_draws_one": lambda: QuizGroupFactory(quota=0),
    "quiz_question_position_once": lambda: a_line_again(version=QuestionVersionFactory()),
    "quiz_question_once": lambda: a_line_again(position=2),
}


def test_every_constraint_is_broken_once():
    known = {
        constraint.name
        for name in models.__all__
        for constraint in getattr(models, name)._meta.constraints
    }

    assert known == set(BROKEN)


@pytest.mark.parametrize("constraint", BROKEN)
def test_the_database_refuses(constraint):
    with refused_by(constraint):
        BROKEN[constraint]()


@pytest.mark.parametrize("counts", [{"pass_mark": Decimal("0.7")}, {"in_module": True}])
def test_a_pretest_has_no_mark_and_is_of_the_whole_edition(counts):
    quiz = QuizFactory(plan="pretest", pass_mark=None, is_required=False)
    module = ModuleFactory(edition=quiz.edition)

    if counts.pop("in_module", False):
        counts = {"module": module}
    with refused_by("quiz_pretest_counts_for_nothing"):
        Quiz.objects.filter(pk=quiz.pk).update(**counts)


def test_an_exam_may_have_a_limit_that_is_explained():
    quiz = QuizFactory(plan="exam", time_limit_minutes=45, time_limit_reason="As in a review week")

    assert quiz.time_limit_minutes == 45


def test_both_sides_of_a_matching_have_their_own_positions():
    left = OptionFactory(position=1, side=Option.Side.LEFT)

    right = OptionFactory(version=left.version, position=1, side=Option.Side.RIGHT)

    assert right.position == left.position


def test_rows_are_told_by_their_names():
    quiz = QuizFactory(title="Check what you know")
    version = asked(quiz)
    line = version.quiz_questions.get()

    assert str(quiz) == "Check what you know"
    assert str(line) == str(version) == f"{version.question.key}, 1"
    assert str(version.key.first()) == str(version)
    assert str(version.options.first()) == "right"
    assert str(line.group) == f"Check what you know, {line.group.position}"
    assert str(QuestionCaseFactory(title="A farm")) == "A farm"
