"""A day of one good feed among hosts that lie, drip, never end and point inside."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models import F

from partnership.accounts.models import Role
from partnership.information import asking
from partnership.information.feeds import fetching, services, tasks
from partnership.information.models import Feed, Item
from partnership.jobs import runner
from partnership.jobs.models import Job
from partnership.lib import clock
from partnership.lib.outbound import Limits, places
from partnership.mail.models import OutboxMessage
from tests.factories.accounts import person_with
from tests.factories.feeds import FeedFactory
from tests.hosts import Host, Speaks, answer, host
from tests.information.feeds.misbehaving import bad_ones, noting, rebinding, told_at
from tests.information.feeds.written import Told, atom

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LIMITS = Limits(seconds=0.5, size=50_000)
ONE, TWO = Told("urn:1", "https://n.example/1", "One"), Told("urn:2", "https://n.example/2", "Two")


@pytest.fixture
def feed_of(settings, monkeypatch) -> Iterator[Callable[[str, Speaks], tuple[Feed, Host]]]:
    """A feed whose host is played here; every other name is looked up as this machine."""
    monkeypatch.setattr(fetching, "LIMITS", LIMITS)
    monkeypatch.setattr(places, "lookup", lambda *name: ["127.0.0.1"])
    settings.OUTBOUND_LOOPBACK = []
    with ExitStack() as stack:

        def made(slug: str, speaks: Speaks) -> tuple[Feed, Host]:
            there = stack.enter_context(host(speaks))
            settings.OUTBOUND_LOOPBACK.append(f"{slug}.example")
            address = f"http://{slug}.example:{there.port}/feed"
            return FeedFactory(slug=slug, address=address), there

        yield made


def go_round() -> dict[str, int]:
    """One round as a worker makes it."""
    assert tasks.ring_feeds()
    runner.run(Job.objects.get(kind="feeds.round", state="queued").pk)
    job = Job.objects.filter(kind="feeds.round").latest("pk")
    assert job.state == "done", job.error
    return job.result


def test_a_day_of_one_good_feed_among_those_that_lie_drip_never_end_and_point_inside(
    feed_of, monkeypatch
):
    """Twenty-four hours, each with news of the good one, while its ids and words change."""
    inside = feed_of("inside", answer(b"a secret"))[1]
    Feed.objects.all().delete()
    lookups, connected = rebinding(monkeypatch)
    bad = bad_ones(inside)
    for slug, (speaks, _error) in bad.items():
        feed_of(slug, speaks)
    for slug in ("hidden", "rebound"):
        FeedFactory(slug=slug, address=f"http://{slug}.example/feed")
    good, there = feed_of("good", answer())
    kept: dict[str, float] = {}
    monkeypatch.setattr(fetching, "keep", noting(kept, fetching.keep))
    delays = []

    for hour in range(24):
        there.speaks = answer(atom(*told_at(hour)))
        Feed.objects.filter(paused_at=None).update(next_try_at=F("next_try_at") - HOUR)
        Feed.objects.filter(pk=good.pk).update(next_try_at=clock.now())
        began = time.monotonic()
        go_round()
        delays.append(kept["good"] - began)

    # Nothing of the good one waited for the slow one, which took all that it may.
    assert max(delays) < LIMITS.seconds * 2 < 60
    errors = dict(Feed.objects.exclude(slug="good").values_list("slug", "error"))
    expected = {slug: error for slug, (_, error) in bad.items()}
    assert errors.pop("rebound") in {"no_answer", "private_address"}
    assert errors == expected | {"hidden": "private_address"}
    # Each was asked less and less, not in each of the hours.
    assert set(Feed.objects.exclude(slug="good").values_list("failures", flat=True)) == {5}
    good.refresh_from_db()
    assert (good.failures, good.error, len(there.asked)) == (0, "", 24)
    assert inside.asked == []
    # Looked up once each time it was asked: what the name leads to afterwards is never asked.
    assert (lookups["rebound.example"], connected) == (5, [("8.8.8.8", 80)] * 3)
    found = Item.objects.order_by("pk").values_list("title", "feed__slug", "state")
    assert list(found) == [(f"News {hour}", "good", "new") for hour in range(24)]


def again(feed: Feed, there: Host, *told: Told) -> list[tuple[str, str]]:
    """Another round over this feed with other words; the titles and last signs of the addresses."""
    there.speaks = answer(atom(*told))
    Feed.objects.filter(pk=feed.pk).update(next_try_at=clock.now())
    go_round()
    rows = Item.objects.order_by("address").values_list("title", "address")
    return [(title, address[-1]) for title, address in rows]


def test_the_same_news_is_one_row_whatever_they_are_called(feed_of):
    feed, there = feed_of("good", answer(atom(ONE, TWO)))
    go_round()
    words = {"summary": "The same words", "title": "Three"}

    both = [("One", "1"), ("Two", "2")]
    assert again(feed, there, ONE, TWO) == both
    # Other ids; the address written otherwise; an id that all bear.
    assert again(feed, there, ONE._replace(id="urn:x"), TWO._replace(id="urn:y")) == both
    assert again(feed, there, ONE._replace(link="http://www.n.example/1/?utm_source=a")) == both
    assert again(feed, there, ONE._replace(id="0"), TWO._replace(id="0")) == both
    # Words that changed before anybody looked; a page that moved, with its id, then by its words.
    assert again(feed, there, ONE._replace(title="Uno")) == [("Uno", "1"), ("Two", "2")]
    three = Told("urn:3", "https://n.example/3", **words)
    assert again(feed, there, three)[2:] == [("Three", "3")]
    assert again(feed, there, three._replace(link="https://n.example/4"))[2:] == [("Three", "4")]
    moved = three._replace(id="urn:new", link="https://n.example/5")
    assert again(feed, there, moved)[2:] == [("Three", "5")]


def test_what_a_person_decided_stays_as_it_was_read_and_does_not_come_back(feed_of):
    feed, there = feed_of("good", answer(atom(ONE, TWO)))
    go_round()
    editor, at = person_with(Role.DATA_EDITOR), clock.now()
    for row, state in zip(Item.objects.order_by("address"), ("accepted", "refused"), strict=True):
        services.decide(row.uuid, state, seen="new", by=editor, at=at)

    found = again(feed, there, ONE._replace(title="Now an advert"), TWO._replace(title="Please"))

    assert found == [("One", "1"), ("Two", "2")]
    assert list(Item.objects.accepted().values_list("title", "decided_by")) == [("One", editor.pk)]


def test_what_a_trusted_feed_brings_is_public_and_one_page_of_two_feeds_is_one_row(feed_of):
    feed_of("trusted", answer(atom(ONE)))
    Feed.objects.update(is_trusted=True)
    go_round()
    # The id of one feed is nothing to another.
    feed_of("other", answer(atom(ONE._replace(id="0"), TWO._replace(id=ONE.id))))

    go_round()

    rows = Item.objects.order_by("address").values_list(
        "title", "state", "feed__slug", "decided_by"
    )
    assert list(rows) == [("One", "accepted", "trusted", None), ("Two", "new", "other", None)]


def test_a_host_is_told_what_we_have_and_nothing_new_is_good(feed_of):
    day = "Sun, 01 Mar 2026 10:00:00 GMT"
    feed, there = feed_of("good", answer(atom(ONE), ETag='W/"1"', Last_Modified=day))
    go_round()
    there.speaks = answer(b"", "304 Not Modified")
    Feed.objects.update(next_try_at=clock.now())

    assert go_round() == {"asked": 1, "good": 1, "new": 0}

    assert "If-None-Match" not in there.asked[0]
    assert 'If-None-Match: W/"1"\r\n' in there.asked[1]
    assert f"If-Modified-Since: {day}\r\n" in there.asked[1]
    feed.refresh_from_db()
    assert (feed.failures, feed.stale_since, feed.etag) == (0, None, 'W/"1"')


def test_of_one_host_one_feed_is_asked_in_a_round_and_the_faulty_come_last(feed_of):
    _, there = feed_of("good", answer(atom(ONE)))
    first = f"http://good.example:{there.port}/"
    for name in ("a", "b"):
        FeedFactory(slug=name, address=first + name, failures=1, error="too_slow")

    found = [go_round() for _ in range(3)]

    assert [told["asked"] for told in found] == [1, 1, 1]
    assert [asked.split(" ")[1] for asked in there.asked] == ["/feed", "/a", "/b"]
    assert not services.ring(at=clock.now())


def test_a_feed_that_misbehaves_is_asked_less_then_paused_and_its_keeper_told_once(feed_of):
    keeper = person_with(Role.DATA_EDITOR)
    feed, there = feed_of("bad", answer(b"<html/>", "503 Later", Retry_After="7200"))
    Feed.objects.update(keeper=keeper)
    waits = []
    for _ in range(6):
        Feed.objects.update(next_try_at=clock.now())
        go_round()
        feed.refresh_from_db()
        waits.append(feed.next_try_at - feed.tried_at)

    assert all(timedelta(hours=2) <= wait <= timedelta(hours=29) for wait in waits)
    assert waits[4] > timedelta(hours=12)
    assert (feed.pause, feed.failures, feed.error) == ("faults", 6, "status_503")
    assert not services.ring(at=clock.now() + timedelta(days=9))
    mail = OutboxMessage.objects.get()
    assert (mail.to, mail.subject) == (keeper.email, f"A feed was paused: {feed.title}")
    assert "The host answered with the status 503." in mail.body
    assert "/desk/feeds/bad/" in mail.body

    services.resume(feed, by=keeper, at=clock.now())
    there.speaks = answer(atom(ONE))
    go_round()
    feed.refresh_from_db()
    assert (feed.failures, feed.pause, Item.objects.count()) == (0, "", 1)


def test_a_feed_that_is_gone_for_good_is_paused_at_once_and_the_secretariat_told(feed_of):
    boss = person_with(Role.ADMINISTRATOR)
    feed_of("gone", answer(b"", "410 Gone"))

    go_round()

    assert Feed.objects.get().pause == "faults"
    assert OutboxMessage.objects.get().to == boss.email


def test_what_a_person_changed_meanwhile_is_not_overwritten_by_the_round(feed_of):
    feed, _there = feed_of("good", answer(atom(ONE)))
    at = clock.now()
    (taken,) = asking.take_up(Feed.objects.due(at), at=at)
    assert asking.take_up(Feed.objects.due(at), at=at) == []
    said = fetching._ask(taken)
    services.ask_now(feed, by=None, at=clock.now())
    assert fetching.keep(taken, said, at=clock.now()) is None
    words = {"address": "https://elsewhere.example/feed", "etag": ""}
    services.change_feed(feed, words, by=person_with(Role.DATA_EDITOR), at=clock.now())

    assert fetching.keep(taken, said, at=clock.now()) is None
    assert fetching.keep(taken, replace(said, answer=None, error="x"), at=clock.now()) is None

    feed.refresh_from_db()
    assert (feed.tried_at, feed.failures, Item.objects.count()) == (None, 0, 0)


def test_what_becomes_due_meanwhile_is_asked_in_the_same_round_and_no_host_twice(
    feed_of, monkeypatch
):
    monkeypatch.setattr(asking, "MOST", 1)
    for slug in ("one", "two"):
        feed, there = feed_of(slug, answer(atom(ONE)))
        FeedFactory(address=f"{feed.address}-too")

    assert go_round()["asked"] == 2
    assert len(there.asked) == 1
    assert Feed.objects.due(clock.now()).count() == 2


def test_a_document_that_breaks_the_parser_costs_the_others_nothing(feed_of, monkeypatch, caplog):
    def read(body: bytes, base: str):
        if b"urn:2" in body:
            raise RuntimeError
        return []

    monkeypatch.setattr(fetching.reading, "read", read)
    feed_of("odd", answer(atom(TWO)))
    feed_of("good", answer(atom(ONE)))

    assert go_round()["good"] == 1
    assert Feed.objects.get(error="not_a_feed").slug == "odd"
    assert "feed odd could not be read" in caplog.text


def test_a_feed_cannot_bury_the_queue(feed_of, monkeypatch):
    monkeypatch.setattr("partnership.information.feeds.taking.MOST_WAITING", 1)
    feed, there = feed_of("good", answer(atom(ONE, TWO), ETag='"1"', Last_Modified="now"))

    assert go_round()["new"] == 1
    # Nothing is asked for that is newer than what found no room.
    assert Feed.objects.get(etag="", last_modified="")
    Item.objects.update(state="refused", decided_at=clock.now())
    assert again(feed, there, ONE, TWO) == [("One", "1"), ("Two", "2")]
