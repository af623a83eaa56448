"""Roles that can harm others are of use only after a second factor, on every route."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.test import Client

from partnership.accounts.models import PRIVILEGED, Role, User
from partnership.audit.models import AuditEntry
from tests import signing_in
from tests.accounts.having import SECOND, code_at, give_app, now
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.site.door import told_at_the_door
from tests.site.people import STRANGER, somebody
from tests.site.test_access import ADMIN, CLOSED, PAGES, address, admin_address, rows

pytestmark = pytest.mark.django_db
FACTORS, PROVE, PASSWORD = "/account/second-factor/", "/account/prove/", "a long pass phrase"
__all__ = ["rows"]


def without_factor(role: str) -> Client:
    return signing_in.without_factor(Client(raise_request_exception=False), somebody(role))


def test_every_role_but_that_of_an_official_needs_a_factor():
    assert set(Role.values) - PRIVILEGED == {Role.OFFICIAL}


@pytest.mark.parametrize("role", sorted(PRIVILEGED))
def test_without_a_factor_no_route_of_a_role_opens_whatever_is_done(role):
    person, client = somebody(role), Client()
    signing_in.without_factor(client, person)
    routes = [route for route in PAGES if role in CLOSED.get(route, ())]
    addresses = {route: address(route) for route in routes if STRANGER not in CLOSED[route]}
    addresses |= {route: admin_address(route) for route in ADMIN if role == Role.ADMINISTRATOR}
    assert addresses

    for method in ("GET", "HEAD", "POST", "PUT", "DELETE"):
        told = told_at_the_door(client, person, method, addresses)
        statuses = {route: answer and answer.status_code for route, answer in told.items()}
        apis = {route for route in addresses if route.startswith("api:")}
        assert statuses == {route: 403 if route in apis else 302 for route in addresses}
        pages = [answer["Location"] for route, answer in told.items() if route not in apis]
        assert {page.partition("?")[0] for page in pages} == {FACTORS}


@pytest.mark.audit
@pytest.mark.parametrize("role", sorted(PRIVILEGED))
def test_without_a_factor_every_page_of_a_role_leads_to_setting_one_up(rows, role):
    client = without_factor(role)
    routes = [route for route in PAGES if role in CLOSED.get(route, ())]
    pages = [route for route in routes if STRANGER not in CLOSED[route] and ":" in route]
    pages = [route for route in pages if not route.startswith("api:")]

    found = {route: client.get(address(route)) for route in pages}

    assert {route: answer.status_code for route, answer in found.items()} == dict.fromkeys(
        pages, 302
    )
    assert {answer["Location"].partition("?")[0] for answer in found.values()} == {FACTORS}


def test_without_a_factor_an_administrator_sees_on_open_pages_what_everybody_sees(rows):
    client = without_factor(Role.ADMINISTRATOR)

    assert client.get("/api/v1/jobs/").json()["results"] == []
    assert 'href="/desk/"' not in client.get("/").content.decode()
    assert client.get("/courses/mine/").status_code == 200


def test_the_api_says_what_is_missing(rows):
    answer = without_factor(Role.ADMINISTRATOR).get(
        "/desk/jobs/", headers={"Accept": "application/json"}
    )

    assert (answer.status_code, answer.json()["code"]) == (403, "second_factor")


def test_where_the_demand_is_off_a_role_is_of_use_at_once(rows, settings):
    settings.SECOND_FACTOR = False

    assert without_factor(Role.ADMINISTRATOR).get("/desk/jobs/").status_code == 200


def test_the_page_that_was_asked_for_waits_behind_the_factor(rows):
    client = without_factor(Role.TRAINER)

    asked = client.get("/desk/courses/?page=1")["Location"]

    assert asked == f"{FACTORS}?next=%2Fdesk%2Fcourses%2F%3Fpage%3D1"
    page = client.get(asked).content.decode()
    assert "Your role needs one" in page
    assert "/account/second-factor/app/?next=%2Fdesk%2Fcourses%2F%3Fpage%3D1" in page


def test_who_has_a_factor_and_has_not_shown_it_is_asked_to_show_it(rows):
    person = somebody(Role.TRAINER)
    give_app(person)
    client = signing_in.without_factor(Client(), person)

    asked = client.get("/desk/courses/")["Location"]
    assert asked == f"{PROVE}?next=%2Fdesk%2Fcourses%2F"
    assert client.post(asked, {"code": code_at(now())}).status_code == 302
    assert client.get("/desk/courses/").status_code == 200


def test_a_missing_factor_is_no_denied_act(rows):
    without_factor(Role.TRAINER).get("/desk/courses/")

    assert not AuditEntry.objects.exists()


def test_a_person_without_the_role_is_denied_and_not_sent_to_set_something_up(rows):
    client = without_factor(Role.TRAINER)

    assert client.get("/desk/jobs/").status_code == 403


def sign_in(client: Client, person: User, **more: str):
    data = {"login": person.email, "password": PASSWORD, **more}
    return client.post("/account/sign-in/", data)


@pytest.fixture
def person(db) -> User:
    caches["default"].clear()
    return User.objects.create_user("alice@m.example", PASSWORD, name="Alice")


def test_a_factor_is_asked_for_at_the_next_sign_in_after_a_role_is_given(client, person):
    assert sign_in(client, person)["Location"] == "/"
    RoleGrantFactory(person=person, role=Role.DATA_EDITOR)

    answer = sign_in(Client(), person, next="/glossary/")

    assert answer["Location"] == f"{FACTORS}?next=%2Fglossary%2F"
    assert "known" in answer.cookies


def test_who_shows_the_factor_at_sign_in_goes_straight_on(client, person):
    RoleGrantFactory(person=person, role=Role.TRAINER)
    give_app(person)
    sign_in(client, person, next="/desk/courses/")

    answer = client.post(SECOND, {"code": code_at(now())})

    assert answer["Location"] == "/desk/courses/"
    assert client.get("/desk/courses/").status_code == 200


def test_an_official_is_asked_for_no_factor(client, person):
    assert sign_in(client, person, next="/courses/mine/")["Location"] == "/courses/mine/"
    page = client.get("/account/").content.decode()

    assert "Your role waits" not in page


def test_a_factor_that_was_shown_by_somebody_else_in_this_browser_counts_for_them_alone(rows):
    client = Client()
    client.force_login(somebody(Role.TRAINER))
    trainer = somebody(Role.TRAINER)
    signing_in.PLAIN(client, trainer)

    assert client.get("/desk/courses/").status_code == 302


def test_the_demand_costs_no_query(rows, count_queries):
    person = UserFactory()
    for make in (signing_in.without_factor, Client.force_login):
        client = Client()
        make(client, person)
        with count_queries(4):
            client.get("/account/sessions/")
