"""On which databases a test is run: SQLite has all of them, PostgreSQL what can differ there."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from types import ModuleType
from typing import Any

import pytest
from django.test import Client

OF_THE_WHOLE = ("browser", "redis", "whole")
SERVICES = ("django_db", *OF_THE_WHOLE)


def is_shown_by_either(item: pytest.Item) -> bool:
    """Nothing of it depends on the database, or only what the tests below the pages show on both.

    A test that asks pages is one whose module, or what it takes from another, has a browser. Those
    that really commit, and those that say why with `both_engines`, are run on both all the same.
    """
    if not uses_a_service(item):
        return True
    needs_both = commits(item) or _is_marked(item, "both_engines", *OF_THE_WHOLE)
    return not needs_both and asks_pages(item)


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


def asks_pages(item: pytest.Item) -> bool:
    module = getattr(item, "module", None)
    has_fixture = "client" in getattr(item, "fixturenames", ())
    return has_fixture or (module is not None and _has_a_browser(module))


@cache
def _has_a_browser(module: ModuleType) -> bool:
    taken = {module, *_modules_of(vars(module).values())}
    return any(found is Client for one in taken for found in vars(one).values())


def _modules_of(found: Iterable[Any]) -> Iterable[ModuleType]:
    """The modules of these tests that something was taken from."""
    for one in found:
        name = one.__name__ if isinstance(one, ModuleType) else getattr(one, "__module__", None)
        if isinstance(name, str) and name.startswith("tests.") and name in sys.modules:
            yield sys.modules[name]
