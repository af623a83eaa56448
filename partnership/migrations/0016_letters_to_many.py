"""Letters to many with their recipients, desks for replies, and mails that came back."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0015_people_have_their_data"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReplyDesk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True, verbose_name="name")),
                ("email", models.EmailField(max_length=254, verbose_name="mail address")),
                (
                    "is_open",
                    models.BooleanField(
                        default=True,
                        help_text="Otherwise new letters cannot name it.",
                        verbose_name="offered",
                    ),
                ),
            ],
            options={
                "verbose_name": "desk for replies",
                "verbose_name_plural": "desks for replies",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("circle", models.CharField(max_length=120, verbose_name="to")),
                ("wanted", models.JSONField(default=dict, verbose_name="filter")),
                ("language", models.CharField(max_length=12, verbose_name="main language")),
                (
                    "is_service",
                    models.BooleanField(default=False, verbose_name="about the reader's account"),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it may not be stopped"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("sending", "being sent"),
                            ("sent", "sent"),
                            ("cancelled", "stopped while it was sent"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("changed_at", models.DateTimeField(verbose_name="changed")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnership.replydesk",
                        verbose_name="replies go to",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter",
                "verbose_name_plural": "letters",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="LetterText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=12, verbose_name="language")),
                ("subject", models.CharField(max_length=200, verbose_name="subject")),
                ("body", models.TextField(max_length=20000, verbose_name="text")),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="partnership.letter",
                    ),
                ),
            ],
            options={
                "verbose_name": "text of a letter",
                "verbose_name_plural": "texts of letters",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="LetterRecipient",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "left_out",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("disabled", "account closed"),
                            ("unconfirmed", "no confirmed address"),
                            ("stopped", "wants no letters"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="left out",
                    ),
                ),
                ("queued_at", models.DateTimeField(blank=True, null=True, verbose_name="queued")),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recipients",
                        to="partnership.letter",
                    ),
                ),
                (
                    "mail",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="partnership.outboxmessage",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "recipient of a letter",
                "verbose_name_plural": "recipients of letters",
                "ordering": ["pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="outboxmessage",
            name="outbox_handed_over_has_a_time",
        ),
        migrations.AlterField(
            model_name="mailstop",
            name="kind",
            field=models.CharField(
                choices=[
                    ("account", "your account and what you asked for"),
                    ("learning", "your courses"),
                    ("delegation", "the delegation you run"),
                    ("letters", "letters to several people"),
                ],
                max_length=12,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="outboxmessage",
            name="kind",
            field=models.CharField(
                choices=[
                    ("account", "your account and what you asked for"),
                    ("learning", "your courses"),
                    ("delegation", "the delegation you run"),
                    ("letters", "letters to several people"),
                ],
                db_default="account",
                default="account",
                max_length=12,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="outboxmessage",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "waiting"),
                    ("sending", "being handed over"),
                    ("handed_over", "handed to the mail server"),
                    ("failed", "given up"),
                    ("stopped", "stopped by the reader"),
                    ("bounced", "came back"),
                ],
                default="queued",
                max_length=12,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="outboxmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("handed_over_at__isnull", False), ("state__in", ["handed_over", "bounced"])
                    ),
                    models.Q(
                        ("handed_over_at__isnull", True),
                        ("state__in", ["queued", "sending", "failed", "stopped"]),
                    ),
                    _connector="OR",
                ),
                name="outbox_handed_over_has_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="letterrecipient",
            index=models.Index(
                condition=models.Q(("left_out", ""), ("queued_at__isnull", True)),
                fields=["letter", "id"],
                name="letter_recipient_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterrecipient",
            constraint=models.UniqueConstraint(
                fields=("letter", "person"), name="letter_recipient_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="letterrecipient",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left_out", ""),
                    models.Q(("mail__isnull", True), ("queued_at__isnull", True)),
                    _connector="OR",
                ),
                name="letter_recipient_left_out_has_no_mail",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterrecipient",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("mail__isnull", True), ("queued_at__isnull", False), _connector="OR"
                ),
                name="letter_recipient_mail_was_queued",
            ),
        ),
        migrations.AddConstraint(
            model_name="lettertext",
            constraint=models.UniqueConstraint(
                fields=("letter", "language"), name="letter_text_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="lettertext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("subject", ""), _negated=True), models.Q(("body", ""), _negated=True)
                ),
                name="letter_text_is_not_empty",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["circle", "-id"], name="letter_of_circle"),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(("circle", ""), _negated=True), name="letter_has_a_circle"
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", True), ("sent_at__isnull", True), ("state", "draft")
                    ),
                    models.Q(
                        ("ended_at__isnull", True), ("sent_at__isnull", False), ("state", "sending")
                    ),
                    models.Q(
                        ("ended_at__gte", models.F("sent_at")),
                        ("sent_at__isnull", False),
                        ("state__in", ["sent", "cancelled"]),
                    ),
                    _connector="OR",
                ),
                name="letter_state_has_its_times",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("is_service", False), ("reason", "")),
                    models.Q(
                        ("circle", "people"),
                        ("is_service", True),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="letter_about_the_account_says_why",
            ),
        ),
    ]
