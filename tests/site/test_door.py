"""The door: to every role, of every route, it says the same whatever is done there."""

from __future__ import annotations

from functools import cache

import pytest
from django.test import Client

from tests.site.door import told_at_the_door
from tests.site.people import EVERY_ROLE, VISITOR, somebody
from tests.site.test_access import ADMIN, ADMINISTRATORS, CLOSED, PAGES, address, admin_address

pytestmark = pytest.mark.django_db


def wanted(route: str, role: str) -> int | None:
    """What somebody is told who may not come in."""
    if role in CLOSED.get(route, ADMINISTRATORS if route in ADMIN else EVERY_ROLE):
        return None
    if role != VISITOR:
        return 403
    return 401 if route.startswith("api:") else 302


@cache
def everywhere() -> dict[str, str]:
    found = {route: address(route) for route in PAGES}
    return found | {route: admin_address(route) for route in ADMIN}


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_the_door_asks_for_the_role_whatever_is_done(role):
    person, client = None if role == VISITOR else somebody(role), Client()
    if person:
        client.force_login(person)
    addresses = everywhere()

    for method in ("GET", "HEAD", "POST", "DELETE"):
        told = told_at_the_door(client, person, method, addresses)
        found = {route: answer and answer.status_code for route, answer in told.items()}
        assert found == {route: wanted(route, role) for route in addresses}, method
