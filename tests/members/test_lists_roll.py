from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnership.accounts.models import Role
from partnership.audit.models import AuditEntry
from partnership.lib import clock
from partnership.members.delegations import find
from partnership.members.models import Institution, Participation, ProfileRevision
from partnership.members.refusals import AlreadyThere, NotYours
from partnership.members.services import roll
from partnership.search.models import SearchEntry
from tests.factories.accounts import UserFactory, person_with
from tests.factories.members import (
    CountryFactory,
    FocalTermFactory,
    InstitutionFactory,
    ParticipationFactory,
)
from tests.factories.sources import SourceFactory
from tests.site.people import client_of

pytestmark = pytest.mark.django_db
COUNTRIES, INSTITUTIONS = "/desk/members/countries/", "/desk/members/institutions/"
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def desk():
    return client_of(Role.ADMINISTRATOR)


@pytest.fixture
def boss():
    return person_with(Role.ADMINISTRATOR)


@pytest.fixture
def source():
    return SourceFactory(slug="letter", title="A letter")


def shown(desk, address: str) -> list[str]:
    return [row.key for row in desk.get(address).context["rows"]]


def a_country(code: str, **line):
    country = CountryFactory(iso3=code)
    if line:
        ParticipationFactory(country=country, **line)
    return country


def test_the_roll_is_filtered_by_membership_on_the_day(desk):
    today = clock.now().date()
    a_country("QAA", begins_on=date(2023, 1, 1))
    a_country("QAB", begins_on=date(2022, 1, 1), ends_on=today - timedelta(days=1))
    a_country("QAC", begins_on=date(2022, 1, 1), ends_on=today)
    a_country("QAD", begins_on=today + timedelta(days=1))

    assert shown(desk, COUNTRIES) == ["qaa", "qab", "qac", "qad"]
    assert shown(desk, f"{COUNTRIES}?state=member") == ["qaa", "qac"]
    assert shown(desk, f"{COUNTRIES}?state=left") == ["qab"]
    assert shown(desk, f"{COUNTRIES}?state=unknown") == ["qad"]
    assert shown(desk, f"{COUNTRIES}?q=qab&type=Asia") == ["qab"]
    assert shown(desk, f"{COUNTRIES}?type=Africa") == []
    assert desk.get(f"{COUNTRIES}?type=bank").status_code == 400


def test_the_roll_says_whose_term_ends_when(desk):
    today = clock.now().date()
    term = FocalTermFactory(country=a_country("QAA"), ends_on=today + timedelta(days=20))
    FocalTermFactory(country=a_country("QAB"))
    a_country("QAC")

    assert shown(desk, f"{COUNTRIES}?focal=soon") == ["qaa"]
    assert shown(desk, f"{COUNTRIES}?focal=some") == ["qaa", "qab"]
    assert shown(desk, f"{COUNTRIES}?focal=none") == ["qac"]
    page = desk.get(f"{COUNTRIES}?focal=soon").content.decode()
    assert str(term.person) in page
    assert page.count("ends soon") == 1


@pytest.mark.parametrize("address", [COUNTRIES, INSTITUTIONS])
def test_the_roll_asks_as_often_for_many_as_for_one(desk, address):
    def more():
        FocalTermFactory(country=ParticipationFactory().country)
        ParticipationFactory(country=None, institution=InstitutionFactory(kind="bank"))

    more()
    with CaptureQueriesContext(connection) as one:
        desk.get(address)
    more()
    more()
    with CaptureQueriesContext(connection) as many:
        desk.get(address)

    assert len(one) == len(many) <= 9


def test_what_the_filter_fits_is_taken_away_and_the_log_says_so(desk, boss):
    bank = InstitutionFactory(name="=Bank", slug="bank", kind="bank")
    InstitutionFactory(kind="research")
    ParticipationFactory(country=None, institution=bank, begins_on=date(2024, 5, 1))
    roll.publish_contact(
        find("institution", "bank"), {"contact": "Desk 1", "website": ""}, by=boss, at=AT
    )

    answer = desk.get(f"{INSTITUTIONS}sheet/?type=bank")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")

    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["key"], row["name"], row["joined"], row["contact"]) == (
        "bank",
        "'=Bank",
        "2024-05-01",
        "Desk 1",
    )
    assert AuditEntry.objects.get(verb="list.export").changes == {
        "list": "institutions",
        "rows": 1,
    }


