"""Certificates as programs read and check them."""

from __future__ import annotations

import html

import pytest
from django.core.cache import cache
from django.test import Client

from courses.learning import codes, throttle
from tests.factories.accounts import UserFactory
from tests.factories.certificates import DAY, CertificateFactory, course_of
from tests.site.reading import csv_rows, rows

ADDRESS = "/api/v1/certificates/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_was_tried():
    cache.clear()


def check(client, code: str, query: str = ""):
    return client.get(f"{ADDRESS}{code}/{query}")


def text_of(client, address: str) -> str:
    return " ".join(html.unescape(client.get(address).content.decode()).split())


def test_a_check_tells_exactly_what_the_page_tells(client):
    row = CertificateFactory(name="王小明", latin_name="Wang Xiaoming", language="fr")

    told = check(client, row.shown_code).json()

    assert told == {
        "code": row.shown_code,
        "state": "valid",
        "ended_on": None,
        "reason": "",
        "replaced_by": "",
        "name": "王小明",
        "latin_name": "Wang Xiaoming",
        "name_is": "shown",
        "course_code": "A6-101",
        "course_title": "Cooperative approaches",
        "language": "fr",
        "edition": 1,
        "rules_as_of": "2024-11-30",
        "hours": 6.5,
        "issued_on": "2026-03-02",
        "issuer": "Partnership",
    }
    page = text_of(client, row.get_absolute_url())
    for fact in ("code", "name", "latin_name", "course_code", "course_title", "issuer"):
        assert told[fact] in page


def test_how_a_certificate_ended_is_told(client):
    new = CertificateFactory()
    replaced = CertificateFactory(state="replaced", replaced_by=new, ended_at=DAY)
    withdrawn = CertificateFactory(state="withdrawn", reason="mistake", ended_at=DAY)

    told = [check(client, row.shown_code).json() for row in (replaced, withdrawn)]

    assert [(one["state"], one["ended_on"], one["reason"]) for one in told] == [
        ("replaced", "2026-03-02", ""),
        ("withdrawn", "2026-03-02", "mistake"),
    ]
    assert told[0]["replaced_by"] == new.shown_code


def test_a_hidden_name_is_told_to_who_was_given_the_code_and_an_erased_one_to_nobody(client):
    hidden = CertificateFactory(name="Alice", latin_name="Alice Nguyen", is_name_hidden=True)
    erased = CertificateFactory(learner=None, name="", latin_name="Left over")

    assert "Alice" not in check(client, hidden.shown_code).content.decode()
    assert check(client, hidden.shown_code).json()["name_is"] == "hidden"
    assert check(client, hidden.shown_code, "?name=shown").json()["name"] == "Alice"
    told = check(client, erased.shown_code, "?name=shown").json()
    assert (told["name"], told["latin_name"], told["name_is"]) == ("", "", "erased")


def test_even_its_holder_is_told_by_a_check_what_everybody_is_told(client):
    row = CertificateFactory(is_name_hidden=True)
    client.force_login(row.learner)

    assert check(client, row.shown_code).json()["name_is"] == "hidden"
    (own,) = rows(client, ADDRESS)
    assert (own["name"], own["is_name_hidden"]) == (row.learner.name, True)
    assert client.get(own["pdf"]).status_code == 200


def test_a_code_is_read_as_on_the_page_and_kept_in_no_cache(client):
    row = CertificateFactory()

    for typed in (row.code, row.code.lower(), row.shown_code.replace("-", " ")):
        answer = check(client, typed)
        assert (answer.status_code, answer.json()["code"]) == (200, row.shown_code)
        assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("query", ["?name=hidden", "?nome=shown", "?name="])
def test_another_question_is_refused(client, query):
    assert check(client, CertificateFactory().shown_code, query).status_code == 400


def test_wrong_codes_are_counted_together_with_those_of_the_page(client, monkeypatch):
    monkeypatch.setattr(throttle, "WRONG_A_MINUTE", 4)
    row, wrong = CertificateFactory(), codes.shown(codes.draw())

    found = [check(client, "ABC").status_code, client.get(f"/verify/{wrong}/").status_code]
    found += [check(client, wrong).status_code, client.get("/verify/?code=ABC").status_code]
    refused = check(client, row.shown_code)

    assert found == [404] * 4
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert refused.json()["code"] == "throttled"
    assert client.get(row.get_absolute_url()).status_code == 429


def test_the_list_holds_ones_own_alone():
    row = CertificateFactory()
    CertificateFactory()
    client, stranger = Client(), Client()
    client.force_login(row.learner)
    stranger.force_login(UserFactory())

    assert [one["code"] for one in rows(client, ADDRESS)] == [row.shown_code]
    assert rows(stranger, ADDRESS) == csv_rows(stranger, f"{ADDRESS}?format=csv") == []


@pytest.mark.parametrize("number", [1, 20])
def test_a_list_and_a_check_cost_the_same_for_any_number(client, number, count_queries):
    learner = UserFactory()
    for _ in range(number):
        row = CertificateFactory(learner=learner, edition=course_of())
    visitor = Client()
    client.force_login(learner)

    with count_queries(3):
        assert len(rows(client, ADDRESS)) == number
    # One looks into the cache.
    with count_queries(2):
        check(visitor, row.shown_code)
