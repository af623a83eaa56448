"""The list of doubts at the desk, and what is noted of them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.catalogue.doubts import Doubt, doubt_of, doubts
from courses.learning.models import SubjectCheck
from courses.learning.services.subject_checks import (
    CheckedInTheFuture,
    CheckIncomplete,
    Found,
    note_check,
)
from courses.learning.subject_checks import lines, narrowed
from partnership.accounts.models import Role
from tests.constraints import refused_by
from tests.courses.files import FILES, QUESTIONS
from tests.courses.learning.desks import Desk, signed_in, verbs
from tests.factories.accounts import UserFactory, person_with
from tests.factories.courses import EditionFactory, LessonFactory, QuestionFactory

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
LIST = "/desk/subject-check/"
STEPS = "review-steps"  # told in one lesson of A6-203, with a question in reserve
ROW = {"doubt": STEPS, "on": NOW.date(), "recorded_at": NOW, "source": "6/CMA.4"}
SENT = {"on": "2026-01-31", "source": "6/CMA.4, annex II", "result": "confirmed", "finding": ""}


def note(**given) -> SubjectCheck:
    told = {"on": date(2026, 11, 27), "source": "6/CMA.4", "result": "confirmed", "finding": ""}
    doubt, by = doubt_of(given.pop("doubt", STEPS)), given.pop("by", None)
    return note_check(doubt, Found(**(told | given)), by=by, at=NOW)


def course_with_a_doubt():
    """A6-203 with the lesson and the question that doubt the steps of the review."""
    edition = EditionFactory(course__slug="a6-203")
    LessonFactory(module__edition=edition, key="how-a-review-runs", title="How a review runs")
    QuestionFactory(course=edition.course, key="a6-203-q08", state="reserve", note="Not sure.")
    return edition.course


# --- The file ---------------------------------------------------------------------------


def held_back() -> set[str]:
    return {
        f"{file['slug']}/{lesson['key']}"
        for file in FILES.values()
        for lesson in file.get("held_back", {}).get("lessons", ())
    }


def as_told(doubt: Doubt) -> str:
    """Its line of the list for people who read the repository."""
    lessons = ["/".join(place) for place in doubt.lessons]
    where = [f"`{name}`" for name in lessons] + [f"question `{key}`" for key in doubt.questions]
    back = ": held back" if held_back() & set(lessons) else ""
    return f"| {doubt.doubt} | {', '.join(where) or doubt.where}{back} | {doubt.look_up} |"


def test_the_file_of_doubts_and_the_written_list_say_the_same():
    told = (Path(__file__).parents[3] / "docs" / "subject-check.md").read_text()

    assert re.findall(r"^\| .+ \|$", told, re.M)[1:] == [as_told(one) for one in doubts()]


def test_every_question_that_a_doubt_names_is_in_reserve_and_each_of_these_is_named():
    named = {key for one in doubts() for key in one.questions}

    assert named == {key for key, row in QUESTIONS.items() if row.get("state") == "reserve"}
    assert len({one.key for one in doubts()}) == len(doubts())


# --- What is noted ----------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "name"),
    [
        ({"source": "", "result": "confirmed"}, "subject_check_result_has_a_source"),
        ({"result": ""}, "subject_check_result_has_a_source"),
        ({"result": "otherwise"}, "subject_check_otherwise_says_how"),
    ],
)
def test_the_database_takes_no_result_without_its_ground(row, name):
    with refused_by(name):
        SubjectCheck.objects.create(**(ROW | row))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"source": "  "}, CheckIncomplete),
        ({"result": "otherwise", "finding": " "}, CheckIncomplete),
        ({"on": date(2026, 11, 29)}, CheckedInTheFuture),
    ],
)
def test_a_check_without_its_ground_or_of_tomorrow_is_refused(given, refusal):
    with pytest.raises(refusal):
        note(**given)

    assert not SubjectCheck.objects.exists()


@pytest.mark.django_db
def test_the_newest_check_says_whether_a_doubt_is_settled():
    (line,) = lines([doubt_of(STEPS)])
    assert (line.newest, line.is_settled) == (None, False)

    note()
    assert lines([doubt_of(STEPS)])[0].is_settled
    note(result="unclear")
    (line,) = lines([doubt_of(STEPS)])

    assert (len(line.checks), line.newest.result, line.is_settled) == (2, "unclear", False)


@pytest.mark.django_db
def test_the_list_is_narrowed_to_a_course_and_to_what_is_open():
    note()

    def keys(course: str, state: str) -> set[str]:
        found = narrowed(lines(), {"course": course, "state": state})
        return {line.doubt.key for line in found}

    assert keys("a6-203", "settled") == {STEPS}
    assert "aef-format" in keys("a6-203", "open")
    assert "cop30" in keys("a6-203", "open")  # told in all lessons
    assert not {STEPS, "dna-tasks"} & keys("a6-203", "open")


# --- The pages --------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_page_names_lessons_questions_in_reserve_and_what_is_held_back():
    course_with_a_doubt()
    client = signed_in(person_with(Role.DATA_EDITOR))

    page = client.get(LIST).content.decode()
    assert f'href="{LIST}"' in client.get("/desk/").content.decode()
    one = client.get(f"{LIST}{STEPS}/").content.decode()

    assert '<a href="/courses/a6-203/how-a-review-runs/"' in page
    assert '<tr id="a6-203-q08">' in page
    assert "Not sure." in page
    assert "A6-205, moving-activities" in page
    assert "Steps and time limits of the review" in one
    assert "Note this check" not in one  # it is for trainers of the course
    assert client.get(f"{LIST}no-such-doubt/").status_code == 404
    assert client.get(LIST, {"course": "a6-999"}).status_code == 400


@pytest.mark.django_db
def test_the_list_takes_as_many_queries_with_many_rows_as_with_one():
    course = course_with_a_doubt()
    client = signed_in(person_with(Role.ADMINISTRATOR))
    client.get(LIST)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(LIST).status_code == 200
        return len(found)

    few = asked()
    for key in ("review-steps", "aef-format", "cop30"):
        note(doubt=key, by=UserFactory())
    for number in range(3):
        QuestionFactory(course=course, key=f"waits-{number}", state="reserve")

    assert asked() == few


@pytest.mark.django_db
def test_a_trainer_of_the_course_notes_a_check_and_it_is_in_the_log():
    desk = Desk(course_with_a_doubt())
    assert f'href="{LIST}"' in desk.client.get("/desk/courses/").content.decode()
    assert "Note this check" in desk.client.get(f"{LIST}{STEPS}/").content.decode()

    answer = desk.client.post(f"{LIST}{STEPS}/note/", SENT)

    check = SubjectCheck.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{LIST}{STEPS}/")
    assert (check.by, check.source, str(check.on)) == (desk.trainer, SENT["source"], SENT["on"])
    assert "doubt.check" in verbs()
    page = desk.client.get(f"{LIST}{STEPS}/").content.decode()
    assert "6/CMA.4, annex II" in page


@pytest.mark.django_db
def test_what_is_sent_wrong_is_shown_again_and_nothing_is_noted():
    desk = Desk(course_with_a_doubt())

    page = desk.client.post(f"{LIST}{STEPS}/note/", SENT | {"source": ""}).content.decode()
    later = desk.client.post(f"{LIST}{STEPS}/note/", SENT | {"on": "2999-01-01"})

    assert 'href="#id_source"' in page
    assert "This day is still to come." in later.content.decode()
    assert not SubjectCheck.objects.exists()


@pytest.mark.django_db
def test_a_doubt_of_another_course_and_of_all_courses_is_not_for_a_trainer_to_settle():
    desk = Desk(course_with_a_doubt())

    for key in ("dna-tasks", "cop30"):
        assert desk.client.post(f"{LIST}{key}/note/", SENT).status_code == 404
    assert verbs().count("denied") == 2
    client = signed_in(person_with(Role.ADMINISTRATOR))
    assert client.post(f"{LIST}cop30/note/", SENT).status_code == 302
    assert SubjectCheck.objects.get().doubt == "cop30"
