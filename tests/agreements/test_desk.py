"""The editors' pages of the register."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnership.accounts.models import Role
from partnership.agreements.models import Agreement, AgreementStage
from tests.factories.agreements import AgreementFactory, AgreementStageFactory
from tests.factories.members import CountryFactory
from tests.factories.sources import SourceFactory
from tests.site.people import client_of

pytestmark = pytest.mark.django_db
DESK = "/desk/register/"
LINE = {"stage": "signed", "instrument": "mou", "kind": "memorandum", "on": "2024-02-03"}
LINE |= {"precision": "year", "source": "letter", "is_confirmed": "on"}
LINE |= {"reason": "The letter came."}


@pytest.fixture
def desk():
    SourceFactory(slug="letter", title="A letter")
    return client_of(Role.DATA_EDITOR)


@pytest.fixture
def unread():
    pair = {"acquiring": CountryFactory(iso3="QAA"), "host": CountryFactory(iso3="QAB")}
    agreement = AgreementFactory(**pair)
    return AgreementStageFactory(agreement=agreement, source=None, is_confirmed=False)


def shown(desk, query: str = "") -> list[str]:
    return [row.slug for row in desk.get(DESK + query).context["page"]]


def test_an_agreement_is_added_with_its_first_line(desk):
    CountryFactory(iso3="QAA")
    CountryFactory(iso3="QAB")

    answer = desk.post(f"{DESK}add/", {**LINE, "acquiring": "QAA", "host": "QAB"})

    assert answer["Location"] == f"{DESK}qaa-qab/"
    assert AgreementStage.objects.get().on == date(2024, 12, 31)
    again = desk.post(f"{DESK}add/", {**LINE, "acquiring": "QAA", "host": "QAB"}).content.decode()
    assert "This pair is in the register." in again
    same = desk.post(f"{DESK}add/", {**LINE, "acquiring": "QAA", "host": "QAA"}).content.decode()
    assert "An agreement is between two Parties." in same
    assert Agreement.objects.count() == 1


def test_the_box_of_errors_names_what_is_wrong_in_the_pair_and_in_the_line(desk):
    page = desk.post(f"{DESK}add/", {}).content.decode()

    box = page.partition('class="error-summary"')[2].partition("</div>")[0]
    assert "Acquiring Party: " in box
    assert "Why it is entered: " in box


def test_a_line_that_was_read_needs_the_source_in_which_it_was(desk, unread):
    page = f"{DESK}qaa-qab/"

    answer = desk.post(page, {**LINE, "source": ""})
    assert "Name the source in which you read it." in answer.content.decode()
    assert desk.post(page, LINE).status_code == 302
    assert AgreementStage.objects.count() == 2


def test_a_line_is_found_in_the_list_to_confirm_and_confirmed(desk, unread):
    page = f"{DESK}qaa-qab/signed.2022-03-01/"
    assert page in desk.get("/desk/to-confirm/").content.decode()

    assert (
        desk.post(page, {"do": "confirm", "source": "letter", "reason": "Read"})["Location"]
        == f"{DESK}qaa-qab/"
    )

    assert AgreementStage.objects.get().is_confirmed
    assert desk.get(page).status_code == 404
    of_it = desk.get(f"{page[:-1]}.letter/").content.decode()
    assert ("Confirm it" in of_it, "Put it right" in of_it) == (False, True)


def test_whoever_confirms_a_line_names_the_source_anew(desk, unread):
    known = SourceFactory(slug="knowledge", title="Editors' knowledge")
    AgreementStage.objects.update(source=known)
    page = f"{DESK}qaa-qab/signed.2022-03-01.knowledge/"

    forms = desk.get(page).context["forms"]

    assert (forms["confirm"]["source"].value(), forms["correct"]["source"].value()) == (
        None,
        "knowledge",
    )
    assert "Name the source" in desk.post(page, {"do": "confirm"}).content.decode()


def test_a_line_is_put_right_with_a_reason_and_the_public_page_has_the_right_one(desk, unread):
    page = f"{DESK}qaa-qab/signed.2022-03-01/"

    without = desk.post(page, {**LINE, "do": "correct", "reason": ""}).content.decode()
    assert 'href="#id_correct_reason"' in without
    desk.post(page, {**LINE, "do": "correct", "reason": "The letter says <2024>"})

    answer = desk.get(f"{DESK}qaa-qab/")
    assert [line.on.year for line in answer.context["lines"]] == [2024]
    assert [line.on.year for line in answer.context["replaced"]] == [2022]
    assert "The letter says &lt;2024&gt;" in answer.content.decode()
    public = desk.get("/agreements/qaa-qab/")
    assert [line.on.year for line in public.context["agreement"].lines] == [2024]
    assert '<del dir="auto">1 March 2022</del>' in public.content.decode()


def test_agreements_are_found_by_what_the_address_asks(desk, unread):
    qaa, qab = unread.agreement.acquiring, unread.agreement.host
    alia = CountryFactory(iso3="QAC", name="Ålia")
    AgreementStageFactory(agreement=AgreementFactory(acquiring=alia, host=qaa))
    AgreementFactory(acquiring=CountryFactory(iso3="QAD"), host=qab)

    assert set(shown(desk)) == {"qaa-qab", "qac-qaa", "qad-qab"}
    assert shown(desk, "?q=alia") == ["qac-qaa"]
    assert shown(desk, "?q=qaa-qab") == shown(desk, "?state=unconfirmed") == ["qaa-qab"]
    assert shown(desk, "?state=empty") == ["qad-qab"]
    assert shown(desk, "?state=confirmed&stage=signed") == ["qac-qaa"]
    assert shown(desk, "?party=QAD") == ["qad-qab"]
    assert shown(desk, "?source=letter") == []
    assert shown(desk, "?ordering=-newest_on")[-1] == "qad-qab"
    assert shown(desk, "?ordering=-recorded_at")[0] == "qac-qaa"
    assert desk.get(f"{DESK}?state=lost").status_code == 400


def test_the_list_asks_as_often_for_many_as_for_one(desk, unread):
    with CaptureQueriesContext(connection) as one:
        desk.get(DESK)
    AgreementStageFactory.create_batch(3)
    with CaptureQueriesContext(connection) as many:
        desk.get(DESK)

    assert len(one) == len(many) <= 12


def test_an_agreement_asks_as_often_for_many_lines_as_for_one(desk, unread):
    with CaptureQueriesContext(connection) as one:
        desk.get(f"{DESK}qaa-qab/")
    for year in (2020, 2021):
        AgreementStageFactory(agreement=unread.agreement, on=date(year, 1, 1))
    with CaptureQueriesContext(connection) as many:
        desk.get(f"{DESK}qaa-qab/")

    assert len(one) == len(many) <= 12


def test_a_data_editor_finds_the_desk_and_nothing_of_the_secretariat(desk, unread):
    page = desk.get("/desk/").content.decode()

    for address in (DESK, "/desk/facts/", "/desk/sources/", "/desk/to-confirm/"):
        assert f'href="{address}"' in page
    assert "/desk/people/" not in page
    assert "/admin/" not in desk.get("/desk/to-confirm/").content.decode()
