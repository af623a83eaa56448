"""Second factors on the pages: set up, kept, removed."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import caches
from django.test import Client

from partnership.accounts import factors
from partnership.accounts.models import User
from tests import signing_in
from tests.accounts.having import code_at, give_app, give_passkey, now, recovery_codes
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
APP, CODES = "/account/second-factor/app/", "/account/second-factor/codes/"


@pytest.fixture(autouse=True)
def _no_earlier_attempts() -> None:
    caches["default"].clear()


@pytest.fixture
def alice() -> User:
    return User.objects.create_user("alice@m.example", "a long pass phrase", name="Alice")


def signed_in(person: User) -> Client:
    return signing_in.without_factor(Client(), person)


def secret_on(page) -> str:
    return re.search(r'<code dir="ltr">([A-Z2-7 ]+)</code>', page.content.decode())[1].replace(
        " ", ""
    )


def test_an_app_is_set_up_with_the_square_or_the_key_and_its_first_code(alice):
    client = signed_in(alice)
    page = client.get(APP)
    secret = secret_on(page)
    assert 'class="qr"' in page.content.decode()
    assert secret_on(client.post(APP, {"code": "000000"})) == secret

    answer = client.post(APP, {"code": code_at(now(), secret)})

    assert (answer["Location"], factors.has_one(alice)) == (CODES, True)
    assert client.get("/account/").status_code == 200


def test_the_secret_of_an_app_does_not_stand_in_the_session(alice):
    client = signed_in(alice)
    secret = secret_on(client.get(APP))

    assert secret not in str(dict(client.session))


def test_recovery_codes_are_shown_and_downloaded_until_they_are_kept(alice):
    client = signed_in(alice)
    give_passkey(client)
    codes = recovery_codes(alice)
    told = [f"{code[:4]} {code[4:]}" for code in codes]

    page = client.get(CODES, secure=True).content.decode()
    file = client.get(CODES + "file/", secure=True)
    assert [code for code in told if code in page] == told
    assert [line for line in file.content.decode().splitlines() if line in told] == told
    assert file["Content-Disposition"].startswith("attachment")
    client.post(CODES, secure=True)

    assert client.get(CODES, secure=True).status_code == 404
    assert client.get(CODES + "file/", secure=True).status_code == 404


def test_recovery_codes_are_shown_to_no_other_session(alice):
    give_passkey(signed_in(alice))
    alice.refresh_from_db()

    assert signed_in(alice).get(CODES).status_code == 404


def test_the_way_goes_on_after_the_codes_are_kept(alice):
    client = signed_in(alice)
    secret = secret_on(client.get(f"{APP}?next=/glossary/"))
    answer = client.post(APP, {"code": code_at(now(), secret), "next": "/glossary/"})

    page = client.get(answer["Location"]).content.decode()

    assert 'name="next" value="/glossary/"' in page
    assert client.post(CODES, {"next": "/glossary/"})["Location"] == "/glossary/"


def test_a_factor_is_removed_by_its_owner_alone(alice):
    give_app(alice)
    app = factors.of(alice).app
    stranger = signed_in(UserFactory())

    for number in (app.pk, 0, "x", ""):
        path = "/account/second-factor/remove/"
        assert stranger.post(path, {"factor": number}).status_code == 404
    assert factors.has_one(alice)
    client = Client()
    client.force_login(alice)
    client.post("/account/second-factor/remove/", {"factor": app.pk})
    assert not factors.has_one(alice)


def test_recovery_codes_cannot_be_taken_away_alone(alice):
    give_app(alice)
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES)
    client = Client()
    client.force_login(alice)

    answer = client.post("/account/second-factor/remove/", {"factor": codes.pk})

    assert answer.status_code == 404
