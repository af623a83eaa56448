"""What is taken away names its licence and its day, and pages describe it to machines."""

from __future__ import annotations

import json
import re
from datetime import date
from xml.etree import ElementTree

import pytest

from partnership.accounts.models import Role
from partnership.lib import clock, datasets
from tests.factories.agreements import AgreementStageFactory
from tests.factories.information import VersionFactory
from tests.site.people import client_of
from tests.site.reading import csv_rows, sheet

BY = "https://creativecommons.org/licenses/by/4.0/"
OURS = "https://a6.example/terms"
NONE_ENTERED = "No licence has been entered on this site"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def licensed(db, settings):
    settings.DATA_LICENCE = BY


def described(client, address: str) -> dict:
    page = client.get(address).content.decode()
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(block)


def test_an_answer_of_our_data_links_to_its_licence(client, licensed):
    for name in ("agreements", "facts", "documents", "countries", "snapshots", "glossary"):
        answer = client.get(f"/api/v1/{name}/")
        assert answer["Link"] == f'<{BY}>; rel="license"', name


def test_what_is_not_ours_to_give_names_no_licence(client, licensed):
    assert "Link" not in client.get("/api/v1/news/")
    assert "Link" not in client_of(Role.FOCAL_POINT).get("/api/v1/people/")


def test_where_no_licence_was_entered_no_answer_links_to_one(client, db):
    assert "Link" not in client.get("/api/v1/agreements/")


def test_each_line_of_a_file_names_licence_and_day(client, licensed):
    AgreementStageFactory()
    today = clock.now().date()

    (in_csv,) = csv_rows(client, "/api/v1/agreements/?format=csv")
    (in_xlsx,) = sheet(client, "/api/v1/agreements/?format=xlsx")

    assert (in_csv["data_licence"], in_csv["taken_on"]) == (f"CC BY 4.0, {BY}", today.isoformat())
    assert (in_xlsx["data_licence"], in_xlsx["taken_on"].date()) == (f"CC BY 4.0, {BY}", today)


def test_a_file_says_where_no_licence_was_entered_and_names_one_that_we_do_not_know(
    client, db, settings
):
    VersionFactory(document__licence="CC0")

    (row,) = csv_rows(client, "/api/v1/documents/?format=csv")
    assert row["data_licence"].startswith(NONE_ENTERED)
    assert row["licence"] == "CC0"

    settings.DATA_LICENCE = OURS
    (row,) = csv_rows(client, "/api/v1/documents/?format=csv")
    assert row["data_licence"] == OURS


@pytest.mark.parametrize(
    ("address", "files"),
    [
        ("/agreements/", "/api/v1/agreements/"),
        ("/library/", "/api/v1/documents/"),
        ("/figures/", "/api/v1/facts/"),
    ],
)
def test_a_list_describes_itself_as_a_dataset(client, licensed, settings, address, files):
    told = described(client, address)

    assert (told["@type"], told["license"]) == ("Dataset", BY)
    assert told["dateModified"] == clock.now().date().isoformat()
    assert told["url"] == f"{settings.SITE_ADDRESS}{address}"
    for file in told["distribution"]:
        path = file["contentUrl"].removeprefix(settings.SITE_ADDRESS)
        assert path.startswith(files)
        assert client.get(path)["Content-Type"].startswith(file["encodingFormat"])


def test_a_description_cannot_end_its_block():
    hostile = "</script><!--\u2028&"
    told = datasets.block(datasets.Dataset(hostile, hostile, "/x/", {}, covers=(DAY, DAY)))

    assert not re.search(r"[<>&\u2028]", told)
    assert json.loads(told)["name"] == hostile
    assert json.loads(told)["temporalCoverage"] == "2026-03-01/2026-03-01"


DAY = date(2026, 3, 1)


def test_the_feed_carries_rights_and_when_it_was_changed(client, licensed):
    AgreementStageFactory()

    feed = ElementTree.fromstring(client.get("/agreements/feed/").content)

    assert feed.findtext(f"{ATOM}rights") == f"CC BY 4.0, {BY}"
    assert feed.findtext(f"{ATOM}updated") == feed.findtext(f"{ATOM}entry/{ATOM}updated")


def test_the_feed_says_where_no_licence_was_entered(client, db):
    feed = ElementTree.fromstring(client.get("/agreements/feed/").content)

    assert feed.findtext(f"{ATOM}rights").startswith(NONE_ENTERED)
