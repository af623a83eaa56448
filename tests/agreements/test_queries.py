from __future__ import annotations

from datetime import date

import pytest

from partnership.agreements import queries
from partnership.agreements.models import Agreement, AgreementStage
from tests.factories.agreements import (
    AgreementFactory,
    AgreementSectorFactory,
    AgreementStageFactory,
)
from tests.factories.members import CountryFactory
from tests.factories.sources import SectorFactory, SourceFactory

TODAY = date(2026, 1, 2)
Stage, Instrument, Kind = AgreementStage.Stage, AgreementStage.Instrument, AgreementStage.Kind


def slugs(day: date = TODAY, **wanted: object) -> list[str]:
    return [row.slug for row in queries.register(wanted, day=day)]


def pair(acquiring: str, host: str, **line: object) -> Agreement:
    """An agreement of two Parties, whose names are their codes."""
    parties = [CountryFactory(iso3=code, name=code) for code in (acquiring, host)]
    agreement = AgreementFactory(acquiring=parties[0], host=parties[1])
    AgreementStageFactory(agreement=agreement, **line)
    return agreement


def line(**values: object) -> AgreementStage:
    return AgreementStage(**{"stage": Stage.SIGNED, "on": date(2022, 3, 1), **values})


# --- The register -----------------------------------------------------------------------


def test_without_a_filter_all_agreements_come_by_acquiring_then_host_party(db):
    for acquiring, host in (("QBB", "QCC"), ("QAA", "QDD"), ("QBB", "QAA")):
        pair(acquiring, host)

    assert slugs() == ["qaa-qdd", "qbb-qaa", "qbb-qcc"]


@pytest.mark.parametrize(
    ("ordering", "order"),
    [
        ("host", ["qbb-qaa", "qaa-qcc"]),
        ("known_from", ["qbb-qaa", "qaa-qcc"]),
        ("-known_from", ["qaa-qcc", "qbb-qaa"]),
    ],
)
def test_the_register_can_be_ordered(db, ordering, order):
    pair("QAA", "QCC", on=date(2022, 1, 1))
    pair("QBB", "QAA", on=date(2020, 1, 1))

    assert slugs(ordering=ordering) == order


def test_one_party_can_be_chosen_on_either_side(db):
    pair("QAA", "QBB")
    pair("QBB", "QAA")

    assert slugs(acquiring="QAA") == ["qaa-qbb"]
    assert slugs(host="QAA") == ["qbb-qaa"]


def test_a_stage_is_the_one_that_held_on_the_day(db):
    agreement = pair("QAA", "QBB", stage=Stage.SIGNED, on=date(2020, 1, 1))
    AgreementStageFactory(agreement=agreement, stage=Stage.IN_FORCE, on=date(2021, 1, 1))

    assert slugs(date(2020, 6, 1), stage=Stage.SIGNED) == ["qaa-qbb"]
    assert slugs(date(2020, 6, 1), stage=Stage.IN_FORCE) == []
    assert slugs(date(2021, 6, 1), stage=Stage.SIGNED) == []
    assert slugs(date(2021, 6, 1), stage=Stage.IN_FORCE) == ["qaa-qbb"]


def test_not_known_is_a_stage_and_a_kind_to_ask_for(db):
    pair("QAA", "QBB")
    pair("QAA", "QCC", stage=Stage.NOT_STATED, kind=Kind.NOT_STATED)

    assert slugs(stage=Stage.NOT_STATED) == ["qaa-qcc"]
    assert slugs(kind=Kind.NOT_STATED) == ["qaa-qcc"]
    assert slugs(kind=Kind.TREATY) == ["qaa-qbb"]


def test_a_sector_can_be_chosen_and_so_can_a_sector_that_is_not_known(db):
    energy = SectorFactory()
    AgreementSectorFactory(agreement=pair("QAA", "QBB"), sector=energy)
    pair("QAA", "QCC")

    assert slugs(sector=energy.slug) == ["qaa-qbb"]
    assert slugs(sector="not_known") == ["qaa-qcc"]


def test_an_agreement_of_several_sectors_stands_once(db):
    agreement = pair("QAA", "QBB")
    AgreementSectorFactory.create_batch(3, agreement=agreement)

    assert slugs() == ["qaa-qbb"]


def test_a_source_counts_from_the_day_of_its_line(db):
    source = SourceFactory()
    agreement = pair("QAA", "QBB", on=date(2020, 1, 1))
    AgreementStageFactory(agreement=agreement, source=source, on=date(2022, 1, 1))

    assert slugs(date(2021, 12, 31), source=source.slug) == []
    assert slugs(date(2022, 1, 1), source=source.slug) == ["qaa-qbb"]


def test_filters_narrow_each_other(db):
    pair("QAA", "QBB", stage=Stage.SIGNED)
    pair("QAA", "QCC", stage=Stage.IN_FORCE)
    pair("QDD", "QCC", stage=Stage.SIGNED)

    assert slugs(acquiring="QAA", stage=Stage.SIGNED) == ["qaa-qbb"]


