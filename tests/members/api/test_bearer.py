"""What a token opens: routes of the API whose scope it has, with the roles of its person today."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from partnership.accounts.models import ApiToken, Role, Scope, User
from partnership.audit.models import AuditEntry
from partnership.lib import clock
from partnership.members.models import FocalTerm
from partnership.members.services import terms
from partnership.site import policy, scopes, who
from tests.factories.accounts import UserFactory, person_with, token_of
from tests.factories.members import AffiliationFactory, CountryFactory, FocalTermFactory
from tests.members.api.asking import Program
from tests.site.test_policy import ROUTES

pytestmark = pytest.mark.django_db


@pytest.fixture
def term() -> FocalTerm:
    return FocalTermFactory(country=CountryFactory(iso3="QAA"))


def test_without_cookies_or_any_other_header_a_token_reads_what_its_person_may(term):
    AffiliationFactory(country=term.country, person__name="Amina")

    answer = Program(term.person, "people:read").get("/people/")

    assert [row["name"] for row in answer.json()["results"]] == ["Amina"]
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Authorization" in answer.headers["Vary"]


def test_a_call_costs_one_query_to_know_the_token_and_one_to_pay_for_it(term, count_queries):
    program = Program(term.person, "people:read")
    AffiliationFactory(country=term.country)
    # The token, its payment, the roles; the page, its posts; the line of the log.
    with count_queries(6):
        program.get("/people/")


@pytest.mark.parametrize(
    "shown", ["", "nothing", "a6ip_" + "0" * 42, "x" * 9000, "a6ip_\u00e9", "Bearer Bearer"]
)
def test_a_token_that_is_none_is_a_401_in_the_one_shape_also_where_everybody_may_read(shown):
    for path in ("/people/", "/countries/", "/nowhere/"):
        headers = {"Authorization": f"Bearer {shown}"}
        answer = Client().get(f"/api/v1{path}", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, "token_wrong")
        assert answer.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'


def test_the_session_of_a_browser_adds_nothing_to_a_token_and_saves_no_wrong_one(term):
    browser = Client()
    browser.force_login(person_with(Role.ADMINISTRATOR))
    wrong = browser.get("/api/v1/people/", headers={"Authorization": "Bearer a6ip_x"})
    text = token_of(term.person, "requests:read")
    narrow = browser.get("/api/v1/people/", headers={"Authorization": f"Bearer {text}"})

    assert (wrong.status_code, narrow.status_code) == (401, 403)


@pytest.mark.parametrize("query", ["token={}", "q={}", "access_token={}&format=csv", "{}"])
@pytest.mark.parametrize("page", ["/api/v1/people/", "/members/", "/desk/"])
def test_a_token_in_an_address_is_refused_wherever_it_stands(term, page, query):
    text = token_of(term.person)

    answer = Client().get(f"{page}?{query.format(text)}")

    assert (answer.status_code, answer.json()["code"]) == (400, "token_in_address")
    assert text not in answer.content.decode()


def test_other_schemes_and_other_headers_carry_no_token(term):
    text = token_of(term.person)
    for header in (
        {"Authorization": f"Basic {text}"},
        {"Authorization": f"Token {text}"},
        {"Authorization": text},
        {"X-API-Key": text},
    ):
        assert Client().get("/api/v1/people/", headers=header).status_code == 401


def test_on_pages_a_token_means_nothing(term):
    headers = {"Authorization": f"Bearer {token_of(term.person)}"}
    routes = [route for route, roles in policy.POLICY.items() if who.VISITOR not in roles]
    pages = [route for route in routes if not route.startswith(("api:", "admin:"))]
    tried = 0
    for route in pages:
        try:
            address = reverse(route)
        except NoReverseMatch:
            continue  # it names a row
        answer = Client().get(address, headers=headers)
        assert answer.status_code == 302, route
        assert answer["Location"].startswith("/account/sign-in/"), route
        tried += 1
    assert tried > 30
    assert Client().get("/admin/", headers=headers).status_code == 302
    assert ApiToken.objects.get().last_used_on is None


def test_every_route_of_the_api_that_is_not_everybodys_has_a_scope_or_no_token_opens_it(term):
    program, mine = Program(term.person), []
    for route in ROUTES:
        is_closed = route.startswith("api:") and who.VISITOR not in policy.allowed(route)
        if is_closed and route not in scopes.SCOPED:
            mine.append(route)
    assert {f"api:{name}-list" for name in ("attempts", "enrolments")} <= set(mine)
    for path in ("/attempts/", "/enrolments/", "/certificates/"):
        answer = program.get(path)
        assert (answer.status_code, answer.json()["code"]) == (403, "scope")
    assert {scopes.scope_of(route, "GET") for route in scopes.SCOPED} <= set(Scope.values)
    assert set(scopes.SCOPED) <= set(ROUTES)


@pytest.mark.parametrize("scope", Scope.values)
def test_a_scope_opens_its_own_routes_to_its_own_end_and_no_other(term, scope):
    program = Program(term.person, scope)
    row = UserFactory().uuid
    for path, of in (
        ("/people/", "people"),
        ("/delegations/countries/", "people"),
        ("/delegations/institutions/", "people"),
        ("/invitations/", "invitations"),
        ("/requests/", "requests"),
        ("/jobs/", "jobs"),
        # What its person may not do, no scope opens.
        ("/links/", "nobody"),
    ):
        assert program.get(path).status_code == (200 if scope == f"{of}:read" else 403), path
    for path, of in (
        (f"/people/{row}/leave/", "people"),
        ("/invitations/", "invitations"),
        (f"/requests/{row}/approve/", "requests"),
        (f"/requests/{row}/refuse/", "requests"),
    ):
        status = program.post(path).status_code
        assert (status in (400, 404)) if scope == f"{of}:write" else status == 403, path


def test_on_what_is_open_to_everybody_a_token_is_a_visitor(term):
    answer = Program(term.person).get("/countries/QAA/")

    assert answer.status_code == 200
    assert Program(term.person).get("/nowhere/").status_code == 404


# --- What its person is today -----------------------------------------------------------


def test_a_token_has_no_more_rights_than_its_person_has_on_that_day(term):
    program = Program(term.person, "people:read")
    over = clock.now().date() - timedelta(days=31)
    FocalTerm.objects.update(ends_on=over)

    answer = program.get("/people/")

    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert AuditEntry.objects.filter(verb="denied", key="api:people-list").exists()


def test_a_token_dies_when_the_term_is_closed_and_does_not_come_back_with_the_next(term):
    person, at = term.person, clock.now()
    program = Program(person, "people:read")
    terms.close_term(term, by=person_with(Role.ADMINISTRATOR), at=at)
    assert program.get("/people/").status_code == 401

    FocalTermFactory(person=person, country=term.country)

    assert program.get("/people/").status_code == 401


def test_the_token_of_a_disabled_person_is_a_401_at_the_next_call(term):
    program = Program(term.person, "people:read")
    assert program.get("/people/").status_code == 200

    User.objects.filter(pk=term.person.pk).update(is_active=False)

    assert program.get("/people/").status_code == 401


def test_other_roles_of_its_person_go_into_no_token():
    trainer = person_with(Role.TRAINER)
    for path in ("/people/", "/jobs/"):
        assert Program(trainer, "people:read").get(path).status_code == 403


# --- How often, and what is written down ------------------------------------------------


def test_a_program_that_asks_too_often_is_told_when_to_go_on(term):
    program = Program(term.person, "people:read")
    ApiToken.objects.update(calls=300, counted_from=clock.now())

    answer = program.get("/people/")

    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_calls")
    assert answer.headers["Retry-After"] == "60"


def test_a_change_is_written_down_with_the_tokens_id_under_one_request(term):
    program = Program(term.person, "invitations:write")
    body = {"email": "new@m.example", "delegation": "country/qaa"}

    answer = program.post("/invitations/", body)

    assert answer.status_code == 200
    used, made = AuditEntry.objects.filter(request_id=answer.headers["X-Request-ID"]).order_by("pk")
    assert (used.verb, used.key) == ("token.use", str(ApiToken.objects.get().uuid))
    assert (used.actor, used.acting_as) == (str(term.person.uuid), "focal_point")
    assert (made.verb, made.actor) == ("invitation.make", str(term.person.uuid))
