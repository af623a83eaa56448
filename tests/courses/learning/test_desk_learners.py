"""A trainer's courses and learners: whose they are, what they show, what is taken away."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from courses.learning import roster
from courses.learning.models import Attempt, AttemptRequest, Completion, Enrolment
from courses.learning.outlines import progress
from courses.learning.services.enrolments import move_over
from partnership.accounts.models import Role
from partnership.audit.models import AuditEntry
from tests.constraints import refused_by
from tests.courses.learning.desks import Desk, signed_in, verbs
from tests.factories.accounts import RoleGrantFactory, UserFactory, person_with
from tests.factories.certificates import DAY, CertificateFactory, course_of, done, learning, sat
from tests.factories.courses import CourseTrainerFactory, EditionFactory, LessonFactory, QuizFactory
from tests.factories.members import AffiliationFactory, CountryFactory, InstitutionFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 1)


@pytest.fixture
def edition():
    edition = course_of(2)
    QuizFactory(edition=edition, slug="check")
    return edition


@pytest.fixture
def desk(edition) -> Desk:
    return Desk(edition.course)


def person(name: str, **post):
    """Somebody with a name and, if a place is given, a post there."""
    user = UserFactory(name=name)
    if post:
        AffiliationFactory(person=user, **{"country": None, **post})
    return user


@pytest.fixture
def four(edition) -> dict[str, Enrolment]:
    """One in each state."""
    vnm = CountryFactory(iso3="QVN", name="Viet Nam")
    iges = InstitutionFactory(slug="iges", name="Institute")
    quiz = edition.quizzes.get()
    new = learning(edition, person("New", country=vnm))
    reading = learning(edition, person("Reader", institution=iges), active_at=DAY)
    done(reading, edition.lessons.first())
    complete = learning(edition, person("Done"), completed_at=DAY)
    done(complete)
    sat(complete, quiz, is_passed=False)
    sat(complete, quiz)
    CertificateFactory(learner=complete.learner, edition=edition)
    gone = learning(edition, person("Gone", country=vnm), left_at=DAY)
    return {"joined": new, "reading": reading, "done": complete, "left": gone}


def found(course, **wanted) -> list[str]:
    rows = roster.narrowed(roster.enrolments(course), wanted, on=TODAY)
    return [row.learner.name for row in rows]


# --- Whose course it is -----------------------------------------------------------------


def test_a_trainer_sees_own_courses_only_and_a_try_at_another_is_written_down(desk, edition):
    other = course_of()
    stranger = Desk(other.course)

    page = stranger.client.get("/desk/courses/").content.decode()
    responses = [
        stranger.client.get(desk.address(path)) for path in ("", "learners/", "quizzes/check/")
    ]

    assert other.course.code in page
    assert edition.course.code not in page
    assert [response.status_code for response in responses] == [404, 404, 404]
    entry = AuditEntry.objects.last()
    assert (entry.verb, entry.kind, entry.key) == ("denied", "course", edition.course.slug)
    assert entry.actor == str(stranger.trainer.uuid)
    assert verbs() == ["denied"] * 3


def test_a_course_that_never_was_is_not_written_down(desk):
    assert desk.client.get("/desk/courses/nothing/").status_code == 404
    assert verbs() == []


def test_an_administrator_sees_every_course(desk, edition):
    client = signed_in(person_with(Role.ADMINISTRATOR))

    assert edition.course.code in client.get("/desk/courses/").content.decode()
    assert client.get(desk.address("learners/")).status_code == 200


def test_who_is_named_for_later_or_is_no_trainer_any_more_sees_nothing(edition):
    later = CourseTrainerFactory(course=edition.course, since=date(2099, 1, 1)).person
    former = RoleGrantFactory(ends_on=date(2024, 6, 30)).person
    CourseTrainerFactory(course=edition.course, person=former)
    address = f"/desk/courses/{edition.course.slug}/"

    assert signed_in(later).get(address).status_code == 404
    assert signed_in(former).get(address).status_code == 403


def test_a_trainer_without_a_course_is_told_whom_to_ask():
    page = signed_in(person_with(Role.TRAINER)).get("/desk/courses/").content.decode()

    assert "You train in no course yet" in page


def test_the_desk_leads_trainers_to_their_courses(desk):
    assert 'href="/desk/courses/"' in desk.client.get("/desk/").content.decode()
    assert "/desk/completion/" not in desk.client.get("/desk/").content.decode()


def test_somebody_is_named_once_for_a_course_and_administrators_do_it(desk, edition):
    with refused_by("course_trainer_once"):
        CourseTrainerFactory(course=edition.course, person=desk.trainer)
    client = signed_in(person_with(Role.ADMINISTRATOR))

    page = client.get(f"/admin/courses/course/{edition.course.pk}/change/").content.decode()

    assert 'name="trainers-0-person"' in page
    assert desk.trainer.name in page


# --- In figures -------------------------------------------------------------------------


def test_a_course_is_told_in_figures(desk, edition, four):
    AttemptRequest.objects.create(
        enrolment=four["done"], quiz=edition.quizzes.get(), asked_at=DAY + timedelta(days=1)
    )

    (line,) = roster.course_lines([edition.course])
    (quiz,) = roster.quiz_lines(edition.course)

    assert (line.joined, line.active, line.done, line.certified) == (4, 2, 1, 1)
    assert (line.requests, line.late, line.edition) == (1, 0, edition)
    assert (quiz.closed, quiz.passed, quiz.learners) == (2, 1, 1)
    page = desk.page()
    assert "1 request for one more attempt" in page
    assert f'href="{desk.address("quizzes/check/")}"' in page


def test_a_draft_is_shown_beside_what_is_published(desk, edition):
    EditionFactory(course=edition.course, number=2, published_at=None)

    assert "draft of edition 2" in desk.client.get("/desk/courses/").content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_of_courses_costs_the_same_for_any_number(desk, edition, rows, count_queries):
    for _ in range(rows):
        CourseTrainerFactory(course=course_of().course, person=desk.trainer)
        learning(edition)

    with count_queries(9):
        desk.client.get("/desk/courses/")
    with count_queries(11):
        desk.page()


# --- Learners ---------------------------------------------------------------------------


def test_each_learner_has_a_state_and_the_progress_that_the_learner_sees(edition, four):
    rows = roster.with_progress(roster.enrolments(edition.course)).order_by("pk")

    lines = roster.learners(rows, on=TODAY)

    assert {line.state: line.enrolment for line in lines} == four
    for line in lines:
        own = progress(line.enrolment)
        assert (line.done, line.required, line.percent) == (own.done, own.required, own.percent)
    assert [(line.done, line.required) for line in lines] == [(0, 3), (1, 3), (3, 3), (0, 3)]


def test_a_learner_who_went_on_in_a_newer_edition_is_one_line(edition):
    enrolment = learning(edition)
    newer = EditionFactory(course=edition.course, number=2)
    LessonFactory(module__edition=newer)

    move_over(enrolment, at=DAY)

    (row,) = roster.enrolments(edition.course)
    assert (row.edition.number, row.learner) == (2, enrolment.learner)
    assert roster.course_lines([edition.course])[0].joined == 1


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({}, ["Reader", "New", "Done", "Gone"]),
        ({"state": "done"}, ["Done"]),
        ({"state": "joined"}, ["New"]),
        ({"country": "QVN"}, ["New", "Gone"]),
        ({"institution": "iges"}, ["Reader"]),
        ({"certificate": "yes"}, ["Done"]),
        ({"certificate": "no", "state": "left"}, ["Gone"]),
        ({"q": "ead"}, ["Reader"]),
        ({"edition": "1", "ordering": "name"}, ["Done", "Gone", "New", "Reader"]),
    ],
)
def test_filters_narrow_the_list(edition, four, wanted, names):
    assert found(edition.course, **wanted) == names


def test_a_post_that_ended_is_no_place_of_today(edition, four):
    four["joined"].learner.affiliations.update(ends_on=date(2026, 10, 1))

    assert found(edition.course, country="QVN") == ["Gone"]


def test_the_page_shows_who_learns_and_keeps_the_filters(desk, four):
    page = desk.page("learners/", country="QVN")

    assert "Viet Nam" in page
    assert "Reader" not in page
    assert "country=QVN&amp;format=csv" in page
    assert desk.get("learners/", state="asleep").status_code == 400
    assert desk.get("learners/", page="9").status_code == 400


def sheets(desk: Desk, **query):
    text = b"".join(desk.get("learners/sheet/", format="csv", **query).streaming_content)
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    file = b"".join(desk.get("learners/sheet/", format="xlsx", **query).streaming_content)
    columns, *lines = load_workbook(io.BytesIO(file)).active.iter_rows(values_only=True)
    return rows, [dict(zip(columns, line, strict=True)) for line in lines]


def test_files_hold_the_rows_of_the_page_and_taking_them_is_written_down(desk, four):
    rows, book = sheets(desk, ordering="name")

    assert [row["name"] for row in rows] == ["Done", "Gone", "New", "Reader"]
    assert [(row["done"], row["required"], row["state"]) for row in book] == [
        (3, 3, "done"),
        (0, 3, "left"),
        (0, 3, "joined"),
        (1, 3, "reading"),
    ]
    assert [int(row["done"]) for row in rows] == [row["done"] for row in book]
    assert (rows[1]["countries"], rows[3]["institutions"]) == ("Viet Nam", "Institute")
    assert (rows[0]["completed_on"], rows[0]["certificate_state"]) == ("2026-03-02", "valid")
    assert verbs() == ["list.export"] * 2
    assert AuditEntry.objects.first().changes == {"list": "learners", "rows": 4}
    assert len(sheets(desk, state="done")[0]) == 1
    assert desk.get("learners/sheet/", format="pdf").status_code == 400


def test_a_name_that_looks_like_a_formula_is_text(desk, edition):
    learning(edition, person("=1+1"))

    assert sheets(desk)[0][0]["name"] == "'=1+1"


@pytest.mark.parametrize("rows", [1, 120])
def test_the_list_of_learners_costs_the_same_for_any_number(desk, edition, rows, count_queries):
    people = [AffiliationFactory().person for _ in range(2)]
    people += [UserFactory() for _ in range(rows)]
    joined = [
        Enrolment(learner=one, edition=edition, joined_at=DAY, active_at=DAY) for one in people
    ]
    lesson = edition.lessons.first()
    Completion.objects.bulk_create(
        Completion(enrolment=one, lesson=lesson, opened_at=DAY, done_at=DAY)
        for one in Enrolment.objects.bulk_create(joined)
    )

    with count_queries(12):
        desk.page("learners/")
    with count_queries(13):
        b"".join(desk.get("learners/sheet/").streaming_content)


# --- One learner ------------------------------------------------------------------------


def test_a_learners_page_shows_every_grading_with_reason_and_grader(desk, edition, four):
    attempt: Attempt = four["done"].attempts.latest("number")
    attempt.gradings.create(number=1, at=DAY, score="0.4", is_passed=False)
    attempt.gradings.create(
        number=2, at=DAY, by=desk.trainer, reason="Key put right", score=1, is_passed=True
    )

    page = desk.page(f"learners/{four['done'].learner.uuid}/")

    assert page.index("Key put right") < page.index("40\u202f%")
    assert str(desk.trainer) in page.partition("Attempts and how they were graded")[2]


def test_a_person_who_does_not_learn_here_does_not_exist_here(desk, edition):
    elsewhere = learning(course_of()).learner

    assert desk.get(f"learners/{elsewhere.uuid}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 15])
def test_a_learners_page_costs_the_same_for_any_history(desk, edition, four, rows, count_queries):
    enrolment = four["reading"]
    for _ in range(rows):
        attempt = sat(enrolment, edition.quizzes.get())
        attempt.gradings.create(number=1, at=DAY, score=1, is_passed=True)

    with count_queries(12):
        desk.page(f"learners/{enrolment.learner.uuid}/")
