from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from django.test import Client

from tests.factories.agreements import AgreementStageFactory
from tests.factories.sources import SourceFactory

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client: Client, **headers: str) -> Element:
    response = client.get("/agreements/feed/", headers=headers)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def texts(element: Element, name: str) -> list[str | None]:
    return [found.text for found in element.iter(f"{ATOM}{name}")]


def entry_ids(element: Element) -> list[str | None]:
    return [entry.findtext(f"{ATOM}id") for entry in element.iter(f"{ATOM}entry")]


def test_the_feed_has_what_atom_asks_for(client, db):
    AgreementStageFactory()

    found = feed(client)

    assert {child.tag.removeprefix(ATOM) for child in found} >= {
        "id",
        "title",
        "updated",
        "author",
        "link",
        "entry",
    }
    for entry in found.iter(f"{ATOM}entry"):
        names = {child.tag.removeprefix(ATOM) for child in entry}
        assert names >= {"id", "title", "updated", "link", "summary"}


def test_an_entry_tells_one_line_of_an_agreement(client, db):
    line = AgreementStageFactory(is_confirmed=False, source__title="The <list> & more")

    (entry,) = feed(client).iter(f"{ATOM}entry")

    assert entry.findtext(f"{ATOM}title") == f"{line.agreement}: signed, 1 March 2022"
    assert entry.findtext(f"{ATOM}summary") == (
        "bilateral agreement. Source: The &lt;list&gt; &amp; more. Not confirmed."
    )
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert urlsplit(link.attrib["href"]).path == line.agreement.get_absolute_url()


def test_entries_are_told_apart_by_absolute_ids(client, db, settings):
    settings.SITE_ADDRESS = "https://site.example"
    line = AgreementStageFactory(source__slug="talk")
    AgreementStageFactory(agreement=line.agreement, source=SourceFactory(slug="page"))
    AgreementStageFactory(agreement=line.agreement, source=None, is_confirmed=False)

    page = f"https://site.example/agreements/{line.agreement.slug}/"
    assert sorted(map(str, entry_ids(feed(client)))) == [
        f"{page}#2022-03-01-signed-no-source",
        f"{page}#2022-03-01-signed-page",
        f"{page}#2022-03-01-signed-talk",
    ]


def test_ids_stay_whatever_name_the_site_is_asked_by(content, client):
    ids = entry_ids(feed(client, host="localhost"))

    assert len(set(ids)) == 100
    assert entry_ids(feed(client, host="127.0.0.1")) == ids


def test_what_was_recorded_last_comes_first(client, db):
    old, new = AgreementStageFactory(on=date(2024, 1, 1)), AgreementStageFactory()

    titles = texts(feed(client), "title")[1:]

    assert titles == [f"{new.agreement}: {new}", f"{old.agreement}: {old}"]


def test_a_line_of_a_later_day_is_not_told_yet(client, db):
    AgreementStageFactory(on=date(2999, 1, 1))

    assert entry_ids(feed(client)) == []


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_can_be_sent_to_the_feed(client, db, method):
    assert getattr(client, method)("/agreements/feed/").status_code == 405
