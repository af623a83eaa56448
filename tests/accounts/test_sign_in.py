from __future__ import annotations

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from partnership.accounts.models import User
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
SIGN_IN, PASSWORD = "/account/sign-in/", "a long pass phrase"


@pytest.fixture(autouse=True)
def _no_earlier_attempts() -> None:
    caches["default"].clear()


@pytest.fixture
def alice() -> User:
    person = UserFactory(email="alice@m.example")
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def sign_in(client: Client, login: str = "alice@m.example", password: str = PASSWORD, **more):
    return client.post(SIGN_IN, {"login": login, "password": password}, **more)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def errors(page) -> list[str]:
    return page.context["form"].non_field_errors()


@pytest.mark.parametrize("login", ["alice@m.example", "ALICE@M.example", " Alice@m.Example "])
def test_a_person_signs_in_by_mail_address_in_any_case(client, alice, login):
    answer = sign_in(client, login)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(alice.pk)


def test_an_account_without_a_confirmed_address_row_signs_in_as_well(client, alice):
    EmailAddress.objects.all().delete()

    sign_in(client)

    assert is_signed_in(client)


def test_sign_in_goes_on_to_the_page_that_was_asked_for_and_nowhere_else(client, alice):
    pages = [
        sign_in(Client(), QUERY_STRING=f"next={target}").headers["Location"]
        for target in ("/desk/", "https://evil.example/", "//evil.example/")
    ]

    assert pages == ["/desk/", "/", "/"]


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, alice):
    wrong = sign_in(client, password="another pass phrase")
    unknown = sign_in(client, "bob@m.example")

    assert (wrong.status_code, errors(wrong)) == (unknown.status_code, errors(unknown))
    assert errors(wrong) == [
        "This mail address and this password do not belong together. Check both; small and "
        "capital letters differ in a password."
    ]
    assert text_of(unknown).replace("bob@", "alice@") == text_of(wrong)


def text_of(page) -> str:
    """The page without what differs at every request."""
    return "\n".join(line for line in page.content.decode().splitlines() if "csrf" not in line)


def test_an_unknown_address_costs_a_password_check_as_well(client, alice, monkeypatch):
    hashed = []
    hasher = "partnership.accounts.hashers.Argon2id.encode"
    monkeypatch.setattr(hasher, lambda self, *args: hashed.append(args) or "argon2$x")

    sign_in(client, "bob@m.example")

    assert len(hashed) == 1


def test_a_closed_account_is_refused_and_told_so_only_to_who_knows_the_password(client, alice):
    User.objects.update(is_active=False)

    wrong = sign_in(client, password="another pass phrase")
    right = sign_in(client, follow=True)

    assert errors(wrong)[0].startswith("This mail address and this password")
    assert [str(message) for message in right.context["messages"]] == [
        "This account was closed. Ask the secretariat if it should not."
    ]
    assert not is_signed_in(client)


def test_closing_an_account_ends_its_sessions_at_the_next_request(client, alice):
    sign_in(client)
    User.objects.update(is_active=False)

    assert client.get("/desk/").headers["Location"] == f"{SIGN_IN}?next=%2Fdesk%2F"


def test_a_demo_account_is_of_no_use_in_production(client, alice, settings):
    User.objects.update(is_demo=True)
    sign_in(client)
    assert is_signed_in(client)

    settings.PRODUCTION = True

    assert authenticate(None, email=alice.email, password=PASSWORD) is None
    assert client.get("/desk/").headers["Location"] == f"{SIGN_IN}?next=%2Fdesk%2F"


def test_after_five_failures_an_account_is_held_for_everybody_also_with_the_right_password(alice):
    for place in range(5):
        sign_in(Client(), password="another pass phrase", REMOTE_ADDR=f"10.0.0.{place}")

    client = Client()
    answer = sign_in(client, "ALICE@m.example", REMOTE_ADDR="10.0.0.9")

    assert errors(answer) == [
        "Too many attempts for this address. Wait five minutes and try again; nothing is locked "
        "for good."
    ]
    assert not is_signed_in(client)


def test_four_failures_hold_nobody(client, alice):
    for _ in range(4):
        sign_in(client, password="another pass phrase")

    sign_in(client)

    assert is_signed_in(client)


def test_an_account_that_is_held_holds_nobody_else(client, alice):
    for _ in range(6):
        sign_in(Client(), "bob@m.example")

    sign_in(client)

    assert is_signed_in(client)


def test_an_unknown_address_is_held_like_a_known_one(client):
    for _ in range(5):
        sign_in(client, "bob@m.example")

    assert errors(sign_in(client, "bob@m.example"))[0].startswith("Too many attempts")


def test_a_whole_ministry_signs_in_from_one_address(alice):
    clients = [Client() for _ in range(40)]
    for client in clients:
        sign_in(client)

    assert all(map(is_signed_in, clients))


def test_attempts_are_counted_in_the_database():
    assert isinstance(caches["default"], DatabaseCache)


@pytest.mark.parametrize("path", ["/account/signup/", "/accounts/signup/", "/signup/"])
def test_the_librarys_own_addresses_for_signing_up_do_not_exist(client, path):
    assert client.get(path).status_code == 404
    assert client.post(path, {"email": "eve@m.example", "password1": PASSWORD}).status_code == 404


def test_the_librarys_own_sign_up_is_closed(rf):
    assert not get_adapter().is_open_for_signup(rf.get("/"))


@pytest.mark.parametrize("name", ["account_reset_password", "account_inactive"])
def test_addresses_of_the_library_that_nobody_asked_for_do_not_exist(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_signing_out_asks_first_and_ends_the_session(client, alice):
    sign_in(client)

    assert client.get("/account/sign-out/").status_code == 200
    assert is_signed_in(client)
    client.post("/account/sign-out/")
    assert not is_signed_in(client)


def test_whoever_is_signed_in_is_not_asked_again(client, alice):
    sign_in(client)

    assert client.get(SIGN_IN).headers["Location"] == "/"
