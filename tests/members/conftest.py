from __future__ import annotations

import pytest
from django.test import Client

from partnership.accounts.models import Role
from partnership.members.models import FocalTerm
from tests.factories.accounts import person_with
from tests.factories.members import CountryFactory, FocalTermFactory
from tests.members.browsing import browser_of


@pytest.fixture
def term(db) -> FocalTerm:
    return FocalTermFactory(country=CountryFactory(iso3="QAA", name="Aland"))


@pytest.fixture
def focal(term) -> Client:
    return browser_of(term.person)


@pytest.fixture
def admin(db) -> Client:
    return browser_of(person_with(Role.ADMINISTRATOR))
