"""What a mail tells: all that is new in what somebody follows, each thing once."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from partnership.information.models import Digest, DigestHit
from partnership.mail import stops
from partnership.mail.models import Kind, MailStop
from tests.factories.alerts import MONDAY, WEEK, AlertFactory, DigestFactory
from tests.factories.casestudies import CaseCountryFactory, CaseStudyFactory
from tests.factories.courses import EditionFactory
from tests.factories.feeds import ItemFactory
from tests.factories.members import AffiliationFactory, CountryFactory
from tests.factories.sources import SectorFactory
from tests.information.alerts.writing import (
    NEW,
    a_search,
    findable,
    mails,
    published,
    reader,
    recorded,
    round_at,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def country():
    return CountryFactory(iso3="QAA", name="Qaaland")


def told(person) -> set[tuple[str, str]]:
    return set(DigestHit.objects.filter(person=person).values_list("kind", "key"))


@pytest.fixture
def week(country):
    """Something new of each kind, and who follows all of it."""
    case = CaseCountryFactory(country=country, case__slug="lamps").case
    findable("lamps", "Lamps of Qaaland", address=case.get_absolute_url())
    findable("itmo", "Outcome", kind="term", summary="An ITMO is a tonne.")
    found = SimpleNamespace(
        case=case,
        line=recorded(country),
        guide=published(sectors=[SectorFactory(slug="energy")], document__title="Energy guide"),
        toolkit=published(number=2, what_changed="More", document__title="Toolkit"),
        item=ItemFactory(state="accepted", decided_at=NEW, found_at=NEW, title="Talks went on"),
    )
    found.anna = reader(
        ("country", "QAA"),
        ("topic", "energy"),
        ("document", found.toolkit.slug),
        ("source", found.item.feed.slug),
        ("search", "itmo"),
        name="Anna",
    )
    return found


def test_one_mail_tells_of_all_that_is_new_in_everything_that_is_followed(week, settings):
    settings.SITE_ADDRESS = site = "https://a6.example"

    assert round_at() == 1

    mail, item = mails()[week.anna.email], week.item
    assert mail.key == f"digest:{week.anna.uuid}:2026-03-02T07:00:00+00:00"
    assert (mail.kind, mail.reader) == (Kind.ALERTS, week.anna)
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.subject.startswith("6 new items: Qaaland, ")
    guide = site + week.guide.get_absolute_url()
    for words in (
        "Dear Anna,",
        "Qaaland\n--------\n\n- ",
        f"- Lamps of Qaaland\n  {site}{week.case.get_absolute_url()}\n",
        f"- {week.line.agreement}: bilateral agreement, signed, 1 March 2022\n",
        f"- Energy guide\n  {guide}\n",
        "- Toolkit (version 2)\n",
        f"- Talks went on\n  {site}/news/?feed={item.feed.slug}#item-{item.uuid}\n",
        "Search for “itmo”\n--------\n\n- Outcome\n",
    ):
        assert words in mail.body
    assert f'<a class="link" href="{guide}" dir="auto"' in mail.html


def test_what_a_mail_told_is_kept_with_it(week):
    round_at()

    assert told(week.anna) == {
        ("case", "lamps"),
        ("line", f"{week.line.agreement.slug}/{week.line.handle}"),
        ("document", week.guide.slug),
        ("version", f"{week.toolkit.slug}/2"),
        ("item", str(week.item.uuid)),
        ("term", "itmo"),
    }


def test_a_course_is_new_in_its_area():
    edition = EditionFactory()
    findable(edition.course.slug, "A6 New course", kind="course")
    anna = reader(("topic", edition.course.area.slug))

    round_at()

    assert ("course", edition.course.slug) in told(anna)


def test_a_thing_is_told_once_by_whatever_it_is_found_and_however_often(country):
    document = published(countries=[country])
    findable(document.slug, "Guide of outcomes", kind="document")
    anna = reader(("country", "QAA"), ("search", "outcomes"), ("document", document.slug))

    assert round_at() == 1
    assert mails()[anna.email].body.count(document.get_absolute_url()) == 1
    # It is withdrawn and put back, and what follows looks further back than the last mail.
    findable(document.slug, "Guide of outcomes", MONDAY - DAY, kind="document")
    assert round_at(MONDAY + WEEK) == 0


def test_nothing_new_is_no_mail_and_the_next_one_is_set_all_the_same(country):
    anna = reader(("country", "QAA"))
    nobody = DigestFactory(rhythm="daily")
    published(MONDAY - 2 * WEEK, countries=[country])

    assert round_at() == 0

    assert Digest.objects.get(person=anna).next_at == MONDAY + WEEK
    assert Digest.objects.get(pk=nobody.pk).next_at == MONDAY + DAY
    assert not mails()


def test_what_was_there_before_it_was_followed_is_not_new(country):
    published(NEW, countries=[country], document__title="Before")
    anna = reader()
    AlertFactory(person=anna, since=NEW + DAY)
    published(NEW + 2 * DAY, countries=[country], document__title="After")

    round_at()

    body = mails()[anna.email].body
    assert ("After" in body, "Before" in body) == (True, False)


def test_what_is_written_at_the_moment_of_a_mail_and_seen_later_is_in_the_next(country):
    anna = reader(("country", "QAA"))
    round_at()
    late = published(MONDAY - timedelta(seconds=1), countries=[country])

    assert round_at(MONDAY + WEEK) == 1
    assert told(anna) == {("document", late.slug)}


def test_nobody_is_told_of_what_is_not_for_them(country):
    official = reader(("search", "outcomes"))
    AffiliationFactory(person=official, country=country)
    anna = reader(("search", "outcomes"))
    findable("own", "Outcomes of Qaaland", audience="country:QAA")
    findable("staff", "Outcomes for staff", audience="role:administrator")

    assert round_at() == 1
    assert told(official) == {("case", "own")}
    assert not told(anna)


def test_a_search_is_narrowed_as_it_was_when_it_was_saved():
    anna = reader()
    AlertFactory(person=anna, kind="search", key="outcomes", narrowed="term", texts="fr")
    findable("a", "Outcomes", kind="case", language="fr")
    findable("b", "Outcomes", kind="term", language="en")
    findable("c", "Outcomes", kind="term", language="fr")

    round_at()

    assert told(anna) == {("term", "c")}
    assert "Search for “outcomes” · " in mails()[anna.email].body


def test_what_search_found_before_anybody_kept_since_when_is_never_new():
    reader(("search", "outcomes"))
    findable("a", "Outcomes", None)

    assert round_at() == 0


def test_each_reader_is_written_to_in_the_own_language(country):
    recorded(country)
    anna = reader(("country", "QAA"), language="fr")

    round_at()

    mail = mails()[anna.email]
    assert 'lang="fr"' in mail.html
    assert "signé" in mail.body


def test_a_stop_holds_for_whatever_is_followed_later_and_is_not_made_up_for(country):
    anna = reader(("country", "QAA"))
    stops.stop(anna, Kind.ALERTS, at=NEW)
    AlertFactory(person=anna, kind="topic", key="energy")
    published(NEW, countries=[country])

    assert round_at() == 0

    assert MailStop.objects.count() == 1
    stops.allow(anna, Kind.ALERTS)
    assert round_at(MONDAY + WEEK) == 0
    published(MONDAY + WEEK, countries=[country])
    assert round_at(MONDAY + 2 * WEEK) == 1


def test_a_closed_account_gets_no_mail(country):
    reader(("country", "QAA"), is_active=False)
    published(countries=[country])

    assert round_at() == 0


def test_a_long_list_ends_with_its_number_and_its_page(country):
    for number in range(60):
        published(countries=[country], document__title=f"Guide {number}")
    anna = reader(("country", "QAA"), ("topic", "energy"))

    round_at()

    mail = mails()[anna.email]
    assert mail.subject == "60 new items: Qaaland"
    assert mail.body.count("\n- Guide") == 48
    assert "- and 12 more\n" in mail.body
    assert len(mail.html.encode()) < 30_000
    assert len(told(anna)) == 60


def test_a_subject_names_long_things_shortly():
    sector = SectorFactory(slug="energy", name="Facilitate understanding of the rules and targets")
    published(sectors=[sector])
    anna = reader(("topic", "energy"))

    round_at()

    assert mails()[anna.email].subject == "1 new item: Facilitate understanding of the rules a…"


def test_words_that_cannot_be_written_keep_nobody_elses_mail_back(country, monkeypatch):
    bad = published(countries=[country])
    anna = reader(("country", "QAA"))
    ben = reader(("document", "fine"))
    published(document__slug="fine")
    monkeypatch.setattr(
        "partnership.information.alerts.sending._subject",
        lambda groups, count: 1 / 0 if groups[0].name == "Qaaland" else "Fine",
    )

    assert round_at() == 1

    monkeypatch.undo()
    assert (told(anna), told(ben)) == (set(), {("document", "fine")})
    assert round_at(MONDAY + WEEK) == 1
    assert told(anna) == {("document", bad.slug)}


@pytest.mark.parametrize("number", [1, 5])
def test_a_round_asks_as_much_for_one_reader_as_for_many(country, count_queries, number):
    sector = SectorFactory(slug="energy")
    for _n in range(number):
        recorded(country)
        published(countries=[country], sectors=[sector])
        case = CaseStudyFactory(sector=sector)
        findable(case.slug, "Outcomes")
        reader(("country", "QAA"), ("topic", "energy"), ("search", "outcomes"))

    # One search, which all of them have.
    with count_queries(28 + a_search()):
        assert round_at() == number
