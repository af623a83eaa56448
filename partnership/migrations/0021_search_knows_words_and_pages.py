"""Entries are passages with a page and an audience; synonyms are rows; no index has positions."""

from __future__ import annotations

from django.db import migrations, models

from partnership.lib.sql import OnlyOn

ENTRY, INDEX = "partnership_searchentry", "partnership_search_index"
COLUMNS = ("title_tokens", "body_tokens", "pair_tokens")
# Short columns stay in the row, the long ones leave it: a row that matches is read for its kind.
SHORT = ("kind", "key", "language", "audience", "title", "address", "fingerprint")
VECTOR = "array_to_tsvector(string_to_array({}, ' '))"
TRIGGERS = ("search_added", "search_removed", "search_changed")


def fts5(columns: tuple[str, ...], options: str) -> list[str]:
    """A table of FTS5 over these columns, what keeps it, and the rows that are there already."""
    names = ", ".join(columns)
    old, new = (", ".join(f"{which}.{name}" for name in columns) for which in ("old", "new"))
    remove = f"INSERT INTO {INDEX}({INDEX}, rowid, {names}) VALUES ('delete', old.id, {old});"
    add = f"INSERT INTO {INDEX}(rowid, {names}) VALUES (new.id, {new});"
    return [
        f"CREATE VIRTUAL TABLE {INDEX} USING fts5({names}, content='{ENTRY}', "
        f"content_rowid='id', tokenize='unicode61 remove_diacritics 0'{options})",
        f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')",
        f"CREATE TRIGGER search_added AFTER INSERT ON {ENTRY} BEGIN {add} END",
        f"CREATE TRIGGER search_removed AFTER DELETE ON {ENTRY} BEGIN {remove} END",
        f"CREATE TRIGGER search_changed AFTER UPDATE ON {ENTRY} BEGIN {remove} {add} END",
    ]


# Before, a thing had one entry in each language; what is lost here is written again by its subject.
PAGES_GONE = f"DELETE FROM {ENTRY} WHERE page > 0"
GONE = [*(f"DROP TRIGGER {name}" for name in TRIGGERS), f"DROP TABLE {INDEX}"]
OLD_VECTOR = (
    f"ALTER TABLE {ENTRY} ADD COLUMN vector tsvector GENERATED ALWAYS AS ("
    "setweight(to_tsvector('simple'::regconfig, title_tokens), 'A') || "
    "setweight(to_tsvector('simple'::regconfig, body_tokens), 'D')) STORED"
)


class Migration(migrations.Migration):
    dependencies = [("partnership", "0020_feeds_and_links_are_asked")]
    operations = [
        # The table is made anew by SQLite when a column is added, and its triggers would be lost.
        OnlyOn("sqlite", GONE, fts5(COLUMNS[:2], "")),
        OnlyOn(
            "postgresql",
            [f"ALTER TABLE {ENTRY} DROP COLUMN vector"],
            [OLD_VECTOR, f"CREATE INDEX search_entry_vector ON {ENTRY} USING gin (vector)"],
        ),
        migrations.CreateModel(
            name="Synonym",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=60, unique=True, verbose_name="key")),
                ("forms", models.JSONField(default=list, verbose_name="forms")),
                (
                    "found_only",
                    models.JSONField(
                        blank=True,
                        default=list,
                        verbose_name="forms that also mean something else",
                    ),
                ),
            ],
            options={
                "verbose_name": "synonym",
                "verbose_name_plural": "synonyms",
                "ordering": ("key",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("forms", []), _negated=True),
                        name="a_synonym_has_forms",
                    )
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="searchentry", name="search_entry_once"),
        migrations.AddField(
            model_name="searchentry",
            name="page",
            field=models.PositiveIntegerField(
                default=0, help_text="0 means: the thing as a whole.", verbose_name="page"
            ),
        ),
        migrations.AddField(
            model_name="searchentry",
            name="audience",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Empty means: everybody.",
                max_length=60,
                verbose_name="audience",
            ),
        ),
        migrations.AddField(
            model_name="searchentry",
            name="text",
            field=models.TextField(blank=True, default="", verbose_name="text"),
        ),
        migrations.AddField(
            model_name="searchentry",
            name="pair_tokens",
            field=models.TextField(default="", editable=False),
        ),
        migrations.AddConstraint(
            model_name="searchentry",
            constraint=models.UniqueConstraint(
                fields=("kind", "key", "page", "language"), name="search_entry_once"
            ),
        ),
        OnlyOn(
            "sqlite",
            [
                *fts5(COLUMNS, ", detail=column"),
                f"CREATE INDEX search_entry_narrow ON {ENTRY} (id, kind, key, language, audience)",
            ],
            [PAGES_GONE, "DROP INDEX search_entry_narrow", *GONE],
        ),
        OnlyOn(
            "postgresql",
            [
                f"ALTER TABLE {ENTRY} SET (toast_tuple_target = 128)",
                *(f"ALTER TABLE {ENTRY} ALTER COLUMN {name} SET STORAGE MAIN" for name in SHORT),
                f"CREATE INDEX search_entry_words ON {ENTRY} USING gin "
                f"(({VECTOR.format('body_tokens')}), ({VECTOR.format('pair_tokens')})) "
                "WITH (fastupdate = off)",
                f"CREATE INDEX search_entry_titles ON {ENTRY} USING gin "
                f"(({VECTOR.format('title_tokens')})) WITH (fastupdate = off)",
            ],
            [
                PAGES_GONE,
                "DROP INDEX search_entry_titles",
                "DROP INDEX search_entry_words",
                *(
                    f"ALTER TABLE {ENTRY} ALTER COLUMN {name} SET STORAGE EXTENDED"
                    for name in SHORT
                ),
                f"ALTER TABLE {ENTRY} RESET (toast_tuple_target)",
            ],
        ),
    ]