def test_a_row_carries_the_lines_dated_by_the_day_oldest_first(db):
    agreement = pair("QAA", "QBB", on=date(2022, 1, 1))
    early = AgreementStageFactory(agreement=agreement, on=date(2020, 1, 1))
    AgreementStageFactory(agreement=agreement, on=date(2024, 1, 1))

    (row,) = queries.register({}, day=date(2023, 1, 1))

    assert [line.on for line in row.lines] == [early.on, date(2022, 1, 1)]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_register_costs_the_same_for_any_number_of_rows(db, rows, django_assert_num_queries):
    for _ in range(rows):
        AgreementSectorFactory(agreement=AgreementStageFactory().agreement)

    with django_assert_num_queries(3):
        found = [
            (row.acquiring.name, row.lines[0].source.title, [s.name for s in row.sectors.all()])
            for row in queries.register({}, day=TODAY)
        ]

    assert len(found) == rows


# --- What is counted --------------------------------------------------------------------


def test_a_party_on_both_sides_is_counted_once_among_parties(db):
    pair("QAA", "QBB")
    pair("QBB", "QCC")

    assert queries.coverage(queries.known_since(TODAY), TODAY).items() >= {
        ("pairs", 2),
        ("acquiring", 2),
        ("hosts", 2),
        ("parties", 3),
    }
    assert queries.parties(TODAY) == {
        "QAA": {"acquiring"},
        "QBB": {"acquiring", "host"},
        "QCC": {"host"},
    }


def test_before_its_first_line_an_agreement_is_not_counted(db):
    pair("QAA", "QBB", on=date(2022, 3, 1))

    day = date(2022, 2, 28)
    found = queries.coverage(queries.known_since(day), day)
    assert {value for value in found.values() if value is not None} == {0}


def test_only_lines_that_no_source_was_read_for_are_to_be_confirmed(db):
    agreement = pair("QAA", "QBB", is_confirmed=True)
    unsure = AgreementStageFactory(agreement=agreement, is_confirmed=False, on=date(2023, 1, 1))

    assert list(queries.to_confirm()) == [unsure]


# --- The lines of one agreement ---------------------------------------------------------


def test_the_current_line_is_the_latest_that_states_a_stage():
    signed, in_force = line(), line(stage=Stage.IN_FORCE, on=date(2023, 1, 1))
    listed = line(stage=Stage.NOT_STATED, on=date(2024, 1, 1))

    assert queries.current([signed, in_force, listed]) is in_force


def test_without_a_stage_the_current_line_is_the_latest_that_names_an_instrument():
    listed = line(stage=Stage.NOT_STATED)
    named = line(stage=Stage.NOT_STATED, instrument=Instrument.MOU)

    assert queries.current([listed, named, listed]) is named


def test_an_agreement_that_is_only_listed_shows_its_first_line():
    first, second = line(stage=Stage.NOT_STATED), line(stage=Stage.NOT_STATED)

    assert queries.current([first, second]) is first
    assert queries.current([]) is None


def test_what_each_source_says_stands_together_in_the_order_of_citation(db):
    talk, page = SourceFactory(), SourceFactory()
    lines = [line(source=talk), line(source=page), line(source=talk), line(source=None)]

    claims = queries.by_source(lines)

    assert claims == [(talk, [lines[0], lines[2]]), (page, [lines[1]]), (None, [lines[3]])]


def test_a_source_is_named_once_and_a_line_without_source_names_none(db):
    source = SourceFactory()
    agreement = Agreement()
    agreement.lines = [line(source=source), line(source=None), line(source=source)]

    assert queries.sources_of(agreement) == [source]


def test_different_days_of_one_stage_are_a_difference():
    assert queries.differences([line(), line(on=date(2022, 3, 2))]) == {"days"}


def test_a_month_and_a_day_within_it_are_different_statements():
    month = line(on=date(2022, 3, 31), precision="month")

    assert queries.differences([line(on=date(2022, 3, 31)), month]) == {"days"}


def test_different_instruments_are_a_difference():
    lines = [line(instrument=Instrument.MOU), line(instrument=Instrument.BILATERAL)]

    assert queries.differences(lines) == {"forms"}


def test_a_list_that_names_a_pair_before_its_signature_is_a_difference():
    listed = line(stage=Stage.NOT_STATED, is_report_date=True, on=date(2022, 2, 1))

    assert queries.differences([listed, line()]) == {"listed_early"}


def test_lines_that_agree_have_no_differences():
    listed = line(stage=Stage.NOT_STATED, is_report_date=True, on=date(2022, 12, 16))
    in_force = line(stage=Stage.IN_FORCE, on=date(2023, 1, 1))

    assert queries.differences([line(), in_force, listed]) == set()
