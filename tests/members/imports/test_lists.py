"""Institutions and memberships, and lists that come back as they went."""

from __future__ import annotations

from datetime import date

import pytest

from partnership.accounts.models import Role
from partnership.members.models import Institution, Participation
from partnership.search.models import SearchEntry
from tests.factories.accounts import person_with
from tests.factories.members import (
    AffiliationFactory,
    CountryFactory,
    InstitutionFactory,
    ParticipationFactory,
)
from tests.factories.sources import SourceFactory
from tests.members.imports.helpers import problems, taken_in, tried, verdicts

pytestmark = pytest.mark.django_db
INSTITUTIONS = ["Name", "Acronym", "Kind", "Country of seat", "Website", "Source"]
PARTICIPATIONS = ["Member", "Joined", "Left", "Source", "Note"]


def institutions(*rows: list[str], take: bool = True):
    return (taken_in if take else tried)(rows, columns=INSTITUTIONS, kind="institutions")


def memberships(*rows: list[str], take: bool = True):
    return (taken_in if take else tried)(rows, columns=PARTICIPATIONS, kind="participations")


def test_an_institution_is_added_with_a_slug_and_can_be_searched() -> None:
    CountryFactory(iso3="QAA")
    SourceFactory(slug="list")
    InstitutionFactory(slug="green-bank", name="Another")
    imported = institutions(["Green Bank", "GB", "Development bank", "QAA", "", "list"])
    row = Institution.objects.get(name="Green Bank")
    assert verdicts(imported) == {2: "new"}
    assert (row.slug, row.acronym, row.kind, row.seat_id) == ("green-bank-2", "GB", "bank", "QAA")
    assert (row.sort_key, row.source.slug) == ("green bank", "list")
    assert SearchEntry.objects.filter(kind="institution", key="green-bank-2").exists()


def test_an_institution_that_is_known_is_changed_where_the_row_says_otherwise() -> None:
    row = InstitutionFactory(name="Green Bank", acronym="", website="https://old.example")
    imported = institutions(["green bank", "GB", "", "", "https://new.example", ""])
    assert imported.rows.get().changes == {
        "acronym": ["", "GB"],
        "website": ["https://old.example", "https://new.example"],
    }
    row.refresh_from_db()
    assert (row.name, row.acronym, row.website) == ("Green Bank", "GB", "https://new.example")
    assert verdicts(institutions(["green bank", "GB", "", "", "", ""], take=False)) == {2: "same"}


def test_what_is_wrong_with_an_institution_is_told() -> None:
    SourceFactory(slug="list")
    imported = institutions(
        ["", "", "", "", "", "list"],
        ["A", "", "zoo", "", "", "list"],
        ["B", "", "", "", "javascript:alert(1)", "list"],
        ["C", "", "", "", "", ""],
        ["D", "", "", "Nowhere", "", "list"],
        take=False,
    )
    # A row without a name still holds a source.
    assert [found[0][0] for found in problems(imported).values()] == [
        *("name", "kind", "website", "source", "seat"),
    ]


def test_a_membership_is_added_and_its_end_is_changed() -> None:
    CountryFactory(iso3="QAA")
    SourceFactory(slug="list")
    memberships(["QAA", "2023-01-01", "", "list", ""])
    imported = memberships(["qaa", "2023-01-01", "2024-12-31", "", "left"])
    line = Participation.objects.get()
    assert imported.rows.get().changes == {
        "ends_on": [None, "2024-12-31"],
        "note": ["", "left"],
    }
    assert (line.country_id, line.ends_on, line.source.slug) == ("QAA", date(2024, 12, 31), "list")


def test_two_memberships_in_one_time_are_told_in_the_sheet_and_beside_it() -> None:
    ParticipationFactory(country__iso3="QAA", begins_on=date(2023, 1, 1))
    CountryFactory(iso3="QAB")
    SourceFactory(slug="list")
    imported = memberships(
        ["QAA", "2024-01-01", "", "list", ""],
        ["QAB", "2023-01-01", "", "list", ""],
        ["QAB", "2024-01-01", "", "list", ""],
    )
    # The third is right by itself: only beside the second does the database refuse it.
    assert verdicts(imported) == {2: "wrong", 3: "new", 4: "wrong"}
    assert list(Participation.objects.filter(country="QAB").values_list("begins_on")) == [
        (date(2023, 1, 1),)
    ]


@pytest.mark.audit
@pytest.mark.parametrize("kind", ["people", "institutions", "participations"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_taken_away_and_sent_again_is_all_the_same(client, kind: str, ending: str) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from partnership.lib import clock
    from partnership.members.imports import services
    from partnership.members.models import SheetImport
    from tests.members.imports.helpers import work

    AffiliationFactory(title="=1+1", ends_on=date(2099, 1, 1), country__iso3="QAA")
    ParticipationFactory(note="'s first", ends_on=date(2024, 1, 1))
    ParticipationFactory(country=None, institution=InstitutionFactory(acronym="-X"))
    client.force_login(person_with(Role.ADMINISTRATOR))
    sheet = client.get(f"/desk/members/exports/{kind}/?format={ending}")
    file = SimpleUploadedFile(f"list.{ending}", b"".join(sheet.streaming_content))
    sent = client.post("/desk/members/imports/", {"kind": kind, "file": file})
    assert sent.status_code == 302
    imported = SheetImport.objects.get()
    services.name_columns(imported, imported.mapping, at=clock.now())
    assert set(verdicts(work(imported)).values()) == {"same"}
    assert problems(imported) == {}
