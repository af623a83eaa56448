"""A role opens its routes from its first day to its last."""

from __future__ import annotations

from datetime import date

from django.test import Client

from partnership.accounts.models import Role
from tests.factories.accounts import RoleGrantFactory
from tests.factories.members import FocalTermFactory
from tests.site.people import ENDED


def test_a_role_that_ended_opens_nothing(db):
    client = Client()
    client.force_login(RoleGrantFactory(role=Role.ADMINISTRATOR, ends_on=ENDED).person)

    assert client.get("/desk/").status_code == 403


def test_a_term_that_ended_opens_nothing(db):
    client = Client()
    client.force_login(FocalTermFactory(ends_on=ENDED).person)

    assert client.get("/desk/").status_code == 403


def test_a_role_that_begins_later_opens_nothing_yet(db):
    client = Client()
    client.force_login(RoleGrantFactory(role=Role.TRAINER, begins_on=date(2099, 1, 1)).person)

    assert client.get("/desk/").status_code == 403


def test_a_role_that_is_taken_away_ends_with_the_next_request(db):
    grant = RoleGrantFactory(role=Role.ADMINISTRATOR)
    client = Client()
    client.force_login(grant.person)
    before = client.get("/desk/jobs/").status_code

    grant.ends_on = ENDED
    grant.save()

    assert (before, client.get("/desk/jobs/").status_code) == (200, 403)


def test_a_closed_account_is_signed_out_with_the_next_request(db):
    grant = RoleGrantFactory(role=Role.ADMINISTRATOR)
    client = Client()
    client.force_login(grant.person)

    grant.person.is_active = False
    grant.person.save()

    assert client.get("/desk/jobs/").status_code == 302
