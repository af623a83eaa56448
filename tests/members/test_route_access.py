"""Every route of delegations is among those that `tests/site` tries for every role."""

from __future__ import annotations

import pytest

from partnership.accounts.models import Role
from partnership.members.urls import urlpatterns
from tests.members import routes
from tests.site import test_access
from tests.site.people import EVERY_ROLE, VISITOR

OPEN = {"members:enter-code", "members:invitation", "members:new-invitation"}
CLOSED = routes.closed(set(EVERY_ROLE) - {VISITOR})
# Imports have tests of their own.
ROUTES = sorted(route for route in OPEN | set(CLOSED) if route.startswith("members:"))


def expected(route: str, role: str) -> int:
    if role == VISITOR and route in CLOSED:
        return 302
    if role not in CLOSED.get(route, EVERY_ROLE):
        return 403
    if route in routes.POST_ONLY:
        return 405
    # The focal point there runs another delegation, and that one only.
    if role == Role.FOCAL_POINT and route in routes.OF_A_DELEGATION:
        return 404
    return 302 if (role, route) == (Role.FOCAL_POINT, "members:delegations") else 200


def test_every_route_of_delegations_is_tried():
    names = {f"members:{pattern.name}" for pattern in urlpatterns if hasattr(pattern, "name")}

    assert set(ROUTES) == names
    assert names <= set(test_access.PAGES)


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_each_role_is_expected_to_open_its_routes_and_no_other(role):
    assert {route: test_access.expected(route, role) for route in ROUTES} == {
        route: expected(route, role) for route in ROUTES
    }
