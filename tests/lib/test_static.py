"""What is gathered of the static files: all that pages name, and nothing that none does."""

from __future__ import annotations

import re

import pytest
from django.contrib.staticfiles.finders import get_finders

from partnership.accounts.models import Role
from partnership.lib.static import NEVER_SERVED
from tests.factories.members import CountryFactory
from tests.site.people import client_of


@pytest.fixture
def gathered() -> set[str]:
    return {path for finder in get_finders() for path, _storage in finder.list(NEVER_SERVED)}


@pytest.mark.parametrize("address", ["add/", "{iso3}/change/", ""])
def test_what_the_admin_names_is_gathered(db, gathered, address):
    address = f"/admin/partnership/country/{address.format(iso3=CountryFactory().iso3)}"
    page = client_of(Role.ADMINISTRATOR).get(address, follow=True).content.decode()

    named = set(re.findall(r'(?:src|href)="/static/([^"]+)"', page))

    assert "admin/js/vendor/jquery/jquery.min.js" in named
    assert named <= gathered


def test_what_no_page_names_is_left_where_it_is(gathered):
    assert not [path for path in gathered if path.startswith("rest_framework/")]
    assert "admin/js/vendor/jquery/jquery.js" not in gathered
