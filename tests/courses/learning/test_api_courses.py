"""The catalogue as programs read it."""

from __future__ import annotations

import pytest

from courses.learning.forms import CatalogueFilter
from tests.factories.certificates import course_of
from tests.factories.courses import AreaOfWorkFactory, EditionFactory, QuizFactory
from tests.site.reading import csv_rows, rows, sheet

ADDRESS = "/api/v1/courses/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    course_of(2, course__slug="a", course__level="introductory", language="fr")
    course_of(9, course__slug="b", course__level="advanced")
    course_of(1, course__slug="c", course__area=AreaOfWorkFactory(number=2))


@pytest.mark.usefixtures("three")
def test_the_filters_find_what_they_find_on_the_page(client):
    asked = (
        "",
        "area=area-2",
        "level=advanced",
        "language=fr",
        "minutes=60",
        "minutes=60&area=area-1",
    )
    found = {query: [row["slug"] for row in rows(client, f"{ADDRESS}?{query}")] for query in asked}

    assert list(found.values()) == [["a", "b", "c"], ["c"], ["b"], ["a"], ["a", "c"], ["a"]]
    for query, slugs in found.items():
        page = client.get(f"/courses/?{query}").content.decode()
        assert [slug for slug in "abc" if f'href="/courses/{slug}/"' in page] == slugs, query


@pytest.mark.parametrize("name", CatalogueFilter.base_fields)
def test_a_filter_that_cannot_be_is_refused_by_its_name(client, name):
    answer = client.get(ADDRESS, {name: "nothing"})

    assert (answer.status_code, list(answer.json()["fields"])) == (400, [name])


@pytest.mark.usefixtures("three")
def test_a_sheet_holds_the_same_rows(client):
    found = rows(client, ADDRESS)

    assert [row["minutes"] for row in sheet(client, f"{ADDRESS}?format=xlsx")] == [20, 90, 10]
    assert [row["slug"] for row in csv_rows(client, f"{ADDRESS}?format=csv&minutes=60")] == [
        "a",
        "c",
    ]
    assert found[0]["minutes"] == 20


def test_a_course_is_told_with_its_outline_and_what_a_quiz_is_started_by(client):
    edition = course_of(2, course__slug="a6-101", what_changed="All of it.")
    QuizFactory(edition=edition, slug="the-quiz")

    found = client.get(f"{ADDRESS}A6-101/").json()

    module, end = found["outline"]
    assert [item["slug"] for item in module["items"]] == ["lesson-1", "lesson-2"]
    assert (end["items"][0]["kind"], end["items"][0]["slug"]) == ("quiz", "the-quiz")
    assert end["items"][0]["address"] == "/courses/a6-101/quizzes/the-quiz/"
    assert (found["edition"], found["what_changed"]) == (1, "All of it.")


def test_drafts_older_editions_and_retired_courses_are_not_there(client):
    course = course_of(course__slug="course").course
    EditionFactory(course=course, number=2, title="The second")
    EditionFactory(course=course, number=3, title="A draft", published_at=None)
    EditionFactory(course__slug="draft", published_at=None)
    EditionFactory(course__slug="retired", course__retired_on="2026-01-01")

    assert [row["title"] for row in rows(client, ADDRESS)] == ["The second"]
    assert client.get(f"{ADDRESS}course/").json()["title"] == "The second"
    for slug in ("draft", "retired", "no-such-course"):
        assert client.get(f"{ADDRESS}{slug}/").status_code == 404


@pytest.mark.parametrize("number", [1, 20])
def test_the_catalogue_and_an_outline_cost_the_same_for_any_number(client, number, count_queries):
    for n in range(number):
        course_of(number, course__slug=f"course-{n}")

    # Two for what can be asked for, one for the rows.
    with count_queries(3):
        assert len(rows(client, ADDRESS)) == number
    with count_queries(3):
        assert client.get(f"{ADDRESS}course-0/").json()["lesson_count"] == number
