from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnership.accounts.models import Role
from partnership.audit import changes, queries, services
from partnership.audit.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.site.people import client_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)
LOG = "/desk/log/"


@pytest.fixture
def desk():
    return client_of(Role.ADMINISTRATOR)


def line(verb: str = "job.start", minutes: int = 0, **more):
    return services.record(verb, at=AT + timedelta(minutes=minutes), **more)


def found(desk, query: str) -> list[str]:
    return [entry.verb for entry in desk.get(LOG + query).context["lines"]]


def test_the_log_is_searched_by_person_act_object_day_and_network(desk):
    anna = UserFactory(name="Anna Able", email="anna@m.example")
    line("term.close", by=anna, of=("focalterm", "7"))
    line("job.start", 60 * 24, of=("job", "7"))

    assert found(desk, "?who=able") == found(desk, "?who=anna@m") == ["term.close"]
    assert found(desk, f"?who={anna.uuid}") == ["term.close"]
    assert found(desk, "?who=nobody+at+all") == []
    assert found(desk, "?verb=job.start") == ["job.start"]
    assert found(desk, "?kind=focalterm&key=7") == ["term.close"]
    assert found(desk, "?key=7") == ["job.start", "term.close"]
    assert found(desk, "?since=2026-01-03&until=2026-01-03") == ["job.start"]
    assert found(desk, "?until=2026-01-02") == ["term.close"]
    assert found(desk, "?network=unknown&verb=job.start") == ["job.start"]
    assert found(desk, "?network=public+IPv4") == []


@pytest.mark.parametrize("query", ["?verb=no.such", "?since=yesterday", "?cursor=made-up"])
def test_what_cannot_be_asked_is_a_bad_query(desk, query):
    assert desk.get(LOG + query).status_code == 400


def test_a_line_names_its_person_as_long_as_there_is_one(desk):
    anna = UserFactory(name="Anna Able")
    line("admin.change", by=anna, of=("user", str(anna.uuid)), changes={"name": ["A", "Anna <b>"]})

    page = desk.get(f"{LOG}?verb=admin.change").content.decode()
    key = str(anna.uuid)
    anna.delete()
    later = desk.get(f"{LOG}?verb=admin.change").content.decode()

    assert page.count("<bdi>Anna Able</bdi>") == 2  # who, and about whom
    assert '<s dir="auto">A</s> → <bdi>Anna &lt;b&gt;</bdi>' in page
    assert "Anna Able" not in later
    assert "a person who is gone" in later
    assert key in later


def test_every_line_comes_once_forwards_and_back_also_where_moments_are_equal(desk, monkeypatch):
    monkeypatch.setattr("partnership.audit.views.SIZE", 2)
    keys = [str(line(of=("job", str(n)), minutes=n // 3).key) for n in range(5)][::-1]

    def go(query: str):
        answer = desk.get(f"{LOG}?kind=job{query}")
        return [entry.key for entry in answer.context["lines"]], answer.context["stretch"]

    first, stretch = go("")
    second, middle = go(f"&cursor={stretch.older}")
    third, last = go(f"&cursor={middle.older}")
    back, start = go(f"&cursor={middle.newer}")

    assert (first, second, third) == (keys[:2], keys[2:4], keys[4:])
    assert (stretch.newer, last.older, back, start.newer) == ("", "", first, "")


def test_the_log_asks_as_often_for_many_lines_as_for_one(desk):
    line(by=UserFactory())
    desk.get(LOG)
    with CaptureQueriesContext(connection) as one:
        desk.get(LOG)
    for n in range(5):
        line(f"verb.{n}", by=UserFactory(), of=("user", str(UserFactory().uuid)))
    with CaptureQueriesContext(connection) as many:
        desk.get(LOG)

    assert len(one) == len(many) <= 10


def test_a_long_list_is_counted_only_so_far(desk, monkeypatch):
    monkeypatch.setattr(queries, "MOST_COUNTED", 2)
    for _ in range(4):
        line()

    page = desk.get(LOG).content.decode()

    assert re.search(r"<strong>2</strong>\s+lines and more", page)


def test_what_fits_is_taken_away_as_text_and_the_log_says_so(desk):
    anna = UserFactory(name="=cmd|' /C calc'!A1")
    line("term.close", by=anna, of=("focalterm", "7"), changes={"ends_on": ["2026", "=1+1"]})
    line("job.start")

    answer = desk.get(f"{LOG}sheet/?verb=term.close&format=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")

    (row,) = csv.DictReader(io.StringIO(text))
    assert row["who"] == "'=cmd|' /C calc'!A1"
    assert (row["who_key"], row["verb"], row["changes"]) == (
        str(anna.uuid),
        "term.close",
        "ends_on: 2026 → =1+1",
    )
    taken = AuditEntry.objects.get(verb="list.export")
    assert (taken.kind, taken.changes["rows"]) == ("auditlog", 1)
    assert taken.changes["filters"] == {"verb": "term.close"}


def test_more_than_a_sheet_holds_is_refused_before_anything_is_sent(desk, monkeypatch):
    monkeypatch.setattr("partnership.lib.sheets.MAX_ROWS", 1)
    monkeypatch.setattr("partnership.lib.sheets.writing.MAX_ROWS", 1)
    line()
    line()

    assert desk.get(f"{LOG}sheet/").status_code == 409
    assert not AuditEntry.objects.filter(verb="list.export").exists()


def test_changes_are_told_part_by_part():
    told = changes.told({"a": [None, 1], "rolegrant 3": {"role": ["x", "y"]}, "part": "removed"})

    assert list(told) == [("a", "", "1"), ("rolegrant 3, role", "x", "y"), ("part", "", "removed")]


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        *(
            ("8.8.8.8", "public IPv4"),
            ("2001:4860::1", "public IPv6"),
            ("10.0.0.1", "private IPv4"),
        ),
        *(("fd00::1", "private IPv6"), ("127.0.0.1", "loopback IPv4"), ("::1", "loopback IPv6")),
        ("", "unknown"),
    ],
)
def test_every_kind_of_network_can_be_searched_for(address, kind):
    assert services.network_class(address) == kind
    assert kind in services.NETWORKS
