"""What a focal point sees of own people: completions by the post of that day, nothing else."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.test import Client

from courses.catalogue.models import Edition
from courses.learning import delegations
from courses.learning.models import Enrolment
from partnership.accounts.models import Role, User
from partnership.audit.models import AuditEntry
from tests.courses.learning.desks import signed_in
from tests.courses.learning.seats import Seat
from tests.factories.accounts import UserFactory, person_with
from tests.factories.certificates import DAY, CertificateFactory, course_of, learning
from tests.factories.members import (
    AffiliationFactory,
    CountryFactory,
    FocalTermFactory,
    InstitutionFactory,
)

pytestmark = pytest.mark.django_db
PAGE = "/desk/completion/"
TODAY = date(2026, 11, 1)
BEFORE, ON, AFTER = DAY.date() - timedelta(days=1), DAY.date(), DAY.date() + timedelta(days=1)


@pytest.fixture
def mongolia():
    return CountryFactory(iso3="QMN", name="Mongolia")


@pytest.fixture
def focal(mongolia) -> User:
    return FocalTermFactory(country=mongolia).person


@pytest.fixture
def edition() -> Edition:
    return course_of(title="Reporting")


def trained(edition: Edition, name: str, *posts: dict, **fields) -> Enrolment:
    """Somebody with posts; who completed on `DAY` unless something else is said."""
    person = UserFactory(name=name)
    for post in posts:
        AffiliationFactory(person=person, **post)
    return learning(edition, person, **{"completed_at": DAY, **fields})


def page_of(person: User, **query: str) -> str:
    response = signed_in(person).get(PAGE, query)
    assert response.status_code == 200
    return response.content.decode()


def names(person: User, on: date = TODAY, **wanted: str) -> list[str]:
    places = delegations.places_of(person, on=on)
    rows = delegations.narrowed(delegations.enrolments(places, on=on), wanted)
    return [row.learner.name for row in rows]


def test_a_completion_counts_where_the_person_held_a_post_on_that_day(focal, mongolia, edition):
    other = CountryFactory(iso3="QKE")
    here = {"country": mongolia}
    trained(edition, "A until that day", {**here, "ends_on": ON})
    trained(edition, "B from that day", {**here, "begins_on": ON})
    trained(edition, "C until the day before", {**here, "ends_on": BEFORE})
    trained(edition, "D from the day after", {**here, "begins_on": AFTER})
    trained(edition, "E elsewhere", {"country": other})
    trained(
        edition, "F elsewhere then", {"country": other, "ends_on": ON}, {**here, "begins_on": AFTER}
    )

    assert names(focal) == ["A until that day", "B from that day"]


def test_the_day_ends_by_utc(focal, mongolia, edition):
    post = {"country": mongolia, "ends_on": ON}
    trained(edition, "Last second", post, completed_at=DAY.replace(hour=23, minute=59, second=59))
    trained(edition, "Next day", post, completed_at=DAY.replace(hour=0) + timedelta(days=1))

    assert names(focal) == ["Last second"]


def test_what_is_not_completed_is_listed_while_the_post_is_held(focal, mongolia, edition):
    here = {"country": mongolia}
    trained(edition, "Learns", here, completed_at=None)
    trained(edition, "Left the course", here, completed_at=None, left_at=DAY)
    trained(edition, "Left the post", {**here, "ends_on": AFTER}, completed_at=None)

    assert names(focal) == ["Learns", "Left the course"]
    assert names(focal, state="left") == ["Left the course"]
    assert names(focal, state="reading") == ["Learns"]
    assert names(focal, state="done") == []


def test_it_says_how_many_were_trained_and_how_many_are_still_in_post(focal, mongolia, edition):
    second = course_of()
    for n in range(3):
        enrolment = trained(edition, f"Stays {n}", {"country": mongolia})
        learning(second, enrolment.learner, completed_at=DAY)
    for n in range(2):
        trained(edition, f"Gone {n}", {"country": mongolia, "ends_on": AFTER})
    trained(edition, "Learns", {"country": mongolia}, completed_at=None)

    page = page_of(focal)

    assert "Trained 5 officials," in page
    assert "3 still in post." in page
    assert "8 courses completed" in page
    assert "1 person learns now" in page
    assert page.count("no more") == 2


def test_an_institution_has_its_own_people(edition):
    iges = InstitutionFactory(slug="iges")
    person = FocalTermFactory(country=None, institution=iges).person
    trained(edition, "Ours", {"country": None, "institution": iges})
    trained(edition, "Of the country alone", {"country": CountryFactory()})

    assert names(person) == ["Ours"]


def test_who_runs_two_places_can_look_at_one(focal, edition, mongolia):
    iges = InstitutionFactory(slug="iges", name="Institute")
    FocalTermFactory(person=focal, country=None, institution=iges)
    trained(edition, "Of both", {"country": mongolia, "institution": iges})
    trained(edition, "Of one", {"country": None, "institution": iges})

    assert names(focal) == ["Of both", "Of one"]
    assert "Of one" not in page_of(focal, of="qmn").partition("<main")[2]
    assert "Of one" in page_of(focal, of="iges")


def test_no_score_and_no_answer_is_told(focal, mongolia):
    seat = Seat("single")
    AffiliationFactory(person=seat.learner, country=mongolia)
    seat.save(seat.chosen("wrong"))
    seat.submit()

    page = page_of(focal)

    main = page.partition("<main")[2].partition("</main>")[0]
    assert seat.learner.name in main
    for told in ("wrong", "%", "score of", str(seat.attempt.uuid), str(seat.learner.uuid)):
        assert told not in main


def test_a_certificate_is_named_by_its_code(focal, mongolia, edition):
    enrolment = trained(edition, "Holder", {"country": mongolia})
    certificate = CertificateFactory(learner=enrolment.learner, edition=edition)

    assert certificate.shown_code in page_of(focal)


@pytest.mark.parametrize("role", [Role.TRAINER, Role.ADMINISTRATOR])
def test_nobody_else_sees_it(role, client: Client):
    ended = FocalTermFactory(ends_on=date(2024, 6, 30)).person

    for person in (person_with(role), ended, UserFactory()):
        assert signed_in(person).get(PAGE).status_code == 403
        assert signed_in(person).get(f"{PAGE}sheet/").status_code == 403
    assert client.get(PAGE).status_code == 302


def test_a_focal_point_has_no_way_to_the_desk_of_a_course(focal, edition, mongolia):
    trained(edition, "Own", {"country": mongolia})
    client = signed_in(focal)

    for path in ("", "learners/", "quizzes/check/", "late/", "requests/", "allowances/"):
        assert client.get(f"/desk/courses/{edition.course.slug}/{path}").status_code == 403
    assert 'href="/desk/completion/"' in client.get("/desk/").content.decode()
    assert "/desk/courses/" not in client.get("/desk/").content.decode()


def test_the_file_holds_the_rows_of_the_page_and_is_written_down(focal, mongolia, edition):
    trained(edition, "Stays", {"country": mongolia})
    trained(edition, "Gone", {"country": mongolia, "ends_on": AFTER})
    client = signed_in(focal)

    text = b"".join(client.get(f"{PAGE}sheet/").streaming_content).decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(text)))
    told = [(row["name"], row["completed_on"], row["in_post_today"]) for row in rows]
    assert told == [("Gone", "2026-03-02", "false"), ("Stays", "2026-03-02", "true")]
    assert AuditEntry.objects.get().changes == {"list": "completion", "rows": 2}
    assert client.get(PAGE, {"state": "asleep"}).status_code == 400


@pytest.mark.parametrize("rows", [1, 60])
def test_it_costs_the_same_for_any_number(focal, mongolia, edition, rows, count_queries):
    for n in range(rows):
        trained(edition, f"Person {n}", {"country": mongolia})
    client = signed_in(focal)

    with count_queries(9):
        client.get(PAGE)
