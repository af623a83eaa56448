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
from django.utils import translation

import tests.properties  # noqa: F401 a run names one of its profiles
from partnership.audit.models import AuditEntry
from partnership.jobs.services import Breaker
from partnership.members.content import load_countries, load_partnership
from partnership.site.content import load_content
from partnership.sources.content import load_sources
from partnership.sources.loading import Loaded
from tests import shared, signing_in
from tests.costs import asked_of
from tests.engines import (
    commits,
    is_for_the_audit,
    is_left_to_the_audit,
    is_shown_by_either,
    may_have_something,
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--whole-matrix",
        action="store_true",
        help="look at every page kind in both themes, both directions and three widths",
    )

    parser.addoption(
        "--leave-out-shown",
        action="store_true",
        help="leave out what the run on SQLite has shown for both databases",
    )

    parser.addoption(
        "--only-shown",
        action="store_true",
        help="what --leave-out-shown leaves out and has to do with a database at all",
    )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What has nothing to run is not even read."""
    is_asked = config.getoption("leave_out_shown") and collection_path.match("test_*.py")
    return True if is_asked and not may_have_something(collection_path) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if left_out := _left_out(config, items):
        config.hook.pytest_deselected(items=left_out)
        gone = {*left_out}
        items[:] = [item for item in items if item not in gone]
    # Tests that stand on the same rows come one after another: those are written once.
    items.sort(key=_stands_on)


def _left_out(config: pytest.Config, items: list[pytest.Item]) -> list[pytest.Item]:
    if config.getoption("leave_out_shown"):
        return [item for item in items if is_for_the_audit(item) or is_shown_by_either(item)]
    if config.getoption("only_shown"):
        return [item for item in items if not is_left_to_the_audit(item)]
    is_named = "audit" in config.getoption("markexpr") or config.getoption("file_or_dir")
    return [] if is_named else [item for item in items if is_for_the_audit(item)]


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is imported by now stays: looking through it for rubbish took a fifth of the time."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A test that was skipped has shown nothing: the run has failed."""
    # What is left is looked through once for files that nobody closed, not five times.
    gc.collect()
    gc.freeze()
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
    if connection.vendor == "postgresql":
        connection.ops.sql_flush = _emptying_what_has_rows


def _emptying_what_has_rows(style: Any, tables: list[str], **how: bool) -> list[str]:
    """After real commits: PostgreSQL takes a quarter of a second to truncate a hundred tables."""
    asked = [f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in tables]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        found = [name for (name,) in cursor.fetchall()]
    # Keys are looked at when all of it commits; rows of the log may go with their table alone.
    log = AuditEntry._meta.db_table
    return [f'{"TRUNCATE" if name == log else "DELETE FROM"} "{name}"' for name in found]


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
                kept.write_bytes(pickle.dumps(_loaded_and_taken_back(load_content)))
    with django_db_blocker.unblock():
        return _rows(pickle.loads(kept.read_bytes()))


def _rows(kept: dict[str, list[dict[str, Any]]]) -> dict[type, list]:
    """Rows to be written as they were, and new ones are numbered on after them."""
    models = {apps.get_model(label): found for label, found in kept.items()}
    rows = {model: [model(**row) for row in found] for model, found in models.items()}
    _count_on_after(rows)
    return rows


def _count_on_after(rows: dict[type[Model], list[Model]]) -> None:
    """PostgreSQL numbers new rows without looking at those that came with numbers."""
    counted = {
        model: max(row.pk for row in found)
        for model, found in rows.items()
        if connection.vendor == "postgresql" and isinstance(model._meta.pk, AutoField)
    }
    with connection.cursor() as cursor:
        for model, last in counted.items():
            at = [model._meta.db_table, model._meta.pk.column]
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", at)
            name = cursor.fetchone()[0]
            # Never back: somebody else's rows may come with higher numbers.
            cursor.execute("SELECT setval(%s, greatest(%s, nextval(%s)))", [name, last, name])


@pytest.fixture(scope="session")
def rows_of_areas(django_db_setup, django_db_blocker) -> dict[type, list]:
    """What the course files lean on: sources, countries and the areas of work."""
    with django_db_blocker.unblock():
        return _rows(_loaded_and_taken_back(_load_areas))


def _load_areas() -> None:
    done = Loaded()
    sources = load_sources(done)
    load_partnership(sources, load_countries(sources, done), done)


