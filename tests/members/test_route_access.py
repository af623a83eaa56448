"""Every route of delegations for every role: who gets in, and what the others are told."""

from __future__ import annotations

import pytest
from django.urls import reverse

from partnership.accounts.models import Role
from tests.members import routes
from tests.site.people import EVERY_ROLE, VISITOR, client_of

pytestmark = pytest.mark.django_db

OPEN = {"members:enter-code", "members:invitation", "members:new-invitation"}
CLOSED = routes.closed(set(EVERY_ROLE) - {VISITOR})
# Imports have tests of their own.
ROUTES = sorted(route for route in OPEN | set(CLOSED) if route.startswith("members:"))


@pytest.fixture(autouse=True)
def _rows(db) -> None:
    routes.make_rows()


def address(route: str) -> str:
    return reverse(route, args=routes.arguments().get(route, []))


def expected(route: str, role: str) -> int:
    if role == VISITOR and route in CLOSED:
        return 302
    if role not in CLOSED.get(route, EVERY_ROLE):
        return 403
    if route in routes.POST_ONLY:
        return 405
    # The focal point here runs another delegation, and that one only.
    if role == Role.FOCAL_POINT and route in routes.OF_A_DELEGATION:
        return 404
    return 302 if (role, route) == (Role.FOCAL_POINT, "members:delegations") else 200


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_each_role_opens_its_routes_and_no_other_also_by_head(role):
    client = client_of(role)
    wanted = {route: expected(route, role) for route in ROUTES}

    for ask in (client.get, client.head):
        assert {route: ask(address(route)).status_code for route in ROUTES} == wanted


def test_nothing_can_be_sent_to_what_is_only_to_be_read():
    client = client_of(Role.ADMINISTRATOR)
    to_read = [route for route in ROUTES if route not in routes.POST_ONLY | routes.BOTH_WAYS]

    for method in (client.post, client.put, client.delete):
        found = {route: method(address(route)).status_code for route in to_read}
        assert found == dict.fromkeys(to_read, 405)


def test_every_route_of_delegations_is_tried_here():
    from partnership.members.urls import urlpatterns

    names = {f"members:{pattern.name}" for pattern in urlpatterns if hasattr(pattern, "name")}
    assert set(ROUTES) == names
