from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, migrations, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.recorder import MigrationRecorder

from partnership.audit.models import AuditEntry
from partnership.lib.sql import OnlyOn
from partnership.members.models import Country
from partnership.search.queries import find
from tests.constraints import refused_by
from tests.factories.members import ParticipationFactory

OWN = ("partnership", "courses")
FOLDER = Path(__file__).parents[1] / "partnership" / "migrations"


def own_migrations() -> dict[str, Any]:
    """Every migration of ours by name, in the order of their numbers."""
    return {
        name: migration
        for (app, name), migration in on_disk()
        if app == "partnership" and not migration.replaces
    }


def on_disk() -> list[tuple[tuple[str, str], Any]]:
    return sorted(MigrationLoader(None).disk_migrations.items(), key=lambda found: found[0])


def in_one_step() -> dict[str, Any]:
    """By app: what makes a new site's tables at once."""
    return {app: migration for (app, _), migration in on_disk() if migration.replaces}


def faults_of(operations: list[Operation], *, is_first: bool = False) -> list[str]:
    """What would lose a write or could not be taken back on a live table."""
    found = []
    data = [step for step in operations if isinstance(step, migrations.RunPython)]
    if data and len(data) != len(operations):
        found.append("rows and schema are changed in one migration")
    for step in operations:
        if isinstance(step, migrations.RunPython) and step.reverse_code is None:
            found.append("a change of rows cannot be undone")
        if isinstance(step, migrations.RunSQL) and step.reverse_sql is None:
            found.append("a statement cannot be undone")
        if isinstance(step, OnlyOn) and len(step.forwards) and not step.backwards:
            found.append("a statement cannot be undone")
        if isinstance(step, migrations.AddField) and not is_first and _needs_a_value(step.field):
            found.append(f"{step.name} has no value for the rows that are there")
    return found


def _needs_a_value(field: Any) -> bool:
    has_one = field.null or field.has_default() or field.db_default is not models.NOT_PROVIDED
    return not has_one and not isinstance(field, models.ManyToManyField)


def state() -> dict[str, int]:
    """How many rows each of our tables holds."""
    own = [model for model in apps.get_models() if model._meta.app_label in OWN]
    return {model._meta.db_table: model._base_manager.count() for model in own}


def kept(found: dict[str, int], tables: set[str]) -> dict[str, int]:
    """Without the tables that went: those come back empty."""
    return {table: rows for table, rows in found.items() if table in tables and rows}


@pytest.mark.django_db
def test_the_migrations_make_the_tables_that_the_models_describe():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_migration_is_named_by_what_it_does_and_follows_the_one_before():
    names = list(own_migrations())

    assert [name[:4] for name in names] == [f"{n:04}" for n in range(1, len(names) + 1)]
    assert [name for name in names if re.search(r"\d{4}_(auto|initial|alter)_?", name)] == []
    for earlier, later in pairwise(names):
        assert ("partnership", earlier) in own_migrations()[later].dependencies


def test_no_migration_loses_a_write_or_cannot_be_taken_back():
    faults = {
        name: faults_of(migration.operations, is_first=migration.initial)
        for name, migration in own_migrations().items()
    }

    assert {name: found for name, found in faults.items() if found} == {}


@pytest.mark.parametrize(
    ("operations", "fault"),
    [
        (
            [migrations.RunPython(print, print), migrations.DeleteModel("Thing")],
            "rows and schema are changed in one migration",
        ),
        ([migrations.RunPython(print)], "a change of rows cannot be undone"),
        ([migrations.RunSQL("SELECT 1")], "a statement cannot be undone"),
        ([OnlyOn("sqlite", ["SELECT 1"], [])], "a statement cannot be undone"),
        (
            [migrations.AddField("thing", "size", models.IntegerField())],
            "size has no value for the rows that are there",
        ),
    ],
)
def test_the_rules_for_migrations_can_be_broken(operations, fault):
    assert faults_of(operations) == [fault]


