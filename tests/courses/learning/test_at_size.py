"""What must not grow with the site, told from the plans that the database makes.

How long the pages take with 5,000 learners is measured by `tests.journeys.bulk`.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from courses.learning import delegations, papers
from courses.learning.models import Attempt, Certificate, Enrolment, PaperQuestion
from tests.courses.learning.seats import Seat
from tests.courses.masses import Size, made

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 1)


def plan_of(statement: str) -> str:
    """As it would be with many rows: few are read faster than looked up, which is not the point."""
    how = {"postgresql": "EXPLAIN", "sqlite": "EXPLAIN QUERY PLAN"}[connection.vendor]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"{how} {statement}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def asked_by(rows: QuerySet[Any]) -> str:
    with CaptureQueriesContext(connection) as found:
        list(rows)
    return found.captured_queries[-1]["sql"]


def test_a_save_looks_its_question_up_and_reads_no_other_paper():
    seat = Seat("single")
    token = seat.question().token

    with CaptureQueriesContext(connection) as found:
        papers.place(Attempt.objects.of(seat.learner).filter(uuid=seat.attempt.uuid), token)

    (query,) = found.captured_queries
    # PostgreSQL fetches the attempt before it begins. Joined to the rest it came last.
    wanted = {"postgresql": "InitPlan", "sqlite": "(attempt_id=? AND token=?)"}
    assert wanted[connection.vendor] in plan_of(query["sql"])


def test_completions_are_found_without_going_through_a_country_for_each_learner():
    places = [delegations.Place("qaa", "A country", country="QAA")]

    plan = plan_of(asked_by(delegations.enrolments(places, on=ON)))

    # PostgreSQL asks once, for all together; SQLite looks up the posts of each learner.
    wanted = {"postgresql": "Semi Join", "sqlite": "affiliation_person"}
    assert wanted[connection.vendor] in plan


@pytest.mark.audit
def test_a_mass_of_learners_is_what_the_site_wrote_for_a_few():
    (edition,) = made(Size(learners=8, courses=1, lessons=4, quizzes=2, questions=7))

    seats = list(edition.enrolments.order_by("pk"))
    sheets = [sheet_of(seat) for seat in seats]
    assert sheets[4:] == sheets[:4]
    assert len({str(sheet) for sheet in sheets}) == 4
    assert len(sheets[0]) == 2 * 7
    assert [seat.completed_at is not None for seat in seats] == [True, False, False, False] * 2
    assert Certificate.objects.values("code").distinct().count() == 2


def sheet_of(seat: Enrolment) -> list[tuple[Any, ...]]:
    """What somebody's papers hold, to the last tick."""
    rows = PaperQuestion.objects.filter(attempt__enrolment=seat)
    return [
        (
            row.attempt.quiz_id,
            row.attempt.score,
            row.attempt.gradings.get().score,
            row.version_id,
            row.answer.response,
            row.answer.share,
            [(option.token, option.option_id) for option in row.options.all()],
            sorted(row.answer.chosen.values_list("option", flat=True)),
        )
        for row in rows.order_by("attempt__quiz", "position")
    ]
