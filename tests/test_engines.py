"""What is shown on one engine alone in `make test`: little, and each time for a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import _commits

PAGES_AND_ACCOUNTS = {Path("tests/site"), Path("tests/accounts")}
# Files of desks that show pages beside a file of services which both engines run.
PAGES_AND_ACCOUNTS |= {Path(f"tests/{name}") for name in ("agreements", "members", "sources")}


@pytest.fixture
def marked(request: pytest.FixtureRequest) -> list[pytest.Item]:
    items = [item for item in request.session.items if item.get_closest_marker("either_engine")]
    assert items
    return items


def test_where_one_engine_is_enough_it_is_said_why(marked):
    for item in marked:
        (reason,) = item.get_closest_marker("either_engine").args
        assert len(reason.split()) > 4, item.nodeid


def test_only_pages_are_shown_on_one_engine_and_nothing_that_commits(marked):
    folders = {item.path.relative_to(Path(__file__).parents[1]).parent for item in marked}

    assert folders <= PAGES_AND_ACCOUNTS
    assert [item.nodeid for item in marked if _commits(item)] == []
