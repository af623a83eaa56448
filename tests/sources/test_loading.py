from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from partnership.sources.loading import Loaded, load
from partnership.sources.models import DatedFact, LoadedRow, Sector
from tests.factories.sources import SectorFactory, SourceFactory
from tests.properties import examples

pytestmark = pytest.mark.django_db


@pytest.fixture
def file():
    """A content file with two sectors."""
    source = SourceFactory()
    return [
        {"slug": slug, "name": name, "source": source}
        for slug, name in (("energy", "Energy"), ("waste", "Waste"))
    ]


def loaded(rows, model=Sector, key=("slug",)) -> str:
    done = Loaded()
    load(model, rows, key=key, done=done)
    return str(done)


def names() -> list[str]:
    return list(Sector.objects.order_by("slug").values_list("name", flat=True))


def test_what_is_new_is_added(file):
    assert loaded(file) == "2 sectors added"
    assert names() == ["Energy", "Waste"]


def test_loading_again_changes_nothing(file):
    loaded(file)
    done = Loaded()

    load(Sector, file, key=("slug",), done=done)

    assert (str(done), done.has_written) == ("nothing new", False)


def test_a_change_of_the_file_reaches_the_row(file):
    loaded(file)

    file[0]["name"] = "Energy industries"

    assert [loaded(file), loaded(file)] == ["1 sectors changed", "nothing new"]
    assert names() == ["Energy industries", "Waste"]


def test_a_row_that_a_person_edited_stays_as_it_is(file):
    loaded(file)
    Sector.objects.filter(slug="energy").update(name="Power")

    file[0]["name"] = "Energy industries"

    assert [loaded(file), loaded(file)] == ["1 sectors left as edited"] * 2
    assert names() == ["Power", "Waste"]


def test_an_edit_that_the_file_takes_over_is_followed_again(file):
    loaded(file)
    Sector.objects.filter(slug="energy").update(name="Power")

    seen = []
    for name in ("Power", "Power and heat"):
        file[0]["name"] = name
        seen.append(loaded(file))

    assert (seen, names()) == (["nothing new", "1 sectors changed"], ["Power and heat", "Waste"])


def test_a_row_that_a_person_deleted_stays_deleted(file):
    loaded(file)
    Sector.objects.filter(slug="energy").delete()

    file[0]["name"] = "Energy industries"

    assert [loaded(file), loaded(file)] == ["1 sectors left deleted"] * 2
    assert names() == ["Waste"]


def test_a_row_that_a_person_entered_before_the_file_is_theirs(file):
    SectorFactory(slug="energy", name="Power")

    assert loaded(file) == "1 sectors added, 1 sectors left as edited"
    assert names() == ["Power", "Waste"]


def test_a_row_that_the_file_no_longer_names_stays(file):
    loaded(file)

    assert loaded(file[:1]) == "nothing new"
    assert names() == ["Energy", "Waste"]


def test_the_rows_are_given_back_by_key_without_those_that_were_deleted(file):
    loaded(file)
    Sector.objects.filter(slug="energy").delete()

    found = load(Sector, file, key=("slug",), done=Loaded())

    assert found == {("waste",): Sector.objects.get(slug="waste")}


def test_a_key_may_be_a_day_and_a_row():
    fact = {"key": "f", "topic": "jcm", "label": "Partner countries", "value_number": 29}
    rows = [{**fact, "as_of": "2023-05-04", "source": SourceFactory()}]

    key = ("as_of", "source")
    assert [loaded(rows, DatedFact, key) for _ in range(2)] == ["1 facts added", "nothing new"]
    assert loaded([{**rows[0], "as_of": "2024-05-04", "key": "g"}], DatedFact, key) == (
        "1 facts added"
    )


def test_a_number_is_kept_alike_on_every_database():
    given = {"key": "f", "topic": "jcm", "label": "Half a unit", "value_number": 0.00005}
    rows = [{**given, "as_of": "2023-05-04", "source": SourceFactory()}]

    assert [loaded(rows, DatedFact, ("key",)) for _ in range(2)] == ["1 facts added", "nothing new"]
    assert DatedFact.objects.get().value_number == Decimal("0.0000")


def test_a_figure_of_more_digits_than_every_database_keeps_is_refused():
    fact = {"key": "f", "topic": "jcm", "label": "Long", "value_number": "100000000000.0001"}

    with pytest.raises(
        ValueError, match=r"value_number 100000000000\.0001 has more than 15 digits"
    ):
        loaded([{**fact, "as_of": "2023-05-04", "source": SourceFactory()}], DatedFact, ("key",))


def test_what_was_loaded_is_remembered_once(file):
    loaded(file)
    loaded(file)

    remembered = LoadedRow.objects.filter(kind="partnership.sector").order_by("key")
    assert list(remembered.values_list("key", flat=True)) == ["energy", "waste"]


WORDS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=80
)
NUMBERS = st.one_of(
    st.none(),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.floats(-9e10, 9e10),
    st.decimals(-9 * 10**10, 9 * 10**10, places=4),
    st.decimals(-9 * 10**10, 9 * 10**10, places=4).map(str),
)
FACTS = st.fixed_dictionaries(
    {
        "label": WORDS,
        "value_number": NUMBERS,
        "value_text": WORDS,
        "as_of": st.one_of(st.dates(), st.dates().map(date.isoformat)),
        "valid_to": st.none(),
        "is_ours": st.booleans(),
        "position": st.integers(0, 30_000),
    }
)


@examples(60, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(FACTS, min_size=1, max_size=3))
def test_whatever_the_file_says_comes_back_the_same_from_the_database(facts):
    LoadedRow.objects.all().delete()
    DatedFact.objects.all().delete()
    source = SourceFactory(slug="one")
    rows = [
        {**fact, "key": f"fact-{place}", "topic": "jcm", "source": source}
        for place, fact in enumerate(facts)
    ]

    assert loaded(rows, DatedFact, ("key",)) == f"{len(rows)} facts added"
    assert loaded(rows, DatedFact, ("key",)) == "nothing new"
