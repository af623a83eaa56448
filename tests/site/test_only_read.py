"""A page that is only to be read takes nothing that is sent to it."""

from __future__ import annotations

import pytest
from django.test import Client

from partnership.accounts.models import Role
from tests.site.door import told_inside
from tests.site.people import VISITOR, client_of, somebody
from tests.site.test_access import BOTH_WAYS, POST_ONLY, address, open_to

pytestmark = pytest.mark.django_db


def to_read(role: str) -> dict[str, str]:
    """Where the pages are that this role may only read."""
    routes = [route for route in open_to(role) if route not in POST_ONLY | BOTH_WAYS]
    return {route: address(route) for route in routes}


def test_nothing_can_be_sent_to_a_page_that_is_only_to_be_read():
    client, pages = client_of(VISITOR), to_read(VISITOR)

    for method in (client.post, client.delete):
        found = {route: method(page).status_code for route, page in pages.items()}
        assert found == dict.fromkeys(pages, 405)


def test_who_runs_the_site_can_send_nothing_there_either():
    person, client, pages = somebody(Role.ADMINISTRATOR), Client(), to_read(Role.ADMINISTRATOR)
    client.force_login(person)

    for method in ("POST", "DELETE"):
        told = told_inside(client, person, method, pages)
        found = {route: answer.status_code for route, answer in told.items()}
        assert found == dict.fromkeys(pages, 405)
