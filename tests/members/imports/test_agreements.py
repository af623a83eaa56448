"""A list of agreements that another source keeps: tried, taken in, taken back."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from partnership.accounts.models import Role
from partnership.agreements.importing import judge
from partnership.agreements.models import Agreement, AgreementStage
from partnership.lib import clock
from partnership.members.imports import queries, services
from partnership.members.imports.judging import Scope
from partnership.members.models import SheetImport
from partnership.search.models import SearchEntry
from partnership.sources.models import Source
from tests.factories.agreements import AgreementFactory, AgreementStageFactory
from tests.factories.members import CountryFactory
from tests.factories.sources import SourceFactory
from tests.members.imports.helpers import problems, taken_in, tried, verdicts, work
from tests.site.people import client_of

pytestmark = pytest.mark.django_db
COLUMNS = ["Buyer", "Seller", "Type", "Status", "Date signed", "Database", "URL", "As of"]
LIST, READ = "Pipeline of others", "2026-10-05"
ADDRESS = "https://pipeline.example/list.xlsx"


@pytest.fixture(autouse=True)
def _countries():
    for code in ("QAA", "QAB", "QAC"):
        CountryFactory(iso3=code, name=f"Country {code}")


@pytest.fixture
def known() -> AgreementStage:
    """A pair that the register has, signed on a day that was read in a source."""
    agreement = AgreementFactory(
        acquiring_id="QAA", host_id="QAB", acquiring=None, host=None, slug="qaa-qab"
    )
    return AgreementStageFactory(agreement=agreement, on=date(2023, 5, 1))


def row(*said: str, host: str = "QAB") -> list[str]:
    """Type, status and day of a pair."""
    return ["QAA", host, *said, LIST, ADDRESS, READ]


def listed(*rows: list[str], take: bool = True) -> SheetImport:
    return (taken_in if take else tried)(rows, columns=COLUMNS, kind="agreements")


def noticed(sheet: SheetImport) -> list[str]:
    return [queries.shown(sheet, line).noticed for line in sheet.rows.order_by("number")]


def test_a_known_pair_is_also_reported_by_the_list_on_its_day(known, client: Client):
    sheet = listed(row("", "", ""))

    assert verdicts(sheet) == {2: "new"}
    line = AgreementStage.objects.exclude(pk=known.pk).get()
    assert (line.agreement, line.on, line.is_report_date) == (
        known.agreement,
        date(2026, 10, 5),
        True,
    )
    assert (line.is_confirmed, line.checked_on, line.stage) == (False, None, "not_stated")
    source = Source.objects.get(title=LIST)
    assert (line.source, source.address, source.accessed_on) == (source, ADDRESS, line.on)
    page = client.get(known.agreement.get_absolute_url()).content.decode()
    assert "Also reported by" in page
    assert f'dir="auto">{LIST}</a>' in page
    assert "listed on" in page


def test_the_same_list_again_changes_nothing(known):
    rows = [row("MoU", "signed", "2024-02"), row("", "In force", "", host="QAC")]
    listed(*rows)
    before = list(AgreementStage.objects.values())

    again = listed(*rows, take=False)

    assert verdicts(again) == {2: "same", 3: "same"}
    assert list(AgreementStage.objects.values()) == before


def test_an_unknown_pair_becomes_an_unconfirmed_agreement_with_that_source():
    sheet = listed(
        row("Implementation agreement", "Signed", "2024-02-03", host="QAC"),
        row("", "In force", "2025", host="QAC"),
    )

    assert verdicts(sheet) == {2: "new", 3: "new"}
    assert [text.count("it is added") for text in noticed(sheet)] == [2, 2]
    agreement = Agreement.objects.get(slug="qaa-qac")
    signed, in_force = agreement.stages.order_by("on")
    assert (signed.instrument, signed.on) == ("implementation_agreement", date(2024, 2, 3))
    assert (in_force.on, in_force.precision) == (date(2025, 12, 31), "year")
    assert Source.objects.filter(title=LIST).count() == 1
    assert not agreement.stages.filter(is_confirmed=True).exists()
    assert SearchEntry.objects.filter(kind="agreement", key="qaa-qac").exists()


def test_rows_that_disagree_are_told_before_and_shown_beside_what_was_there(known, client):
    sheet = listed(row("MoU", "signed", "2023-06-01"), take=False)

    (told,) = noticed(sheet)
    assert "The register has “signed” of 1 May 2023; both will be shown." in told
    assert "The register names another instrument: bilateral agreement." in told
    assert AgreementStage.objects.count() == 1
    assert not Source.objects.filter(title=LIST).exists()
    page = client_of(Role.ADMINISTRATOR).get(f"/desk/members/imports/{sheet.uuid}/")
    assert "both will be shown" in page.content.decode()

    services.take_in(sheet, at=clock.now())
    work(sheet)

    page = client.get(known.agreement.get_absolute_url())
    assert page.context["differences"] == {"days", "forms"}
    assert page.context["agreement"].line == known
    known.refresh_from_db()
    assert (known.on, known.corrected_at) == (date(2023, 5, 1), None)


def test_what_is_wrong_is_told_by_row_and_field(known):
    AgreementFactory(acquiring=known.agreement.acquiring, host=known.agreement.host, series=2)

    sheet = listed(
        ["QAA", "Nowhere", "", "", "", LIST, "", READ],
        ["QAA", "QAA", "", "", "", LIST, "", READ],
        ["QAA", "QAC", "Treaty of all", "", "", LIST, "", READ],
        ["QAA", "QAC", "", "perhaps", "", LIST, "", READ],
        ["QAA", "QAC", "", "", "03/04/2024", LIST, "", READ],
        ["QAA", "QAC", "", "", "", LIST, "", "2999-01-01"],
        ["QAA", "QAC", "", "", "", "", "", READ],
        ["QAA", "QAC", "", "", "", "Another", "javascript:alert(1)", READ],
        ["QAA", "QAB", "", "", "", LIST, "", READ],
        take=False,
    )

    assert [found[0][0] for found in problems(sheet).values()] == [
        *("host", "host", "instrument", "status", "on", "read_on", "source", "source_address", ""),
    ]


def test_a_line_that_was_put_right_does_not_come_back(known):
    SourceFactory(slug="pipeline", title=LIST)
    listed(row("", "signed", "2023-06-01"))
    AgreementStage.objects.exclude(pk=known.pk).update(corrected_at=clock.now())

    assert verdicts(listed(row("", "signed", "2023-06-01"), take=False)) == {2: "same"}


def test_all_of_it_is_taken_back_but_for_what_somebody_changed(known):
    sheet = listed(row("", "signed", "2024-01-01", host="QAC"), row("", "", ""))
    AgreementStage.objects.filter(agreement=known.agreement).exclude(pk=known.pk).update(
        note="Mine"
    )

    services.take_back(sheet, by=sheet.by, at=clock.now())
    work(sheet)

    assert not Agreement.objects.filter(slug="qaa-qac").exists()
    assert AgreementStage.objects.count() == 2
    kept = [change.kept_because for change in queries.kept(sheet)]
    assert kept == ["Something else leans on it by now.", "It was changed since."]
    assert Source.objects.filter(title=LIST).exists()


@pytest.mark.parametrize("rows", [1, 8])
def test_a_list_is_judged_at_the_same_cost_for_any_number_of_rows(count_queries, rows):
    scope = Scope(at=clock.now(), by=None)
    value = {"acquiring": "QAA", "host": "QAB", "source": LIST, "read_on": READ}

    with count_queries(7):
        found = judge([{**value, "on": f"20{10 + n}"} for n in range(rows)], scope)

    assert {one.verdict for one in found} == {"new"}


def test_only_the_secretariat_is_offered_the_list(known):
    asked = "/desk/members/imports/?kind=agreements"
    page = client_of(Role.ADMINISTRATOR).get(asked).content.decode()

    assert '<option value="agreements" selected>' in page
    link = 'href="/desk/members/imports/?kind=agreements"'
    assert link in client_of(Role.ADMINISTRATOR).get("/desk/register/").content.decode()
    assert link not in client_of(Role.DATA_EDITOR).get("/desk/register/").content.decode()
