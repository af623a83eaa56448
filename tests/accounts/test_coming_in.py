"""The pages by which people come in by themselves, as a browser meets them."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import caches
from django.test import Client

from partnership.accounts.models import User
from partnership.mail.models import OutboxMessage
from tests.accounts.browsing import (
    AGAIN,
    ANNA,
    ASK,
    CODE,
    NAME,
    SIGN_UP,
    age,
    ask,
    enter,
    is_in,
    mailed_code,
    sign_up,
)
from tests.factories.accounts import UserFactory
from tests.site.people import STRANGER, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_earlier_attempts() -> None:
    caches["default"].clear()


# --- The way in -------------------------------------------------------------------------


def test_a_name_and_an_address_and_a_code_make_an_account(client):
    asked = sign_up(client, "Anna@M.Example", "  Anna   Ñandú ")
    assert asked["Location"] == CODE
    assert not User.objects.exists()

    answer = enter(client, mailed_code())

    assert (answer.status_code, answer["Location"]) == (302, "/")
    person = User.objects.get()
    assert (person.email, person.name) == (ANNA, "Anna Ñandú")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert EmailAddress.objects.get(user=person).verified
    page = client.get("/").content.decode()
    assert "You are signed in as Anna Ñandú." in page
    assert "Your account is made, and it is yours for good." in page


def test_whoever_has_an_account_signs_in_by_code_in_any_case(client):
    person = UserFactory(email=ANNA)
    EmailAddress.objects.create(user=person, email="anna@home.example", verified=True)

    ask(client, " ANNA@home.Example ")
    enter(client, mailed_code("anna@home.example"))

    assert client.session["_auth_user_id"] == str(person.pk)


def test_signing_in_with_an_unknown_address_asks_for_a_name_once_the_code_is_right(client):
    ask(client)
    assert enter(client, mailed_code())["Location"] == NAME
    assert not is_in(client)
    assert client.get(CODE)["Location"] == NAME
    assert "Write your name." in client.post(NAME, {"name": " "}).content.decode()

    client.post(NAME, {"name": "Anna"})

    assert client.session["_auth_user_id"] == str(User.objects.get(name="Anna").pk)


def test_the_session_has_another_key_after_coming_in_and_the_old_one_is_of_no_use(client):
    sign_up(client)
    before = client.session.session_key
    enter(client, mailed_code())
    thief = Client()
    thief.cookies["session"] = before

    assert client.session.session_key != before
    assert thief.get("/account/").status_code == 302


def test_the_device_is_remembered_only_if_that_was_asked_for(client):
    other = Client()
    sign_up(client)
    enter(client, mailed_code(), remember="on")
    ask(other)
    enter(other, mailed_code())

    assert client.cookies["session"]["max-age"] == 14 * 86_400
    assert other.cookies["session"]["max-age"] == ""


def test_a_code_is_of_use_only_in_the_browser_that_asked(client):
    sign_up(client)

    answer = enter(Client(), mailed_code())

    assert "this one waits for none" in answer.content.decode()
    assert not User.objects.exists()


def test_a_used_code_is_used(client):
    sign_up(client)
    code = mailed_code()
    enter(client, code)
    client.post("/account/sign-out/")

    enter(client, code)

    assert not is_in(client)


def test_a_closed_account_is_told_so_only_to_who_has_its_mail(client):
    UserFactory(email=ANNA, is_active=False)
    ask(client)
    page = client.get(CODE)
    answer = client.post(CODE, {"code": mailed_code()}, follow=True)

    assert "closed" not in page.content.decode()
    assert [str(message) for message in answer.context["messages"]] == [
        "This account was closed. Ask the secretariat if it should not."
    ]
    assert not is_in(client)


def test_whoever_is_in_is_led_on(client):
    client = client_of(STRANGER)

    for address in (SIGN_UP, ASK, CODE, NAME):
        assert client.get(f"{address}?next=/about/")["Location"] == "/about/"
    assert not OutboxMessage.objects.exists()


# --- Every state explains itself --------------------------------------------------------


def test_a_wrong_code_is_told_with_the_tries_that_are_left(client):
    sign_up(client)

    pages = [enter(client, "1234 5678").content.decode() for _ in range(5)]

    assert "You can try 4 times more." in pages[0]
    assert 'value="1234 5678"' in pages[0]
    assert "You can try once more." in pages[3]
    assert "A wrong code was entered five times" in pages[4]
    assert "Mail me a new code" in pages[4]
    assert 'name="code"' not in pages[4]
    assert "A wrong code was entered five times" in client.get(CODE).content.decode()


def test_after_five_wrong_codes_a_new_one_is_one_press_away(client):
    sign_up(client)
    for _ in range(5):
        enter(client, "1234 5678")
    page = client.post(AGAIN, follow=True)
    assert "A new code was mailed." in page.content.decode()

    enter(client, mailed_code())

    assert is_in(client)


def test_a_code_that_is_too_old_is_told_with_one_button_for_a_new_one(client):
    sign_up(client)
    age(minutes=31)
    page, entered = client.get(CODE), enter(client, mailed_code())

    for answer in (page, entered):
        assert "is too old: a code holds for 30 minutes" in answer.content.decode()
        assert "Mail me a new code" in answer.content.decode()
    assert not is_in(client)


def test_once_more_within_a_minute_is_told_and_later_mailed(client):
    sign_up(client)
    soon = client.post(AGAIN, follow=True).content.decode()
    age(minutes=2)
    later = client.post(AGAIN, follow=True).content.decode()

    assert "less than a minute ago" in soon
    assert "It is the same one." in later
    assert OutboxMessage.objects.count() == 2


def test_too_many_from_one_network_are_told_so_and_three_hundred_are_not_too_many(settings):
    settings.ACCOUNT_RATE_LIMITS = {"mail_code": "2/m/ip", "wrong_code": "1/m/ip"}
    client = Client()
    sign_up(client)
    assert "Very many codes" not in enter(client, "0").content.decode()
    untried = enter(client, mailed_code()).content.decode()
    assert "Very many codes" in untried
    assert "Code not right" not in untried
    ask(Client(), "bob@m.example")
    answer = ask(Client(), "cleo@m.example")

    assert (answer.status_code, "Nothing is locked for good" in answer.content.decode()) == (
        429,
        True,
    )
    assert not OutboxMessage.objects.filter(to="cleo@m.example").exists()


def test_a_whole_ministry_may_ask_within_a_minute(settings):
    rates = settings.ACCOUNT_RATE_LIMITS

    assert rates["mail_code"].startswith("300/m/ip")
    assert rates["wrong_code"].startswith("100/m/ip")


# --- Asked by a script over the work ----------------------------------------------------

JSON = {"accept": "application/json"}


def test_a_script_asks_and_enters_and_is_told_in_sentences(client):
    UserFactory(email=ANNA)

    def send(address: str, **fields: str) -> tuple[int, str]:
        answer = client.post(address, fields, headers=JSON)
        return answer.status_code, answer.json()["detail"]

    assert send(CODE, code="1") == (409, "Ask for a code first.")
    assert send(ASK, login="anna") == (
        400,
        "This is no mail address. Write it like name@ministry.example.",
    )
    assert send(ASK, login=ANNA) == (200, f"A code is on its way to {ANNA}.")
    wrong = send(CODE, code="1")
    assert wrong == (400, "This is not the code that was mailed. You can try 4 times more.")
    assert send(CODE, code=mailed_code()) == (200, "You are signed in.")
    assert is_in(client)
    assert send(ASK, login=ANNA) == (200, "You are signed in.")


def test_a_script_is_told_when_the_address_has_no_account(client):
    ask(client)

    answer = client.post(CODE, {"code": mailed_code()}, headers=JSON)

    assert (answer.status_code, answer.json()["code"]) == (409, "name_needed")


# --- My account -------------------------------------------------------------------------


def test_whoever_has_no_post_is_told_what_that_means(client):
    sign_up(client)
    enter(client, mailed_code())

    page = client.get("/account/").content.decode()

    assert "You belong to no delegation yet" in page
    assert "you can join every course" in page
    assert "you have no password and need none" in page
    assert 'href="/account/"' in client.get("/").content.decode()


def test_whoever_has_a_post_is_not(client):
    page = client_of("official").get("/account/").content.decode()

    assert "You belong to no delegation yet" not in page
    assert "an official of your country or institution" in page


@pytest.mark.parametrize(
    ("address", "number"), [(SIGN_UP, 0), (ASK, 0), (f"{SIGN_UP}?next=/courses/none/", 1)]
)
def test_the_pages_of_the_door_ask_little(client, count_queries, address, number):
    with count_queries(number):
        client.get(address)


def test_the_page_of_the_code_asks_four_times(client, count_queries):
    sign_up(client)

    with count_queries(4):
        client.get(CODE)
