"""Buttons of pages, the list of the account, and how often the mail comes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from partnership.information.alerts import services
from partnership.information.alerts.refusals import NothingToFollow, TooMuchFollowed
from partnership.information.models import Alert, Digest
from partnership.jobs.models import Job
from partnership.mail.models import MailStop
from tests.factories.accounts import UserFactory
from tests.factories.alerts import MONDAY, WEEK, AlertFactory, DigestFactory
from tests.factories.feeds import FeedFactory
from tests.factories.information import DocumentFactory, VersionFactory
from tests.factories.members import CountryFactory
from tests.factories.sources import SectorFactory
from tests.information.alerts.writing import findable

pytestmark = pytest.mark.django_db
MINE, FOLLOW = "/account/alerts/", "/account/alerts/follow/"


@pytest.fixture
def anna():
    return UserFactory(email="anna@m.example", time_zone="Asia/Ho_Chi_Minh")


@pytest.fixture
def browser(anna):
    found = Client()
    found.force_login(anna)
    return found


@pytest.fixture
def country():
    return CountryFactory(iso3="QAA", name="Qaaland")


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_a_country_is_followed_and_no_more_and_its_page_says_so(browser, country, anna):
    page = country.get_absolute_url()
    assert "Follow <bdi>Qaaland</bdi>" in words(browser.get(page))

    sent = browser.post(FOLLOW, {"kind": "country", "key": "QAA"}, follow=True)
    assert sent.redirect_chain == [(page, 302)]
    told = words(sent)
    assert "You follow <bdi>Qaaland</bdi>.</strong> Weekly mail on Monday. <a" in told
    digest = Digest.objects.get(person=anna)
    # Seven in the morning in Viet Nam.
    assert (digest.rhythm, digest.next_at.hour, digest.next_at.weekday()) == ("weekly", 0, 0)

    alert = Alert.objects.get()
    sent = browser.post(f"{MINE}{alert.uuid}/stop/", follow=True)
    assert sent.redirect_chain == [(page, 302)]
    assert "Follow <bdi>Qaaland</bdi>" in words(sent)
    assert not Alert.objects.exists()


def test_each_page_of_something_that_can_be_followed_has_its_button(browser, country):
    SectorFactory(slug="energy", name="Energy")
    VersionFactory(document=DocumentFactory(slug="toolkit"))
    FeedFactory(slug="talks")
    findable("lamps", "Lamps")
    pages = {
        "/library/topics/energy/": ("topic", "energy"),
        "/library/toolkit/": ("document", "toolkit"),
        "/news/?feed=talks": ("source", "talks"),
        "/search/?q=lamps&kind=case": ("search", "lamps"),
        "/search/?q=nowhere": ("search", "nowhere"),
    }

    for page, (kind, key) in pages.items():
        found = words(browser.get(page))
        assert (
            f'name="kind" value="{kind}"> <input type="hidden" name="key" value="{key}">' in found
        )
        more = {"narrowed": "case"} if "kind=" in page else {}
        sent = browser.post(FOLLOW, {"kind": kind, "key": key, **more})
        assert sent["Location"] == page

    listed = words(browser.get(MINE))
    assert listed.count("/stop/") == 5
    assert "Search for “lamps” · Case studies" in listed


def test_a_visitor_is_asked_to_sign_in_and_comes_back(client, country):
    page = words(client.get(country.get_absolute_url()))

    assert '?next=%2Fmembers%2Fcountries%2Fqaa%2F">Sign in to follow</a>' in page
    assert "csrf" not in page
    findable("lamps", "Lamps")
    found = words(client.get("/search/?q=lamps"))
    assert 'next=%2Fsearch%2F%3Fq%3Dlamps">Sign in to be mailed new results</a>' in found


def test_what_is_looked_for_instead_of_a_slip_is_what_is_saved(browser):
    findable("lamps", "Transformers")

    assert 'name="key" value="transformers"' in words(browser.get("/search/?q=transfromers"))


def test_what_is_not_there_or_not_for_everybody_cannot_be_followed(anna, browser):
    DocumentFactory(slug="draft")

    for kind, key in (("country", "QZZ"), ("document", "draft"), ("source", "x"), ("search", " ")):
        with pytest.raises(NothingToFollow):
            services.follow(anna, kind, key, at=MONDAY)
    for wrong in (
        {"kind": "person", "key": "x"},
        {"kind": "country", "key": "QAA", "narrowed": "case"},
        {"kind": "search", "key": "x", "narrowed": "nothing"},
        {"kind": "search", "key": "x", "texts": "x" * 13},
    ):
        assert browser.post(FOLLOW, wrong).status_code == 404
    assert not Alert.objects.exists()


def test_following_again_changes_nothing_and_a_mail_has_room_for_a_hundred(anna, country):
    first = services.follow(anna, "country", "QAA", at=MONDAY)
    assert services.follow(anna, "country", "QAA", at=MONDAY + WEEK) == first
    Alert.objects.bulk_create(
        Alert(person=anna, kind="search", key=f"w{n}", since=MONDAY) for n in range(99)
    )

    with pytest.raises(TooMuchFollowed):
        services.follow(anna, "search", "one more", at=MONDAY)


def test_what_somebody_else_follows_is_not_there(browser):
    alert = AlertFactory()

    assert browser.post(f"{MINE}{alert.uuid}/stop/").status_code == 404
    assert "QAA" not in words(browser.get(MINE))


def test_the_list_tells_when_the_next_mail_comes_and_offers_another_rhythm(browser, anna, country):
    services.follow(anna, "country", "QAA", at=MONDAY)
    assert "The next one: Monday 9 March, 07:00 (Asia/Ho_Chi_Minh)" in words(browser.get(MINE))

    browser.post(MINE, {"rhythm": "daily"})
    assert Digest.objects.get().rhythm == "daily"
    assert "Daily mail in the morning." in words(browser.get(country.get_absolute_url()))
    browser.post(MINE, {"rhythm": "none"})
    assert (Digest.objects.get().rhythm, Digest.objects.get().next_at) == ("none", None)
    assert "The next one" not in words(browser.get(MINE))
    assert browser.post(MINE, {"rhythm": "hourly"}).status_code == 200
    assert Digest.objects.get().rhythm == "none"


def test_what_came_while_no_mail_was_wanted_is_not_made_up_for(anna):
    DigestFactory(person=anna, rhythm="none", next_at=None)

    digest = services.choose(anna, "weekly", at=MONDAY)

    assert digest.since == MONDAY
    assert services.choose(anna, "daily", at=MONDAY + timedelta(days=1)).since == MONDAY


def test_a_stop_stands_on_the_pages_and_following_more_does_not_take_it_back(
    browser, anna, country
):
    MailStop.objects.create(person=anna, kind="alerts", stopped_at=MONDAY)

    sent = browser.post(FOLLOW, {"kind": "country", "key": "QAA"}, follow=True)

    assert "You have stopped the mail about it." in words(sent)
    assert MailStop.objects.exists()
    assert "You have stopped this mail" in words(browser.get(MINE))
    browser.post("/account/mail/", {"kind": "alerts", "do": "allow"})
    assert "You have stopped this mail" not in words(browser.get(MINE))


@pytest.mark.parametrize("number", [1, 6])
def test_the_list_asks_as_much_for_one_as_for_many(browser, anna, count_queries, number):
    DigestFactory(person=anna)
    for n in range(number):
        AlertFactory(person=anna, key=CountryFactory().iso3)
        AlertFactory(person=anna, kind="search", key=f"lamps {n}")
    browser.get(MINE)

    with count_queries(7):
        browser.get(MINE)


def test_a_round_is_asked_for_when_a_morning_has_come_and_one_at_a_time():
    DigestFactory()

    assert not services.ring(at=MONDAY - timedelta(minutes=1))
    assert services.ring(at=MONDAY)
    assert services.ring(at=MONDAY + timedelta(minutes=15))
    assert Job.objects.count() == 1


def test_whoever_moves_gets_the_next_mail_in_the_new_morning(anna):
    DigestFactory(person=anna, next_at=MONDAY + WEEK)

    services.ring(at=MONDAY)

    digest = Digest.objects.get()
    assert (digest.zone, digest.next_at) == (
        "Asia/Ho_Chi_Minh",
        MONDAY + WEEK - timedelta(hours=7),
    )
