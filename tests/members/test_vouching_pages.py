"""The desk on which somebody vouches, and who finds nothing there."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnership.accounts.models import Recovery, Role
from partnership.lib import clock
from tests.factories.accounts import UserFactory
from tests.factories.members import AffiliationFactory, CountryFactory, FocalTermFactory
from tests.site.people import client_of

pytestmark = pytest.mark.django_db
DESK, ALL = "/desk/delegation/country/qaa/recoveries/", "/desk/members/recoveries/"


@pytest.fixture
def country():
    return CountryFactory(iso3="QAA")


@pytest.fixture
def row(country):
    return asked(AffiliationFactory(country=country, person__name="Alice Ñandú").person)


def asked(person) -> Recovery:
    at, email = clock.now(), f"new-{person.pk}@p.example"
    values = {"asked_at": at, "expires_at": at + Recovery.LIFE}
    return Recovery.objects.create(person=person, lost=person.email.lower(), email=email, **values)


def focal(country) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(FocalTermFactory(country=country).person)
    return client


def send(client, row, decision, page=DESK) -> int:
    return client.post(f"{page}answer/", {"row": row.uuid, "decision": decision}).status_code


def test_a_focal_point_vouches_and_the_secretariat_agrees(country, row):
    first, secretariat = focal(country), client_of(Role.ADMINISTRATOR)
    page = first.get(DESK).content.decode()
    assert ("Alice Ñandú" in page, 'value="vouch"' in page, 'value="confirm"' in page) == (
        *(True, True),
        False,
    )
    assert 'value="vouch"' not in secretariat.get(DESK).content.decode()

    assert send(first, row, "vouch") == 302
    assert 'value="confirm"' not in first.get(DESK).content.decode()
    assert send(first, row, "confirm") == 409
    assert send(secretariat, row, "confirm", ALL) == 302

    row.refresh_from_db()
    assert row.confirmed_at is not None
    assert "Nobody waits for a vouch" in secretariat.get(ALL).content.decode()


def test_of_another_delegation_nothing_exists(country, row):
    other = CountryFactory(iso3="QAB")
    stranger = focal(other)
    theirs = DESK.replace("qaa", "qab")

    assert stranger.get(DESK).status_code == 404
    assert send(stranger, row, "refuse") == 404
    assert send(stranger, row, "refuse", theirs) == 404
    assert "Alice" not in stranger.get(theirs).content.decode()
    assert send(focal(country), row, "neither") == 404


def test_the_lists_ask_as_often_for_many_as_for_one(country, row):
    client, secretariat = focal(country), client_of(Role.ADMINISTRATOR)
    asked_before = {}
    for number in range(2):
        for page, who in ((DESK, client), (ALL, secretariat)):
            with CaptureQueriesContext(connection) as queries:
                who.get(page)
            assert asked_before.setdefault(page, len(queries)) == len(queries) <= 12
        if not number:
            for _ in range(3):
                new = asked(AffiliationFactory(country=country).person)
                Recovery.objects.filter(pk=new.pk).update(
                    vouched_by=UserFactory(), vouched_at=new.asked_at
                )
