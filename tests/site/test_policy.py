from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, include, path

from partnership.site import policy, who

# An address that somebody forgot to name in the table.
urlpatterns = [
    path("", include("partnership.urls")),
    path("forgotten/", lambda request: HttpResponse("secret"), name="forgotten"),
    path("nameless/", lambda request: HttpResponse("secret")),
]


def routes(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[str]:
    """Every route below a resolver, named as the policy table names it."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or entry.lookup_str}"
        else:
            inner = f"{entry.namespace}:" if entry.namespace else ""
            yield from routes(entry, namespace + inner)


ROUTES = sorted(set(routes()))


def test_the_table_names_every_route():
    assert [route for route in ROUTES if not policy.allowed(route)] == []


def test_every_line_of_the_table_has_its_route():
    assert set(policy.POLICY) - set(ROUTES) == {"admin:*"}


def test_the_admin_is_for_administrators_on_every_route():
    inside = {policy.allowed(route) for route in ROUTES if route.startswith("admin:")}

    assert inside == {who.ADMINISTRATORS}


def test_a_namespace_does_not_open_what_only_looks_like_it():
    assert policy.allowed("administration:index") is None
    assert policy.allowed("site:unknown") is None
    assert policy.allowed("") is None


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", ["/forgotten/", "/nameless/"])
def test_a_route_that_the_table_does_not_name_exists_for_nobody(client, db, address):
    assert client.get(address).status_code == 404


def test_whoever_may_use_a_route_is_one_of_the_roles_there_are():
    named = frozenset().union(*policy.POLICY.values())

    assert named == {
        who.VISITOR,
        who.SIGNED_IN,
        "administrator",
        "data_editor",
        "trainer",
        "focal_point",
    }
