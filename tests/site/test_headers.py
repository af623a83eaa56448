"""The headers of every kind of answer, and what is kept in which cache."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, override_settings

from partnership.accounts.models import Role
from partnership.jobs.models import Job
from partnership.site import queries
from tests.factories.jobs import START, JobFactory
from tests.site.people import STRANGER, VISITOR, client_of

POLICY = {
    "default-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), "
    "browsing-topics=()",
}


def fault(error: Exception) -> HttpResponse:
    """The home page on a day on which something raises this."""
    with pytest.MonkeyPatch.context() as patch:

        def raises(*args: object) -> None:
            raise error

        patch.setattr(queries, "home", raises)
        return client_of(VISITOR).get("/")


def finished_job() -> HttpResponse:
    job = JobFactory(state=Job.State.DONE, finished_at=START)
    return client_of(Role.ADMINISTRATOR).post(f"/desk/jobs/{job.uuid}/cancel/")


def without_a_token() -> HttpResponse:
    return Client(enforce_csrf_checks=True).post("/account/sign-in/")


def too_many_attempts() -> HttpResponse:
    with override_settings(ACCOUNT_RATE_LIMITS={"login": "1/m/ip"}):
        client = client_of(VISITOR)
        client.post("/account/sign-in/", {"login": "a@b.example", "password": "x"})
        return client.post("/account/sign-in/", {"login": "a@b.example", "password": "x"})


def get(address: str, role: str = VISITOR, **headers: str) -> Callable[[], HttpResponse]:
    return lambda: client_of(role).get(address, headers=headers)


ANSWERS: dict[str, tuple[int, Callable[[], HttpResponse]]] = {
    "page": (200, get("/about/")),
    "personal page": (200, get("/desk/", Role.ADMINISTRATOR)),
    "admin": (200, get("/admin/", Role.ADMINISTRATOR)),
    "sign-in": (200, get("/account/sign-in/")),
    "redirect to the slash": (301, get("/agreements")),
    "redirect to sign-in": (302, get("/desk/")),
    "bad query": (400, get("/agreements/?page=none")),
    "NUL in the query": (400, get("/agreements/?q=%00")),
    "NUL in the path": (400, get("/agreements/%00/")),
    "strange host": (400, get("/", host="evil.example")),
    "other role": (403, get("/desk/", STRANGER)),
    "form without its token": (403, without_a_token),
    "not found": (404, get("/nowhere/")),
    "wrong method": (405, lambda: client_of(VISITOR).post("/about/")),
    "refusal": (409, finished_job),
    "too many attempts": (429, too_many_attempts),
    "fault": (500, lambda: fault(RuntimeError("broken"))),
    "database away": (503, lambda: fault(OperationalError("gone"))),
    "API": (200, get("/api/v1/countries/")),
    "API without sign-in": (401, get("/api/v1/jobs/")),
    "API not found": (404, get("/api/v1/countries/QQQ/")),
    "API bad query": (400, get("/api/v1/countries/?x=1")),
    "API not acceptable": (406, get("/api/v1/countries/", accept="image/png")),
    "API strange host": (400, get("/api/v1/", host="evil.example")),
    "schema": (200, get("/api/schema/")),
    "CSV": (200, get("/api/v1/countries/?format=csv")),
    "XLSX": (200, get("/api/v1/countries/?format=xlsx")),
    "feed": (200, get("/agreements/feed/")),
    "site map": (200, get("/sitemap.xml")),
    "robots": (200, get("/robots.txt")),
    "health": (200, get("/health/live")),
    "static file": (200, get("/static/partnership/site.css")),
    "missing static file": (404, get("/static/partnership/none.css")),
}


@pytest.fixture
def _served_files(settings) -> None:
    settings.WHITENOISE_USE_FINDERS = True


@pytest.mark.parametrize("kind", ANSWERS)
@pytest.mark.usefixtures("db", "_served_files")
def test_every_answer_carries_the_headers(kind):
    status, ask = ANSWERS[kind]

    with closing(ask()) as response:
        pass

    assert response.status_code == status
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    assert re.fullmatch("[0-9a-f]{16}", response["X-Request-ID"])


# --- Request ids ------------------------------------------------------------------------


def test_a_request_id_that_a_proxy_gave_is_kept(client):
    response = client.get("/health/live", headers={"X-Request-ID": "proxy-0123456789"})

    assert response["X-Request-ID"] == "proxy-0123456789"


@pytest.mark.parametrize(
    "given", ["short", "a" * 65, "with space 1234", "line\nbreak1234", "ключ-12345"]
)
def test_a_request_id_that_could_spoil_a_log_is_replaced(client, given):
    response = client.get("/health/live", HTTP_X_REQUEST_ID=given)

    assert re.fullmatch("[0-9a-f]{16}", response["X-Request-ID"])


# --- Caches and cookies -----------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["/", "/members/", "/agreements/", "/glossary/", "/search/?q=x"]
)
@pytest.mark.usefixtures("db")
def test_a_visitor_gets_no_cookie(client, address):
    response = client.get(address)

    assert (response.status_code, dict(response.cookies)) == (200, {})


@pytest.mark.parametrize(
    "address", ["/", "/desk/", "/desk/jobs/", "/nowhere/", "/api/v1/jobs/", "/api/v1/countries/"]
)
@pytest.mark.usefixtures("db")
def test_what_a_signed_in_person_sees_is_stored_nowhere(address):
    response = client_of(Role.TRAINER).get(address)

    assert response["Cache-Control"] == "no-store"
    assert "Cookie" in response["Vary"]


@pytest.mark.usefixtures("db")
def test_a_public_page_may_be_stored_but_not_shared_with_signed_in_people():
    response = client_of(VISITOR).get("/about/")

    assert "Cache-Control" not in response
    assert {"Cookie", "Accept-Language"} <= set(response["Vary"].split(", "))


@pytest.mark.usefixtures("db")
def test_a_list_is_another_for_each_format_that_is_asked_for():
    assert "Accept" in client_of(VISITOR).get("/api/v1/countries/")["Vary"].split(", ")


# --- Production -------------------------------------------------------------------------

IN_PRODUCTION = """
import json, django
django.setup()
from django.test import Client
client = Client(raise_request_exception=False)
asked = [("/health/live", True, "site.example"), ("/", False, "site.example"),
         ("/", False, "evil.example"), ("/", True, "evil.example"),
         ("/account/sign-in/", True, "site.example")]
