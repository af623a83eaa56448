"""One person, many addresses."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import caches
from django.test import Client

from partnership.accounts import addresses
from partnership.accounts.models import AddressChange, MailedCode, User
from partnership.audit.models import AuditEntry
from partnership.mail.models import OutboxMessage
from tests.accounts.browsing import ask, enter, is_in, mailed_code
from tests.constraints import refused_by
from tests.factories.accounts import NOON, UserFactory

pytestmark = pytest.mark.django_db
OFFICE, HOME, PASSWORD = "anna@office.example", "anna@home.example", "a long pass phrase"
PAGE = "/account/addresses/"


@pytest.fixture(autouse=True)
def _no_earlier_attempts() -> None:
    caches["default"].clear()


@pytest.fixture
def anna() -> User:
    person = User.objects.create_user(OFFICE, PASSWORD, name="Anna")
    EmailAddress.objects.create(user=person, email=OFFICE, verified=True, primary=True)
    return person


@pytest.fixture
def inside(anna) -> Client:
    client = Client()
    client.force_login(anna)
    return client


def add(client: Client, email: str = HOME) -> None:
    client.post(PAGE, {"email": email})
    client.post(f"{PAGE}code/", {"code": mailed_code(email.lower())})


def own(person: User) -> dict[str, bool]:
    """Confirmed addresses, and which is the main one."""
    rows = EmailAddress.objects.filter(user=person, verified=True)
    return dict(rows.order_by("email").values_list("email", "primary"))


def link_to(email: str) -> str:
    """The newest link of "this was not me" that an address got; nothing if it got none."""
    bodies = OutboxMessage.objects.filter(to=email).order_by("-pk").values_list("body", flat=True)
    found = re.search(r"http://localhost:8000(/account/addresses/undo/\S+)", bodies[0])
    return found[1] if found else ""


def test_an_address_is_added_by_its_code_and_the_others_are_told(inside, anna):
    assert inside.post(PAGE, {"email": "Anna@Home.example "})["Location"] == f"{PAGE}code/"
    assert own(anna) == {OFFICE: True}

    assert inside.post(f"{PAGE}code/", {"code": mailed_code(HOME)})["Location"] == PAGE

    assert own(anna) == {OFFICE: True, HOME: False}
    told = OutboxMessage.objects.latest("pk")
    assert (told.to, told.subject) == (OFFICE, "The addresses of your account were changed")
    assert f"the address {HOME} was added" in told.body
    entry = AuditEntry.objects.get()
    assert (entry.verb, HOME in str(entry.changes)) == ("person.address_added", False)


def test_sign_in_works_with_any_confirmed_address_by_password_and_by_code(inside, anna):
    add(inside)
    for email in (OFFICE, HOME, HOME.title()):
        client = Client()
        client.post("/account/sign-in/", {"login": email, "password": PASSWORD})
        assert is_in(client)
    client = Client()
    ask(client, HOME)
    enter(client, mailed_code(HOME))
    assert client.session["_auth_user_id"] == str(anna.pk)


def test_an_address_of_somebody_else_is_refused_by_mail_alone(inside, anna):
    bob = UserFactory(email="bob@m.example")

    answer = inside.post(PAGE, {"email": bob.email})

    assert answer["Location"] == f"{PAGE}code/"
    mail = OutboxMessage.objects.get()
    assert (mail.to, "belongs to another account" in mail.body) == (bob.email, True)
    assert not re.search(r"\d{4} \d{4}", mail.body)


def test_an_address_that_somebody_else_took_meanwhile_is_not_added(inside, anna):
    inside.post(PAGE, {"email": HOME})
    code = mailed_code(HOME)
    bob = UserFactory()
    EmailAddress.objects.create(user=bob, email=HOME, verified=True)

    page = inside.post(f"{PAGE}code/", {"code": code}).content.decode()

    assert "This address belongs to another account." in page
    assert own(anna) == {OFFICE: True}


def test_a_code_for_somebody_elses_address_adds_none_to_mine(inside, anna):
    inside.post(PAGE, {"email": HOME})
    bob = Client()
    bob.force_login(UserFactory())

    assert bob.post(f"{PAGE}code/", {"code": mailed_code(HOME)})["Location"] == PAGE
    assert own(anna) == {OFFICE: True}


def test_the_main_address_changes_and_the_old_one_is_told(inside, anna):
    add(inside)
    inside.post(f"{PAGE}main/", {"email": HOME})

    anna.refresh_from_db()
    assert (anna.email, own(anna)) == (HOME, {OFFICE: False, HOME: True})
    told = OutboxMessage.objects.latest("pk")
    assert (told.to, f"is now {HOME}. It was {OFFICE}." in told.body) == (OFFICE, True)


@pytest.mark.parametrize("email", ["stranger@m.example", "", OFFICE])
def test_only_another_confirmed_address_of_mine_becomes_the_main_one(inside, anna, email):
    UserFactory(email="stranger@m.example")

    inside.post(f"{PAGE}main/", {"email": email})

    anna.refresh_from_db()
    assert anna.email == OFFICE


def test_the_main_and_the_last_confirmed_address_stay(inside, anna):
    add(inside)
    inside.post(f"{PAGE}remove/", {"email": OFFICE})
    assert own(anna) == {OFFICE: True, HOME: False}

    inside.post(f"{PAGE}remove/", {"email": HOME})
    assert own(anna) == {OFFICE: True}
    told = OutboxMessage.objects.filter(body__contains="was removed").values_list("to", flat=True)
    assert set(told) == {OFFICE, HOME}


def test_the_eleventh_address_is_refused(inside, anna):
    for n in range(9):
        EmailAddress.objects.create(user=anna, email=f"anna{n}@m.example", verified=True)

    page = inside.post(PAGE, {"email": HOME}).content.decode()

    assert "You have ten addresses." in page


# --- "This was not me" ------------------------------------------------------------------


def test_an_old_address_takes_a_new_one_back_and_whoever_is_in_is_out(inside, anna):
    add(inside)
    inside.post(f"{PAGE}main/", {"email": HOME})
    link = link_to(OFFICE)
    for open_it in (Client().get, Client().head):
        assert open_it(link).status_code == 200
    anna.refresh_from_db()
    assert anna.email == HOME

    assert Client().post(link)["Location"] == "/account/sign-in/code/"

    anna.refresh_from_db()
    assert (anna.email, own(anna)) == (OFFICE, {OFFICE: True, HOME: False})
    assert not anna.has_usable_password()
    assert inside.get("/account/").status_code == 302
    assert AuditEntry.objects.latest("pk").verb == "person.address_undone"


def test_an_added_address_that_became_the_main_one_goes_with_its_own_link(inside, anna):
    add(inside)
    link = link_to(OFFICE)
    inside.post(f"{PAGE}main/", {"email": HOME})

    Client().post(link)

    anna.refresh_from_db()
    assert (anna.email, own(anna)) == (OFFICE, {OFFICE: True})


def test_a_removed_address_takes_its_removal_back(inside, anna):
    EmailAddress.objects.create(user=anna, email=HOME, verified=True)
    inside.post(f"{PAGE}remove/", {"email": HOME})

    Client().post(link_to(HOME))

    assert own(anna) == {OFFICE: True, HOME: False}


def test_an_address_of_less_than_a_week_takes_nothing_back(inside, anna):
    add(inside)
    inside.post(f"{PAGE}remove/", {"email": HOME})

    assert (link_to(HOME), link_to(OFFICE) != "") == ("", True)


def test_a_change_is_taken_back_once_and_for_seven_days(inside, anna):
    add(inside)
    link = link_to(OFFICE)
    AddressChange.objects.update(made_at=AddressChange.objects.get().made_at - timedelta(days=7))
    assert "more than seven days old" in Client().post(link).content.decode()
    assert HOME in own(anna)

    AddressChange.objects.update(made_at=AddressChange.objects.get().made_at + timedelta(days=1))
    Client().post(link)
    assert own(anna) == {OFFICE: True}
    assert "taken back already" in Client().post(link).content.decode()


def test_an_address_that_is_somebody_elses_by_now_is_not_taken_back(inside, anna):
    EmailAddress.objects.create(user=anna, email=HOME, verified=True)
    inside.post(f"{PAGE}remove/", {"email": HOME})
    EmailAddress.objects.create(user=UserFactory(), email=HOME, verified=True)

    page = Client().post(link_to(HOME)).content.decode()

    assert "belongs to another account by now" in page
    assert AddressChange.objects.get().undone_at is None


def test_a_made_up_link_takes_nothing_back(inside, anna):
    add(inside)
    change = AddressChange.objects.get()

    for token in (change.uuid.hex, f"{change.uuid.hex}{'0' * 40}", "x"):
        assert "Nothing to take back" in Client().post(f"{PAGE}undo/{token}/").content.decode()
    assert HOME in own(anna)


# --- The private address ----------------------------------------------------------------


def test_the_site_asks_once_for_a_private_address(inside, anna):
    assert "Add a private address" in inside.get("/account/").content.decode()

    inside.post(f"{PAGE}not-now/")
    assert "Add a private address" not in inside.get("/account/").content.decode()


def test_whoever_has_two_addresses_is_not_asked(inside, anna):
    add(inside)

    assert "Add a private address" not in inside.get("/account/").content.decode()


def test_whoever_was_entered_without_a_confirmed_address_keeps_the_main_one(client):
    person = UserFactory(email=OFFICE)
    client.force_login(person)
    assert "not confirmed" in client.get(PAGE).content.decode()

    add(client)

    assert [row.email for row in addresses.of(person)] == [OFFICE, HOME]
    assert own(person) == {HOME: False}


@pytest.mark.parametrize("number", [1, 9])
def test_the_list_of_addresses_costs_the_same_for_one_and_for_many(
    inside, anna, count_queries, number
):
    for n in range(number):
        EmailAddress.objects.create(user=anna, email=f"anna{n}@m.example", verified=True)

    with count_queries(4):
        inside.get(PAGE)


def test_a_code_is_for_somebody_who_is_in_or_for_nobody_as_its_purpose_says():
    for purpose, person in (("come in", UserFactory()), ("address", None)):
        with refused_by("mailed_code_is_for_a_person_who_is_in"):
            MailedCode.objects.create(
                purpose=purpose,
                person=person,
                email=HOME,
                made_at=NOON,
                sent_at=NOON,
                expires_at=NOON + MailedCode.LIFE,
            )


def test_a_change_is_not_taken_back_before_it_was_made():
    with refused_by("address_change_is_undone_after_it_is_made"):
        AddressChange.objects.create(
            person=UserFactory(),
            kind="added",
            email=HOME,
            primary_before=OFFICE,
            made_at=NOON,
            undone_at=NOON - timedelta(seconds=1),
        )
