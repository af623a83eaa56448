"""The editors' pages of facts and sources."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnership.accounts.models import Role
from partnership.sources.models import DatedFact, Source
from tests.factories.sources import DatedFactFactory, SourceFactory
from tests.site.people import client_of

pytestmark = pytest.mark.django_db
FACTS, SOURCES = "/desk/facts/", "/desk/sources/"
VALUE = {"do": "value", "value_number": "81.5", "as_of": "2024-06-03", "as_of_precision": "month"}


@pytest.fixture
def desk():
    return client_of(Role.DATA_EDITOR)


def shown(desk, address: str) -> list[str]:
    return [getattr(row, "slug", None) or row.key for row in desk.get(address).context["page"]]


def test_a_newer_value_is_added_on_the_page_of_its_figure_and_shown_everywhere(desk):
    DatedFactFactory(key="ndc-cooperation-share", source=SourceFactory(slug="paper"))
    page = f"{FACTS}ndc-cooperation-share/"

    sent = desk.post(page, {**VALUE, "source": "paper", "unit": "%"})

    newer = DatedFact.objects.newest().get()
    assert (sent.status_code, newer.as_of, newer.value_number) == (302, date(2024, 6, 30), 81.5)
    answer = desk.get(page).content.decode()
    assert (answer.count("81.5"), answer.count(">76<")) == (1, 1)
    assert "81.5" in desk.get("/").content.decode()
    assert desk.get(f"{FACTS}{newer.key}/")["Location"] == page
    of_api = desk.get("/api/v1/facts/?format=json").json()["results"]
    assert {row["figure"] for row in of_api} == {"ndc-cooperation-share"}


def test_a_value_without_a_value_says_what_is_missing_and_keeps_what_was_typed(desk):
    DatedFactFactory(key="share", source=SourceFactory(slug="paper"))

    answer = desk.post(f"{FACTS}share/", {**VALUE, "value_number": "", "note": "Mind <this>"})

    page = answer.content.decode()
    assert "Give a number or a text." in page
    assert "Name the source that says so." in page
    assert "Mind &lt;this&gt;" in page
    assert DatedFact.objects.count() == 1


def test_a_figure_and_a_source_are_added(desk):
    typed = {"title": "A paper", "kind": "report", "published_precision": "day"}
    assert desk.post(f"{SOURCES}add/", typed)["Location"] == SOURCES
    typed = {**VALUE, "label": "Credits issued", "topic": "jcm", "source": "a-paper"}

    answer = desk.post(f"{FACTS}add/", typed)

    assert answer["Location"] == f"{FACTS}credits-issued/"
    assert DatedFact.objects.get().source.title == "A paper"


def test_a_source_is_changed_on_its_page(desk):
    SourceFactory(slug="paper", title="Paper")
    typed = {"title": "The paper", "kind": "report", "published_precision": "year"}

    desk.post(f"{SOURCES}paper/", {**typed, "published_on": "2023-05-04"})

    row = Source.objects.get()
    assert (row.title, row.published_on, row.published) == ("The paper", date(2023, 12, 31), "2023")


def test_facts_and_sources_are_found_by_what_the_address_asks(desk):
    paper = SourceFactory(slug="paper", title="Paper", publisher="Office", kind="report")
    SourceFactory(slug="bare", title="Bare", address="", accessed_on=date(2026, 1, 1))
    DatedFactFactory(key="one", label="Zinc", topic="jcm", source=paper)
    DatedFactFactory(key="two", label="Alum", as_of=date(2025, 1, 1), source__slug="bare")

    assert shown(desk, FACTS) == ["two", "one"]
    assert shown(desk, f"{FACTS}?q=zin") == ["one"]
    assert shown(desk, f"{FACTS}?topic=jcm") == shown(desk, f"{FACTS}?source=paper") == ["one"]
    assert shown(desk, f"{FACTS}?ordering=as_of") == ["one", "two"]
    assert shown(desk, f"{SOURCES}?ordering=publisher") == ["bare", "paper"]
    assert shown(desk, f"{SOURCES}?lacks=address") == ["bare"]
    assert shown(desk, f"{SOURCES}?lacks=reading&kind=report") == ["paper"]
    assert shown(desk, f"{SOURCES}?q=office&ordering=-accessed_on") == ["paper"]
    assert desk.get(f"{SOURCES}?kind=rumour").status_code == 400
    assert "Nothing fits" in desk.get(f"{FACTS}?q=xyz").content.decode()


@pytest.mark.parametrize(("address", "queries"), [(FACTS, 6), (SOURCES, 5)])
def test_the_lists_ask_as_often_for_many_as_for_one(desk, count_queries, address, queries):
    DatedFactFactory()
    with count_queries(queries):
        desk.get(address)

    DatedFactFactory.create_batch(4)
    with count_queries(queries):
        desk.get(address)


def test_a_figure_asks_as_often_for_many_values_as_for_one(desk):
    fact = DatedFactFactory(key="share")
    with CaptureQueriesContext(connection) as one:
        desk.get(f"{FACTS}share/")
    for _ in range(3):
        fact = DatedFactFactory(figure="share", follows=fact)
    with CaptureQueriesContext(connection) as many:
        desk.get(f"{FACTS}share/")

    assert len(one) == len(many)
    assert desk.get(f"{FACTS}nothing/").status_code == 404
