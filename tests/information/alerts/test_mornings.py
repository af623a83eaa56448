"""Seven in the morning, wherever the reader is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from partnership.information.alerts.mornings import after


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "rhythm", "zone", "expected"),
    [
        ("2026-03-02T06:59", "weekly", "", "2026-03-02T07:00"),
        ("2026-03-02T07:00", "weekly", "", "2026-03-09T07:00"),
        ("2026-03-02T07:00", "daily", "", "2026-03-03T07:00"),
        # Monday begins on Sunday evening in UTC.
        ("2026-03-01T12:00", "weekly", "Asia/Ho_Chi_Minh", "2026-03-02T00:00"),
        ("2026-03-01T12:00", "weekly", "Pacific/Kiritimati", "2026-03-01T17:00"),
        # Clocks go forward on 29 March, and the morning stays at seven.
        ("2026-03-28T12:00", "daily", "Europe/Paris", "2026-03-29T05:00"),
        ("2026-03-27T12:00", "daily", "Europe/Paris", "2026-03-28T06:00"),
        ("2026-03-02T06:59", "weekly", "No/Where", "2026-03-02T07:00"),
        ("2026-03-02T06:59", "weekly", "../etc", "2026-03-02T07:00"),
    ],
)
def test_the_next_mail_comes_at_seven_by_the_clock_of_its_reader(at, rhythm, zone, expected):
    assert after(utc(at), rhythm, zone) == utc(expected)


def test_who_wants_no_mail_has_no_morning():
    assert after(utc("2026-03-02T06:59"), "none", "") is None
