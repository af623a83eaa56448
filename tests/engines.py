"""On which databases a test is run: SQLite has all of them, PostgreSQL what can differ there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

OF_THE_WHOLE = ("browser", "redis", "whole")
SERVICES = ("django_db", *OF_THE_WHOLE)
# What a database decides by itself: its constraints, its answers, its locks.
OF_THE_DATABASE = (
    *("test_models", "test_queries", "test_services", "test_migrations"),
    *("test_races", "test_kills", "test_find", "test_pairs", "test_asking"),
)

NAMED = "|".join(("both_engines", *OF_THE_WHOLE))
RUN_ON_BOTH = re.compile(rf"transaction=True|mark\.({NAMED})\b")


def is_shown_by_either(item: pytest.Item) -> bool:
    """Nothing of it depends on the database, or only what other tests show on both.

    Those of what a database decides, those that really commit, and those that say why with
    `both_engines` are run on both.
    """
    if not uses_a_service(item):
        return True
    is_marked = _is_marked(item, "both_engines", *OF_THE_WHOLE)
    return not (is_marked or commits(item) or module_of(item) in OF_THE_DATABASE)


def may_have_something(path: Path) -> bool:
    """Whether a module has anything that is run on both, as far as its text tells."""
    return path.stem in OF_THE_DATABASE or bool(RUN_ON_BOTH.search(path.read_text("utf-8")))


def module_of(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0].rpartition("/")[2].removesuffix(".py")


def is_for_the_audit(item: pytest.Item) -> bool:
    return _is_marked(item, "audit")


def is_left_to_the_audit(item: pytest.Item) -> bool:
    """What `make test` does not run on PostgreSQL, of that which asks a database at all."""
    return is_for_the_audit(item) or (uses_a_service(item) and is_shown_by_either(item))


def uses_a_service(item: pytest.Item) -> bool:
    used = {"db", "transactional_db", "django_db_setup"} & set(getattr(item, "fixturenames", ()))
    return bool(used) or _is_marked(item, *SERVICES)


def commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


def _is_marked(item: pytest.Item, *names: str) -> bool:
    return any(item.get_closest_marker(name) for name in names)
