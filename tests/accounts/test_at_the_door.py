"""What the pages by which people come in tell to others, and where they lead."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnership.accounts.models import MailedCode, User
from partnership.mail.models import OutboxMessage
from tests.accounts.browsing import (
    AGAIN,
    ANNA,
    ASK,
    CODE,
    NAME,
    SIGN_UP,
    ask,
    enter,
    is_in,
    mailed_code,
    sign_up,
    text_of,
)
from tests.factories.accounts import UserFactory
from tests.factories.courses import EditionFactory

pytestmark = pytest.mark.django_db
PASSWORD, JSON = "a long pass phrase", {"accept": "application/json"}


@pytest.fixture(autouse=True)
def _no_earlier_attempts() -> None:
    caches["default"].clear()


# --- The way on -------------------------------------------------------------------------


@pytest.mark.parametrize("start", [ask, sign_up])
def test_the_way_leads_on_to_the_page_that_was_asked_for_and_nowhere_else(start):
    UserFactory(email=ANNA)
    found = []
    for way in (
        "/courses/a6-202/#join",
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
    ):
        client = Client()
        start(client, next=way)
        found.append(enter(client, mailed_code())["Location"])

    assert found == ["/courses/a6-202/#join", "/", "/", "/"]


def test_a_visitor_who_presses_join_is_led_back_to_the_course_and_its_button(client):
    EditionFactory(course__slug="course", title="How to count")

    to_sign_in = client.post("/courses/course/join/")["Location"]
    page = client.get(to_sign_in).content.decode()
    other_way = re.search(r'href="(/account/sign-up/[^"]*)"', page)[1]
    sign_up(client, next=re.search(r'name="next" value="([^"]*)"', page)[1])
    answer = enter(client, mailed_code())

    assert "How to count" in page
    assert other_way.endswith("?next=%2Fcourses%2Fcourse%2F%23join")
    assert answer["Location"] == "/courses/course/#join"
    course = client.get("/courses/course/").content.decode()
    assert re.search(r'action="/courses/course/join/".*?<button[^>]* id="join"', course, re.DOTALL)


def test_sign_up_names_the_course_and_a_draft_or_nonsense_is_not_named(client):
    EditionFactory(course__slug="course", title="How to count")
    EditionFactory(course__slug="draft", title="Not out yet", published_at=None)
    open_course = client.get(f"{SIGN_UP}?next=/courses/course/%23join").content.decode()

    assert "How to count" in open_course
    assert 'value="/courses/course/#join"' in open_course
    for way in (
        "/courses/draft/",
        "/courses/none/",
        "/nowhere/",
        "/%00",
        "https://x.example/",
        "?",
    ):
        page = client.get(SIGN_UP, {"next": way})
        assert (page.status_code, "On your way to a course" in page.content.decode()) == (
            200,
            False,
        )


def test_what_a_visitor_sends_elsewhere_leads_back_to_the_page_it_was_on(client):
    def sent_from(referer: str) -> str:
        answer = client.post("/courses/a/leave/", headers={"referer": referer, "host": "localhost"})
        return answer["Location"].removeprefix("/account/sign-in/?next=")

    assert sent_from("http://localhost/courses/a/?page=2") == "%2Fcourses%2Fa%2F%3Fpage%3D2"
    for strange in (
        "https://evil.example/x",
        "",
        "http://[",
        "javascript:alert(1)",
        "//localhost.x/",
    ):
        assert sent_from(strange) == "%2F"


# --- Whether there is an account, nobody is told ----------------------------------------


@pytest.mark.parametrize("start", [ask, sign_up])
def test_known_and_unknown_addresses_get_the_same_answers_until_the_code_is_right(start):
    UserFactory(email="known@m.example")
    EmailAddress.objects.create(
        user=UserFactory(), email="second@m.example", verified=True, primary=True
    )
    UserFactory(email="closed@m.example", is_active=False)
    answers = []
    for email in ("known@m.example", "second@m.example", "closed@m.example", "nobody@m.example"):
        client = Client()
        with CaptureQueriesContext(connection) as queries:
            asked = start(client, email)
        page, wrong = client.get(CODE), enter(client, "0000 0000")
        again = client.post(AGAIN, follow=True)
        mails = OutboxMessage.objects.filter(to=email).count()
        seen = (asked.status_code, asked["Location"], asked.content, len(queries), mails)
        seen += (page.status_code, wrong.status_code, again.status_code)
        answers.append((*seen, text_of(page, email), text_of(wrong, email), text_of(again, email)))

    assert answers[1:] == answers[:1] * 3
    assert answers[0][4] == 1


def test_a_full_mailbox_is_told_for_known_and_unknown_addresses_alike():
    UserFactory(email=ANNA)
    told = []
    for email in (ANNA, "nobody@m.example"):
        for _ in range(6):
            ask(Client(), email)
        answer = ask(Client(), email)
        told.append((answer.status_code, text_of(answer, email)))

    assert told[0] == told[1]
    assert told[0][0] == 429
    assert re.search(r"The next one can be mailed at \d\d:\d\d UTC. Nothing is locked", told[0][1])
    assert OutboxMessage.objects.filter(to=ANNA).count() == 6


# --- A stranger who keeps asking keeps nobody out ----------------------------------------


def use_up(email: str = ANNA) -> None:
    for _ in range(6):
        assert ask(Client(), email).status_code == 302
    assert ask(Client(), email).status_code == 429


def by_code(client: Client, headers: dict[str, str]) -> None:
    ask(client)
    client.post(CODE, {"code": mailed_code()}, headers=headers)
    OutboxMessage.objects.all().delete()
    MailedCode.objects.all().delete()


def by_password(client: Client, headers: dict[str, str]) -> None:
    client.post("/account/sign-in/", {"login": ANNA, "password": PASSWORD}, headers=headers)


@pytest.mark.parametrize("headers", [{}, JSON], ids=["page", "script"])
@pytest.mark.parametrize("come_in", [by_code, by_password])
def test_a_browser_that_came_in_before_gets_codes_whatever_strangers_ask(client, come_in, headers):
    person = UserFactory(email=ANNA)
    person.set_password(PASSWORD)
    person.save()
    come_in(client, headers)
    assert is_in(client)
    client.post("/account/sign-out/")
    use_up()

    ask(client)
    page = client.get(CODE).content.decode()
    enter(client, mailed_code())

    assert "Enough codes" not in page
    assert is_in(client)


def test_its_cookie_is_signed_and_out_of_reach_of_scripts_and_of_other_sites(client, settings):
    settings.PRODUCTION = settings.SESSION_COOKIE_SECURE = True
    UserFactory(email=ANNA)
    ask(client, secure=True)
    enter(client, mailed_code(), secure=True)

    cookie = client.cookies["__Host-known"].OutputString()

    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=31536000"} <= set(
        cookie.split("; ")
    )
    assert "Domain" not in cookie


def test_a_forged_cookie_or_that_of_somebody_else_opens_no_allowance(client):
    anna, other = UserFactory(email=ANNA), UserFactory(email="bob@m.example")
    ask(client, other.email)
    enter(client, mailed_code(other.email))
    bobs = client.cookies["known"].value
    use_up()
    use_up("nobody@m.example")

    for value in (str(anna.uuid), bobs.replace(str(other.uuid), str(anna.uuid)), bobs, "\0", "::"):
        told = []
        for email in (ANNA, "nobody@m.example"):
            stranger = Client()
            stranger.cookies["known"] = value
            with CaptureQueriesContext(connection) as queries:
                answer = ask(stranger, email)
            told.append((answer.status_code, text_of(answer, email), len(queries)))
        assert told[0] == told[1]
        assert told[0][0] == 429


# --- What is sent, and what is only looked at -------------------------------------------


def test_whatever_opens_the_pages_changes_nothing(client):
    sign_up(client)
    rows = list(MailedCode.objects.values())
    for address in (SIGN_UP, ASK, CODE, AGAIN, NAME, f"{CODE}?code={mailed_code()}"):
        client.get(address)
        client.head(address)

    assert list(MailedCode.objects.values()) == rows
    assert OutboxMessage.objects.count() == 1
    assert (is_in(client), User.objects.exists()) == (False, False)


@pytest.mark.parametrize("address", [SIGN_UP, ASK, CODE, AGAIN, NAME])
def test_a_form_of_another_site_is_refused(address):
    client = Client(enforce_csrf_checks=True)

    assert client.post(address, {"login": ANNA, "email": ANNA, "name": "A"}).status_code == 403


ODD = {
    "nothing": "",
    "a blank": " ",
    "NUL": "a\0b",
    "long": "x" * 70_000,
    "no domain": "a@b",
    "a tag": "<b>@m.example",
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_odd_input_is_told_at_its_field_and_mails_nothing(client, odd):
    answers = [sign_up(client, odd, "Anna"), ask(client, odd), client.post(ASK)]
    ask(client)
    answers += [enter(client, odd), client.post(CODE)]

    assert [answer.status_code for answer in answers] == [200] * 5
    assert all('role="alert"' in answer.content.decode() for answer in answers)
    assert OutboxMessage.objects.count() == 1


LONG_COMPOSED = "\u09df" * 150  # two signs each as soon as it is composed
ODD_NAMES = ["", "\u202eannA", "a\0b", "n" * 151, "\x07", LONG_COMPOSED, "\u200d", "- \u0301"]


@pytest.mark.parametrize("odd", ODD_NAMES, ids=range(8))
def test_a_name_that_cannot_be_printed_is_not_taken(client, odd):
    assert 'role="alert"' in sign_up(client, name=odd).content.decode()
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["\u09df" * 75, "e\u0301" * 75, "4", "王小明", "می\u200cنا", "\u200fמ", "न\u094d\u200dय"],
)
def test_a_name_in_any_script_is_taken_up_to_its_last_letter(client, name):
    assert sign_up(client, name=name)["Location"] == CODE


@pytest.mark.parametrize(
    ("address", "fields"),
    [(SIGN_UP, {"id_name": False, "id_email": True}), (ASK, {"id_login": True})],
)
def test_hint_and_error_of_a_field_are_read_with_it(client, address, fields):
    fresh, wrong = client.get(address).content.decode(), client.post(address).content.decode()

    for field, has_hint in fields.items():
        hint = f"{field}_helptext" if has_hint else ""
        assert described(fresh, field) == hint
        assert described(wrong, field) == f"{hint} {field}_error".strip()
        assert all(f'id="{part}"' in wrong for part in described(wrong, field).split())


def described(page: str, field: str) -> str:
    found = re.search(rf'<input [^>]*id="{field}"[^>]*>', page)[0]
    by = re.search(r'aria-describedby="([^"]*)"', found)
    return by[1] if by else ""


def test_the_box_to_stay_signed_in_is_read_with_its_hint(client):
    ask(client)
    page = client.get(CODE).content.decode()

    assert described(page, "id_remember") == "id_remember_helptext"
    assert 'id="id_remember_helptext">For 14 days.' in page
