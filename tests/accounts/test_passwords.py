"""Passwords: set, changed, lost. And that nobody needs one."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.test import Client

from partnership.accounts import passwords
from partnership.accounts.models import MailedCode, User
from partnership.audit.models import AuditEntry
from partnership.mail.models import OutboxMessage
from tests import signing_in
from tests.accounts.browsing import is_in, mailed_code, text_of
from tests.accounts.having import SECOND, code_at, give_app, now
from tests.factories.accounts import NOON, UserFactory
from tests.threads import together

pytestmark = pytest.mark.django_db
ALICE, OLD, NEW = "alice@m.example", "a long pass phrase", "seven wet umbrellas"
SET, LOST = "/account/password/", "/account/password/lost/"
CODE, CHOOSE = "/account/password/code/", "/account/password/new/"


@pytest.fixture(autouse=True)
def _no_earlier_attempts() -> None:
    caches["default"].clear()


@pytest.fixture
def alice() -> User:
    person = User.objects.create_user(ALICE, OLD, name="Alice Ñandú")
    EmailAddress.objects.create(user=person, email=ALICE, verified=True, primary=True)
    EmailAddress.objects.create(user=person, email="alice@home.example", verified=True)
    return person


def signed_in(person: User) -> Client:
    return signing_in.without_factor(Client(), person)


def refused(password: str, person: User | None = None) -> set[str]:
    try:
        validate_password(password, person)
    except ValidationError as error:
        return {found.code for found in error.error_list}
    return set()


# --- What it must not be ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("x" * 7 + "yzuvabc", "password_too_short"),
        ("partnership2026", "password_of_known_words"),
        ("Article 6 / ITMO 26", "password_of_known_words"),
        ("alice@m.example", "password_of_known_words"),
        ("Ñandú-Alice-Alice", "password_of_known_words"),
        ("qwertyuiop123456789", None),
        ("seven wet umbrellas", None),
        ("семь мокрых зонтов", None),
        ("aaaaaaaaaaaaaaa", None),
    ],
)
def test_a_password_is_long_and_holds_more_than_known_words(alice, password, code):
    assert refused(password, alice) == ({code} if code else set())


def test_a_common_password_is_refused_also_beside_a_factor(alice):
    give_app(alice)

    assert refused("password1", alice) >= {"password_too_common"}


@pytest.mark.parametrize(("has_app", "code"), [(False, {"password_too_short"}), (True, set())])
def test_eight_characters_are_enough_beside_a_factor(alice, has_app, code):
    if has_app:
        give_app(alice)

    assert refused("wet-ships", alice) == code
    assert refused("wet-shi", alice) == {"password_too_short"}


# --- Setting and removing ---------------------------------------------------------------


def test_a_new_password_ends_all_other_sessions_and_is_told(alice):
    here, elsewhere = signed_in(alice), signed_in(alice)

    assert here.post(SET, {"new_password": NEW})["Location"] == "/account/"

    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    alice.refresh_from_db()
    assert alice.check_password(NEW)
    mail = OutboxMessage.objects.get()
    assert (mail.to, mail.subject) == (ALICE, "The password of your account was set")
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.changes) == ("person.password_set", {})


def test_a_password_that_is_refused_changes_nothing_and_is_not_shown_again(alice):
    page = signed_in(alice).post(SET, {"new_password": "too short"}).content.decode()

    assert "use at least 15 characters" in page
    assert "too short&quot;" not in page
    alice.refresh_from_db()
    assert alice.check_password(OLD)


def test_a_blank_at_the_end_of_a_password_is_part_of_it(alice):
    signed_in(alice).post(SET, {"new_password": f" {NEW} "})

    alice.refresh_from_db()
    assert (alice.check_password(NEW), alice.check_password(f" {NEW} ")) == (False, True)


def test_an_official_goes_on_without_a_password(alice):
    here, elsewhere = signed_in(alice), signed_in(alice)

    here.post(f"{SET}remove/")

    alice.refresh_from_db()
    assert not alice.has_usable_password()
    assert (here.get("/account/").status_code, elsewhere.get("/account/").status_code) == (200, 302)


# --- A lost one -------------------------------------------------------------------------


def lose(client: Client, email: str = ALICE):
    return client.post(LOST, {"login": email})


def link_in(email: str = ALICE) -> str:
    body = OutboxMessage.objects.filter(to=email).latest("pk").body
    return re.search(r"http://localhost:8000(/account/password/new/\S+)", body)[1]


def test_a_lost_password_is_set_anew_with_the_code(client, alice):
    elsewhere = signed_in(alice)
    assert lose(client)["Location"] == CODE
    assert client.post(CODE, {"code": mailed_code(ALICE)})["Location"] == CHOOSE

    assert client.post(CHOOSE, {"new_password": NEW})["Location"] == "/"

    assert is_in(client)
    assert elsewhere.get("/account/").status_code == 302
    alice.refresh_from_db()
    assert alice.check_password(NEW)
    assert client.post("/account/sign-out/").status_code == 302
    assert client.post(CHOOSE, {"new_password": OLD})["Location"] == LOST


def test_the_link_is_opened_by_anything_and_used_by_the_button_in_any_browser(client, alice):
    lose(client)
    link = link_in()
    for open_it in (Client().get, Client().head, Client().get):
        assert open_it(link).status_code == 200

    other = Client()
    assert other.post(link, {"new_password": "short"}).status_code == 200
    assert other.post(link, {"new_password": NEW})["Location"] == "/"
    assert is_in(other)
    assert "used already" in Client().post(link, {"new_password": OLD}).content.decode()
    alice.refresh_from_db()
    assert alice.check_password(NEW)


def test_the_link_of_any_confirmed_address_is_as_good(client, alice):
    lose(client, "Alice@Home.example")

    Client().post(link_in("alice@home.example"), {"new_password": NEW})

    alice.refresh_from_db()
    assert alice.check_password(NEW)


def test_a_second_factor_is_asked_for_after_a_reset_too(client, alice):
    give_app(alice)
    lose(client)

    assert client.post(link_in(), {"new_password": NEW})["Location"] == SECOND
    assert not is_in(client)
    client.post(SECOND, {"code": code_at(now())})
    assert is_in(client)


def test_a_known_and_an_unknown_address_get_the_same_answers(alice):
    pages = {}
    for email in (ALICE, "nobody@m.example"):
        client = Client()
        asked = lose(client, email)
        page = client.get(CODE)
        pages[email] = (asked.status_code, asked["Location"], text_of(page, email))
    first, second = pages.values()

    assert first == second
    assert OutboxMessage.objects.count() == 2


def test_who_has_no_account_is_told_so_by_mail_alone_and_gets_no_code(client, alice):
    lose(client, "nobody@m.example")
    body = OutboxMessage.objects.get().body

    assert "There is no account with it that can be opened" in body
    assert not re.search(r"\d{4} \d{4}|/new/", body)


def test_asking_costs_the_same_for_known_and_unknown_addresses(alice, count_queries):
    from partnership.accounts.services import Errand, mail_code

    errand = Errand(MailedCode.Purpose.PASSWORD)
    for email in (ALICE, "nobody@m.example"):
        with count_queries(11):
            mail_code(email, at=NOON, errand=errand)


def test_a_closed_account_gets_no_new_password(client, alice):
    lose(client)
    link = link_in()
    User.objects.update(is_active=False)

    page = client.post(link, {"new_password": NEW})

    assert "no account with this address that can be opened" in page.content.decode()
    alice.refresh_from_db()
    assert alice.check_password(OLD)


@pytest.mark.parametrize("token", ["x", "0" * 72, "../../", "11111111111141118111111111111111"])
def test_a_made_up_link_opens_nothing(client, alice, token):
    page = client.post(f"{CHOOSE}{token}/", {"new_password": NEW})

    assert page.status_code in (200, 404)
    alice.refresh_from_db()
    assert alice.check_password(OLD)


def test_a_code_for_a_password_signs_nobody_in_and_one_to_sign_in_sets_none(client, alice):
    lose(client)
    for_password = mailed_code(ALICE)
    client.post("/account/sign-in/code/", {"login": ALICE})

    client.post("/account/code/", {"code": for_password})
    assert not is_in(client)
    client.post(CODE, {"code": mailed_code(ALICE)})
    assert client.get(CHOOSE)["Location"] == LOST


def test_a_link_is_too_old_after_thirty_minutes(client, alice):
    lose(client)
    link, back = link_in(), timedelta(minutes=31)
    code = MailedCode.objects.get()
    MailedCode.objects.update(
        made_at=code.made_at - back, sent_at=code.sent_at - back, expires_at=code.expires_at - back
    )

    assert "too old" in client.get(link).content.decode()


def test_a_code_is_tried_five_times_for_a_password_too(client, alice):
    lose(client)
    right = mailed_code(ALICE)
    for _ in range(5):
        client.post(CODE, {"code": "0000 0000"})

    client.post(CODE, {"code": right})

    assert client.get(CHOOSE)["Location"] == LOST


@pytest.mark.django_db(transaction=True)
def test_a_link_that_is_pressed_twice_at_once_sets_one_password():
    person = UserFactory(email=ALICE)
    lose(Client())
    code = MailedCode.objects.get()

    def press(password: str) -> str:
        try:
            return passwords.reset_by_link(code, password, at=now()) and password
        except passwords.CodeUsedUp:
            return ""

    found = together(lambda: press(NEW), lambda: press("eight dry umbrellas"))

    person.refresh_from_db()
    (won,) = filter(None, found)
    assert person.check_password(won)


def test_no_token_and_no_code_stands_in_the_table(client, alice):
    lose(client)
    (row,) = MailedCode.objects.values()
    told = " ".join(map(str, row.values()))

    assert link_in().strip("/").rpartition("/")[2] not in told.replace("-", "")
    assert mailed_code(ALICE).replace(" ", "") not in told
