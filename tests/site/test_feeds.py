"""Atom feeds of a country, a topic and a search: for everybody the same."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tests.factories.agreements import (
    AgreementFactory,
    AgreementSectorFactory,
    AgreementStageFactory,
)
from tests.factories.casestudies import CaseCountryFactory
from tests.factories.courses import EditionFactory
from tests.factories.members import CountryFactory
from tests.factories.sources import SectorFactory
from tests.information.alerts.writing import NEW, a_search, findable, published, recorded

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def country():
    return CountryFactory(iso3="QAA", name="Qaaland & Co")


@pytest.fixture
def entries(client):
    """The titles of a feed."""

    def asked(address: str) -> set[str]:
        answer = client.get(address)
        assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
        found = ElementTree.fromstring(answer.content)
        ids = [entry.findtext(f"{ATOM}id") for entry in found.iter(f"{ATOM}entry")]
        assert len(ids) == len(set(ids))
        return {entry.findtext(f"{ATOM}title") for entry in found.iter(f"{ATOM}entry")}

    return asked


def test_a_countrys_feed_tells_of_both_its_sides_and_of_nobody_else(country, entries):
    acquires = recorded(country)
    hosts = AgreementStageFactory(agreement=AgreementFactory(host=country))
    CaseCountryFactory(country=country, case__slug="lamps")
    findable("lamps", "Lamps")
    guide = published(countries=[country])
    recorded(CountryFactory())
    published()
    findable(CaseCountryFactory().case.slug, "Of others")
    EditionFactory(course__slug="lamps")
    findable("lamps", "A course of no country", kind="course")

    assert entries("/feeds/countries/qaa/") == {
        f"{acquires.agreement}: bilateral agreement, signed, 1 March 2022",
        f"{hosts.agreement}: bilateral agreement, signed, 1 March 2022",
        "Lamps",
        guide.title,
    }


def test_a_topics_feed_tells_of_what_belongs_to_it(entries):
    sector, country = SectorFactory(slug="energy"), CountryFactory()
    line = recorded(country)
    AgreementSectorFactory(agreement=line.agreement, sector=sector)
    guide = published(sectors=[sector])
    case = CaseCountryFactory(case__sector=sector).case
    findable(case.slug, "Lamps")
    published(countries=[country])
    recorded(country)

    found = entries("/feeds/topics/energy/")

    assert found == {
        f"{line.agreement}: bilateral agreement, signed, 1 March 2022",
        guide.title,
        "Lamps",
    }


def test_an_areas_feed_tells_of_its_courses(entries):
    edition = EditionFactory()
    findable(edition.course.slug, "A6 Course", kind="course")
    findable(EditionFactory(course__area__number=2).course.slug, "Of others", kind="course")

    assert entries(f"/feeds/topics/{edition.course.area.slug}/") == {"A6 Course"}


def test_a_searchs_feed_tells_of_what_everybody_may_find_under_it(client, entries):
    findable("a", "Lamps of <Qaaland>", NEW)
    findable("b", "Lamps of staff", audience="role:administrator")
    findable("c", "Lamps of before", None)
    findable("d", "Lamps by name", kind="term")

    assert entries("/feeds/search/?q=lamps") == {"Lamps of <Qaaland>", "Lamps by name"}
    assert entries("/feeds/search/?q=lamps&kind=term") == {"Lamps by name"}
    page = client.get("/search/?q=lamps&kind=term").content.decode()
    assert page.count('href="/feeds/search/?q=lamps&amp;kind=term"') == 2


def test_what_is_not_there_has_no_feed(client):
    for address in ("/feeds/countries/zzq/", "/feeds/topics/nothing/"):
        assert client.get(address).status_code == 404
    assert client.get("/feeds/search/").content.count(b"<entry") == 0
    assert client.get("/feeds/search/?q=x&kind=nothing").status_code == 400


@pytest.mark.parametrize("number", [1, 4])
def test_a_feed_asks_as_much_for_one_thing_as_for_many(client, country, count_queries, number):
    sector = SectorFactory(slug="energy")
    for _n in range(number):
        AgreementSectorFactory(agreement=recorded(country).agreement, sector=sector)
        published(countries=[country], sectors=[sector])
        case = CaseCountryFactory(country=country, case__sector=sector).case
        findable(case.slug, "Lamps")

    with count_queries(7):
        client.get("/feeds/countries/qaa/")
    with count_queries(9):
        client.get("/feeds/topics/energy/")
    with count_queries(a_search()):
        client.get("/feeds/search/?q=lamps")
