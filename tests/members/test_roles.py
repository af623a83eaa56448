from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.contrib.auth.models import AnonymousUser

from partnership.accounts.models import Role
from partnership.members.roles import roles_of
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.members import AffiliationFactory, FocalTermFactory, InstitutionFactory

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)
NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)
SOURCES = {
    "official": AffiliationFactory,
    "focal_point": FocalTermFactory,
    "trainer": partial(RoleGrantFactory, role=Role.TRAINER),
    "administrator": partial(RoleGrantFactory, role=Role.ADMINISTRATOR),
}


@pytest.mark.parametrize("role", SOURCES)
def test_each_role_holds_from_its_first_day_to_its_last(role):
    person = SOURCES[role](begins_on=FIRST, ends_on=LAST).person

    # A focal point's term runs on for thirty days.
    over = datetime(2025, 1, 31 if role == "focal_point" else 1, tzinfo=UTC)
    moments = (
        datetime(2023, 12, 31, 23, 59, 59, tzinfo=UTC),
        datetime(2024, 1, 1, tzinfo=UTC),
        over - timedelta(seconds=1),
        over,
    )
    assert [roles_of(person, at) for at in moments] == [set(), {role}, {role}, set()]


def test_a_term_that_was_closed_early_holds_neither_that_day_nor_in_grace():
    person = FocalTermFactory(begins_on=FIRST, ends_on=LAST, closed_on=NOON.date()).person

    before, then, later = NOON - timedelta(days=1), NOON, datetime(2025, 1, 2, tzinfo=UTC)
    assert [roles_of(person, at) for at in (before, then, later)] == [{"focal_point"}, set(), set()]


@pytest.mark.parametrize("role", ["official", "trainer", "administrator"])
def test_a_role_without_an_end_holds_on(role):
    person = SOURCES[role](begins_on=FIRST, ends_on=None).person

    assert roles_of(person, NOON + timedelta(days=9_000)) == {role}


def test_an_official_of_an_institution_is_an_official():
    person = AffiliationFactory(country=None, institution=InstitutionFactory()).person

    assert roles_of(person, NOON) == {"official"}


def test_roles_add_up_and_count_once():
    person = UserFactory()
    for make in (*SOURCES.values(), *list(SOURCES.values())[:2]):
        make(person=person, begins_on=FIRST, ends_on=LAST)

    assert roles_of(person, NOON) == set(SOURCES)


def test_the_roles_of_others_are_nobodys():
    for make in SOURCES.values():
        make(begins_on=FIRST, ends_on=LAST)

    assert roles_of(UserFactory(), NOON) == set()


def test_whoever_cannot_sign_in_has_no_role(django_assert_num_queries):
    closed = RoleGrantFactory(person__is_active=False).person

    with django_assert_num_queries(0):
        assert roles_of(AnonymousUser(), NOON) == set()
        assert roles_of(closed, NOON) == set()


def test_all_roles_are_asked_for_in_one_query(django_assert_num_queries):
    person = UserFactory()
    for make in SOURCES.values():
        make(person=person, begins_on=FIRST, ends_on=LAST)

    with django_assert_num_queries(1):
        roles_of(person, NOON)
