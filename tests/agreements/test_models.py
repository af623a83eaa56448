from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError

from partnership.agreements.models import Agreement, AgreementStage
from partnership.lib.dating import Precision
from tests.factories.agreements import (
    AgreementFactory,
    AgreementSectorFactory,
    AgreementStageFactory,
)
from tests.factories.members import CountryFactory
from tests.factories.sources import SourceFactory

Stage, Instrument, Kind = AgreementStage.Stage, AgreementStage.Instrument, AgreementStage.Kind


def known_on(day: date) -> Agreement:
    return Agreement.objects.on(day).get()


# --- What the database refuses ----------------------------------------------------------


def test_a_party_has_no_agreement_with_itself(db):
    party = CountryFactory()

    with pytest.raises(IntegrityError, match="agreement_between_two_parties"):
        AgreementFactory(acquiring=party, host=party)


def test_a_pair_has_each_number_once(db):
    first = AgreementFactory()

    with pytest.raises(IntegrityError):
        AgreementFactory(acquiring=first.acquiring, host=first.host, series=1, slug="another")


def test_a_pair_may_have_a_second_agreement(db):
    first = AgreementFactory()

    second = AgreementFactory(acquiring=first.acquiring, host=first.host, series=2)

    assert second.slug == f"{first.slug}-2"


def test_two_parties_may_be_acquiring_and_host_in_both_directions(db):
    there = AgreementFactory()

    back = AgreementFactory(acquiring=there.host, host=there.acquiring)

    assert back.slug == "-".join(reversed(there.slug.split("-")))


def test_a_line_without_a_source_is_not_confirmed(db):
    with pytest.raises(IntegrityError, match="agreement_stage_confirmed_by_a_source"):
        AgreementStageFactory(source=None, is_confirmed=True)


def test_a_source_states_a_stage_of_a_day_once(db):
    line = AgreementStageFactory()

    with pytest.raises(IntegrityError):
        AgreementStageFactory(agreement=line.agreement, source=line.source, on=line.on)


def test_a_stage_of_a_day_stands_once_without_a_source(db):
    line = AgreementStageFactory(source=None, is_confirmed=False)

    with pytest.raises(IntegrityError):
        AgreementStageFactory(agreement=line.agreement, source=None, is_confirmed=False)


def test_two_sources_may_state_the_same_stage_of_the_same_day(db):
    line = AgreementStageFactory()

    AgreementStageFactory(agreement=line.agreement, source=SourceFactory(), on=line.on)

    assert line.agreement.stages.count() == 2


def test_an_agreement_works_in_a_sector_once(db):
    row = AgreementSectorFactory()

    with pytest.raises(IntegrityError):
        AgreementSectorFactory(agreement=row.agreement, sector=row.sector)


# --- What is known on a day -------------------------------------------------------------


def test_an_agreement_counts_from_the_day_of_its_first_line(db):
    AgreementStageFactory(on=date(2013, 1, 8))

    assert not Agreement.objects.on(date(2013, 1, 7)).exists()
    assert known_on(date(2013, 1, 8)).known_from == date(2013, 1, 8)


def test_an_agreement_without_a_line_counts_on_no_day(db):
    AgreementFactory()

    assert not Agreement.objects.on(date.max).exists()


def test_the_stage_on_a_day_is_the_latest_by_then(db):
    line = AgreementStageFactory(on=date(2020, 5, 1), stage=Stage.SIGNED)
    AgreementStageFactory(agreement=line.agreement, on=date(2021, 5, 1), stage=Stage.IN_FORCE)

    stages = [known_on(date(year, 12, 31)).stage for year in (2020, 2021)]

    assert stages == [Stage.SIGNED, Stage.IN_FORCE]


def test_of_two_lines_of_one_day_the_later_entry_holds(db):
    line = AgreementStageFactory(stage=Stage.CONCLUDED)
    AgreementStageFactory(agreement=line.agreement, on=line.on, stage=Stage.APPROVED)

    assert known_on(line.on).stage == Stage.APPROVED


def test_a_later_list_that_states_no_stage_takes_none_away(db):
    line = AgreementStageFactory(on=date(2020, 5, 1), kind=Kind.TREATY)
    AgreementStageFactory(
        agreement=line.agreement,
        on=date(2022, 12, 16),
        stage=Stage.NOT_STATED,
        instrument=Instrument.NOT_STATED,
        kind=Kind.NOT_STATED,
        is_report_date=True,
    )

    row = known_on(date(2023, 1, 1))

    assert (row.stage, row.instrument, row.treaty_kind) == (
        Stage.SIGNED,
        Instrument.BILATERAL,
        Kind.TREATY,
    )


def test_a_kind_belongs_to_the_instrument_it_was_stated_of(db):
    line = AgreementStageFactory(
        on=date(2020, 5, 1), instrument=Instrument.MOU, kind=Kind.MEMORANDUM
    )
    AgreementStageFactory(agreement=line.agreement, on=date(2022, 5, 1), kind=Kind.NOT_STATED)

    kinds = [known_on(date(year, 12, 31)).treaty_kind for year in (2020, 2022)]

    assert kinds == [Kind.MEMORANDUM, None]


def test_an_agreement_that_is_only_listed_has_no_stage(db):
    AgreementStageFactory(
        stage=Stage.NOT_STATED, instrument=Instrument.NOT_STATED, kind=Kind.NOT_STATED
    )

    row = known_on(date(2023, 1, 1))

    assert (row.stage, row.instrument, row.treaty_kind) == (None, None, None)


# --- One line ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "precision", "text"),
    [
        (date(2024, 5, 27), Precision.DAY, "signed, 27 May 2024"),
        (date(2023, 12, 31), Precision.MONTH, "signed, December 2023"),
        (date(2019, 12, 31), Precision.YEAR, "signed, 2019"),
    ],
)
def test_a_line_tells_its_date_as_far_as_it_is_known(on, precision, text):
    assert str(AgreementStage(stage=Stage.SIGNED, on=on, precision=precision)) == text


@pytest.mark.parametrize(
    ("on", "is_report_date", "predates"),
    [
        pytest.param(date(2015, 12, 11), False, True, id="the day before"),
        pytest.param(date(2015, 12, 12), False, False, id="the day of adoption"),
        pytest.param(date(2013, 1, 1), True, False, id="only the day of a report"),
    ],
)
def test_what_was_signed_before_the_paris_agreement_predates_it(on, is_report_date, predates):
    line = AgreementStage(stage=Stage.SIGNED, on=on, is_report_date=is_report_date)

    assert line.predates_paris is predates


@pytest.mark.parametrize(("series", "slug"), [(1, "jpn-vnm"), (2, "jpn-vnm-2"), (12, "jpn-vnm-12")])
def test_the_address_of_an_agreement_is_its_pair_and_number(series, slug):
    assert Agreement.slug_of("JPN", "VNM", series) == slug
