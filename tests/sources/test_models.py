from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from partnership.sources.models import LoadedRow, Source
from tests.constraints import refused_by
from tests.factories.sources import DatedFactFactory, SectorFactory, SourceFactory

pytestmark = pytest.mark.django_db


def test_a_fact_has_a_number_or_a_text():
    with refused_by("fact_has_a_value"):
        DatedFactFactory(value_number=None, value_text="")


def test_a_fact_does_not_end_before_the_day_it_holds_for():
    with refused_by("fact_valid_to_not_before_as_of"):
        DatedFactFactory(as_of=date(2023, 5, 4), valid_to=date(2023, 5, 3))


def test_a_row_is_remembered_once():
    LoadedRow.objects.create(kind="a", key="b", fingerprint="c")

    with refused_by("loaded_row_once"):
        LoadedRow.objects.create(kind="a", key="b", fingerprint="d")


def test_a_source_has_a_slug_of_its_own():
    SourceFactory(slug="report")

    with refused_by("slug"):
        Source.objects.create(slug="report", title="Another")


@pytest.mark.parametrize("column", ["slug", "name"])
def test_a_sector_has_a_slug_and_a_name_of_its_own(column):
    SectorFactory(**{column: "energy"})

    with refused_by(column):
        SectorFactory(**{column: "energy"})


@pytest.mark.parametrize(
    ("precision", "words"), [("day", "4 May 2023"), ("month", "May 2023"), ("year", "2023")]
)
def test_a_date_is_written_as_far_as_it_is_known(precision, words):
    source = SourceFactory(published_on=date(2023, 5, 4), published_precision=precision)
    fact = DatedFactFactory(as_of=date(2023, 5, 4), as_of_precision=precision)

    assert (source.published, fact.as_of_text) == (words, words)


def test_a_source_without_a_date_says_that_it_is_not_known():
    assert SourceFactory(published_on=None).published == "not known"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://ministry.example/a", "a page"])
def test_the_address_of_a_source_is_that_of_a_page(address):
    with pytest.raises(ValidationError) as error:
        SourceFactory.build(slug="s", address=address).full_clean()

    assert list(error.value.message_dict) == ["address"]
