from __future__ import annotations

from datetime import date

import pytest

from partnership.agreements.forms import DayFilter, RegisterFilter
from partnership.agreements.models import AgreementStage
from partnership.lib.errors import BadQuery
from partnership.lib.forms import cleaned_or_refuse
from tests.factories.agreements import (
    AgreementFactory,
    AgreementSectorFactory,
    AgreementStageFactory,
)
from tests.factories.members import CountryFactory

TODAY = date(2026, 1, 2)


def wanted(**asked: str) -> dict[str, object]:
    """What a filter was understood as, without what was not asked for."""
    cleaned = cleaned_or_refuse(RegisterFilter(asked))
    return {name: value for name, value in cleaned.items() if value}


def choices(name: str) -> list[str]:
    return [str(value) for value, _ in RegisterFilter().fields[name].choices if value]


@pytest.fixture
def pair(db) -> None:
    parties = CountryFactory(iso3="QAA", name="Alpha"), CountryFactory(iso3="QBB", name="Beta")
    AgreementStageFactory(agreement=AgreementFactory(acquiring=parties[0], host=parties[1]))
    CountryFactory(iso3="QCC", name="Gamma")


def test_nothing_asked_for_is_no_filter(pair):
    assert wanted() == {}


@pytest.mark.parametrize("code", ["QAA", "qaa", "qAa"])
def test_a_party_is_understood_in_either_case(pair, code):
    assert wanted(acquiring=code) == {"acquiring": "QAA"}


def test_only_parties_of_the_register_can_be_chosen_each_on_its_side(pair):
    assert (choices("acquiring"), choices("host")) == (["QAA"], ["QBB"])


def test_sectors_are_those_of_agreements_and_not_known(pair):
    sector = AgreementSectorFactory().sector

    assert choices("sector") == [sector.slug, "not_known"]


def test_every_stage_and_kind_can_be_chosen_also_not_known(pair):
    assert choices("stage") == AgreementStage.Stage.values
    assert choices("kind") == AgreementStage.Kind.values
    assert "not_stated" in choices("stage")


def test_only_sources_that_name_an_agreement_can_be_chosen(pair):
    source = AgreementStage.objects.get().source

    assert choices("source") == [source.slug]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("acquiring", "QBB"),
        ("host", "japan"),
        ("stage", "finished"),
        ("kind", "pact"),
        ("sector", "magic"),
        ("source", "nobody"),
        ("as_of", "16.12.2022"),
        ("ordering", "password"),
    ],
)
def test_what_cannot_be_understood_is_refused_by_its_field(pair, name, value):
    with pytest.raises(BadQuery) as refused:
        wanted(**{name: value})

    assert list(refused.value.problems) == [name]


@pytest.mark.parametrize(("asked", "day"), [("2022-12-16", date(2022, 12, 16)), ("", TODAY)])
def test_the_register_is_that_of_the_day_asked_for_else_of_today(asked, day):
    form = DayFilter({"as_of": asked})
    form.is_valid()

    assert form.day(TODAY) == day
