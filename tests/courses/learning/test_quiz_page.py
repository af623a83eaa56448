from __future__ import annotations

import re
from datetime import timedelta

import pytest

from courses.learning.models import Allowance, Attempt, AttemptRequest, Enrolment
from courses.learning.services.attempts import submit_attempt
from partnership.accounts.models import Role
from partnership.lib import clock
from tests.courses.learning.papers import KINDS, Sitting
from tests.factories.accounts import person_with
from tests.factories.courses import CourseTrainerFactory, EditionFactory, QuizFactory, asked
from tests.site.people import EVERY_ROLE, STRANGER, VISITOR, client_of

pytestmark = pytest.mark.django_db


def address(sitting: Sitting) -> str:
    return f"/courses/{sitting.quiz.edition.course.slug}/quizzes/{sitting.quiz.slug}/"


def read(sitting: Sitting, client=None) -> str:
    page = (client or sitting.client).get(address(sitting)).content.decode()
    main = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_everybody_may_see_what_a_quiz_is(role):
    sitting = Sitting("single", "multiple", wait_minutes=30)

    text = read(sitting, client_of(role))

    assert "Questions 2" in text
    assert "70 % of the points" in text
    assert "Attempts 3" in text
    assert "Between attempts 30 minutes" in text


def test_practice_is_without_a_limit_whatever_number_it_was_given():
    sitting = Sitting("single", plan="practise", attempts_allowed=3)

    assert "Attempts as often as you like" in read(sitting)


def test_a_visitor_is_led_to_sign_in_and_back():
    sitting = Sitting()

    page = client_of(VISITOR).get(address(sitting)).content.decode()

    assert f'href="/account/sign-in/?next={address(sitting)}"' in page
    assert '<form class="actions"' not in page


def test_who_has_not_joined_is_led_to_the_course_and_cannot_start():
    sitting = Sitting()
    client = client_of(STRANGER)

    assert "Join the course first" in read(sitting, client)
    assert client.post(f"{address(sitting)}start/").status_code == 409
    assert not Attempt.objects.exists()


def test_a_visitor_who_starts_is_sent_to_sign_in():
    sitting = Sitting()

    for verb in ("start", "ask"):
        answer = client_of(VISITOR).post(f"{address(sitting)}{verb}/")
        assert answer["Location"].startswith("/account/sign-in/")


def test_starting_leads_to_the_paper_and_starting_again_to_the_same():
    sitting = Sitting()

    first, second = (sitting.client.post(f"{address(sitting)}start/") for _ in range(2))

    attempt = Attempt.objects.get()
    assert first["Location"] == second["Location"] == attempt.get_absolute_url()
    assert "Go on" in read(sitting)


def test_only_as_many_questions_are_promised_as_are_drawn():
    sitting = Sitting(*KINDS)
    sitting.quiz.groups.update(quota=3)

    assert "Questions 3" in read(sitting)


def test_a_limit_names_its_reason_and_what_was_added():
    sitting = Sitting(plan="exam", time_limit_minutes=30, time_limit_reason="As at the table.")
    Allowance.objects.create(
        enrolment=sitting.enrolment,
        quiz=sitting.quiz,
        extra_minutes=15,
        granted_at=clock.now(),
        reason="Slow line",
    )

    text = read(sitting)

    assert "45 min (30 + 15)" in text
    assert "As at the table." in text


def test_earlier_attempts_are_listed_with_their_results():
    sitting = Sitting("single").start()
    sitting.save(sitting.chosen())
    submit_attempt(sitting.attempt, key="key-of-the-hand-in", at=clock.now())

    text = read(sitting)

    assert "Attempt 1" in text
    assert "100 %" in text
    assert "passed" in text
    assert "2 left" in text


def test_a_pause_between_attempts_is_told_and_held():
    sitting = Sitting("single", wait_minutes=60).start()
    submit_attempt(sitting.attempt, key="key-of-the-hand-in", at=clock.now())

    assert "The next attempt is possible from" in read(sitting)
    assert sitting.client.post(f"{address(sitting)}start/")["Location"] == address(sitting)
    assert Attempt.objects.count() == 1


def test_used_up_attempts_name_who_may_grant_another_and_ask_once():
    sitting = Sitting("single", attempts_allowed=1).start()
    trainer = CourseTrainerFactory(course=sitting.attempt.quiz.edition.course).person
    elsewhere = CourseTrainerFactory().person
    submit_attempt(sitting.attempt, key="key-of-the-hand-in", at=clock.now())

    assert trainer.name in read(sitting)
    assert elsewhere.name not in read(sitting)
    for _ in range(2):
        sitting.client.post(f"{address(sitting)}ask/")

    assert AttemptRequest.objects.count() == 1
    assert "You will get a mail when it is decided." in read(sitting)


def test_without_a_trainer_of_the_course_the_secretariat_is_asked():
    person_with(Role.TRAINER)
    sitting = Sitting("single", attempts_allowed=1).start()
    submit_attempt(sitting.attempt, key="key-of-the-hand-in", at=clock.now())

    assert "The secretariat may grant another." in read(sitting)


def test_an_attempt_whose_time_is_over_is_shown_as_closed():
    sitting = Sitting(plan="exam", time_limit_minutes=30, time_limit_reason="Why.").start()
    past = clock.now() - timedelta(hours=1)
    Attempt.objects.update(started_at=past - timedelta(minutes=30), deadline_at=past)

    assert "at the deadline" in read(sitting)


def test_a_learner_sees_the_quiz_of_the_edition_that_was_joined():
    sitting = Sitting("single")
    later = EditionFactory(course=sitting.quiz.edition.course, number=2)
    quiz = QuizFactory(edition=later, slug=sitting.quiz.slug, title="A newer one")
    asked(quiz)

    assert sitting.quiz.title in read(sitting)
    assert "A newer one" in read(sitting, client_of(STRANGER))
    Enrolment.objects.update(left_at=clock.now())
    assert "A newer one" in read(sitting)


def test_a_quiz_of_a_draft_is_not_there():
    sitting = Sitting()
    edition = sitting.quiz.edition
    edition.published_at = None
    edition.save()

    assert client_of(STRANGER).get(address(sitting)).status_code == 404


@pytest.mark.parametrize("attempts", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_attempts(count_queries, attempts):
    sitting = Sitting("single", attempts_allowed=9)
    for number in range(attempts):
        sitting.start()
        submit_attempt(sitting.attempt, key=f"hand-in-{number}", at=clock.now())

    with count_queries(9):
        sitting.client.get(address(sitting))
