"""News, links, facets and own jobs, as programs read them."""

from __future__ import annotations

import pytest
from django.test import Client

from partnership.accounts.models import Role
from tests.factories.accounts import person_with, token_of
from tests.factories.feeds import FeedFactory, ItemFactory
from tests.factories.information import VersionFactory
from tests.factories.jobs import JobFactory
from tests.factories.links import LinkFactory, LinkUseFactory
from tests.factories.members import FocalTermFactory
from tests.site.people import STRANGER, VISITOR, client_of
from tests.site.reading import csv_rows, rows, walk


def as_program(person, *scopes: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token_of(person, *scopes)}"}


# --- News -------------------------------------------------------------------------------


@pytest.mark.parametrize("many", [1, 12])
def test_news_are_those_that_were_accepted_in_pages_of_one_query(client, db, count_queries, many):
    feed = FeedFactory(slug="feed")
    found = {str(ItemFactory(feed=feed, decided=True).uuid) for _ in range(many)}
    waits = ItemFactory(feed=feed)

    with count_queries(1):
        client.get("/api/v1/news/")
    pages = walk(client, "/api/v1/news/?page_size=5")

    told = [row["uuid"] for page in pages for row in page]
    assert (set(told), len(told)) == (found, many)
    assert client.get(f"/api/v1/news/{waits.uuid}/").status_code == 404


def test_news_are_asked_for_by_feed_and_by_words(client, db):
    ItemFactory(decided=True, title="First credits", feed__slug="one")
    ItemFactory(decided=True, title="Second credits", feed__slug="two")

    def titles(query: str) -> list[str]:
        return [row["title"] for row in rows(client, f"/api/v1/news/?{query}")]

    assert titles("feed=one") == ["First credits"]
    assert titles("q=second") == ["Second credits"]
    wrong = client.get("/api/v1/news/?feed=three")
    assert (wrong.status_code, set(wrong.json()["fields"])) == (400, {"feed"})


# --- Links ------------------------------------------------------------------------------


@pytest.mark.parametrize("many", [1, 12])
def test_links_tell_their_fault_and_where_they_stand_in_two_queries(db, count_queries, many):
    for _ in range(many):
        LinkUseFactory(link__broken=True, page="/library/x/")
    client = client_of(Role.DATA_EDITOR)
    rows(client, "/api/v1/links/")

    before = 3  # the session, its person and their roles
    with count_queries(before + 2):
        found = rows(client, "/api/v1/links/")

    assert len(found) == many
    assert found[0]["is_broken"]
    assert found[0]["fault"] == "There is nothing at this address (404)."
    assert found[0]["places"][0]["page"] == "/library/x/"


def test_links_that_are_good_are_told_to_whoever_asks_for_them(db):
    good = LinkFactory(state="good")
    client = client_of(Role.TRAINER)

    assert rows(client, "/api/v1/links/") == []
    assert [row["uuid"] for row in rows(client, "/api/v1/links/?state=good")] == [str(good.uuid)]
    assert client.get(f"/api/v1/links/{good.uuid}/").json()["is_broken"] is False
    assert csv_rows(client, "/api/v1/links/?state=good&format=csv")[0]["address"] == good.address


def test_links_are_nobody_elses_business(db):
    found = {
        role: client_of(role).get("/api/v1/links/").status_code
        for role in (VISITOR, STRANGER, Role.FOCAL_POINT)
    }

    assert found == {VISITOR: 401, STRANGER: 403, Role.FOCAL_POINT: 403}


def test_a_program_of_the_secretariat_reads_links_with_their_scope_alone(db):
    admin = person_with(Role.ADMINISTRATOR)

    with_scope = Client().get("/api/v1/links/", headers=as_program(admin, "links:read"))
    without = Client().get("/api/v1/links/", headers=as_program(admin, "jobs:read"))

    assert (with_scope.status_code, without.status_code) == (200, 403)


# --- Jobs -------------------------------------------------------------------------------


def test_a_program_reads_the_jobs_of_its_person_and_of_nobody_else(db):
    for person in (FocalTermFactory().person, person_with(Role.ADMINISTRATOR)):
        mine = JobFactory(requested_by=person)
        other = JobFactory()
        headers = as_program(person, "jobs:read")

        listed = Client().get("/api/v1/jobs/", headers=headers).json()["results"]
        of_other = Client().get(f"/api/v1/jobs/{other.uuid}/", headers=headers)

        assert [row["uuid"] for row in listed] == [str(mine.uuid)]
        assert of_other.status_code == 404


# --- Facets -----------------------------------------------------------------------------


def facet(client, name: str, query: str = "") -> dict[str, int]:
    found = client.get(f"/api/v1/documents/facets/?{query}").json()
    (one,) = (row for row in found if row["filter"] == name)
    return {row["value"]: row["count"] for row in one["values"]}


def test_facets_count_what_each_value_would_show_beside_the_other_filters(client, db):
    VersionFactory(document__kind="report", document__language="en")
    VersionFactory(document__kind="report", document__language="fr")
    VersionFactory(document__kind="tool", document__language="")
    VersionFactory(document__kind="letter", published_at=None)

    assert facet(client, "kind") == {"report": 2, "tool": 1}
    assert facet(client, "kind", "language=fr") == {"report": 1}
    assert facet(client, "language", "language=fr") == {"en": 1, "fr": 1, "not-known": 1}
    assert client.get("/api/v1/documents/facets/?colour=red").status_code == 400


@pytest.mark.parametrize("many", [1, 8])
def test_facets_ask_the_same_for_one_and_for_many_documents(client, db, count_queries, many):
    for number in range(many):
        VersionFactory(document__kind="report", document__language=("en", "fr")[number % 2])

    with count_queries(2):
        client.get("/api/v1/documents/facets/")