answers = []
for path, secure, host in asked:
    answer = client.get(path, secure=secure, headers={"host": host})
    cookies = [morsel.OutputString() for morsel in answer.cookies.values()]
    answers.append({"status": answer.status_code, "cookies": cookies, **answer.headers})
print(json.dumps(answers))
"""


@pytest.fixture(scope="module")
def production(tmp_path_factory) -> list[dict]:
    """Answers of a site that runs with production's settings."""
    var = tmp_path_factory.mktemp("production")
    (var / "static").mkdir()
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "partnership.settings",
        "PARTNERSHIP_ENV": "production",
        "PARTNERSHIP_VAR": str(var),
        "PARTNERSHIP_SECRET_KEY": "long enough for the check and known to nobody else",
        "PARTNERSHIP_HOSTS": "site.example",
        "PARTNERSHIP_MAIL_URL": "smtp://mail.example",
        "PARTNERSHIP_MAIL_FROM": "secretariat@site.example",
        "PARTNERSHIP_CONTACT": "secretariat@site.example",
        "PARTNERSHIP_ADDRESS": "https://site.example",
        "DATABASE_URL": f"sqlite:///{var / 'site.sqlite3'}",
        "REDIS_URL": "",
        "DEMO_PASSWORD": "",
    }
    argv = [sys.executable, "-c", IN_PRODUCTION]
    done = subprocess.run(argv, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_production_answers_only_over_https_and_says_so_for_a_year(production):
    live, plain, *_ = production

    assert live["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert (plain["status"], plain["Location"]) == (301, "https://site.example/")


def test_production_sends_its_headers_also_to_those_who_ask_for_a_strange_host(production):
    for answer in production[2:4]:
        assert answer["status"] == 400
        assert set(answer["Content-Security-Policy"].split("; ")) == POLICY
        assert {name: answer.get(name) for name in HEADERS} == HEADERS


def test_production_binds_its_cookies_to_this_host(production):
    (cookie,) = production[4]["cookies"]

    assert cookie.startswith("__Host-csrf=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
