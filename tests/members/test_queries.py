from __future__ import annotations

from datetime import date

import pytest

from partnership.members import queries
from partnership.members.models import AreaOfWork, CountryName
from tests.factories.members import (
    CountryAliasFactory,
    CountryFactory,
    CountryGroupFactory,
    FocalTermFactory,
    InstitutionFactory,
    ParticipationFactory,
    short_code,
)
from tests.factories.members import code as code_of
from tests.factories.sources import SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ivory_coast():
    country = CountryFactory(iso3="QCI", iso2="QI", name="Côte d’Ivoire", region="Africa")
    CountryAliasFactory(country=country, label="Ivory Coast")
    CountryAliasFactory(country=country, label="Elfenbeinküste", is_shown=False)
    CountryName.objects.create(country=country, language="ru", name="Кот-д’Ивуар")
    CountryGroupFactory(country=country, group="ldc")
    return country


@pytest.mark.parametrize(
    "label",
    ["QCI", "qi", "Côte d’Ivoire", " CÔTE  D’IVOIRE ", "ivory coast", "ELFENBEINKÜSTE"],
)
def test_a_label_matches_exactly_but_for_case_and_spaces(ivory_coast, label):
    CountryFactory()

    assert queries.match(label) == [ivory_coast]


@pytest.mark.parametrize(
    "label", ["", "Ivory", "Cote d’Ivoire", "Ivory Coasts", "%", "Кот-д’Ивуар"]
)
def test_a_label_is_never_matched_by_likeness(ivory_coast, label):
    assert queries.match(label) == []


def test_a_label_that_two_countries_share_matches_both_in_their_order():
    second, first = (CountryFactory(name=name) for name in ("Ytown", "Xtown"))
    for country in (second, first):
        CountryAliasFactory(country=country, label="Town")

    assert queries.match("town") == [first, second]


def test_no_country_that_is_made_up_is_found_by_a_code_that_a_test_names():
    codes = {code_of(n) for n in range(1000)}
    codes |= {short_code(iso3) for iso3 in codes}

    assert [code for code in codes if code.upper().startswith("Q")] == []


@pytest.mark.parametrize(
    "asked",
    ["ivoire", "CÔTE", "cote", "COTE D'I", "qci", "QI", "ivory", "КОТ-Д’ИВУАР", " ivory coast "],
)
def test_a_country_is_found_by_any_of_its_names_in_any_case(ivory_coast, asked):
    CountryFactory(name="Elsewhere")

    assert list(queries.directory(asked=asked)) == [ivory_coast]


@pytest.mark.parametrize("asked", ["Elfenbein", "!!!", "%", "_", "Q", "nowhere"])
def test_what_only_serves_matching_or_means_nothing_finds_nobody(ivory_coast, asked):
    assert list(queries.directory(asked=asked)) == []


def test_the_directory_is_narrowed_by_region_and_group(ivory_coast):
    other = CountryFactory(name="Elsewhere")

    assert list(queries.directory()) == [ivory_coast, other]
    assert list(queries.directory(region="Africa")) == [ivory_coast]
    assert list(queries.directory(group="ldc")) == [ivory_coast]
    assert list(queries.directory(region="Asia", group="ldc")) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_directory_costs_two_queries(number, django_assert_num_queries):
    for _ in range(number):
        CountryGroupFactory()

    with django_assert_num_queries(2):
        shown = [[group.group for group in row.groups.all()] for row in queries.directory()]

    assert shown == [["ldc"]] * number


@pytest.mark.parametrize("number", [1, 3])
def test_a_profile_costs_four_queries(number, django_assert_num_queries):
    country = CountryFactory()
    for place in range(number):
        InstitutionFactory(seat=country)
        ParticipationFactory(
            country=country, begins_on=date(2000 + place, 1, 1), ends_on=date(2000 + place, 2, 1)
        )

    with django_assert_num_queries(4):
        profile = queries.profile_of(country.iso3, date(2026, 1, 1)).get()
        assert [row.source.slug for row in profile.participations.all()] == ["members"] * number
        assert len(profile.institutions.all()) == number
        assert profile.party_source.slug == "parties"


def test_the_names_of_a_country_are_those_that_differ_and_the_labels_that_are_shown(
    ivory_coast, django_assert_num_queries
):
    CountryName.objects.create(country=ivory_coast, language="fr", name=ivory_coast.name)
    CountryName.objects.create(country=ivory_coast, language="es", name="Costa de Marfil")
    CountryAliasFactory(country=ivory_coast, label="CIV")

    with django_assert_num_queries(1):
        names, labels = queries.names_of(ivory_coast)

    assert names == [("es", "Costa de Marfil"), ("ru", "Кот-д’Ивуар")]
    assert labels == ["CIV", "Ivory Coast"]


def test_the_functions_in_charge_are_those_of_the_day_once_and_in_order():
    term = FocalTermFactory(function="reporting", ends_on=date(2024, 12, 31))
    for function in ("policy", "policy"):
        FocalTermFactory(country=term.country, function=function)
    FocalTermFactory(function="recording")

    days = (date(2022, 12, 31), date(2025, 1, 30), date(2025, 1, 31))
    shown = [queries.profile_of(term.country.iso3, day).get() for day in days]
    told = [queries.contact_functions(day, country=term.country) for day in days]
    assert [queries.functions_held(country) for country in shown] == told
    assert told == [
        [],
        ["policy", "reporting"],
        ["policy"],
    ]


def test_areas_of_work_are_those_of_the_day():
    source = SourceFactory()
    for number, ends in ((1, date(2024, 12, 31)), (2, None)):
        AreaOfWork.objects.create(
            number=number,
            slug=f"area-{number}",
            title=f"Area {number}",
            active_from=date(2022, 11, 16),
            active_to=ends,
            source=source,
        )

    days = (date(2022, 11, 15), date(2024, 12, 31), date(2025, 1, 1))
    assert [[area.number for area in queries.areas_of_work(day)] for day in days] == [
        [],
        [1, 2],
        [2],
    ]


def test_a_country_is_searched_by_all_its_names_and_labels(ivory_coast):
    (entry,) = queries.search_entries()

    assert (entry.key, entry.title, entry.address) == (
        "QCI",
        "Côte d’Ivoire",
        "/members/countries/qci/",
    )
    assert entry.body == "QCI QI Africa Elfenbeinküste Ivory Coast Кот-д’Ивуар"


def test_an_institution_is_searched_by_its_short_name_and_seat(ivory_coast):
    InstitutionFactory(slug="iges", name="Institute", acronym="IGES", role="Secretariat")
    InstitutionFactory(slug="seated", name="Seated", acronym="SE", seat=ivory_coast)

    first, second = sorted(queries.institution_entries(), key=lambda entry: entry.key)

    assert (first.title, first.summary, first.body) == ("Institute", "Secretariat", "IGES ")
    assert (second.address, second.body) == ("/members/institutions/seated/", "SE Côte d’Ivoire")
