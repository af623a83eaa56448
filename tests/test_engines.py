"""What `make test` runs on SQLite alone is nothing that may differ on PostgreSQL."""

from __future__ import annotations

import pytest

from tests.engines import commits, is_shown_by_either, uses_a_service

BELOW_THE_PAGES = (
    "test_models",
    "test_queries",
    "test_services",
    "test_migrations",
    "test_races",
    "test_kills",
    "test_state_machine",
    "test_states",
    "test_find",
)


@pytest.fixture
def items(request: pytest.FixtureRequest) -> list[pytest.Item]:
    return request.session.items


def module_of(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0].rpartition("/")[2].removesuffix(".py")


def test_what_really_commits_and_what_stands_below_the_pages_is_run_on_both(items):
    below = [one for one in items if commits(one) or module_of(one) in BELOW_THE_PAGES]

    alone = [one for one in below if uses_a_service(one) and is_shown_by_either(one)]

    assert below, "this looks at the whole suite: run it with the others"
    assert [one.nodeid for one in alone] == []


def test_where_pages_are_asked_on_both_it_is_said_why(items):
    for item in items:
        if marker := item.get_closest_marker("both_engines"):
            (reason,) = marker.args
            assert len(reason.split()) > 4, item.nodeid
