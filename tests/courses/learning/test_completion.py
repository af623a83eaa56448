from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from functools import partial
from io import StringIO

import pytest
from django.core.management import call_command

from courses.learning.models import Certificate, Completion, Enrolment
from courses.learning.services.certificates import withdraw
from courses.learning.services.completion import (
    LatinNameMissing,
    NameMissing,
    complete_if_met,
    confirm_name,
)
from courses.learning.services.enrolments import finish_lesson
from courses.quizzes.models import Quiz
from partnership.mail.models import OutboxMessage
from tests.factories.accounts import UserFactory
from tests.factories.certificates import DAY, course_of, done, learning, named, sat
from tests.factories.courses import LessonFactory, QuizFactory
from tests.threads import together

LATER = DAY + timedelta(hours=1)
pytestmark = pytest.mark.django_db


def recounted() -> str:
    out = StringIO()
    call_command("recount", stdout=out)
    return out.getvalue()


# --- The rule ---------------------------------------------------------------------------


def test_the_last_required_lesson_completes_the_edition_in_the_same_step():
    edition = course_of(2)
    enrolment = learning(edition)
    first, second = edition.lessons.all()

    finish_lesson(enrolment, first, at=DAY)
    assert (enrolment.completed_at, Certificate.objects.count()) == (None, 0)
    finish_lesson(enrolment, second, at=LATER)

    assert enrolment.completed_at == LATER
    certificate = Certificate.objects.get()
    assert (certificate.learner, certificate.issued_at) == (enrolment.learner, LATER)


def test_a_lesson_that_was_only_opened_is_not_done():
    enrolment = learning(course_of(1))
    Completion.objects.create(
        enrolment=enrolment, lesson=enrolment.edition.lessons.get(), opened_at=DAY
    )

    assert complete_if_met(enrolment, at=DAY) is None
    assert enrolment.completed_at is None


@pytest.mark.parametrize("is_passed", [False, None])
def test_a_required_quiz_must_be_passed(is_passed):
    quiz = QuizFactory()
    enrolment = learning(quiz.edition)
    sat(enrolment, quiz, is_passed=is_passed)

    assert complete_if_met(enrolment, at=DAY) is None


def test_one_attempt_that_passed_is_enough_and_tells_the_time():
    quiz = QuizFactory()
    enrolment = learning(quiz.edition)
    sat(enrolment, quiz, is_passed=False)
    sat(enrolment, quiz, at=LATER)
    sat(enrolment, quiz, at=LATER + timedelta(hours=1))

    assert complete_if_met(enrolment, at=LATER + timedelta(hours=2))
    assert enrolment.completed_at == LATER


def test_a_required_survey_is_done_when_it_was_handed_in():
    quiz = QuizFactory(plan=Quiz.Plan.SURVEY, pass_mark=None)
    enrolment = learning(quiz.edition)

    assert complete_if_met(enrolment, at=DAY) is None
    sat(enrolment, quiz, is_passed=None)

    assert complete_if_met(enrolment, at=DAY)


def test_what_is_not_required_is_not_waited_for():
    edition = course_of(1)
    LessonFactory(module=edition.modules.get(), position=2, is_required=False)
    QuizFactory(edition=edition, is_required=False)
    enrolment = learning(edition)
    done(enrolment, edition.lessons.first())

    assert complete_if_met(enrolment, at=DAY)


def test_an_edition_that_requires_nothing_is_never_completed():
    edition = course_of(0)
    LessonFactory(module=edition.modules.get(), is_required=False)
    enrolment = learning(edition)
    done(enrolment)

    assert complete_if_met(enrolment, at=DAY) is None


def test_what_another_learner_did_does_not_count():
    edition = course_of(1)
    quiz = QuizFactory(edition=edition)
    mine, theirs = learning(edition), learning(edition)
    done(theirs)
    sat(theirs, quiz)

    assert complete_if_met(mine, at=DAY) is None
    assert complete_if_met(theirs, at=DAY)


def test_an_item_added_later_takes_nothing_away():
    edition = course_of(1)
    enrolment = learning(edition)
    done(enrolment)
    certificate = complete_if_met(enrolment, at=DAY)
    LessonFactory(module=edition.modules.get(), position=2)

    assert complete_if_met(enrolment, at=LATER) == certificate
    assert Enrolment.objects.get().completed_at == DAY
    assert Certificate.objects.get().state == "valid"


# --- The certificate --------------------------------------------------------------------


def test_the_certificate_is_a_snapshot_of_that_day():
    edition = course_of(2, title="Cooperative approaches", language="fr")
    quiz = QuizFactory(edition=edition, minutes=15)
    enrolment = learning(edition, named(name="王小明", latin_name="Wang Xiaoming"))
    done(enrolment)
    sat(enrolment, quiz)

    certificate = complete_if_met(enrolment, at=LATER)

    assert (certificate.name, certificate.latin_name) == ("王小明", "Wang Xiaoming")
    assert (certificate.course_title, certificate.language) == ("Cooperative approaches", "fr")
    assert (certificate.course_code, certificate.edition_number) == (edition.course.code, 1)
    assert (certificate.hours, certificate.rules_as_of) == (Decimal("0.6"), edition.rules_as_of)
    assert certificate.issuer == "Paris Agreement Article 6 Implementation Partnership"


