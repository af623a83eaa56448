from __future__ import annotations

import gc
import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import AutoField, Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnership.jobs.services import Breaker
from partnership.site.content import load_content
from tests import shared, signing_in


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--whole-matrix",
        action="store_true",
        help="look at every page kind in both themes, both directions and three widths",
    )

    parser.addoption(
        "--leave-out-pure",
        action="store_true",
        help="leave out tests that use no service: the run on SQLite has had them",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("leave_out_pure"):
        pure = [item for item in items if not _uses_a_service(item)]
        config.hook.pytest_deselected(items=pure)
        items[:] = [item for item in items if _uses_a_service(item)]
    # The content is written once for all that read it: they come one after another.
    items.sort(key=_stands_on_content)


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is imported by now stays: looking through it for rubbish took a fifth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _uses_a_service(item: pytest.Item) -> bool:
    used = {"db", "transactional_db", "django_db_setup"} & set(getattr(item, "fixturenames", ()))
    marks = ("django_db", "browser", "redis", "whole")
    return bool(used) or any(item.get_closest_marker(name) for name in marks)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A test that was skipped has shown nothing: the run has failed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and reporter.stats.get("skipped") and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    workers = session.config.pluginmanager.get_plugin("dsession")
    if workers and connection.vendor == "postgresql":
        shared.drop_databases(os.environ["DATABASE_URL"], workers.nodemanager.testrunuid)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The workers of one run copy one migrated database."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return
    folder = shared.run_folder(tmp_path_factory)
    if connection.vendor == "postgresql":
        name = shared.migrated_database(os.environ["DATABASE_URL"], folder)
        connection.settings_dict["TEST"]["TEMPLATE"] = name
    else:
        _begin_with(shared.migrated_file(folder))


def _begin_with(migrated: Path) -> None:
    """Let the test database of SQLite be a copy of this file."""
    make = connection.creation._create_test_db

    def copy(*args: Any, **kwargs: Any) -> str:
        name = make(*args, **kwargs)
        shutil.copyfile(migrated, name)
        return name

    connection.creation._create_test_db = copy


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """The migrated database, and the cache's table beside it."""
    with django_db_blocker.unblock():
        call_command("createcachetable", verbosity=0)


@pytest.fixture(scope="session")
def editorial(
    django_db_setup, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> dict[type, list]:
    """All rows of the editorial content: loaded by one worker, taken back, and passed on."""
    folder = shared.run_folder(tmp_path_factory)
    kept = folder / "editorial.pickle"
    with shared.once(folder, "editorial") as is_first:
        if is_first:
            with django_db_blocker.unblock():
                kept.write_bytes(pickle.dumps(_loaded_and_taken_back()))
    kept_rows = pickle.loads(kept.read_bytes())
    rows = {apps.get_model(label): found for label, found in kept_rows.items()}
    with django_db_blocker.unblock():
        _count_on_after(rows)
    return {model: [model(**row) for row in found] for model, found in rows.items()}


def _count_on_after(rows: dict[type[Model], list[dict[str, Any]]]) -> None:
    """PostgreSQL numbers new rows without looking at those that came with numbers."""
    counted = {
        model: max(row[model._meta.pk.attname] for row in found)
        for model, found in rows.items()
        if connection.vendor == "postgresql" and isinstance(model._meta.pk, AutoField)
    }
    with connection.cursor() as cursor:
        for model, last in counted.items():
            at = [model._meta.db_table, model._meta.pk.column, last]
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", at)


def _loaded_and_taken_back() -> dict[str, list[dict[str, Any]]]:
    """The values of all rows by model; a class that Django makes for a pair cannot be pickled."""
    with transaction.atomic():
        load_content()
        rows = {
            model._meta.label: list(model._base_manager.values())
            for model in apps.get_models(include_auto_created=True)
            if model._meta.app_label in ("partnership", "courses") and model._meta.managed
        }
        transaction.set_rollback(True)
    return {label: found for label, found in rows.items() if found}


class Layer:
    """The editorial content in a transaction below those of the tests, so long as they want it."""

    def __init__(self) -> None:
        self.atomic: transaction.Atomic | None = None

    def open(self, rows: dict[type[Model], list[Model]]) -> None:
        if self.atomic:
            return
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        for model, found in rows.items():
            model._base_manager.bulk_create(found, batch_size=400)
        connection.check_constraints()

    def close(self) -> None:
        if self.atomic:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)
            self.atomic = None


@pytest.fixture(scope="session")
def layer(django_db_setup, django_db_blocker) -> Iterator[Layer]:
    layer = Layer()
    yield layer
    with django_db_blocker.unblock():
        layer.close()


@pytest.fixture
def _django_db_helper(_below: None, _django_db_helper: None) -> None:
    """What `db` and its marker stand on in pytest-django, above what is below."""


@pytest.fixture
def _below(request: pytest.FixtureRequest, layer: Layer, django_db_blocker) -> None:
    """What a test finds in the database: the content or nothing; and nothing below real commits."""
    wanted = request.getfixturevalue("editorial") if _stands_on_content(request.node) else None
    with django_db_blocker.unblock():
        if wanted:
            layer.open(wanted)
        else:
            layer.close()


def _stands_on_content(item: pytest.Item) -> bool:
    # A test may call an argument of its own like that.
    given = getattr(item, "callspec", None)
    wanted = {*getattr(item, "fixturenames", ())} - {*(given.params if given else ())}
    return "content" in wanted and not _commits(item)


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


@pytest.fixture
def content(request: pytest.FixtureRequest, db) -> None:
    """The partnership's whole content, as the site shows it on its first day."""
    if _commits(request.node):
        with transaction.atomic():
            for model, rows in request.getfixturevalue("editorial").items():
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
    if _commits(request.node) and connection.vendor == "sqlite":
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


@pytest.fixture(autouse=True)
def _whole_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """`force_login` shows a second factor too; who has to come without one says so."""
    monkeypatch.setattr(Client, "force_login", signing_in.force_login)
