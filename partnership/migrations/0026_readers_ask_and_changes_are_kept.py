import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0025_figures_are_counted"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgreementVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("loaded", "taken in with the editorial content"),
                            ("desk", "changed on the desk"),
                            ("admin", "changed by an administrator"),
                        ],
                        max_length=8,
                        verbose_name="cause",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=600, verbose_name="reason")),
                ("told", models.JSONField(verbose_name="as it stood")),
                ("made_at", models.DateTimeField(db_index=True, verbose_name="made")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="partnership.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnership.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of an agreement",
                "verbose_name_plural": "versions of agreements",
                "ordering": ["agreement", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "number"), name="agreement_version_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="agreement_version_counts_from_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cause", "desk"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="agreement_version_of_the_desk_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PartyStatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[("confirms", "confirms"), ("contests", "contests")],
                        max_length=8,
                        verbose_name="stance",
                    ),
                ),
                ("reason", models.CharField(max_length=600, verbose_name="reason")),
                ("made_at", models.DateTimeField(db_index=True, verbose_name="made")),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statements",
                        to="partnership.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnership.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statements",
                        to="partnership.agreementstage",
                        verbose_name="line",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
            ],
            options={
                "verbose_name": "statement of a Party",
                "verbose_name_plural": "statements of Parties",
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="party_statement_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stance__in", ["confirms", "contests"])),
                        name="party_statement_confirms_or_contests",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("kind", models.SlugField(max_length=20, verbose_name="kind of fact")),
                ("key", models.CharField(max_length=200, verbose_name="key of the fact")),
                ("sentence", models.CharField(max_length=600, verbose_name="what the page said")),
                ("page", models.CharField(max_length=300, verbose_name="page")),
                ("text", models.TextField(verbose_name="what is wrong")),
                (
                    "email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="address for the answer"
                    ),
                ),
                ("language", models.CharField(max_length=12, verbose_name="language")),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                (
                    "proved_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="address proved"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("answered", "answered"),
                            ("closed", "closed without an answer"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "answer",
                    models.TextField(blank=True, verbose_name="answer, or why it was closed"),
                ),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered or closed"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "countries",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="partnership.country",
                        verbose_name="countries",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered or closed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "remark",
                "verbose_name_plural": "remarks",
                "ordering": ["-asked_at", "-pk"],
                "indexes": [models.Index(fields=["state", "asked_at"], name="remark_by_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("ended_at__isnull", True),
                                ("ended_by__isnull", True),
                                ("state", "open"),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("state__in", ["answered", "closed"]),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="remark_ends_with_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("proved_at__isnull", False),
                            _connector="OR",
                        ),
                        name="remark_is_answered_when_proved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="remark_says_something",
                    ),
                ],
            },
        ),
    ]
