from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from partnership.jobs.services import Breaker
from partnership.site.content import load_content


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--whole-matrix",
        action="store_true",
        help="look at every page kind in both themes, both directions and three widths",
    )


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A test that was skipped has shown nothing: the run has failed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped") and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """The migrated database, and the cache's table beside it."""
    with django_db_blocker.unblock():
        call_command("createcachetable", verbosity=0)


@pytest.fixture(scope="session")
def editorial(django_db_setup, django_db_blocker) -> dict[type, list]:
    """All rows of the editorial content, loaded once and taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_content()
        rows = {
            model: list(model._base_manager.all())
            for model in apps.get_models(include_auto_created=True)
            if model._meta.app_label in ("partnership", "courses") and model._meta.managed
        }
        transaction.set_rollback(True)
    return {model: found for model, found in rows.items() if found}


@pytest.fixture
def content(db, editorial) -> None:
    """The partnership's whole content, as the site shows it on its first day."""
    with transaction.atomic():
        for model, rows in editorial.items():
            model._base_manager.bulk_create(rows, batch_size=400)


@pytest.fixture
def count_queries(db) -> Callable[[int], AbstractContextManager[None]]:
    """Exactly so many queries, beside the one that asks PostgreSQL what time it is."""

    @contextmanager
    def count(number: int) -> Iterator[None]:
        with CaptureQueriesContext(connection) as found:
            yield
        asked = [query["sql"] for query in found if "clock_timestamp" not in query["sql"]]
        told = "\n".join(sql[:120] for sql in asked)
        assert len(asked) == number, f"{len(asked)} queries:\n{told}"

    return count


@pytest.fixture(autouse=True)
def _emptied_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests with real commits are emptied row by row on SQLite, which the audit log refuses."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction") and connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE name LIKE 'audit_no_%'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute("DELETE FROM partnership_auditentry")
            for _, statement in triggers:
                cursor.execute(statement)


@pytest.fixture(autouse=True)
def _closed_breaker() -> Iterator[None]:
    yield
    Breaker.open_until = 0.0
