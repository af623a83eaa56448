"""The desk of feeds, their queue, and the page of news."""

from __future__ import annotations

import pytest

from partnership.accounts.models import Role
from partnership.audit.models import AuditEntry
from partnership.information.models import Feed, Item
from partnership.jobs.models import Job
from partnership.lib import clock
from tests.factories.feeds import NOON, FeedFactory, ItemFactory
from tests.site.people import client_of

pytestmark = pytest.mark.django_db
FEEDS, QUEUE, NEWS = "/desk/feeds/", "/desk/feeds/queue/", "/news/"
TYPED = {"title": "Office of news", "address": "https://office.example/feed", "language": "en"}


@pytest.fixture
def desk():
    return client_of(Role.DATA_EDITOR)


def shown(client, address: str) -> list[str]:
    return [str(row) for row in client.get(address).context["page"]]


def test_a_feed_is_added_asked_at_once_and_looked_after_by_who_added_it(desk):
    sent = desk.post(f"{FEEDS}add/", TYPED)

    feed = Feed.objects.get()
    assert sent["Location"] == f"{FEEDS}office-of-news/"
    assert str(feed.keeper.pk) == desk.session["_auth_user_id"]
    assert feed.next_try_at <= clock.now()
    assert Job.objects.get().kind == "feeds.round"
    assert AuditEntry.objects.get().verb == "feed.add"
    assert "not asked yet" in desk.get(sent["Location"]).content.decode()


@pytest.mark.parametrize(
    "address",
    ["", "office", "ftp://a.example/", "https://u:p@a.example/", "https://a.example:8443/feed"],
)
def test_a_feed_that_could_not_be_asked_is_not_added_and_what_was_typed_is_kept(desk, address):
    page = desk.post(f"{FEEDS}add/", {**TYPED, "address": address}).content.decode()

    assert "Nothing was saved" in page
    assert "Office of news" in page
    assert not Feed.objects.exists()


def test_an_address_is_kept_once(desk):
    FeedFactory(address=TYPED["address"])

    assert "already exists" in desk.post(f"{FEEDS}add/", TYPED).content.decode()


def test_another_address_is_asked_as_if_nothing_were_known_of_it(desk):
    bad = {"failures": 3, "error": "too_slow", "etag": '"1"', "good_at": NOON}
    feed = FeedFactory(slug="feed", title="Old", next_try_at=clock.now().replace(year=2099), **bad)
    page = desk.get(f"{FEEDS}feed/").content.decode()
    assert "stale since 2 Mar 2026, 12:00" in page
    assert "The host took longer than it may." in page
    assert "3 faults in a row" in page

    desk.post(f"{FEEDS}feed/", TYPED)

    feed.refresh_from_db()
    assert (feed.title, feed.failures, feed.error, feed.etag) == ("Office of news", 0, "", "")
    assert feed.next_try_at <= clock.now()


def test_a_feed_is_paused_and_resumed_and_twice_is_said_so(desk):
    FeedFactory(slug="feed")
    page = f"{FEEDS}feed/"

    assert "paused by a person" in desk.post(page, {"do": "pause"}, follow=True).content.decode()
    again = desk.post(page, {"do": "pause"}, follow=True).content.decode()
    assert "This feed is paused already." in again
    asked = desk.post(page, {"do": "now"}, follow=True).content.decode()
    assert "let it run again first" in asked
    assert not Job.objects.exists()
    desk.post(page, {"do": "resume"})

    assert (Feed.objects.get().pause, Job.objects.count()) == ("", 1)
    assert (
        "This feed is not paused."
        in desk.post(page, {"do": "resume"}, follow=True).content.decode()
    )


def test_what_is_accepted_is_read_by_everybody_and_what_is_refused_by_nobody(desk, client):
    one, two = (ItemFactory(title=f"<b>{n}</b>", summary="Zinc") for n in ("one", "two"))
    assert client.get(NEWS).content.decode().count("Zinc") == 0

    sent = desk.post(f"{QUEUE}?q=b", {"accepted": str(one.uuid)})
    desk.post(QUEUE, {"refused": str(two.uuid)})

    assert sent["Location"] == f"{QUEUE}?q=b"
    page = client.get(NEWS).content.decode()
    assert page.count("&lt;b&gt;one&lt;/b&gt;") == 1
    assert "two" not in page
    assert f'href="{one.address}" rel="external noreferrer nofollow"' in page
    assert shown(desk, QUEUE) == []
    assert shown(desk, f"{QUEUE}?state=refused") == ["<b>two</b>"]

    desk.post(f"{QUEUE}?state=accepted", {"new": str(one.uuid)})
    assert shown(client, NEWS) == []
    assert (shown(desk, QUEUE), AuditEntry.objects.count()) == (["<b>one</b>"], 3)


def test_what_somebody_else_decided_meanwhile_is_not_decided_again(desk):
    item = ItemFactory(state="refused", decided_at=NOON)

    page = desk.post(QUEUE, {"accepted": [str(item.uuid), "nonsense"]}, follow=True)

    assert "Somebody else decided about this one meanwhile." in page.content.decode()
    assert Item.objects.get().state == "refused"


def test_lists_are_found_by_what_the_address_asks(desk, client):
    good = FeedFactory(slug="good", title="Good", good_at=NOON)
    FeedFactory(slug="bad", title="Bad", failures=1, error="too_slow")
    FeedFactory(slug="off", title="Off", paused_at=NOON, pause="person")
    ItemFactory(feed=good, title="Early", decided=True)
    ItemFactory(feed=good, title="Late", decided=True, published_at=clock.now())
    ItemFactory(title="Other", summary="Zinc", decided=True)

    assert shown(desk, FEEDS)[0] == "Bad"
    for health, found in (("good", "Good"), ("fault", "Bad"), ("paused", "Off")):
        assert shown(desk, f"{FEEDS}?health={health}") == [found]
    assert shown(desk, f"{FEEDS}?q=off.ex") == ["Off"]
    assert shown(client, f"{NEWS}?feed=good") == ["Late", "Early"]
    assert shown(client, f"{NEWS}?q=zin") == ["Other"]
    assert client.get(f"{NEWS}?feed=nothing").status_code == 400


@pytest.mark.parametrize(("address", "queries"), [(FEEDS, 5), (QUEUE, 6), (NEWS, 3)])
def test_the_lists_ask_as_often_for_many_as_for_one(desk, client, count_queries, address, queries):
    reader = client if address == NEWS else desk
    for number in (1, 3):
        for state in ({}, {"decided": True}):
            ItemFactory.create_batch(number, **state)
        with count_queries(queries):
            reader.get(address)
