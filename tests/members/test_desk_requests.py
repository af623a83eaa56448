"""Requests, mail domains and profiles, from the delegation to the secretariat."""

from __future__ import annotations

from datetime import date

import pytest

from partnership.lib import clock
from partnership.members.models import (
    Affiliation,
    JoinRequest,
    MailDomain,
    ProfileRevision,
)
from tests.constraints import refused_by
from tests.factories.accounts import UserFactory
from tests.factories.members import (
    JoinRequestFactory,
    ProfileRevisionFactory,
)
from tests.members.browsing import DESK, browser_of, text

pytestmark = pytest.mark.django_db

# --- Requests and domains


def test_asking_answering_and_the_day_count(term, focal):
    person = UserFactory()
    asks = browser_of(person)
    page = asks.get("/account/delegation/?of=country/qaa")
    assert 'value="Aland"' in text(page)
    body = {"place": "Aland", "title": "Officer", "since": "2025-01-01", "email": person.email}
    asks.post("/account/delegation/", body)
    row = JoinRequest.objects.get()
    assert row.passed_at is None

    answer = {"row": row.uuid, "decision": "approve"}
    focal.post(f"{DESK}requests/answer/", answer)

    assert Affiliation.objects.get(person=person).begins_on == date(2025, 1, 1)
    assert focal.post(f"{DESK}requests/answer/", answer).status_code == 409


def test_a_request_of_somebody_else_is_not_mine_to_withdraw():
    row = JoinRequestFactory()
    client = browser_of(UserFactory())

    assert client.post("/account/delegation/withdraw/", {"row": row.uuid}).status_code == 404
    assert "Withdraw" not in text(client.get("/account/delegation/"))
    browser_of(row.person).post("/account/delegation/withdraw/", {"row": row.uuid})
    row.refresh_from_db()
    assert row.withdrawn_at is not None


def test_only_a_confirmed_address_of_ones_own_is_shown_to_those_who_decide(term):
    body = {"place": "Aland", "since": "2025-01-01", "email": "minister@m.example"}

    page = browser_of(UserFactory()).post("/account/delegation/", body)

    assert (page.status_code, JoinRequest.objects.count()) == (200, 0)


@pytest.mark.parametrize("of", ["", "country/zzz", "institution/x", "x", "/" * 300, "country/QAA"])
def test_a_link_to_no_delegation_opens_an_empty_form(of):
    page = browser_of(UserFactory()).get("/account/delegation/", {"of": of})

    assert page.status_code == 200


def test_the_secretariat_answers_only_what_was_passed_on(term, admin):
    held, passed = JoinRequestFactory(), JoinRequestFactory(passed_at=clock.now())
    address = "/desk/members/requests/answer/"

    assert admin.post(address, {"row": held.uuid, "decision": "approve"}).status_code == 404
    assert admin.post(address, {"row": passed.uuid, "decision": "approve"}).status_code == 302
    assert Affiliation.objects.filter(person=passed.person).exists()


def test_a_proposed_domain_waits_in_the_secretariats_list_until_it_is_approved(focal, admin):
    focal.post(f"{DESK}requests/", {"domain": "ministry.example"})
    rule = MailDomain.objects.get()
    assert rule.approved_at is None
    admin.post("/desk/members/domains/", {"do": "approve", "row": rule.pk})
    rule.refresh_from_db()
    assert rule.approved_at is not None

    admin.post("/desk/members/domains/", {"do": "remove", "row": rule.pk})

    assert not MailDomain.objects.exists()
    page = admin.post("/desk/members/domains/", {"domain": "gmail.com", "place": "Aland"})
    assert "cannot be used" in text(page)


# --- Profile


def test_a_draft_is_seen_by_nobody_else_until_the_secretariat_publishes_it(focal, admin, client):
    words = {"text": "We authorize.", "contact": "Unit", "website": "https://m.example"}
    focal.post(f"{DESK}profile/", {**words, "seen": 0, "do": "save"})
    assert "No profile waits" in text(admin.get("/desk/members/profiles/"))
    focal.post(f"{DESK}profile/", {**words, "seen": 1, "do": "hand_in"})
    public = "/members/countries/qaa/"
    assert "We authorize." not in text(client.get(public))

    row = ProfileRevision.objects.get()
    admin.post("/desk/members/profiles/", {"row": row.pk, "seen": row.revision, "do": "publish"})

    assert "We authorize." in text(client.get(public))
    focal.post(f"{DESK}profile/", {**words, "text": "We also report.", "seen": 0, "do": "save"})
    page = text(client.get(public))
    assert ("We authorize." in page, "We also report." in page) == (True, False)


def test_what_was_changed_after_it_was_read_is_not_published(term, focal, admin):
    row = ProfileRevisionFactory(country=term.country)
    focal.post(f"{DESK}profile/", {"text": "Changed.", "seen": 1, "do": "hand_in"})

    answer = admin.post("/desk/members/profiles/", {"row": row.pk, "seen": 1, "do": "publish"})

    assert answer.status_code == 409
    assert not ProfileRevision.objects.published().exists()


def test_two_who_write_one_draft_do_not_lose_a_text(term, focal):
    ProfileRevisionFactory(country=term.country, text="Theirs.")

    page = focal.post(f"{DESK}profile/", {"text": "Mine.", "seen": 0, "do": "save"})

    assert "Somebody else saved this draft meanwhile." in text(page)
    assert "Mine." in text(page)
    assert ProfileRevision.objects.get().text == "Theirs."


def test_a_draft_that_is_sent_back_says_what_is_missing(term, focal, admin):
    row = ProfileRevisionFactory(country=term.country)

    body = {"row": row.pk, "do": "return", "note": "Which office?"}
    admin.post("/desk/members/profiles/", body)

    assert "Which office?" in text(focal.get(f"{DESK}profile/"))
    assert "No profile waits" in text(admin.get("/desk/members/profiles/"))


@pytest.mark.parametrize("website", ["javascript:alert(1)", "ftp://m.example", "x"])
def test_a_website_is_a_web_address(focal, website):
    page = focal.post(f"{DESK}profile/", {"website": website, "seen": 0, "do": "save"})

    assert (page.status_code, ProfileRevision.objects.exists()) == (200, False)


def test_a_delegation_has_one_draft(term):
    row = ProfileRevisionFactory(country=term.country)
    with refused_by("profile_one_draft"):
        ProfileRevisionFactory(country=row.country)
    ProfileRevisionFactory(country=row.country, published_at=clock.now())
    with refused_by("profile_of_one_country_or_institution"):
        ProfileRevisionFactory(country=None)
    with refused_by("profile_website_is_a_web_address"):
        ProfileRevisionFactory(website="javascript:x")
