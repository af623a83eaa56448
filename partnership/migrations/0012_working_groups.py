import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0011_mail_can_be_stopped"),
    ]

    operations = [
        migrations.CreateModel(
            name="WorkingGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                ("purpose", models.TextField(max_length=1000, verbose_name="what it is for")),
                ("founded_on", models.DateField(verbose_name="since")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed")),
            ],
            options={
                "verbose_name": "working group",
                "verbose_name_plural": "working groups",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True),
                            ("closed_on__gte", models.F("founded_on")),
                            _connector="OR",
                        ),
                        name="group_closes_after_it_is_founded",
                        violation_error_message="The last day is before the first.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupSeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_chair", models.BooleanField(default=False, verbose_name="chair")),
                ("begins_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="group_seats",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seats",
                        to="partnership.workinggroup",
                    ),
                ),
            ],
            options={
                "verbose_name": "seat in a working group",
                "verbose_name_plural": "seats in working groups",
                "ordering": ["group", "person", "-begins_on"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True)),
                        fields=("group", "person"),
                        name="group_seat_held_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("begins_on")),
                            _connector="OR",
                        ),
                        name="group_seat_ends_after_it_begins",
                        violation_error_message="The last day is before the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                (
                    "what_changed",
                    models.CharField(blank=True, max_length=300, verbose_name="what changed"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pdf", "PDF"),
                            ("docx", "DOCX"),
                            ("xlsx", "XLSX"),
                            ("pptx", "PPTX"),
                            ("odt", "ODT"),
                            ("ods", "ODS"),
                            ("odp", "ODP"),
                        ],
                        max_length=5,
                        verbose_name="kind",
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        editable=False, max_length=100, unique=True, verbose_name="where it lies"
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="checksum")),
                ("added_at", models.DateTimeField(verbose_name="added")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="withdrawn"),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="partnership.groupdocument",
                        verbose_name="replaces",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="partnership.workinggroup",
                    ),
                ),
            ],
            options={
                "verbose_name": "document of a working group",
                "verbose_name_plural": "documents of working groups",
                "ordering": ["-added_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)), name="group_document_is_not_empty"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaces__isnull", True),
                            models.Q(("replaces", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="group_document_replaces_another",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("group", "sha256"),
                        name="group_document_shown_once",
                    ),
                ],
            },
        ),
    ]
