"""The full-text index beside the search entries, kept by the database itself."""

from __future__ import annotations

from django.db import migrations

from partnership.lib.sql import OnlyOn

ENTRY, INDEX = "partnership_searchentry", "partnership_search_index"
COLUMNS = "title_tokens, body_tokens"
REMOVE = (
    f"INSERT INTO {INDEX}({INDEX}, rowid, {COLUMNS}) "
    "VALUES ('delete', old.id, old.title_tokens, old.body_tokens);"
)
ADD = f"INSERT INTO {INDEX}(rowid, {COLUMNS}) VALUES (new.id, new.title_tokens, new.body_tokens);"


class Migration(migrations.Migration):
    dependencies = [("partnership", "0003_dated_lines_do_not_overlap")]
    operations = [
        OnlyOn(
            "sqlite",
            [
                f"CREATE VIRTUAL TABLE {INDEX} USING fts5({COLUMNS}, content='{ENTRY}', "
                "content_rowid='id', tokenize='unicode61 remove_diacritics 0')",
                # Entries that are there already, when this is undone and done again.
                f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')",
                f"CREATE TRIGGER search_added AFTER INSERT ON {ENTRY} BEGIN {ADD} END",
                f"CREATE TRIGGER search_removed AFTER DELETE ON {ENTRY} BEGIN {REMOVE} END",
                f"CREATE TRIGGER search_changed AFTER UPDATE ON {ENTRY} BEGIN {REMOVE} {ADD} END",
            ],
            [
                "DROP TRIGGER search_added",
                "DROP TRIGGER search_removed",
                "DROP TRIGGER search_changed",
                f"DROP TABLE {INDEX}",
            ],
        ),
        OnlyOn(
            "postgresql",
            [
                f"ALTER TABLE {ENTRY} ADD COLUMN vector tsvector GENERATED ALWAYS AS ("
                "setweight(to_tsvector('simple'::regconfig, title_tokens), 'A') || "
                "setweight(to_tsvector('simple'::regconfig, body_tokens), 'D')) STORED",
                f"CREATE INDEX search_entry_vector ON {ENTRY} USING gin (vector)",
            ],
            [f"ALTER TABLE {ENTRY} DROP COLUMN vector"],
        ),
    ]