def test_a_membership_is_written_with_its_source_and_changed_afterwards(desk, source):
    a_country("QAA")
    page = "/desk/members/roll/country/qaa/"
    typed = {"do": "line", "begins_on": "2024-05-01", "source": "letter", "ends_on": ""}

    assert desk.post(page, typed).status_code == 302
    assert desk.post(page, typed).context["sent"].errors  # a second line would overlap
    desk.post(f"{page}?line=2024-05-01", {**typed, "ends_on": "2025-12-31"})

    line = Participation.objects.get()
    assert (line.begins_on, line.ends_on, line.source) == (
        date(2024, 5, 1),
        date(2025, 12, 31),
        source,
    )
    last = AuditEntry.objects.filter(verb="membership.change").get()
    assert last.changes == {"ends_on": [None, "2025-12-31"], "of": [None, "country/qaa"]}
    assert desk.get(f"{page}?line=2020-01-01").status_code == 404


def test_a_membership_without_a_source_or_that_ends_before_it_begins_is_not_written(desk):
    a_country("QAA")
    typed = {"do": "line", "begins_on": "2024-05-01", "ends_on": "2024-01-01"}

    answer = desk.post("/desk/members/roll/country/qaa/", typed)

    assert sorted(answer.context["sent"].errors) == ["ends_on", "source"]
    assert not Participation.objects.exists()


def test_two_memberships_at_one_time_are_refused(boss, source):
    a_country("QAA", begins_on=date(2023, 1, 1))

    with pytest.raises(AlreadyThere):
        roll.write_membership(
            find("country", "qaa"),
            roll.Line(date(2024, 1, 1), None, source),
            row=None,
            by=boss,
            at=AT,
        )

    assert Participation.objects.count() == 1


def test_an_institution_is_added_found_and_changed(desk, source):
    InstitutionFactory(slug="clean-air-bank")
    typed = {"name": "Clean Air Bank", "kind": "bank", "source": "letter"}

    answer = desk.post(f"{INSTITUTIONS}new/", typed)
    page = "/desk/members/roll/institution/clean-air-bank-2/"
    desk.post(page, {**typed, "do": "details", "kind": "research", "acronym": "CAB"})

    row = Institution.objects.get(name="Clean Air Bank")
    assert answer["Location"] == page
    assert (row.kind, row.acronym, row.source) == ("research", "CAB", source)
    assert SearchEntry.objects.filter(kind="institution", key="clean-air-bank-2").exists()
    assert AuditEntry.objects.get(verb="institution.change").changes == {
        "acronym": ["", "CAB"],
        "kind": ["bank", "research"],
    }


def test_a_second_institution_of_one_name_is_refused_with_a_sentence(desk, source):
    InstitutionFactory(name="Bank")

    answer = desk.post(f"{INSTITUTIONS}new/", {"name": "Bank", "kind": "bank", "source": "letter"})

    assert answer.context["form"].errors
    assert Institution.objects.count() == 1


def test_a_new_contact_is_shown_at_once_and_the_text_stays(boss):
    place = find("country", a_country("QAA").code)
    words = {"contact": "Office 1", "website": "https://a.example"}
    first = roll.publish_contact(place, words, by=boss, at=AT)
    ProfileRevision.objects.filter(pk=first.pk).update(text="We do much.")

    again = roll.publish_contact(place, words, by=boss, at=AT)
    later = AT + timedelta(days=1)
    roll.publish_contact(place, {**words, "contact": "Office 2"}, by=boss, at=later)

    newest = ProfileRevision.objects.published().latest("published_at")
    assert again is None
    assert (newest.contact, newest.text, newest.website) == (
        "Office 2",
        "We do much.",
        "https://a.example",
    )
    assert ProfileRevision.objects.count() == 2


def test_nobody_but_the_secretariat_writes_on_the_roll(source):
    row, place = InstitutionFactory(), find("country", a_country("QAA").code)
    line, other = roll.Line(date(2024, 1, 1), None, source), UserFactory()
    words = {"name": "New", "kind": "bank", "source": source}
    said = {"contact": "x", "website": ""}

    for act in (
        lambda: roll.write_membership(place, line, row=None, by=other, at=AT),
        lambda: roll.add_institution(words, by=other, at=AT),
        lambda: roll.change_institution(row, words, by=other, at=AT),
        lambda: roll.publish_contact(place, said, by=other, at=AT),
    ):
        with pytest.raises(NotYours):
            act()

    assert not Participation.objects.exists()
