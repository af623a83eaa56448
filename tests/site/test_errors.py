"""What people are told when something goes wrong."""

from __future__ import annotations

import json

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client, RequestFactory

from partnership.accounts.models import Role
from partnership.jobs.models import Job
from partnership.lib import clock
from partnership.lib.static import HashedStatic
from partnership.site import apidocs, errors, operations
from tests.factories.jobs import START, JobFactory
from tests.site.people import client_of


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def break_with(monkeypatch):
    """Let the home page, the list of countries and the documentation raise something."""

    def break_them(error: Exception) -> None:
        def raises(*args: object, **kwargs: object) -> None:
            raise error

        monkeypatch.setattr(clock, "of", raises)
        monkeypatch.setattr("partnership.members.queries.directory", raises)
        monkeypatch.setattr(apidocs, "operations", raises)

    return break_them


# --- Faults of ours: no test here may reach the database ---------------------------------


def test_a_fault_is_told_as_ours_with_a_reference(visitor, break_with):
    break_with(RuntimeError("a secret"))

    response = visitor.get("/", headers={"X-Request-ID": "reference-1"})
    page = response.content.decode()

    assert response.status_code == 500
    assert "The fault is ours and has been noted." in page
    assert "reference-1" in page
    assert "a secret" not in page


def test_a_fault_is_told_by_the_api_in_its_shape(visitor, break_with):
    break_with(RuntimeError("a secret"))

    response = visitor.get("/api/v1/countries/")

    assert response.status_code == 500
    assert response.json() == {
        "code": "server_error",
        "detail": "The fault is ours and has been noted. What you did before is safe.",
        "fields": {},
    }


@pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("closed")])
def test_while_the_database_is_away_people_are_told_when_to_come_back(visitor, break_with, error):
    break_with(error)

    response = visitor.get("/")

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "Please try again in a few seconds." in response.content.decode()


def test_while_the_database_is_away_the_api_says_so_in_its_shape(visitor, break_with):
    break_with(OperationalError("gone"))

    response = visitor.get("/api/v1/countries/")

    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert response.json()["code"] == "unavailable"


def test_an_error_page_asks_nothing_of_the_database(django_assert_num_queries, db):
    request = RequestFactory().get("/")

    with django_assert_num_queries(0):
        pages = [
            errors.bad_request(request),
            errors.forbidden(request),
            errors.csrf_failure(request),
            errors.not_found(request),
            errors.not_allowed(request, "GET"),
            errors.server_error(request),
        ]

    assert [page.status_code for page in pages] == [400, 403, 403, 404, 405, 500]


def test_a_style_sheet_that_was_not_collected_takes_no_page_down(tmp_path):
    assert HashedStatic(location=tmp_path, base_url="/static/").url("a.css") == "/static/a.css"


# --- What people asked for --------------------------------------------------------------


@pytest.mark.usefixtures("db")
def test_a_page_that_is_not_there_says_where_to_go_from_here(visitor):
    response = visitor.get("/membres/")
    page = response.content.decode()

    assert response.status_code == 404
    assert "There is no page at this address." in page
    for address, words in (
        ("/search/", "Search the site"),
        ("/members/", "Find a country"),
        ("/agreements/", "Open the register of agreements"),
    ):
        assert f'<a class="onward" href="{address}">{words}</a>' in page


@pytest.mark.usefixtures("db")
def test_a_page_that_only_takes_a_form_says_so(visitor):
    response = client_of(Role.ADMINISTRATOR).get("/desk/jobs/try/")

    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "This address does not take what was sent." in response.content.decode()


@pytest.mark.usefixtures("db")
def test_a_refusal_is_a_page_with_its_sentence():
    job = JobFactory(state=Job.State.DONE, finished_at=START)

    response = client_of(Role.ADMINISTRATOR).post(f"/desk/jobs/{job.uuid}/cancel/")

    assert response.status_code == 409
    assert "This job has ended already; there is nothing left to cancel." in (
        response.content.decode()
    )


def test_an_old_form_is_told_to_load_the_page_again():
    response = Client(enforce_csrf_checks=True).post("/account/sign-in/")

    assert response.status_code == 403
    assert "load the page again and send the form once more" in response.content.decode()


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (400, "bad_request"),
        (403, "forbidden"),
        (404, "not_found"),
        (405, "method_not_allowed"),
        (409, "refused"),
        (500, "server_error"),
        (503, "unavailable"),
    ],
)
def test_every_error_has_a_code_of_its_own_for_programs(status, code):
    response = errors.page(RequestFactory().get("/api/v1/x/"), status, "Any title", "A sentence.")

    assert response.status_code == status
    assert json.loads(response.content) == {"code": code, "detail": "A sentence.", "fields": {}}


@pytest.mark.usefixtures("db")
def test_the_database_may_be_away_while_a_page_is_being_asked_for_it(visitor, monkeypatch):
    def gone(*args: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(operations, "MigrationExecutor", gone)

    assert visitor.get("/health/ready").status_code == 503
