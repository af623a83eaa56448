from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

import pytest
from django.core.cache import cache

from courses.learning import codes, throttle
from courses.learning.models import Certificate
from partnership.lib import clock
from tests.factories.certificates import DAY, CertificateFactory

CODE = "7K3M0QXDB5W2"
CODE = CODE[:11] + codes._check(CODE[:11])
ADDRESS = f"/verify/{codes.shown(CODE)}/"
KB = 1024
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_was_tried():
    cache.clear()


def unknown(number: int = 0) -> str:
    body = f"{number:0>11}"
    return codes.shown(body + codes._check(body))


def test_anyone_sees_what_was_stored(client):
    CertificateFactory(
        code=CODE,
        name="王小明",
        latin_name="Wang Xiaoming",
        course_title="What officials decide",
    )

    page = client.get(ADDRESS).content.decode()

    for text in (
        "Valid",
        "王小明",
        "Wang Xiaoming",
        "What officials decide",
        "A6-101, edition 1, rules as of 30 November 2024",
        "6.5",
        "2 March 2026",
        "Partnership",
        codes.shown(CODE),
    ):
        assert text in page


def test_the_page_tells_what_was_stored_and_not_what_is_now(client):
    certificate = CertificateFactory(code=CODE, name="Alice Tran")
    learner, edition = certificate.learner, certificate.edition
    learner.name, edition.title = "Somebody else", "Another title"
    learner.save()
    edition.save()

    page = client.get(ADDRESS).content.decode()

    assert "Alice Tran" in page
    assert "Cooperative approaches" in page
    assert "Somebody else" not in page
    assert "Another title" not in page
    assert learner.email not in page


def test_a_replaced_one_leads_to_the_one_that_stands(client):
    new = CertificateFactory()
    CertificateFactory(code=CODE, state="replaced", replaced_by=new, ended_at=DAY)

    page = client.get(ADDRESS).content.decode()

    assert "Replaced on 2 March 2026 by" in " ".join(page.split())
    assert f'href="/verify/{new.shown_code}/"' in page
    assert "Valid" not in page


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("mistake", "issued by mistake"),
        ("misconduct", "the work was not the holder&#x27;s own"),
        ("request", "at the holder&#x27;s request"),
    ],
)
def test_a_withdrawn_one_says_why(client, reason, words):
    CertificateFactory(code=CODE, state="withdrawn", reason=reason, ended_at=DAY)

    page = client.get(ADDRESS).content.decode()

    assert f"Withdrawn on 2 March 2026: {words}." in " ".join(page.split())
    assert "Valid" not in page


def test_a_hidden_name_is_shown_to_who_says_that_the_code_was_given_to_them(client):
    CertificateFactory(code=CODE, name="Alice", latin_name="Alice Nguyen", is_name_hidden=True)

    page = client.get(ADDRESS).content.decode()

    assert "Alice" not in page
    assert "show the name" in page
    assert "Alice Nguyen" in client.get(f"{ADDRESS}?name=shown").content.decode()


def test_the_stub_of_an_erased_person_still_verifies(client):
    CertificateFactory(code=CODE, learner=None, name="")

    page = client.get(ADDRESS).content.decode()

    assert "Valid" in page
    assert "erased on request" in page


@pytest.mark.parametrize(
    "typed", [CODE, CODE.lower(), codes.shown(CODE).replace("-", " "), CODE.replace("0", "o")]
)
def test_a_code_typed_in_another_way_leads_to_its_page(client, typed):
    assert client.get(f"/verify/{typed}/").headers["Location"] == ADDRESS
    assert client.get("/verify/", {"code": f" {typed} "}).headers["Location"] == ADDRESS


def test_a_code_that_was_never_issued_says_so_and_offers_to_look_at_it_again(client):
    response = client.get(f"/verify/{unknown()}/")

    page = response.content.decode()
    assert response.status_code == 404
    assert "No certificate stands under this code" in page
    assert f'value="{unknown()}"' in page


@pytest.mark.parametrize("typed", ["ABCD", f"{CODE[:-1]}{'1' if CODE[-1] == '0' else '0'}", "<b>x"])
def test_a_slip_is_told_from_a_code_that_is_not_ours(client, typed):
    response = client.get("/verify/", {"code": typed})

    assert client.get(f"/verify/{quote(typed)}/").status_code == 404
    assert response.status_code == 404
    assert "mistyped or cut off" in response.content.decode()
    assert "<b>x" not in response.content.decode()


def test_the_form_asks_for_a_code_when_none_is_given(client):
    for address in ("/verify/", "/verify/?code=+"):
        response = client.get(address)
        assert (response.status_code, "mistyped" in response.content.decode()) == (200, False)


@pytest.mark.parametrize("address", [ADDRESS, "/verify/", f"/verify/{unknown()}/"])
def test_the_page_is_light_needs_no_script_and_is_kept_nowhere(client, address):
    CertificateFactory(code=CODE, name="W" * 150, latin_name="V" * 150, course_title="T" * 200)

    response = client.get(address)

    assert len(response.content) <= 10 * KB
    assert 'content="noindex"' in response.content.decode()
    assert client.head(address).status_code == response.status_code
    if address == ADDRESS:
        assert "no-store" in response["Cache-Control"]


def test_nothing_can_be_sent_to_it(client):
    CertificateFactory(code=CODE)

    assert client.post(ADDRESS).status_code == 405
    assert Certificate.objects.get().state == "valid"


def test_it_costs_two_queries(client, count_queries):
    CertificateFactory(code=CODE, state="replaced", replaced_by=CertificateFactory(), ended_at=DAY)

    # One looks into the cache.
    with count_queries(2):
        client.get(ADDRESS)


# --- Too fast ---------------------------------------------------------------------------


def tries(client, times: int, **how) -> list[int]:
    return [client.get(f"/verify/{unknown(n)}/", **how).status_code for n in range(times)]


@pytest.fixture
def minute(monkeypatch):
    """Sets the clock."""

    def at(minute: int) -> None:
        now = datetime(2026, 3, 2, 10, minute, 30, tzinfo=DAY.tzinfo)
        monkeypatch.setattr(clock, "now", lambda: now)

    at(0)
    return at


def test_many_wrong_codes_within_a_minute_have_to_wait_for_the_next(client, minute):
    CertificateFactory(code=CODE)

    assert tries(client, throttle.WRONG_A_MINUTE + 1) == [404] * throttle.WRONG_A_MINUTE + [429]
    refused = client.get(ADDRESS)
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert client.get("/verify/", {"code": "ABC"}).status_code == 429

    minute(1)
    assert client.get(ADDRESS).status_code == 200


def test_right_codes_are_not_counted(client, minute):
    CertificateFactory(code=CODE)

    assert {client.get(ADDRESS).status_code for _ in range(throttle.WRONG_A_MINUTE + 5)} == {200}


def test_one_address_does_not_slow_another(client, minute):
    tries(client, throttle.WRONG_A_MINUTE, REMOTE_ADDR="192.0.2.1")

    assert client.get(f"/verify/{unknown()}/", REMOTE_ADDR="192.0.2.1").status_code == 429
    assert client.get(f"/verify/{unknown()}/", REMOTE_ADDR="192.0.2.2").status_code == 404
