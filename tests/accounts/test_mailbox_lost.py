"""Asking to be vouched for: the new address is proved, and nothing tells who has an account."""

from __future__ import annotations

import pytest
from django.test import Client

from partnership.accounts.models import MailedCode, Recovery
from partnership.mail.models import OutboxMessage
from tests.accounts.browsing import mailed_code, text_of
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
ASK, CODE, ASKED = "/account/mailbox/", "/account/mailbox/code/", "/account/mailbox/asked/"
LOST, NEW = "office@m.example", "new@p.example"


def through(lost: str, new: str = NEW) -> list[str]:
    """Each page on the way, without what differs at every request."""
    client = Client()
    pages = [client.post(ASK, {"lost": lost, "email": new}), client.get(CODE)]
    pages.append(client.post(CODE, {"code": "0000 0000"}))
    pages.append(client.post(CODE, {"code": mailed_code(new)}))
    pages.append(client.get(ASKED))
    return [
        f"{page.status_code} {page.headers.get('Location')} {text_of(page, new)}" for page in pages
    ]


@pytest.mark.parametrize("known", [{}, {"is_active": False}])
def test_the_pages_are_the_same_for_somebody_known_closed_and_unknown(known):
    person = UserFactory(email=LOST, **known)

    found, unknown = through(LOST), through("nobody@m.example", "other@p.example")

    assert found == unknown
    assert found[-2].startswith(f"302 {ASKED}")
    rows = dict(Recovery.objects.values_list("lost", "person"))
    assert rows == {LOST: None if known else person.pk, "nobody@m.example": None}
    assert not MailedCode.objects.exists()


def test_who_still_reads_the_lost_address_is_told(client):
    UserFactory(email=LOST)

    through(LOST)

    told = OutboxMessage.objects.get(to=LOST)
    assert "tell your focal point or the secretariat now" in told.body


def test_nothing_is_asked_before_the_code_is_right(client):
    UserFactory(email=LOST)
    client.post(ASK, {"lost": LOST, "email": NEW})
    client.post(CODE, {"code": "0000 0000"})

    assert not Recovery.objects.exists()
    assert Client().get(CODE)["Location"] == ASK


def test_the_code_is_none_for_signing_in_and_of_use_once(client):
    through(LOST)
    code = mailed_code(NEW)

    client.post("/account/sign-in/code/", {"login": NEW})
    client.post("/account/code/", {"code": code})

    assert "_auth_user_id" not in client.session


def test_an_address_with_an_account_is_told_to_sign_in_whatever_was_lost():
    UserFactory(email=NEW)

    answers = [through(lost)[-2] for lost in (LOST, "nobody@m.example")]

    assert all("This address has an account already" in answer for answer in answers)
    assert not Recovery.objects.exists()


def test_asking_twice_for_one_is_one_request():
    through(LOST)
    through(LOST)

    assert Recovery.objects.count() == 1


def test_the_new_address_is_another_than_the_lost_one(client):
    page = client.post(ASK, {"lost": LOST, "email": LOST.upper()}).content.decode()

    assert "Name another address than the lost one." in page
    assert not MailedCode.objects.exists()


def test_an_address_gets_no_more_codes_than_for_anything_else(client):
    for number in range(6):
        Client().post(ASK, {"lost": f"a{number}@m.example", "email": NEW})

    answer = client.post(ASK, {"lost": LOST, "email": NEW})

    assert answer.status_code == 429
    assert OutboxMessage.objects.filter(to=NEW).count() == 6
