"""Who sees whose name and post: as each person said, and closed by default."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnership.accounts.models import User
from partnership.lib import clock
from partnership.members.models import Affiliation
from tests.factories.accounts import UserFactory
from tests.factories.members import AffiliationFactory, CountryFactory, InstitutionFactory

pytestmark = pytest.mark.django_db
PAGE = "/account/colleagues/"
Seen = User.Seen


@pytest.fixture
def country():
    return CountryFactory(iso3="QAA")


@pytest.fixture
def reader(country):
    return AffiliationFactory(country=country, person__seen_by=Seen.PEOPLE).person


def post(name: str, seen_by: str, **where) -> Affiliation:
    return AffiliationFactory(person__name=name, person__seen_by=seen_by, **where)


def seen(reader) -> set[str]:
    rows = Affiliation.objects.shown_to(reader, on=clock.now().date())
    return {row.person.name for row in rows}


def test_each_person_is_seen_by_those_whom_they_let(country, reader):
    for name, seen_by in (("No", Seen.NOBODY), ("Near", Seen.DELEGATION), ("All", Seen.PEOPLE)):
        post(name, seen_by, country=country)
        post(f"Far {name}", seen_by)

    assert seen(reader) == {"Near", "All", "Far All"}
    stranger = {name for name in seen(UserFactory()) if name in ("All", "Far All", "Near", "No")}
    assert stranger == {"All", "Far All"}


def test_of_two_posts_only_the_one_beside_mine_is_seen(country, reader):
    person = post("Two", Seen.DELEGATION, country=country).person
    AffiliationFactory(person=person, country=None, institution=InstitutionFactory())

    rows = Affiliation.objects.shown_to(reader, on=clock.now().date())
    assert [row.country for row in rows] == [country]


def test_who_left_is_closed_or_has_no_name_is_not_seen(country, reader):
    yesterday = clock.now().date() - timedelta(days=1)
    post("Left", Seen.PEOPLE, country=country, begins_on=yesterday, ends_on=yesterday)
    closed = post("Closed", Seen.PEOPLE, country=country).person
    User.objects.filter(pk=closed.pk).update(is_active=False)
    post("", Seen.PEOPLE, country=country)

    assert seen(reader) == set()


def test_my_own_post_of_yesterday_shows_me_no_delegation(country):
    yesterday = clock.now().date() - timedelta(days=1)
    former = AffiliationFactory(country=country, begins_on=yesterday, ends_on=yesterday).person
    post("Near", Seen.DELEGATION, country=country)

    assert seen(former) == set()


def test_the_page_shows_names_and_posts_and_no_address(country, reader):
    client = Client()
    client.force_login(reader)
    first = post("Ñandú <b>", Seen.DELEGATION, country=country, title="Head")
    with CaptureQueriesContext(connection) as one:
        page = client.get(PAGE).content.decode()
    for number in range(3):
        post(f"Other {number}", Seen.PEOPLE)
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)

    assert "Ñandú &lt;b&gt;" in page
    assert "Head" in page
    assert first.person.email not in page
    assert len(one) == len(many) <= 12
    found = [row.person.name for row in client.get(f"{PAGE}?q=nandu").context["page"]]
    assert found == ["Ñandú <b>"]
    assert len(client.get(f"{PAGE}?place=QAA").context["page"]) == 1
    assert client.get(f"{PAGE}?place=QQQ").status_code == 400
