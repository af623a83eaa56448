"""What the database refuses of feeds and items, and when a feed is asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from partnership.information.feeds.faults import sentence_of
from partnership.information.feeds.rhythm import LONGEST, asked_for, next_try
from partnership.lib import outbound
from tests.constraints import refused_by
from tests.factories.feeds import NOON, FeedFactory, ItemFactory

HOUR = timedelta(hours=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("feed_pause_has_a_reason", {"paused_at": NOON}),
        ("feed_pause_has_a_reason", {"pause": "person"}),
        ("feed_fault_is_named", {"failures": 1}),
        ("feed_fault_is_named", {"error": "too_slow"}),
    ],
)
def test_a_feed_says_why_it_is_paused_and_what_its_fault_is(constraint, wrong):
    with refused_by(constraint):
        FeedFactory(**wrong)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("item_decided_has_a_time", {"state": "accepted"}),
        ("item_decided_has_a_time", {"decided_at": NOON}),
        ("item_decided_after_found", {"state": "refused", "decided_at": NOON - HOUR}),
    ],
)
def test_an_item_is_decided_at_a_time(constraint, wrong):
    with refused_by(constraint):
        ItemFactory(**wrong)


@pytest.mark.django_db
def test_an_item_is_there_once_by_its_id_its_address_and_its_words():
    one = ItemFactory(content_key="words")
    for constraint, twin in (
        ("item_identity_once", {"identity": one.identity}),
        ("item_content_once", {"content_key": "words"}),
    ):
        with refused_by(constraint):
            ItemFactory(feed=one.feed, **twin)
        ItemFactory(**twin)
    ItemFactory.create_batch(2, feed=one.feed, content_key="")

    with refused_by("item_address_once"):
        ItemFactory(address=one.address, identity="another")


def test_a_feed_is_asked_less_and_less_never_sooner_than_it_asks_and_by_chance_apart():
    even, most = (lambda low, high: 1.0), (lambda low, high: high)

    waits = [next_try(NOON, n, even, timedelta(0)) - NOON for n in range(7)]

    assert [wait / HOUR for wait in waits] == [1, 1, 2, 4, 8, 16, 24]
    assert next_try(NOON, 0, most, timedelta(0)) == NOON + 1.2 * HOUR
    assert next_try(NOON, 1, even, 5 * HOUR) == NOON + 5 * HOUR


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("3600", HOUR),
        ("Mon, 02 Mar 2026 14:00:00 GMT", 2 * HOUR),
        ("Mon, 02 Mar 2026 10:00:00 GMT", timedelta(0)),
        ("99999999", LONGEST),
        *[
            (odd, timedelta(0))
            for odd in ("", "-5", "soon", "9" * 400, "Mon, 02 Mar 2026 14:00:00")
        ],
    ],
)
def test_how_long_a_host_wants_to_be_left_alone(header, wait):
    assert asked_for(header, datetime(2026, 3, 2, 12, 0, tzinfo=UTC)) == wait


def test_every_fault_has_a_sentence():
    codes = ["not_a_feed", "status_404", "status_410", "status_403", "status_500"]
    codes += [kind.code for kind in outbound.NotFetched.__subclasses__()]

    assert len({sentence_of(code) for code in codes}) == len(codes)
