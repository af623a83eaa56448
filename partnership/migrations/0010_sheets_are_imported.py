import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0009_a_delegation_runs_itself"),
    ]

    operations = [
        migrations.CreateModel(
            name="SheetImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("people", "people"),
                            ("institutions", "institutions"),
                            ("participations", "memberships"),
                        ],
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "columns are to be named"),
                            ("trying", "being tried"),
                            ("tried", "tried, nothing is written yet"),
                            ("running", "being taken in"),
                            ("done", "taken in"),
                            ("undoing", "being taken back"),
                            ("undone", "taken back"),
                            ("refused", "refused"),
                        ],
                        default="uploaded",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("key", models.CharField(blank=True, editable=False, max_length=120)),
                ("name", models.CharField(max_length=150, verbose_name="file")),
                ("encoding", models.CharField(blank=True, max_length=12, verbose_name="encoding")),
                ("columns", models.JSONField(default=list, verbose_name="columns")),
                ("mapping", models.JSONField(default=dict, verbose_name="what the columns mean")),
                ("role", models.CharField(blank=True, max_length=20, verbose_name="role")),
                (
                    "reason",
                    models.CharField(blank=True, max_length=400, verbose_name="why it was refused"),
                ),
                ("made_at", models.DateTimeField(verbose_name="sent")),
                ("tried_at", models.DateTimeField(blank=True, null=True, verbose_name="tried")),
                (
                    "done_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="taken in on"),
                ),
                (
                    "undone_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="taken back on"),
                ),
                ("counts", models.JSONField(default=dict, editable=False, verbose_name="rows")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="sheet_imports",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnership.country",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnership.institution",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="partnership.job",
                    ),
                ),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="row")),
                ("cells", models.JSONField(default=list, verbose_name="cells")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("changed", "changed"),
                            ("same", "same"),
                            ("wrong", "wrong"),
                        ],
                        max_length=8,
                        verbose_name="verdict",
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=330)),
                ("problems", models.JSONField(default=list, verbose_name="what is wrong")),
                ("changes", models.JSONField(default=dict, verbose_name="what changes")),
                (
                    "applied_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="taken in"),
                ),
                (
                    "sheet_import",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="partnership.sheetimport",
                    ),
                ),
            ],
            options={
                "verbose_name": "row of an import",
                "verbose_name_plural": "rows of imports",
                "ordering": ["sheet_import", "number"],
            },
        ),
        migrations.CreateModel(
            name="ImportChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("table", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=40)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField()),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "kept_because",
                    models.CharField(blank=True, max_length=200, verbose_name="why it stays"),
                ),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="journal",
                        to="partnership.importrow",
                    ),
                ),
                (
                    "sheet_import",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="partnership.sheetimport",
                    ),
                ),
            ],
            options={
                "verbose_name": "change by an import",
                "verbose_name_plural": "changes by imports",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="KnownColumns",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("people", "people"),
                            ("institutions", "institutions"),
                            ("participations", "memberships"),
                        ],
                        max_length=15,
                    ),
                ),
                ("head", models.CharField(max_length=64)),
                ("mapping", models.JSONField(default=dict)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="known_columns",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "known columns",
                "verbose_name_plural": "known columns",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "kind", "head"), name="known_columns_once"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="sheetimport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("country__isnull", True), ("institution__isnull", True), _connector="OR"
                ),
                name="sheet_import_into_one_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetimport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "done"), _negated=True),
                    ("done_at__isnull", False),
                    _connector="OR",
                ),
                name="sheet_import_done_has_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetimport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "undone"), _negated=True),
                    ("undone_at__isnull", False),
                    _connector="OR",
                ),
                name="sheet_import_undone_has_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(
                fields=["sheet_import", "verdict", "number"], name="import_row_by_verdict"
            ),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(fields=["sheet_import", "about"], name="import_row_about"),
        ),
        migrations.AddConstraint(
            model_name="importrow",
            constraint=models.UniqueConstraint(
                fields=("sheet_import", "number"), name="import_row_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="importrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("applied_at__isnull", True),
                    ("verdict__in", ["new", "changed"]),
                    _connector="OR",
                ),
                name="import_row_that_is_wrong_changes_nothing",
            ),
        ),
        migrations.AddIndex(
            model_name="importchange",
            index=models.Index(fields=["sheet_import", "id"], name="import_change_in_order"),
        ),
    ]
