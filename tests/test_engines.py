"""What `make test` runs on SQLite alone is nothing that may differ on PostgreSQL."""

from __future__ import annotations

import pytest

from tests.engines import (
    OF_THE_DATABASE,
    commits,
    is_shown_by_either,
    may_have_something,
    module_of,
    uses_a_service,
)

# Said here as well: what is taken off the list of these would leave PostgreSQL unseen.
BELOW_THE_PAGES = (
    "test_models",
    "test_queries",
    "test_services",
    "test_migrations",
    "test_races",
    "test_kills",
    "test_find",
    "test_pairs",
    "test_asking",
)


@pytest.fixture
def items(request: pytest.FixtureRequest) -> list[pytest.Item]:
    return request.session.items


def test_what_really_commits_and_what_the_database_decides_is_run_on_both(items):
    below = [one for one in items if commits(one) or module_of(one) in BELOW_THE_PAGES]

    alone = [one for one in below if uses_a_service(one) and is_shown_by_either(one)]

    assert below, "this looks at the whole suite: run it with the others"
    assert [one.nodeid for one in alone] == []


def test_no_module_is_left_unread_that_has_something_to_run_on_both(items):
    unread = {one.path for one in items if not may_have_something(one.path)}

    left_out = [one for one in items if one.path in unread and not is_shown_by_either(one)]

    assert unread
    assert [one.nodeid for one in left_out] == []


def test_each_of_these_names_is_that_of_a_module(items):
    assert set(OF_THE_DATABASE) - {module_of(one) for one in items} == set()


def test_where_pages_are_asked_on_both_it_is_said_why(items):
    for item in items:
        if marker := item.get_closest_marker("both_engines"):
            (reason,) = marker.args
            assert len(reason.split()) > 4, item.nodeid
