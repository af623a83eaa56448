"""Second factors on the pages: asked for at sign-in, and shown once more before a change."""

from __future__ import annotations

import re

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from partnership.accounts import factors
from partnership.accounts.models import User
from tests import signing_in
from tests.accounts.browsing import ask, enter, is_in, mailed_code
from tests.accounts.having import (
    PASSKEY,
    SECOND,
    add_passkey,
    code_at,
    give_app,
    give_passkey,
    now,
    recovery_codes,
    show_passkey,
)
from tests.accounts.keys import PRESENT, Passkey
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
ALICE, PASSWORD = "alice@m.example", "a long pass phrase"
APP, CODES, PROVE = (
    "/account/second-factor/app/",
    "/account/second-factor/codes/",
    "/account/prove/",
)


@pytest.fixture(autouse=True)
def _no_earlier_attempts() -> None:
    caches["default"].clear()


@pytest.fixture
def alice() -> User:
    return User.objects.create_user(ALICE, PASSWORD, name="Alice")


def sign_in(client: Client, **more: str):
    data = {"login": ALICE, "password": PASSWORD, **more}
    return client.post("/account/sign-in/", data, secure=True)


def signed_in(person: User) -> Client:
    client = Client()
    signing_in.without_factor(client, person)
    return client


# --- At sign-in -------------------------------------------------------------------------


def test_whoever_has_an_app_is_asked_for_it_after_the_password(client, alice):
    give_app(alice)

    assert sign_in(client, next="/glossary/")["Location"] == SECOND
    assert not is_in(client)
    answer = client.post(SECOND, {"code": code_at(now())})
    assert (answer["Location"], is_in(client)) == ("/glossary/", True)


def test_whoever_has_an_app_is_asked_for_it_after_a_mailed_code_too(client, alice):
    give_app(alice)
    ask(client, ALICE)

    assert enter(client, mailed_code(ALICE), remember="on")["Location"] == SECOND
    assert not is_in(client)
    client.post(SECOND, {"code": recovery_codes(alice)[0]})
    assert is_in(client)
    assert not client.session.get_expire_at_browser_close()


def test_a_wrong_code_says_so_and_the_sixth_that_it_waits(client, alice):
    give_app(alice)
    sign_in(client)

    pages = [client.post(SECOND, {"code": "000000"}).content.decode() for _ in range(6)]

    assert "This is not the code." in pages[0]
    assert "Wait five minutes; nothing is locked for good." in pages[5]
    assert not is_in(client)


def test_the_page_of_the_second_factor_is_for_who_came_so_far(client):
    assert client.get(SECOND)["Location"] == "/account/sign-in/"
    assert client.post(SECOND, {"code": "000000"})["Location"] == "/account/sign-in/"


def test_a_script_that_signs_in_over_the_work_is_told_that_more_is_asked_for(client, alice):
    give_app(alice)
    ask(client, ALICE)
    as_script = {"headers": {"Accept": "application/json"}}

    answer = client.post("/account/code/", {"code": mailed_code(ALICE)}, **as_script)

    assert (answer.status_code, answer.json()["code"]) == (409, "second_factor")
    assert not is_in(client)


def test_a_closed_account_is_not_opened_by_a_factor(client, alice):
    give_app(alice)
    sign_in(client)
    User.objects.update(is_active=False)

    client.post(SECOND, {"code": code_at(now())})

    assert client.get("/account/").status_code == 302


# --- Passkeys ---------------------------------------------------------------------------


def test_a_passkey_signs_in_by_itself_and_counts_as_a_factor(alice):
    key = give_passkey(signed_in(alice))
    client = Client()

    assert show_passkey(client, key, next="/glossary/")["Location"] == "/glossary/"
    assert is_in(client)
    assert client.session.get_expire_at_browser_close()


def test_a_passkey_is_the_second_factor_after_a_password(client, alice):
    key = give_passkey(signed_in(alice))

    assert sign_in(client)["Location"] == SECOND
    assert show_passkey(client, key, SECOND)["Location"] == "/"
    assert is_in(client)


def test_a_passkey_of_somebody_else_does_not_finish_a_sign_in(client, alice):
    give_app(alice)
    key = give_passkey(signed_in(UserFactory()))
    sign_in(client)

    page = show_passkey(client, key, SECOND)

    assert "The passkey was not accepted." in page.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize(
    "changed",
    [{"origin": "https://evil.example"}, {"flags": PRESENT}, {"name": b"another key's name"}],
)
def test_a_passkey_for_another_site_without_its_owner_or_unknown_signs_nobody_in(alice, changed):
    key = give_passkey(signed_in(alice))
    false = Passkey(**{**vars(key), **changed})
    client = Client()

    page = show_passkey(client, false)

    assert "The passkey was not accepted." in page.content.decode()
    assert not is_in(client)


