"""A form that is sent after its session ended is kept, and sent when its writer is back."""

from __future__ import annotations

import re

import pytest
from django.core.cache import caches
from django.test import Client

from partnership.accounts.models import User
from tests.accounts.having import SECOND, code_at, give_app, now
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
ALICE, PASSWORD = "alice@m.example", "a long pass phrase"
PROFILE, UNSENT = "/account/profile/", "/account/unsent/"
TYPED = {"name": "Alice <b>Ñandú</b>", "latin_name": "Alice", "seen_by": "people"}


@pytest.fixture(autouse=True)
def _no_earlier_attempts() -> None:
    caches["default"].clear()


@pytest.fixture
def alice() -> User:
    return User.objects.create_user(ALICE, PASSWORD, name="Alice")


def sign_in(client: Client, email: str = ALICE, **more: str):
    return client.post("/account/sign-in/", {"login": email, "password": PASSWORD, **more})


@pytest.fixture
def ended(alice) -> Client:
    """A browser whose session ended: who it was of is still known."""
    client = Client()
    sign_in(client)
    del client.cookies["session"]
    return client


def fields_of(page: str) -> dict[str, str]:
    form = page.partition('action="/account/unsent/"')[2].partition("</form>")[0]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def test_what_was_typed_is_shown_after_signing_in_and_sent_with_one_press(ended, alice):
    asked = ended.post(PROFILE, TYPED)
    assert asked["Location"] == "/account/sign-in/?next=%2Faccount%2Funsent%2F"

    assert sign_in(ended, next=UNSENT)["Location"] == UNSENT
    page = ended.get(UNSENT).content.decode()
    assert "Alice &lt;b&gt;Ñandú&lt;/b&gt;" in page
    assert set(fields_of(page)) == set(TYPED)
    sent = ended.post(UNSENT, TYPED, follow=False)

    assert (sent.status_code, sent["Location"]) == (307, PROFILE)
    assert ended.post(sent["Location"], TYPED)["Location"] == PROFILE
    alice.refresh_from_db()
    assert alice.name == TYPED["name"]
    assert ended.get(UNSENT).status_code == 404


def test_it_waits_through_a_second_factor(ended, alice):
    give_app(alice)
    ended.post(PROFILE, TYPED)
    sign_in(ended, next=UNSENT)

    assert ended.post(SECOND, {"code": code_at(now())})["Location"] == UNSENT
    assert "Alice" in ended.get(UNSENT).content.decode()


def test_what_one_typed_is_not_shown_to_the_next_at_this_browser(ended):
    User.objects.create_user("bob@m.example", PASSWORD, name="Bob")
    ended.post(PROFILE, TYPED)
    sign_in(ended, "bob@m.example", next=UNSENT)

    assert ended.get(UNSENT).status_code == 404
    ended.post("/account/sign-out/")
    sign_in(ended)
    assert ended.get(UNSENT).status_code == 404


def test_a_stranger_leaves_nothing(db):
    client = Client()

    assert client.post(PROFILE, TYPED)["Location"] == "/account/sign-in/?next=%2F"
    assert "session" not in client.cookies


def test_passwords_codes_and_files_are_not_kept(ended):
    ended.post(PROFILE, {**TYPED, "new_password": "canary", "code": "canary", "next": "/canary/"})
    sign_in(ended)

    assert "canary" not in ended.get(UNSENT).content.decode()


def test_a_form_in_which_nothing_was_typed_is_not_kept(ended):
    answer = ended.post("/account/sessions/end/", {"what": "  "})

    assert answer["Location"] == "/account/sign-in/?next=%2F"


def test_what_is_longer_than_a_form_is_not_kept(ended):
    answer = ended.post(PROFILE, {"name": "x" * 60_001})

    assert answer["Location"] == "/account/sign-in/?next=%2F"


def test_what_was_typed_stands_in_no_table_as_it_was_typed(ended):
    ended.post(PROFILE, TYPED)
    session = ended.session

    assert "unsent" in session
    assert "Alice" not in str(dict(session))


def test_it_can_be_dropped(ended, alice):
    ended.post(PROFILE, TYPED)
    sign_in(ended)
    ended.post(UNSENT, {"drop_what_was_typed": "yes"})

    assert ended.get(UNSENT).status_code == 404
    alice.refresh_from_db()
    assert alice.name == "Alice"


# --- Signed in anew in another window ---------------------------------------------------


@pytest.fixture
def strict(alice) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    return client


def test_a_form_from_before_signing_in_anew_is_offered_again(strict):
    answer = strict.post(PROFILE, TYPED, headers={"Origin": "http://testserver"})

    assert answer["Location"] == UNSENT
    page = strict.get(UNSENT).content.decode()
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    again = strict.post(UNSENT, {**TYPED, "csrfmiddlewaretoken": token})
    assert (again.status_code, again["Location"]) == (307, PROFILE)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
def test_a_form_from_elsewhere_is_kept_by_nobody(strict, origin):
    headers = {"Origin": origin} if origin else {}

    assert strict.post(PROFILE, TYPED, headers=headers).status_code == 403
    assert strict.get(UNSENT).status_code == 404


def test_a_visitors_form_without_a_token_is_refused_as_before(db):
    client = Client(enforce_csrf_checks=True)

    answer = client.post(PROFILE, TYPED, headers={"Origin": "http://testserver"})

    assert answer.status_code == 403


def test_nothing_waits_for_whoever_sent_nothing(client):
    client.force_login(UserFactory())

    assert client.get(UNSENT).status_code == 404
    assert client.post(UNSENT, TYPED).status_code == 404
