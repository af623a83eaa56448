"""Where somebody is signed in, and what ends that."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.test import Client

from partnership.accounts import devices, endings
from partnership.accounts.models import Role, SignIn, User
from partnership.audit.models import AuditEntry
from partnership.mail.models import OutboxMessage
from tests import signing_in
from tests.constraints import refused_by
from tests.factories.accounts import NOON, RoleGrantFactory, UserFactory
from tests.site.people import client_of

pytestmark = pytest.mark.django_db
ALICE, PASSWORD = "alice@m.example", "a long pass phrase"
PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537"
TABLET = "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605 Version/17 Safari/604"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"


@pytest.fixture(autouse=True)
def _no_earlier_attempts() -> None:
    caches["default"].clear()


@pytest.fixture
def alice() -> User:
    return User.objects.create_user(ALICE, PASSWORD, name="Alice")


def come_in(user_agent: str = DESK) -> Client:
    client = Client(headers={"User-Agent": user_agent})
    client.post("/account/sign-in/", {"login": ALICE, "password": PASSWORD})
    return client


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (DESK, "Firefox, Windows"),
        (PHONE, "Chrome, Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17 Safari/604",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126 Safari/537.36 Edg/126.0", "Edge, Windows"),
        ("<script>", ""),
        ("", ""),
    ],
)
def test_a_device_is_named_by_words_of_ours(said, name):
    assert devices.named(said) == name


def test_i_see_where_i_am_signed_in_and_which_of_it_is_here(alice):
    come_in(PHONE)
    page = come_in(DESK).get("/account/sessions/").content.decode()

    assert ("Firefox, Windows" in page, "Chrome, Android" in page) == (True, True)
    here = page.partition("Firefox, Windows")[2].partition("</div>")[0]
    assert "this browser" in here
    assert page.count("this browser</span>") == 1
    assert "on the machine of the site itself" in page
    assert "127.0.0.1" not in page


def test_signing_out_elsewhere_leaves_this_browser_alone_in(alice):
    phone, desk = come_in(PHONE), come_in(DESK)

    assert desk.post("/account/sessions/end/")["Location"] == "/account/sessions/"

    assert desk.get("/account/").status_code == 200
    assert phone.get("/account/").status_code == 302
    page = desk.get("/account/sessions/").content.decode()
    assert ("Firefox, Windows" in page, "Chrome, Android" in page) == (True, False)
    assert OutboxMessage.objects.get().subject == "You were signed out elsewhere"
    assert AuditEntry.objects.get().verb == "person.signed_out_elsewhere"


def test_signing_out_ends_the_line_of_this_browser(alice):
    desk = come_in()
    desk.post("/account/sign-out/")

    assert not SignIn.objects.of(User.objects.get()).exists()
    assert SignIn.objects.get().ended_at is not None


def test_nobody_sees_where_others_are_signed_in(alice):
    come_in(PHONE)
    stranger = Client()
    stranger.force_login(UserFactory())

    assert "Chrome, Android" not in stranger.get("/account/sessions/").content.decode()


def test_lines_of_sessions_that_are_over_are_forgotten(alice):
    for days in (15, 13):
        SignIn.objects.create(person=alice, epoch=0, at=NOON - timedelta(days=days))
    request = Client().get("/").wsgi_request

    endings.begin(request, alice, at=NOON)

    assert SignIn.objects.count() == 2


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_costs_the_same_for_one_and_for_many(alice, count_queries, number):
    client = come_in()
    for _ in range(number):
        SignIn.objects.create(person=alice, epoch=alice.epoch, at=NOON)

    with count_queries(4):
        client.get("/account/sessions/")


def change_in_admin(person: User, **changed: str):
    grants = list(person.role_grants.all())
    data = {
        "email": person.email,
        "name": person.name,
        "is_active": "on",
        "role_grants-TOTAL_FORMS": len(grants) + 1,
        "role_grants-INITIAL_FORMS": len(grants),
        "role_grants-MIN_NUM_FORMS": 0,
        "role_grants-MAX_NUM_FORMS": 1000,
    }
    for n, grant in enumerate(grants):
        data |= {
            f"role_grants-{n}-id": grant.pk,
            f"role_grants-{n}-person": person.pk,
            f"role_grants-{n}-role": grant.role,
            f"role_grants-{n}-begins_on": str(grant.begins_on),
            f"role_grants-{n}-ends_on": "",
        }
    data = {name: value for name, value in {**data, **changed}.items() if value != "off"}
    client = client_of(Role.ADMINISTRATOR)
    return client.post(f"/admin/partnership/user/{person.pk}/change/", data)


@pytest.mark.parametrize(
    ("changed", "stays"),
    [
        ({"name": "Alicia"}, True),
        ({"role_grants-0-ends_on": "2026-01-01"}, False),
        ({"role_grants-0-DELETE": "on"}, False),
        ({"is_active": "off"}, False),
    ],
)
def test_a_changed_role_and_a_closed_account_end_sessions(alice, changed, stays):
    RoleGrantFactory(person=alice)
    client = come_in()

    assert change_in_admin(alice, **changed).status_code == 302

    assert (client.get("/account/").status_code == 200) == stays


def test_an_epoch_that_is_over_ends_a_session_as_it_is_read(alice, count_queries):
    client = signing_in.without_factor(Client(), alice)
    User.objects.update(epoch=1)

    # The session and its person; then the session is looked for again and deleted.
    with count_queries(4):
        assert client.get("/account/").status_code == 302


def test_a_session_goes_on_under_an_older_secret_that_is_still_known(alice, settings):
    client = signing_in.without_factor(Client(), alice)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret that is long enough for this"

    assert client.get("/account/").status_code == 200


def test_reading_pages_writes_no_session(alice):
    client = come_in()
    client.get("/account/")
    before = Session.objects.get()
    client.get("/account/sessions/")

    after = Session.objects.get()
    assert (after.session_data, after.expire_date) == (before.session_data, before.expire_date)


def test_a_sign_in_does_not_end_before_it_begins():
    with refused_by("sign_in_ends_after_it_begins"):
        SignIn.objects.create(
            person=UserFactory(), epoch=0, at=NOON, ended_at=NOON - timedelta(seconds=1)
        )