def migrate(*to: str) -> None:
    call_command("migrate", *to, verbosity=0)


def applied() -> list[tuple[str, str]]:
    """Our migrations that the database knows, in the order of their names."""
    known = MigrationRecorder(connection).applied_migrations()
    return [key for key, _ in on_disk() if key in known and key[0] in OWN]


@pytest.mark.audit
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("counted_anew")
def test_what_came_after_the_first_step_can_be_undone_and_done_again_over_all_rows():
    before, all_of_them = state(), applied()
    firsts = in_one_step()
    first = {key for one in firsts.values() for key in (*one.replaces, (one.app_label, one.name))}

    try:
        for app in reversed(OWN):
            migrate(app, firsts[app].name)
        left = {*connection.introspection.table_names()}
        assert {*applied()} == first
    finally:
        migrate()

    assert applied() == all_of_them
    assert kept(before, left) == kept(state(), left)


def tables() -> set[tuple]:
    """What the database says of its tables: columns, rules, indexes and triggers, in any order."""
    with connection.cursor() as cursor:
        cursor.execute(SCHEMA[connection.vendor])
        # A column that was added later stands at the end of its table.
        return {(*names, *sorted(re.findall(r"\w+", text))) for *names, text in cursor.fetchall()}


SCHEMA = {
    "sqlite": "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL",
    "postgresql": "SELECT 'column', table_name, column_name, concat_ws(' ', data_type, is_nullable,"
    " column_default, character_maximum_length) FROM information_schema.columns "
    "WHERE table_schema = 'public' UNION ALL SELECT 'rule', conrelid::regclass::text, conname, "
    "pg_get_constraintdef(oid) FROM pg_constraint UNION ALL SELECT 'index', tablename, indexname, "
    "indexdef FROM pg_indexes WHERE schemaname = 'public' UNION ALL SELECT 'trigger', "
    "tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger "
    "WHERE NOT tgisinternal",
}


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a site that is older than the first step."""
    load = MigrationLoader.load_disk

    def without_the_first_step(self: MigrationLoader) -> None:
        load(self)
        found = self.disk_migrations
        self.disk_migrations = {key: one for key, one in found.items() if not one.replaces}

    monkeypatch.setattr(MigrationLoader, "load_disk", without_the_first_step)


@pytest.mark.audit
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("counted_anew", "one_by_one")
def test_every_migration_can_be_undone_and_done_again_over_all_rows():
    japan = Country.objects.get(iso3="JPN")
    ParticipationFactory(country=japan, source=japan.party_source)
    before, hits, all_of_them, made = state(), len(find("Japan").hits), applied(), tables()
    assert hits > 0

    try:
        migrate("partnership", "0001")
        assert applied() == [("partnership", next(iter(own_migrations())))]
        left = {*connection.introspection.table_names()}
        undo_the_first_and_do_it_again()
        AuditEntry.objects.update(verb="nobody refuses this now")
    finally:
        migrate()

    assert applied() == all_of_them
    assert kept(before, left) == kept(state(), left)
    assert tables() == made
    assert len(find("Japan").hits) == hits
    with refused_by("append-only"):
        AuditEntry.objects.update(verb="refused again")
    with refused_by("no_overlap"):
        ParticipationFactory(country=japan, source=japan.party_source)


def undo_the_first_and_do_it_again() -> None:
    """The tables that hold all rows go and come back; then all of it is taken back."""
    # SQLite wants to be told before a transaction, and changes tables only then.
    connection.disable_constraint_checking()
    with transaction.atomic():
        migrate("partnership", "zero")
        left = connection.introspection.table_names()
        own = {name for name in left if name.startswith(("partnership_", "courses_"))}
        assert own == {settings.CACHES["default"]["LOCATION"]}
        migrate("partnership", "0001")
        assert not Country.objects.exists()
        transaction.set_rollback(True)
    connection.enable_constraint_checking()
