"""Reads over approaches and authorizations, on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from partnership.agreements.cooperation import queries
from partnership.agreements.cooperation.models import Approach, Authorization
from partnership.members.models import Country
from tests.factories.agreements import AgreementFactory
from tests.factories.cooperation import ApproachLineFactory, AuthorizationLineFactory
from tests.factories.members import CountryFactory

pytestmark = pytest.mark.django_db
DAY = date(2025, 1, 1)


def country(iso3: str, day: date = DAY) -> Country:
    return queries.marked(Country.objects.filter(iso3=iso3), day=day).get()


def test_a_country_has_what_it_hosts_and_what_it_acquires():
    hosted = ApproachLineFactory(entry__host__iso3="QAA").entry
    acquired = AuthorizationLineFactory().entry
    acquired.acquiring.add(hosted.host, CountryFactory(iso3="QAB"))
    CountryFactory(iso3="QAC")

    assert queries.of_country(country("QAA"), day=DAY) == {
        "approaches": [hosted],
        "authorizations": [acquired],
    }
    assert queries.of_country(country("QAC"), day=DAY) == {}
    assert queries.of_country(country("QAA", date(2024, 2, 29)), day=date(2024, 2, 29)) == {}


def test_under_an_agreement_stand_also_authorizations_of_its_approaches():
    agreement = AgreementFactory()
    approach = ApproachLineFactory(entry__agreement=agreement).entry
    below = AuthorizationLineFactory(entry__approach=approach).entry
    direct = AuthorizationLineFactory(entry__agreement=agreement).entry
    AuthorizationLineFactory()

    found = queries.of_agreement(agreement, day=DAY)

    assert (found["approaches"], set(found["authorizations"])) == ([approach], {below, direct})
    assert queries.of_approach(approach, day=DAY) == [below]


def test_a_row_with_several_parties_and_sectors_is_listed_once():
    row = AuthorizationLineFactory().entry
    row.acquiring.add(*(CountryFactory(iso3=code) for code in ("QAA", "QAB")))

    wanted = {"acquiring": "QAA", "ordering": "-known_from"}

    assert list(queries.listed(Authorization, wanted, day=DAY)) == [row]
    assert list(queries.listed(Approach, wanted, day=DAY)) == []


def test_what_nobody_compared_is_found_until_somebody_does():
    line = ApproachLineFactory(checked_on=None)
    AuthorizationLineFactory()

    assert queries.to_check() == [line]
