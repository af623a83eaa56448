from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from partnership.members.models import (
    Affiliation,
    AreaOfWork,
    CountryName,
    Institution,
    MembershipCount,
    Participation,
)
from tests.constraints import refused_by
from tests.factories.members import (
    AffiliationFactory,
    CountryAliasFactory,
    CountryFactory,
    CountryGroupFactory,
    FocalTermFactory,
    InstitutionFactory,
    ParticipationFactory,
)
from tests.factories.sources import SourceFactory

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2023, 1, 1), date(2023, 12, 31)
DAY = timedelta(days=1)
# A second stretch beside the one from FIRST to LAST, and whether the two share a day.
STRETCHES = [
    pytest.param(FIRST, LAST, True, id="the same"),
    pytest.param(LAST, None, True, id="from its last day on"),
    pytest.param(date(2022, 1, 1), FIRST, True, id="to its first day"),
    pytest.param(date(2023, 5, 1), date(2023, 5, 1), True, id="a day within it"),
    pytest.param(date(2022, 1, 1), None, True, id="around it"),
    pytest.param(LAST + DAY, None, False, id="from the day after"),
    pytest.param(date(2022, 1, 1), FIRST - DAY, False, id="to the day before"),
]


# The same member each time: a country is made once for one code.
SAME = {
    "country": lambda: {"country": CountryFactory(iso3="QZZ")},
    "institution": lambda: {
        "country": None,
        "institution": Institution.objects.first() or InstitutionFactory(),
    },
}


# --- Countries


@pytest.mark.parametrize("code", ["qaa", "QA", "Q1A", "QA ", ""])
def test_the_code_of_a_country_is_three_capitals(code):
    with refused_by("country_code_is_three_capitals"):
        CountryFactory(iso3=code, iso2="xx")


@pytest.mark.parametrize(
    "place", [{"longitude": "180.01"}, {"longitude": "-181"}, {"latitude": "90.5"}]
)
def test_the_dot_of_a_country_is_on_the_globe(place):
    with refused_by("country_dot_is_on_the_globe"):
        CountryFactory(**place)


@pytest.mark.parametrize("column", ["iso2", "name"])
def test_two_countries_share_no_name_and_no_short_code(column):
    country = CountryFactory()

    with refused_by(column):
        CountryFactory(**{column: getattr(country, column)})


def test_a_country_has_one_name_in_a_language():
    name = CountryName.objects.create(country=CountryFactory(), language="fr", name="Suisse")

    with refused_by("country_name_one_per_language"):
        CountryName.objects.create(country=name.country, language="fr", name="Helvétie")


def test_a_country_has_a_label_once_in_any_case():
    alias = CountryAliasFactory(label="South Korea")

    with refused_by("country_alias_once"):
        CountryAliasFactory(country=alias.country, label="SOUTH  KOREA")


def test_two_countries_may_share_a_label():
    first, second = (CountryAliasFactory(label="Korea") for _ in range(2))

    assert first.country != second.country


def test_a_country_is_in_a_group_once():
    group = CountryGroupFactory()

    with refused_by("country_group_once"):
        CountryGroupFactory(country=group.country, group=group.group)


def test_a_country_does_not_leave_a_group_before_it_joins():
    with refused_by("country_group_ends_after_it_begins"):
        CountryGroupFactory(begins_on=FIRST, ends_on=FIRST - DAY)


# --- The partnership


def test_an_area_of_work_does_not_end_before_it_begins():
    dates = {"active_from": FIRST, "active_to": FIRST - DAY}

    with refused_by("area_of_work_ends_after_it_begins"):
        AreaOfWork.objects.create(number=1, slug="a", source=SourceFactory(), **dates)


def test_a_source_counts_the_members_of_a_day_once():
    count = MembershipCount.objects.create(on=FIRST, combined=80, source=SourceFactory())

    with refused_by("membership_count_once"):
        MembershipCount.objects.create(on=FIRST, combined=81, source=count.source)


@pytest.mark.parametrize("figures", [{}, {"countries": 60}, {"institutions": 100}])
def test_a_count_of_members_has_a_figure_for_both_or_for_all(figures):
    with refused_by("membership_count_has_a_figure"):
        MembershipCount.objects.create(on=FIRST, source=SourceFactory(), **figures)


# --- Membership


@pytest.mark.parametrize("is_both", [True, False])
def test_a_membership_is_of_one_country_or_one_institution(is_both):
    member = {"institution": InstitutionFactory()} if is_both else {"country": None}

    with refused_by("participation_of_one_country_or_institution"):
        ParticipationFactory(**member)


def test_a_membership_does_not_end_before_it_begins():
    with refused_by("participation_ends_after_it_begins"):
        ParticipationFactory(begins_on=FIRST, ends_on=FIRST - DAY)