def test_an_answer_to_a_question_is_taken_once(alice):
    key = give_passkey(signed_in(alice))
    client = Client()
    question = client.post("/account/passkey/question/", secure=True).json()
    answer = {"credential": key.shown(question)}
    client.post(PASSKEY, answer, secure=True)
    client.post("/account/sign-out/", secure=True)

    client.post(PASSKEY, answer, secure=True)
    Client().post(PASSKEY, answer, secure=True)

    assert not is_in(client)


@pytest.mark.parametrize("sent", ["", "{", "[]", "{}", '{"id": 1}', '{"response": []}', "[" * 9999])
def test_nonsense_for_a_passkey_is_refused_plainly(client, alice, sent):
    give_passkey(signed_in(alice))
    client.post("/account/passkey/question/", secure=True)

    page = client.post(PASSKEY, {"credential": sent}, secure=True)

    assert (page.status_code, is_in(client)) == (200, False)
    assert "The passkey was not accepted." in page.content.decode()


def test_a_passkey_of_a_closed_account_opens_nothing(alice):
    key = give_passkey(signed_in(alice))
    User.objects.update(is_active=False)
    client = Client()

    show_passkey(client, key)

    assert client.get("/account/", secure=True).status_code == 302


@pytest.mark.parametrize("changed", [{"origin": "https://evil.example"}, {"flags": PRESENT}])
def test_a_new_passkey_is_for_this_site_and_knows_its_owner(alice, changed):
    client = signed_in(alice)
    question = client.post("/account/second-factor/question/", secure=True).json()

    page = add_passkey(client, Passkey(**changed).made(question))

    assert "The passkey was not accepted." in page.content.decode()
    assert not factors.has_one(alice)


def test_the_button_for_passkeys_waits_for_a_script(client):
    page = client.get("/account/sign-in/").content.decode()

    form = re.search(r"<form[^>]*data-passkey[^>]*>", page)[0]
    assert form.rstrip(">").endswith("hidden")


# --- Once more --------------------------------------------------------------------------

CHANGING = ["add_app", "add_passkey", "set_password", "addresses"]


@pytest.mark.parametrize("name", CHANGING)
def test_a_page_that_changes_how_somebody_signs_in_asks_who_it_is(alice, name):
    client = signed_in(alice)
    signing_in.show(client, alice, "password", ago=15 * 60 + 1)
    page = reverse(f"account_{name}")

    asked = client.get(page)["Location"]
    assert asked.startswith(f"{PROVE}?next=%2Faccount%2F")
    assert client.post(PROVE, {"password": "wrong"}).status_code == 200
    assert client.post(asked, {"password": PASSWORD})["Location"] == page
    assert client.get(page).status_code == 200


SENDING = ["remove_password", "primary_address", "remove_address", "remove_factor", "renew_codes"]


@pytest.mark.parametrize("name", SENDING)
def test_what_is_sent_without_saying_who_it_is_changes_nothing(alice, name):
    give_app(alice)
    client = Client()
    client.force_login(alice)
    signing_in.show(client, alice, "mfa", ago=15 * 60 + 1)

    answer = client.post(reverse(f"account_{name}"), {"factor": factors.of(alice).app.pk})

    assert answer["Location"].startswith(PROVE)
    alice.refresh_from_db()
    assert (alice.has_usable_password(), factors.has_one(alice)) == (True, True)


def test_whoever_has_a_factor_proves_it_with_that_and_not_with_the_password(alice):
    give_app(alice)
    client = Client()
    client.force_login(alice)
    signing_in.show(client, alice, "mfa", ago=15 * 60 + 1)

    assert client.post(PROVE, {"password": PASSWORD}).status_code == 200
    assert client.get(APP).status_code == 302
    assert client.post(PROVE, {"code": code_at(now())})["Location"] == "/account/"
    assert client.get(APP).status_code == 200


def test_whoever_has_neither_proves_it_with_a_code_to_the_main_address():
    person = UserFactory(email=ALICE)
    client = signed_in(person)
    signing_in.show(client, person, "code", ago=15 * 60 + 1)

    client.post(PROVE, {"mail": "yes", "next": APP})
    assert "This is not the code" in client.post(PROVE, {"code": "0000 0000"}).content.decode()
    answer = client.post(PROVE, {"code": mailed_code(ALICE)})

    assert answer["Location"] == APP
    assert client.get(APP).status_code == 200


def test_a_code_that_proves_who_asks_signs_nobody_in_and_the_other_way_round(client):
    person = UserFactory(email=ALICE)
    inside = signed_in(person)
    inside.post(PROVE, {"mail": "yes"})
    to_prove = mailed_code(ALICE)
    ask(client, ALICE)

    enter(client, to_prove)
    assert not is_in(client)
    page = inside.post(PROVE, {"code": mailed_code(ALICE)})
    assert page.status_code == 200
