from __future__ import annotations

import pytest

from courses.catalogue.models import Course, LearningPath, PathStep
from tests.factories.accounts import UserFactory
from tests.factories.courses import (
    JOINED,
    AreaOfWorkFactory,
    CourseFactory,
    EditionFactory,
    EnrolmentFactory,
    LessonFactory,
    ModuleFactory,
)


def course(code: str, *, minutes: int = 10, **fields):
    """A published course with one lesson."""
    edition = EditionFactory(course=CourseFactory(code=code, **fields), title=f"Course {code}")
    LessonFactory(module=ModuleFactory(edition=edition), minutes=minutes)
    return edition


def shown(client, query: str = "") -> list[str]:
    response = client.get(f"/courses/{query}")
    return [edition.course.code for edition in response.context["editions"]]


def a_path(*editions) -> LearningPath:
    path = LearningPath.objects.create(slug="one", title="One", summary="For one.", position=1)
    for position, edition in enumerate(editions, start=1):
        PathStep.objects.create(path=path, course=edition.course, position=position)
    return path


def test_only_the_newest_published_edition_of_a_course_is_listed(client, db):
    first = course("A")
    EditionFactory(course=first.course, number=2, title="The second")
    EditionFactory(course=first.course, number=3, title="A draft", published_at=None)
    EditionFactory(course=CourseFactory(code="B"), published_at=None)
    course("C", retired_on=JOINED.date())

    page = client.get("/courses/").content.decode()

    assert shown(client) == ["A"]
    assert ("The second" in page, "A draft" in page) == (True, False)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?level=advanced", ["B"]),
        ("?minutes=60", ["A"]),
        ("?minutes=120", ["A", "B"]),
        ("?area=area-2", ["B"]),
        ("?language=en", ["A", "B"]),
        ("?level=introductory&area=area-2", []),
    ],
)
def test_a_filter_in_the_address_narrows_the_list(client, db, query, found):
    course("A")
    course("B", minutes=90, level=Course.Level.ADVANCED, area=AreaOfWorkFactory(number=2))

    assert shown(client, query) == found


@pytest.mark.parametrize("query", ["?level=master", "?minutes=ten", "?area=x", "?language=xx"])
def test_a_filter_that_cannot_be_understood_is_refused(client, db, query):
    assert client.get(f"/courses/{query}").status_code == 400


def test_a_search_that_finds_nothing_offers_all_courses(client, db):
    course("A")
    course("B", level=Course.Level.ADVANCED, area=AreaOfWorkFactory(number=2))

    page = client.get("/courses/?level=advanced&area=area-1").content.decode()

    assert "No course fits these filters" in page


def test_an_empty_catalogue_says_so(client, db):
    assert "No course has been published" in client.get("/courses/").content.decode()


def test_a_learner_sees_what_is_joined_and_what_is_completed(client, db):
    person = UserFactory()
    EnrolmentFactory(learner=person, edition=course("A"))
    EnrolmentFactory(learner=person, edition=course("B"), completed_at=JOINED)
    EnrolmentFactory(learner=person, edition=course("C"), left_at=JOINED)
    EnrolmentFactory(edition=course("D"))
    client.force_login(person)

    editions = client.get("/courses/").context["editions"]

    standing = [getattr(edition, "standing", "") for edition in editions]
    assert standing == ["joined", "completed", "", ""]


@pytest.mark.parametrize("many", [1, 7])
def test_the_catalogue_costs_the_same_for_any_number_of_courses(client, count_queries, many):
    person = UserFactory()
    editions = [course(f"K{number}") for number in range(many)]
    a_path(*editions)
    EnrolmentFactory(learner=person, edition=editions[0])
    client.force_login(person)

    with count_queries(9):
        client.get("/courses/")


def test_a_path_lists_its_courses_in_its_own_order(client, db):
    second, first = course("A"), course("B")
    draft = EditionFactory(published_at=None)
    a_path(first, second, draft)

    response = client.get("/courses/paths/one/")

    assert [edition.course.code for edition in response.context["editions"]] == ["B", "A"]
    assert response.context["minutes"] == 20


def test_a_path_without_published_courses_leads_on(client, db):
    a_path(EditionFactory(published_at=None))

    assert (
        "No course of this path is published" in client.get("/courses/paths/one/").content.decode()
    )


def test_an_address_in_capitals_leads_to_the_one_in_small_letters(client, db):
    course("A")
    a_path()

    moved = [client.get(path) for path in ("/courses/A/?x=Y", "/courses/paths/ONE/")]

    assert [(answer.status_code, answer["Location"]) for answer in moved] == [
        (301, "/courses/a/?x=Y"),
        (301, "/courses/paths/one/"),
    ]


@pytest.mark.parametrize("path", ["/courses/nowhere/", "/courses/paths/nowhere/"])
def test_what_is_not_there_is_not_found(client, db, path):
    assert client.get(path).status_code == 404
