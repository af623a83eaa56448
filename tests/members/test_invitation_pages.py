"""The pages of an invitation, as the invited, their mail scanner and strangers meet them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import caches
from django.test import Client

from partnership.accounts import codes
from partnership.accounts.models import MailedCode, Role, User
from partnership.accounts.notices import UNDO
from partnership.audit.models import AuditEntry
from partnership.lib import clock
from partnership.mail.models import OutboxMessage
from partnership.members import links
from partnership.members.models import Affiliation, FocalTerm, Invitation
from tests.factories.accounts import UserFactory, person_with
from tests.factories.members import CountryFactory, InvitationFactory

pytestmark = pytest.mark.django_db

ANNA = "anna@ministry.example"
CODE = "/invitation/"


@pytest.fixture(autouse=True)
def _no_earlier_attempts() -> None:
    caches["default"].clear()


@pytest.fixture
def row() -> Invitation:
    at = clock.now()
    country = CountryFactory(iso3="QAA", name="Aland")
    return InvitationFactory(email=ANNA, country=country, made_at=at, sent_at=at)


def link(row: Invitation, purpose: str = links.MAILED) -> str:
    return f"/invitation/{links.token_of(row.uuid, purpose)}/"


def state(row: Invitation) -> tuple:
    fields = ("used_at", "sends", "tries", "withdrawn_at", "replaced_at", "expires_at")
    return tuple(Invitation.objects.filter(pk=row.pk).values_list(*fields))


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("purpose", [links.MAILED, links.SHOWN])
def test_a_scanner_that_opens_the_link_changes_nothing_but_that_it_was_opened(row, client, purpose):
    before, mails = state(row), OutboxMessage.objects.count()

    for ask in (client.head, client.get, client.get):
        assert ask(link(row, purpose)).status_code == 200

    assert (state(row), OutboxMessage.objects.count()) == (before, mails)
    assert not User.objects.filter(email=ANNA).exists()
    assert Invitation.objects.get().opened_at is not None


def test_the_inviter_who_looks_at_the_link_has_not_opened_it_for_the_invited(row):
    signed_in(row.by).get(link(row, links.SHOWN))

    assert Invitation.objects.get().opened_at is None


def test_by_the_button_somebody_new_has_an_account_and_is_in(row, client):
    page = text(client.get(link(row)))
    assert "Aland" in page
    assert "An account is made for" in page

    answer = client.post(link(row), {"name": "Anna Ñandú"})

    person = User.objects.get(email=ANNA)
    assert (answer.status_code, client.session["_auth_user_id"]) == (302, str(person.pk))
    assert Affiliation.objects.get(person=person).country == row.country


def test_without_a_name_what_was_typed_stays_and_nothing_is_used(row, client):
    before = state(row)

    answer = client.post(link(row), {"name": " "})

    assert "Write your name." in text(answer)
    assert (state(row), User.objects.filter(email=ANNA).exists()) == (before, False)


def test_who_has_an_account_gains_the_post_and_is_not_signed_in_by_a_link(row, client):
    anna = UserFactory(email=ANNA)
    assert "It stays the only one" in text(client.get(link(row)))

    answer = client.post(link(row))

    assert answer["Location"] == "/account/sign-in/"
    assert "_auth_user_id" not in client.session
    assert Affiliation.objects.get(person=anna).country == row.country


def test_the_copied_link_says_nothing_of_an_account_and_asks_to_sign_in(row, client):
    def page() -> str:
        lines = client.get(link(row, links.SHOWN)).content.decode().splitlines()
        return "\n".join(line for line in lines if "csrf" not in line)

    without = page()
    UserFactory(email=ANNA)

    assert page() == without
    assert ANNA not in without
    answer = client.post(link(row, links.SHOWN), {"name": "Mallory"})
    assert answer["Location"].startswith("/account/sign-in/?next=/invitation/")
    assert Invitation.objects.get().used_at is None


def test_signed_in_under_another_address_she_is_offered_to_add_this_one(row):
    bob = UserFactory()
    client = signed_in(bob)
    assert f"Add <bdi>{ANNA}</bdi> to my account" in text(client.get(link(row)))

    client.post(link(row), {"adds_address": "on"})

    assert EmailAddress.objects.get(user=bob).email == ANNA
    assert Affiliation.objects.get(person=bob).country == row.country


def test_a_used_link_explains_itself(row, client):
    client.post(link(row), {"name": "Anna"})

    answer = Client().get(link(row))

    assert answer.status_code == 410
    assert "used already" in text(answer)
    again = Client().post(link(row), {"name": "Mallory"})
    assert "used already" in text(again)
    assert User.objects.filter(email=ANNA).get().name == "Anna"


def test_an_old_link_offers_a_new_one_which_goes_to_the_invited_address(row, client):
    old = clock.now() - timedelta(days=15)
    Invitation.objects.update(made_at=old, sent_at=old, expires_at=old + Invitation.LIFE)
    page = client.get(link(row))
    assert (page.status_code, "Send me a new one" in text(page)) == (410, True)

    client.post(f"{link(row)}new/")

    fresh = Invitation.objects.latest("pk")
    mail = OutboxMessage.objects.latest("pk")
    assert (fresh.pk != row.pk, mail.to) == (True, ANNA)
    assert links.token_of(fresh.uuid, links.MAILED) in mail.body
    assert "newer invitation" in text(client.get(link(row)))
    assert client.get(link(fresh)).status_code == 200


def test_the_link_of_an_inviter_who_is_gone_leads_to_asking_oneself(row, client):
    FocalTerm.objects.update(closed_on=clock.now().date())

    page = client.get(link(row))

    assert page.status_code == 410
    assert "no longer runs this delegation" in text(page)
    assert 'href="/account/delegation/"' in text(page)


def test_a_link_made_for_another_purpose_opens_no_invitation_and_its_link_nothing_else(row, client):
    before = state(row)
    for purpose in (UNDO, *MailedCode.Purpose):
        token = codes.token_of(row.uuid, purpose)
        assert client.get(f"/invitation/{token}/").status_code == 404
        assert client.post(f"/invitation/{token}/", {"name": "Mallory"}).status_code == 404
    assert (state(row), User.objects.filter(email=ANNA).exists()) == (before, False)

    token, changes = links.token_of(row.uuid, links.MAILED), AuditEntry.objects.count()
    for page in ("/account/addresses/undo/", "/account/password/new/"):
        answer = client.post(f"{page}{token}/", {"new_password": "a long and quiet street"})
        assert "This link" in text(answer)
    assert client.post(f"/mail/stop/{token}/").status_code == 404
    assert ("_auth_user_id" in client.session, AuditEntry.objects.count()) == (False, changes)


@pytest.mark.parametrize("token", ["x", "é", "a" * 43, "a" * 5000, "%ff"])
def test_a_link_that_nobody_made_is_not_there(client, token):
    assert client.get(f"/invitation/{token}/").status_code == 404


def test_a_token_of_another_purpose_or_another_row_opens_nothing(row, client):
    from partnership.accounts.codes import token_of

    for token in (
        links.token_of(row.uuid, "reset a password"),
        links.token_of(row.uuid, links.CODE),
        token_of(row.uuid, "confirm an address"),
        str(row.uuid),
        row.mailed_hash,
    ):
        assert client.get(f"/invitation/{token}/").status_code == 404


def test_address_and_code_lead_to_the_same_page(row, client):
    answer = client.post(CODE, {"email": ANNA, "code": links.shown(links.code_of(row.uuid))})

    assert answer["Location"] == link(row)


def test_a_wrong_code_and_an_unknown_address_give_the_same_page(row, client):
    wrong = "000000" if links.code_of(row.uuid) != "000000" else "111111"
    pages = set()
    for email in (ANNA, "nobody@ministry.example"):
        answer = client.post(CODE, {"email": email, "code": wrong})
        lines = answer.content.decode().replace(email, "ADDRESS").splitlines()
        pages.add("\n".join(line for line in lines if "csrf" not in line))

    assert len(pages) == 1
    assert "This is not the code of an open invitation" in pages.pop()


def test_the_page_costs_the_same_whether_the_address_is_known(row, client, count_queries):
    for purpose, number in ((links.MAILED, 6), (links.SHOWN, 5)):
        client.get(link(row, purpose))
        with count_queries(number):
            client.get(link(row, purpose))
    UserFactory(email=ANNA)
    with count_queries(6):
        client.get(link(row))


def test_with_a_role_every_other_session_ends_and_the_one_that_accepted_goes_on(row):
    by = person_with(Role.ADMINISTRATOR)
    Invitation.objects.update(role=Role.TRAINER, by=by)
    bob = UserFactory()
    here, elsewhere = signed_in(bob), signed_in(bob)

    here.post(link(row))

    assert here.get("/account/delegation/").status_code == 200
    assert elsewhere.get("/account/delegation/").status_code == 302