def _loaded_and_taken_back(load: Callable[[], Any]) -> dict[str, list[dict[str, Any]]]:
    """The values of all rows by model; a class that Django makes for a pair cannot be pickled."""
    with transaction.atomic():
        load()
        rows = {
            model._meta.label: list(model._base_manager.values())
            for model in apps.get_models(include_auto_created=True)
            if model._meta.app_label in ("partnership", "courses") and model._meta.managed
        }
        transaction.set_rollback(True)
    return {label: found for label, found in rows.items() if found}


# What tests can stand on, by the fixture they name, and the fixture that holds its rows.
LAYERS = {"content": "editorial", "areas": "rows_of_areas"}


class Layer:
    """Rows in a transaction below those of the tests, while one test after another wants them."""

    def __init__(self) -> None:
        self.name = ""
        self.atomic: transaction.Atomic | None = None

    def lay(self, name: str, rows: dict[type[Model], list[Model]]) -> None:
        """Let the next test stand on these rows, and on nothing else."""
        if name == self.name and not (
            connection.needs_rollback or connection.closed_in_transaction
        ):
            return
        if self.atomic:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)
        self.name, self.atomic = name, transaction.atomic() if name else None
        if self.atomic:
            self.atomic.__enter__()
            for model, found in rows.items():
                model._base_manager.bulk_create(found, batch_size=400)
            connection.check_constraints()


@pytest.fixture(scope="session")
def layer(django_db_setup, django_db_blocker) -> Iterator[Layer]:
    layer = Layer()
    yield layer
    with django_db_blocker.unblock():
        layer.lay("", {})


@pytest.fixture
def _django_db_helper(_below: None, _django_db_helper: None) -> None:
    """What `db` and its marker stand on in pytest-django, above what is below."""


@pytest.fixture
def _below(request: pytest.FixtureRequest, layer: Layer, django_db_blocker) -> None:
    """What a test finds in the database; there is nothing below real commits."""
    name = _stands_on(request.node)
    rows = request.getfixturevalue(LAYERS[name]) if name else {}
    with django_db_blocker.unblock():
        layer.lay(name, rows)


def _stands_on(item: pytest.Item) -> str:
    # A test may call an argument of its own like that.
    given = getattr(item, "callspec", None)
    wanted = {*getattr(item, "fixturenames", ())} - {*(given.params if given else ())}
    return "" if commits(item) else next((name for name in LAYERS if name in wanted), "")


@pytest.fixture
def content(request: pytest.FixtureRequest, db) -> None:
    """The partnership's whole content, as the site shows it on its first day."""
    if commits(request.node):
        with transaction.atomic():
            for model, rows in request.getfixturevalue("editorial").items():
                model._base_manager.bulk_create(rows, batch_size=400)


@pytest.fixture
def counted_anew(content, editorial: dict[type, list]) -> Iterator[None]:
    """For tests that make tables anew, which count from one again."""
    yield
    _count_on_after(editorial)


@pytest.fixture
def count_queries(db) -> Callable[[int], AbstractContextManager[None]]:
    """Exactly so many queries, beside the one that asks PostgreSQL what time it is."""

    @contextmanager
    def count(number: int) -> Iterator[None]:
        with CaptureQueriesContext(connection) as found:
            yield
        asked = asked_of(found)
        told = "\n".join(sql[:120] for sql in asked)
        assert len(asked) == number, f"{len(asked)} queries:\n{told}"

    return count


@pytest.fixture(autouse=True)
def _emptied_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests with real commits are emptied row by row on SQLite, which the audit log refuses."""
    yield
    if commits(request.node) and connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE name LIKE 'audit_no_%'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute("DELETE FROM partnership_auditentry")
            for _, statement in triggers:
                cursor.execute(statement)


@pytest.fixture(autouse=True)
def _english_and_closed_again() -> Iterator[None]:
    """The last page of a test leaves its language in the thread, as in any worker; and a broker
    that did not answer leaves the breaker open.
    """
    yield
    translation.deactivate()
    Breaker.open_until = 0.0


@pytest.fixture(scope="session", autouse=True)
def _whole_sign_in() -> Iterator[None]:
    """`force_login` shows a second factor too; who has to come without one says so."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "force_login", signing_in.force_login)
        yield
