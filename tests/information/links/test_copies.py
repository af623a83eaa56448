"""Archived copies: what is believed of an archive, how it is asked, and who may put one right."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from partnership.information.links import archive, copies, tasks
from partnership.information.links.archive import Copy, Said, copy_in, nearest
from partnership.jobs import runner
from partnership.jobs.models import Job
from partnership.lib import clock
from partnership.lib.outbound import Limits
from partnership.sources.models import Link
from tests.constraints import refused_by
from tests.factories.feeds import NOON
from tests.factories.information import VersionFactory
from tests.factories.links import LinkFactory
from tests.factories.sources import SourceFactory
from tests.hosts import answer, host

TODAY = NOON.date()
PAGE = "https://unfccc.example/documents/306016?a=1&b=2"
TAKEN, MOMENT = date(2022, 12, 16), "20221216101112"
KEPT = f"https://web.archive.example/web/{MOMENT}/{PAGE}"


def told(page: str = PAGE, **changed: object) -> dict[str, object]:
    """What the archive answers of a page, with some of it changed."""
    url = f"http://web.archive.example/web/{MOMENT}/{page}"
    closest = {"available": True, "url": url, "timestamp": MOMENT, "status": "200", **changed}
    return {"url": page, "archived_snapshots": {"closest": closest}}


@pytest.fixture(autouse=True)
def _archive(settings, monkeypatch):
    settings.ARCHIVE_URL = "http://archive.example/wayback/available"
    settings.OUTBOUND_LOOPBACK = ["archive.example"]
    monkeypatch.setattr(copies, "rest", lambda seconds: None)


def test_a_copy_is_the_archives_own_over_https_of_the_very_address():
    assert copy_in(told(), PAGE, today=TODAY) == Copy(KEPT, TAKEN)
    for written in ("http://www.unfccc.example:80/documents/306016?a=1&b=2", f"{PAGE}#page=3"):
        assert copy_in(told(written), PAGE, today=TODAY).on == TAKEN
    assert copy_in(told(), f"{PAGE}#page=3", today=TODAY) == Copy(KEPT, TAKEN)


@pytest.mark.parametrize(
    "hostile",
    [
        {},
        [],
        {"archived_snapshots": {}},
        {"archived_snapshots": [1]},
        {"archived_snapshots": {"closest": "https://web.archive.example/"}},
        told(available="true"),
        told(status="404"),
        told(timestamp="20221216101113"),
        told(url=None),
        told(url=KEPT.replace(MOMENT, "20221332101112"), timestamp="20221332101112"),
        told(url=KEPT.replace(MOMENT, "20991216101112"), timestamp="20991216101112"),
        told(url=f"https://evil.example/web/{MOMENT}/{PAGE}"),
        told(url=f"https://evilarchive.example/web/{MOMENT}/{PAGE}"),
        told(url=f"https://web.archive.example@evil.example/web/{MOMENT}/{PAGE}"),
        told(url=f"https://web.archive.example:8443/web/{MOMENT}/{PAGE}"),
        told(url=f"javascript:alert(1)//web.archive.example/web/{MOMENT}/{PAGE}"),
        told(url=f'{KEPT}"><script>'),
        told("https://unfccc.example/documents/1"),
        told("https://other.example/documents/306016?a=1&b=2"),
        told(f"{PAGE}{'x' * 1200}"),
    ],
)
def test_an_answer_of_which_anything_does_not_hold_is_no_copy(hostile):
    assert copy_in(hostile, PAGE, today=TODAY) is None


def test_the_archive_is_asked_for_one_address_and_day_and_may_say_what_it_likes(
    settings, monkeypatch
):
    monkeypatch.setattr(archive, "LIMITS", Limits(seconds=0.5, size=1_000))

    def said(speaks, day=None) -> tuple[Said, str]:
        """What came of it, and what was asked."""
        with host(speaks) as there:
            settings.ARCHIVE_URL = f"http://archive.example:{there.port}/wayback/available"
            return nearest(f"{PAGE}#page=3", day, today=TODAY), there.asked[0].split()[1]

    asked = (
        "/wayback/available?url=https%3A%2F%2Funfccc.example%2Fdocuments%2F306016%3Fa%3D1%26b%3D2"
    )
    good = answer(json.dumps(told()).encode())
    assert said(good) == (Said(Copy(KEPT, TAKEN)), asked)
    assert said(good, TAKEN)[1] == f"{asked}&timestamp=20221216"
    assert said(answer(b'{"archived_snapshots": {}}'))[0] == Said()
    assert said(answer(b"<html>"))[0] == Said(error="bad_answer")
    assert said(answer(b"[" * 900))[0] == Said(error="bad_answer")
    assert said(answer(b" " * 1_001))[0] == Said(error="too_large")
    assert said(answer(b"", "429 Too Many"))[0] == Said(error="status_429")
    assert said(lambda send, asked: None)[0] == Said(error="no_answer")
    assert nearest(f"https://a.example/{'%' * 900}", None, today=TODAY) == Said()


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"archived_address": KEPT}, {"archived_on": TAKEN}])
def test_a_copy_has_an_address_and_a_day(wrong):
    with refused_by("link_copy_has_its_day"):
        LinkFactory(**wrong)


PAGES = [f"https://unfccc.example/{name}" for name in ("read", "shown", "none", "later")]


def speaks(send, asked: str) -> None:
    """An archive that has all but one of the pages."""
    page = next(page for page in PAGES if page.rpartition("/")[2] in asked.split()[1])
    found = told(page) if page != PAGES[2] else {"archived_snapshots": {}}
    answer(json.dumps(found).encode())(send, asked)


@pytest.mark.django_db
def test_what_was_read_is_asked_for_as_of_that_day_a_few_at_a_time_and_once(settings, monkeypatch):
    pauses: list[float] = []
    monkeypatch.setattr(copies, "rest", pauses.append)
    monkeypatch.setattr(copies, "MOST", 3)
    for page in PAGES:
        LinkFactory(address=page, state="good")
    Link.objects.filter(address=PAGES[0]).update(
        state="gone", tries=3, since=NOON, error="status_404"
    )
    for wrong in ({}, {"state": "wrong", "tries": 3, "since": NOON, "error": "private_address"}):
        LinkFactory(**wrong)
    SourceFactory(address=PAGES[0], accessed_on=date(2026, 11, 24), published_on=TAKEN)
    VersionFactory(address=PAGES[1], on=date(2023, 3, 1))

    with host(speaks) as there:
        settings.ARCHIVE_URL = f"http://archive.example:{there.port}/available"
        assert [tasks.ring_copies(), tasks.ring_copies()] == [True, True]
        runner.run(Job.objects.get(kind="links.copies").pk)
        assert Job.objects.get().result == {"asked": 3, "found": 2}
        assert [asked.split()[1].rpartition("%2F")[2] for asked in there.asked] == [
            *("read&timestamp=20261124", "shown&timestamp=20230301", "none")
        ]
        assert pauses == [copies.PAUSE] * 2
        # What was answered is left alone for weeks; only what was not asked for yet is due.
        assert copies.go_round(lambda *told: None) == {"asked": 1, "found": 1}
        assert not tasks.ring_copies()
    none = Link.objects.get(address=PAGES[2])
    assert Link.objects.filter(archived_on=TAKEN).count() == 3
    assert none.archive_next_at - none.archive_asked_at == timedelta(weeks=4)
    assert copies.are_due(none.archive_next_at)
    settings.ARCHIVE_URL = ""
    assert not copies.are_due(none.archive_next_at)
    Link.objects.update(archive_next_at=None)
    assert copies.go_round(lambda *told: None) == {"asked": 0, "found": 0}


@pytest.mark.django_db
def test_an_archive_that_hangs_is_waited_for_once_and_takes_nothing_that_is_known(
    settings, monkeypatch
):
    monkeypatch.setattr(archive, "LIMITS", Limits(seconds=0.2, size=1_000))
    first, second = (LinkFactory(state="good") for _ in range(2))
    known = LinkFactory(state="good", archived_address=KEPT, archived_on=TAKEN)
    with host(lambda send, asked: None) as there:
        settings.ARCHIVE_URL = f"http://archive.example:{there.port}/available"
        found = copies.go_round(lambda *told: None)

    assert found == {"asked": 1, "found": 0, "fault": "no_answer"}
    assert len(there.asked) == 1
    for link in (first, second, known):
        link.refresh_from_db()
    assert (first.archive_asked_at, second.archive_next_at) == (None, None)
    assert timedelta(hours=23) < first.archive_next_at - clock.now() < timedelta(hours=25)
    assert known.archived_address == KEPT


@pytest.mark.django_db
def test_what_a_person_wrote_meanwhile_is_not_written_over():
    link = LinkFactory(state="good")
    Link.objects.filter(pk=link.pk).update(archived_address=KEPT, archived_on=TAKEN)

    assert not copies.keep(link, Said(Copy("https://web.archive.example/", TAKEN)), at=NOON)

    link.refresh_from_db()
    assert link.archived_address == KEPT