def test_one_mail_tells_of_it_however_often_it_is_asked_for():
    enrolment = learning(course_of(1), named(name="Alice & Bob"))
    done(enrolment)

    certificate = complete_if_met(enrolment, at=DAY)
    assert complete_if_met(enrolment, at=LATER) == certificate

    mail = OutboxMessage.objects.get()
    assert (mail.key, mail.to) == (f"certificate:{certificate.code}", enrolment.learner.email)
    assert "Dear Alice & Bob," in mail.body
    assert f"/verify/{certificate.shown_code}/" in mail.body
    assert "/account/training/" in mail.body


def test_without_a_confirmed_name_the_certificate_waits_for_it():
    enrolment = learning(course_of(1), UserFactory())
    done(enrolment)
    assert complete_if_met(enrolment, at=DAY) is None
    assert (enrolment.completed_at, Certificate.objects.count()) == (DAY, 0)

    issued = confirm_name(enrolment.learner, name="  Alice   Nguyễn ", latin_name="", at=LATER)

    assert [(one.name, one.issued_at) for one in issued] == [("Alice Nguyễn", LATER)]
    assert confirm_name(enrolment.learner, name="Alice", latin_name="", at=LATER) == []
    assert OutboxMessage.objects.count() == 1


def test_a_certificate_needs_a_name():
    with pytest.raises(NameMissing):
        confirm_name(UserFactory(), name=" \t ", latin_name="", at=DAY)


@pytest.mark.parametrize("latin", ["", "王小明", "Wang 小明"])
def test_a_name_in_another_script_needs_one_in_latin_letters(latin):
    person = UserFactory()

    with pytest.raises(LatinNameMissing):
        confirm_name(person, name="王小明", latin_name=latin, at=DAY)
    person.refresh_from_db()
    assert person.name_confirmed_at is None


# --- Counting anew ----------------------------------------------------------------------


def test_recount_finds_what_was_missed_and_says_so():
    edition = course_of(1)
    missed, waiting, unmet = learning(edition), learning(edition, UserFactory()), learning(edition)
    done(missed)
    done(waiting)
    without = learning(edition, completed_at=DAY)

    told = recounted()

    missed.refresh_from_db()
    assert (missed.completed_at, Certificate.objects.count()) == (DAY, 2)
    assert set(Enrolment.objects.filter(completed_at=None)) == {unmet}
    assert f"completed: {waiting.learner.uuid}, {edition.course.code} 1" in told
    assert f": {without.learner.uuid}," in told
    assert "4 enrolments, 2 completed now, 2 certificates issued now." in told


def test_recount_run_again_changes_nothing():
    done(learning(course_of(1)))
    recounted()

    assert recounted() == "1 enrolments, 0 completed now, 0 certificates issued now.\n"
    assert OutboxMessage.objects.count() == 1


def test_recount_does_not_give_back_what_was_withdrawn():
    enrolment = learning(course_of(1))
    done(enrolment)
    certificate = complete_if_met(enrolment, at=DAY)
    withdraw(certificate, reason="mistake", by=UserFactory(), at=DAY)

    assert complete_if_met(enrolment, at=LATER) is None
    assert recounted() == "1 enrolments, 0 completed now, 0 certificates issued now.\n"


# --- At once, and its price -------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_many_who_complete_at_once_all_get_the_one_certificate():
    enrolment = learning(course_of(1))
    done(enrolment)
    rows = [Enrolment.objects.select_related("learner").get() for _ in range(6)]

    issued = together(*[partial(complete_if_met, row, at=DAY) for row in rows])

    assert {one.pk for one in issued} == {Certificate.objects.get().pk}
    assert OutboxMessage.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_confirming_the_name_while_completing_issues_one_certificate():
    enrolment = learning(course_of(1), UserFactory())
    done(enrolment)
    complete_if_met(enrolment, at=DAY)
    person = enrolment.learner

    together(
        *[partial(confirm_name, person, name="Alice", latin_name="", at=DAY)] * 2,
        partial(complete_if_met, Enrolment.objects.get(), at=DAY),
    )

    assert Certificate.objects.get().name == "Alice"
    assert OutboxMessage.objects.count() == 1


@pytest.mark.parametrize("lessons", [1, 40])
def test_asking_costs_one_query_while_something_is_missing(lessons, count_queries):
    edition = course_of(lessons)
    QuizFactory(edition=edition)
    enrolment = learning(edition)
    done(enrolment)

    with count_queries(1):
        assert complete_if_met(enrolment, at=DAY) is None


@pytest.mark.parametrize("lessons", [1, 40])
def test_completing_costs_the_same_for_any_number_of_lessons(lessons, count_queries):
    quiz = QuizFactory(edition=course_of(lessons))
    enrolment = Enrolment.objects.select_related("learner", "edition__course").get(
        pk=learning(quiz.edition).pk
    )
    done(enrolment)
    sat(enrolment, quiz)

    with count_queries(13):
        assert complete_if_met(enrolment, at=DAY)
