"""Two memberships of one member, or two equal posts of one person, never overlap in time.

PostgreSQL excludes them. SQLite knows no exclusion: a trigger looks for the other line, and its
single writer makes that enough.
"""

from __future__ import annotations

from django.db import migrations

from partnership.lib.sql import OnlyOn

PARTICIPATION, AFFILIATION = "partnership_participation", "partnership_affiliation"

# Table, its short name, the columns that must all be equal for two lines to be of the same thing.
RULES = [
    (PARTICIPATION, "participation", ["country_id"]),
    (PARTICIPATION, "participation", ["institution_id"]),
    (AFFILIATION, "affiliation", ["person_id", "country_id", "institution_id"]),
]


def sqlite_triggers() -> tuple[list[str], list[str]]:
    made, dropped = [], []
    for table, name, columns in RULES:
        same = " AND ".join(
            f"{column} = NEW.{column}" if len(columns) == 1 else f"{column} IS NEW.{column}"
            for column in columns
        )
        for verb in ("INSERT", "UPDATE"):
            trigger = f"{name}_{columns[-1]}_no_overlap_{verb.lower()}"
            made.append(
                f"CREATE TRIGGER {trigger} BEFORE {verb} ON {table} WHEN EXISTS ("
                f"SELECT 1 FROM {table} WHERE {same} AND id IS NOT NEW.id "
                "AND begins_on <= COALESCE(NEW.ends_on, '9999-12-31') "
                "AND COALESCE(ends_on, '9999-12-31') >= NEW.begins_on) "
                f"BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: {name}_no_overlap'); END"
            )
            dropped.append(f"DROP TRIGGER {trigger}")
    return made, dropped


def postgresql_exclusions() -> tuple[list[str], list[str]]:
    made, dropped = ["CREATE EXTENSION IF NOT EXISTS btree_gist"], []
    for table, name, columns in RULES:
        constraint = f"{name}_{columns[-1]}_no_overlap"
        # An empty country or institution is a value like any other here.
        same = ", ".join(
            f"{column} WITH ="
            if len(columns) == 1 or column == "person_id"
            else f"(COALESCE({column}::text, '')) WITH ="
            for column in columns
        )
        made.append(
            f"ALTER TABLE {table} ADD CONSTRAINT {constraint} EXCLUDE USING gist "
            f"({same}, daterange(begins_on, ends_on, '[]') WITH &&)"
        )
        dropped.append(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
    return made, dropped


class Migration(migrations.Migration):
    dependencies = [("partnership", "0002_audit_is_append_only")]
    operations = [
        OnlyOn("sqlite", *sqlite_triggers()),
        OnlyOn("postgresql", *postgresql_exclusions()),
    ]
