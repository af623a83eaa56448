from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

from partnership.accounts.models import PolicyVersion
from partnership.audit.models import AuditEntry
from partnership.lib.sql import OnlyOn
from partnership.members.models import Country
from partnership.search.queries import find
from tests.constraints import refused_by
from tests.factories.members import ParticipationFactory

FOLDER = Path(__file__).parents[1] / "partnership" / "migrations"


def own_migrations() -> dict[str, Any]:
    """Every migration of ours by name, in the order of their numbers."""
    found = MigrationLoader(None).disk_migrations
    return {name: found[app, name] for app, name in sorted(found) if app == "partnership"}


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
    own = [model for model in apps.get_models() if model._meta.app_label == "partnership"]
    return {model._meta.label: model._base_manager.count() for model in own}


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


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("content")
def test_what_only_one_engine_has_is_undone_and_done_again_over_all_rows():
    japan = Country.objects.get(iso3="JPN")
    ParticipationFactory(country=japan, source=japan.party_source)
    # Their tables are younger than the first migration: they come back empty.
    PolicyVersion.objects.all().delete()
    before, hits = state(), len(find("Japan").hits)
    assert hits > 0

    call_command("migrate", "partnership", "0001", verbosity=0)
    AuditEntry.objects.update(verb="nobody refuses this now")
    call_command("migrate", verbosity=0)

    assert (state(), len(find("Japan").hits)) == (before, hits)
    with refused_by("append-only"):
        AuditEntry.objects.update(verb="refused again")
    with refused_by("no_overlap"):
        ParticipationFactory(country=japan, source=japan.party_source)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("content")
def test_every_migration_can_be_undone_and_done_again():
    try:
        call_command("migrate", "partnership", "zero", verbosity=0)
    finally:
        call_command("migrate", verbosity=0)

    assert set(state().values()) == {0}
