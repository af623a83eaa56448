"""Somebody ends a line of their own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from partnership.audit.models import AuditEntry
from partnership.lib import clock
from partnership.members.models import Affiliation
from tests.factories.members import AffiliationFactory

pytestmark = pytest.mark.django_db
LEAVE, PROFILE = "/account/profile/left/", "/account/profile/"


@pytest.fixture
def post() -> Affiliation:
    return AffiliationFactory(title="Registry officer")


@pytest.fixture
def inside(post) -> Client:
    client = Client()
    client.force_login(post.person)
    return client


def today() -> date:
    return clock.now().date()


def test_a_post_is_ended_by_its_holder_and_the_line_stays(inside, post):
    assert "I left" in inside.get(PROFILE).content.decode()

    inside.post(LEAVE, {"post": post.pk, "last_day": "2024-06-30"})

    assert Affiliation.objects.get().ends_on == date(2024, 6, 30)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor) == ("post.end", str(post.person.uuid))
    page = inside.get(PROFILE).content.decode()
    assert ("30 June 2024" in page, "I left" in page) == (True, False)


def test_a_post_of_somebody_else_does_not_exist(inside):
    other = AffiliationFactory()

    assert inside.post(LEAVE, {"post": other.pk, "last_day": str(today())}).status_code == 404
    other.refresh_from_db()
    assert other.ends_on is None


@pytest.mark.parametrize("day", ["", "soon", "2022-12-31", "far"])
def test_a_day_that_cannot_be_changes_nothing(inside, post, day):
    wanted = str(today() + timedelta(days=400)) if day == "far" else day

    page = inside.post(LEAVE, {"post": post.pk, "last_day": wanted}, follow=True)

    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    post.refresh_from_db()
    assert post.ends_on is None


def test_a_post_that_ended_is_not_ended_again(inside, post):
    inside.post(LEAVE, {"post": post.pk, "last_day": "2024-06-30"})

    answer = inside.post(LEAVE, {"post": post.pk, "last_day": "2024-05-31"})

    assert answer.status_code == 404