@pytest.mark.parametrize("part", SAME)
@pytest.mark.parametrize(("begins_on", "ends_on", "is_shared"), STRETCHES)
def test_two_memberships_of_one_member_never_overlap(part, begins_on, ends_on, is_shared):
    ParticipationFactory(**SAME[part](), begins_on=FIRST, ends_on=LAST)
    second = {**SAME[part](), "begins_on": begins_on, "ends_on": ends_on}

    if is_shared:
        with refused_by("no_overlap"):
            ParticipationFactory(**second)
    else:
        ParticipationFactory(**second)

    assert Participation.objects.count() == (1 if is_shared else 2)


def test_a_membership_cannot_be_moved_over_another():
    first = ParticipationFactory(begins_on=FIRST, ends_on=LAST)
    second = ParticipationFactory(country=first.country, begins_on=LAST + DAY)

    with refused_by("no_overlap"):
        Participation.objects.filter(pk=second.pk).update(begins_on=LAST)
    with refused_by("no_overlap"):
        Participation.objects.filter(pk=first.pk).update(ends_on=None)


def test_two_members_take_part_at_the_same_time():
    ParticipationFactory()
    ParticipationFactory()
    ParticipationFactory(country=None, institution=InstitutionFactory())

    assert Participation.objects.on(LAST).count() == 3


def test_the_form_of_a_membership_says_which_other_stands_in_its_way():
    first = ParticipationFactory(begins_on=FIRST)

    with pytest.raises(ValidationError) as error:
        ParticipationFactory.build(
            country=first.country, begins_on=LAST, source=first.source
        ).full_clean()

    assert error.value.messages == [
        "There is a line for this from 2023-01-01 to no end yet already. End that one first."
    ]
    first.full_clean()


# --- Posts


def test_a_post_is_in_a_country_or_an_institution():
    with refused_by("affiliation_names_a_country_or_institution"):
        AffiliationFactory(country=None)


def test_a_post_does_not_end_before_it_begins():
    with refused_by("affiliation_ends_after_it_begins"):
        AffiliationFactory(begins_on=FIRST, ends_on=FIRST - DAY)


@pytest.mark.parametrize("place", ["country", "institution", "both"])
@pytest.mark.parametrize(("begins_on", "ends_on", "is_shared"), STRETCHES)
def test_two_equal_posts_of_one_person_never_overlap(place, begins_on, ends_on, is_shared):
    where = {
        "country": CountryFactory() if place != "institution" else None,
        "institution": InstitutionFactory() if place != "country" else None,
    }
    first = AffiliationFactory(begins_on=FIRST, ends_on=LAST, **where)
    second = {"person": first.person, "begins_on": begins_on, "ends_on": ends_on, **where}

    if is_shared:
        with refused_by("no_overlap"):
            AffiliationFactory(**second)
        with pytest.raises(ValidationError, match="There is a line for this"):
            Affiliation(**second).full_clean()
    else:
        Affiliation(**second).full_clean()
        AffiliationFactory(**second)

    assert Affiliation.objects.count() == (1 if is_shared else 2)


def test_a_person_may_hold_different_posts_at_once():
    first = AffiliationFactory(institution=InstitutionFactory())

    AffiliationFactory(person=first.person, country=first.country, institution=None)
    AffiliationFactory(person=first.person, country=None, institution=first.institution)
    AffiliationFactory(country=first.country, institution=first.institution)

    assert Affiliation.objects.on(FIRST).count() == 4


def test_the_posts_of_a_day_are_those_that_held_then():
    """What "trained 12, 7 still in post" is counted from."""
    left = AffiliationFactory(begins_on=FIRST, ends_on=LAST)
    stays = AffiliationFactory(begins_on=FIRST)

    days = (FIRST - DAY, FIRST, LAST, LAST + DAY)
    assert [set(Affiliation.objects.on(day)) for day in days] == [
        set(),
        {left, stays},
        {left, stays},
        {stays},
    ]


# --- Terms of focal points


@pytest.mark.parametrize("is_both", [True, False])
def test_a_focal_point_acts_for_one_country_or_one_institution(is_both):
    place = {"institution": InstitutionFactory()} if is_both else {"country": None}

    with refused_by("focal_term_of_one_country_or_institution"):
        FocalTermFactory(**place)


def test_a_focal_points_term_does_not_end_before_it_begins():
    with refused_by("focal_term_ends_after_it_begins"):
        FocalTermFactory(begins_on=FIRST, ends_on=FIRST - DAY)


def test_a_focal_points_term_always_has_an_end():
    with refused_by("ends_on"):
        FocalTermFactory(ends_on=None)


def test_a_country_may_have_two_focal_points_at_once():
    first = FocalTermFactory()

    assert FocalTermFactory(country=first.country).pk != first.pk


def test_a_region_is_one_of_five(db):
    with refused_by("country_region_is_known"):
        CountryFactory(region="Asai")
