"""Grading again from the desk: what is shown is what is done."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest

from courses.learning.models import Attempt, Grading
from courses.learning.services import grading, regrading
from courses.learning.tasks import look_at_regrading, regrade_quiz
from courses.quizzes.models import Key, Option
from partnership.audit.models import AuditEntry
from partnership.jobs import runner
from partnership.jobs import services as jobs
from partnership.jobs.models import Job
from tests.courses.learning.desks import Desk, verbs
from tests.courses.learning.seats import Seat, later
from tests.factories.courses import EnrolmentFactory

pytestmark = pytest.mark.django_db
D = Decimal


def turn(seat: Seat, to: str = "wrong") -> None:
    """Another option is right now."""
    option = Option.objects.get(version=seat.versions[0], text=to)
    Key.objects.filter(version=seat.versions[0]).update(option=option)


def handed_in(*texts: str) -> Seat:
    """A quiz of one question that so many learners handed in with these answers."""
    seat = Seat("single", starts=False)
    for text in texts:
        hand_in(seat, text)
    return seat


def hand_in(seat: Seat, text: str) -> None:
    """One more learner."""
    seat.enrolment = EnrolmentFactory(edition=seat.quiz.edition)
    seat.start()
    seat.save(seat.chosen(text))
    seat.submit(key=f"key-{seat.attempt.pk}")


@pytest.fixture
def seat() -> Seat:
    seat = handed_in("wrong", "right", "right")
    turn(seat)
    return seat


@pytest.fixture
def desk(seat) -> Desk:
    return Desk(seat.quiz.edition.course)


def path(seat: Seat) -> str:
    return f"quizzes/{seat.quiz.slug}/regrade/"


def scores() -> dict[int, Decimal | None]:
    return dict(Attempt.objects.values_list("pk", "score"))


def seal_on(page: str) -> str:
    found = re.search(r'name="seal" value="(\w+)"', page)
    assert found
    return found[1]


def test_what_would_change_is_shown_and_nothing_is_written(seat, desk):
    before = scores()

    response = desk.get(path(seat))

    trial = response.context["trial"]
    assert (trial.attempts, trial.changed, trial.gained, trial.lost) == (3, 3, 1, 2)
    page = response.content.decode()
    assert (page.count("passes now"), page.count(">does not pass any more<")) == (1, 2)
    assert (scores(), Grading.objects.count(), verbs()) == (before, 3, [])


def test_what_was_shown_is_done_with_its_reason(seat, desk):
    shown = desk.get(path(seat))
    seal = seal_on(shown.content.decode())

    response = desk.post(path(seat), reason="The key was wrong.", seal=seal, act="do")

    assert response.status_code == 302
    assert scores() == {row.attempt.pk: row.after for row in shown.context["trial"].lines}
    newest = Grading.objects.filter(number=2)
    assert set(newest.values_list("reason", "by")) == {("The key was wrong.", desk.trainer.pk)}
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor) == ("attempts.regrade", str(desk.trainer.uuid))
    assert entry.changes == {"attempts": 3, "reason": "The key was wrong."}
    assert desk.get(path(seat)).context["trial"].changed == 0


def test_what_would_be_something_else_by_now_is_not_done(seat, desk):
    seal = seal_on(desk.page(path(seat)))
    turn(seat, to="right")

    response = desk.post(path(seat), reason="The key was wrong.", seal=seal, act="do")

    assert response.status_code == 409
    assert "Look at it again" in response.content.decode()
    assert Grading.objects.count() == 3


def test_without_a_reason_nothing_is_done(seat, desk):
    seal = seal_on(desk.page(path(seat)))

    assert desk.post(path(seat), reason=" ", seal=seal, act="do").status_code == 409
    assert desk.post(path(seat), reason="a\0b", seal=seal, act="do").status_code == 400
    assert Grading.objects.count() == 3


def test_a_trainer_of_another_course_grades_nothing(seat):
    stranger = Desk(EnrolmentFactory().edition.course)
    address = f"/desk/courses/{seat.quiz.edition.course.slug}/{path(seat)}"

    response = stranger.client.post(address, {"reason": "Because.", "seal": "", "act": "do"})

    assert (response.status_code, Grading.objects.count()) == (404, 3)


def test_a_quiz_that_nobody_handed_in_or_a_survey_has_nothing_to_grade():
    survey = Seat("single", starts=False, plan="survey", pass_mark=None)
    survey.start()
    survey.submit()

    page = Desk(survey.quiz.edition.course).page(path(survey))

    assert "There is nothing to grade again" in page


@pytest.mark.parametrize("learners", [1, 9])
def test_the_trial_costs_the_same_for_any_number_that_a_request_may_grade(learners, count_queries):
    seat = handed_in(*["wrong"] * learners)
    turn(seat)
    desk = Desk(seat.quiz.edition.course)

    with count_queries(13):
        desk.page(path(seat))


# --- Very many: a worker does it --------------------------------------------------------


@pytest.fixture
def many(monkeypatch) -> None:
    monkeypatch.setattr(regrading, "AT_ONCE", 2)


def worked(handler) -> dict:
    """The job that waits, done as a worker does it."""
    job = Job.objects.get(state=Job.State.QUEUED)
    claimed = jobs.claim(job.pk, at=job.run_at + timedelta(seconds=1))
    result = handler(runner.Progress(claimed))
    jobs.finish(claimed, result=result, at=later(200))
    return result


def do(desk: Desk, seat: Seat, seal: str | None = None):
    """Grade again what the page shows, or what another page showed."""
    seal = seal_on(desk.page(path(seat))) if seal is None else seal
    return desk.post(path(seat), act="do", reason="The key was wrong.", seal=seal)


@pytest.mark.usefixtures("many")
def test_many_are_looked_at_and_graded_by_a_worker_as_shown(seat, desk):
    assert "A worker looks" not in desk.page(path(seat))
    desk.post(path(seat), act="look")
    looked = worked(look_at_regrading)
    before = scores()
    page = desk.page(path(seat))

    response = do(desk, seat, seal=seal_on(page))
    done = worked(regrade_quiz)

    assert before != scores()
    assert response.status_code == 302
    told = {name: looked[name] for name in ("attempts", "changed", "gained", "lost")}
    assert told == {"attempts": 3, "changed": 3, "gained": 1, "lost": 2}
    assert done == {"changed": 3}
    assert page.count("passes now") == 1
    shown = {uuid: after for uuid, _before, after in looked["lines"]}
    assert shown == {str(row.uuid): str(row.score) for row in Attempt.objects.all()}
    assert "Last graded again by a worker: done" in desk.page(path(seat))
    assert verbs() == ["job.start", "job.start", "attempts.regrade"]
    assert AuditEntry.objects.latest("pk").actor == str(desk.trainer.uuid)


@pytest.mark.usefixtures("many")
def test_many_are_not_graded_before_somebody_has_looked(seat, desk):
    response = do(desk, seat, seal="")

    assert response.status_code == 409
    assert "Look first" in response.content.decode()
    assert not Job.objects.exists()


@pytest.mark.usefixtures("many")
def test_a_job_that_was_killed_and_begun_again_goes_on(seat, desk):
    desk.post(path(seat), act="look")
    worked(look_at_regrading)
    do(desk, seat)
    job = Job.objects.get(state=Job.State.QUEUED)
    claimed = jobs.claim(job.pk, at=job.run_at)

    for _ in range(2):
        regrade_quiz(runner.Progress(claimed))
        claimed.refresh_from_db()

    assert Grading.objects.count() == 6


@pytest.mark.usefixtures("many")
def test_a_job_that_broke_off_after_a_part_tells_and_logs_all_that_it_changed(monkeypatch):
    monkeypatch.setattr(grading, "BATCH", 2)
    seat = handed_in("wrong", "wrong", "wrong")
    turn(seat)
    desk = Desk(seat.quiz.edition.course)
    desk.post(path(seat), act="look")
    worked(look_at_regrading)
    do(desk, seat)
    job = Job.objects.get(state=Job.State.QUEUED)
    claimed = jobs.claim(job.pk, at=job.run_at)
    last = seat.enrolment

    def breaks_at_the_last(enrolment, *, at):
        if enrolment == last:
            raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(grading, "complete_if_met", breaks_at_the_last)
        with pytest.raises(ConnectionError):
            regrade_quiz(runner.Progress(claimed))
    entries = AuditEntry.objects.filter(verb="attempts.regrade").order_by("pk")
    assert [entry.changes["attempts"] for entry in entries] == [2]
    jobs.fail(claimed, error="It broke.", at=later(100))

    result = worked(regrade_quiz)

    assert result == {"changed": 3}
    assert "3 attempts changed." in desk.page(path(seat))
    assert [entry.changes["attempts"] for entry in entries.all()] == [2, 1]


@pytest.mark.usefixtures("many")
def test_what_somebody_else_looked_at_since_is_not_done_by_an_older_page(seat, desk):
    desk.post(path(seat), act="look")
    worked(look_at_regrading)
    old = seal_on(desk.page(path(seat)))
    turn(seat, to="right")
    hand_in(seat, "right")
    turn(seat)
    other = Desk(seat.quiz.edition.course)
    other.post(path(seat), act="look")
    worked(look_at_regrading)
    jobs_before = Job.objects.count()

    response = do(desk, seat, seal=old)

    assert response.status_code == 409
    assert "Look at it again" in response.content.decode()
    assert (Job.objects.count(), Grading.objects.count()) == (jobs_before, 4)
    assert do(other, seat).status_code == 302


@pytest.mark.usefixtures("many")
def test_a_worker_does_nothing_else_than_what_was_looked_at(seat, desk):
    desk.post(path(seat), act="look")
    worked(look_at_regrading)
    do(desk, seat)
    turn(seat, to="right")

    assert worked(regrade_quiz) == {"is_stale": True, "changed": 0}
    assert Grading.objects.count() == 3
    assert "Nothing was graded" in desk.page(path(seat))
