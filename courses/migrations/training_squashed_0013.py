"""All tables as the first thirteen migrations leave them: a new site is made in one step."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from partnership.lib.sql import TablesAtOnce

import courses.catalogue.columns
import partnership.lib.fields


class Migration(migrations.Migration):
    replaces = [
        ("courses", "0001_training"),
        ("courses", "0002_course_trainers"),
        ("courses", "0003_a_start_has_a_key"),
        ("courses", "0004_a_grant_is_given_once"),
        ("courses", "0005_translations_beside"),
        ("courses", "0006_learners_are_reminded"),
        ("courses", "0007_drafts_are_written"),
        ("courses", "0008_questions_come_in_files"),
        ("courses", "0009_doubts_are_looked_up"),
        ("courses", "0010_courses_ask_before_they_begin"),
        ("courses", "0011_courses_have_pictures"),
        ("courses", "0012_questions_have_an_origin"),
        ("courses", "0013_drafts_are_reviewed"),
    ]

    initial = True

    dependencies = [
        ("partnership", "0022_documents_have_versions"),
    ]

    operations = [
        TablesAtOnce(
            [
                migrations.CreateModel(
                    name="Answer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "revision",
                            models.PositiveIntegerField(default=1, verbose_name="revision"),
                        ),
                        ("response", models.JSONField(verbose_name="answer")),
                        ("saves", models.JSONField(default=dict, editable=False)),
                        (
                            "device",
                            models.CharField(blank=True, max_length=40, verbose_name="device"),
                        ),
                        ("saved_at", models.DateTimeField(verbose_name="saved")),
                        (
                            "share",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=5, null=True
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "answer",
                        "verbose_name_plural": "answers",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("share__isnull", True),
                                    models.Q(("share__gte", 0), ("share__lte", 1)),
                                    _connector="OR",
                                ),
                                name="answer_share_in_range",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("revision__gte", 1)),
                                name="answer_revision_from_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LearningPath",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("slug", models.SlugField(max_length=40, unique=True, verbose_name="slug")),
                        ("title", models.CharField(max_length=100, verbose_name="title")),
                        ("summary", models.TextField(verbose_name="who it is for")),
                        (
                            "position",
                            models.PositiveSmallIntegerField(unique=True, verbose_name="position"),
                        ),
                    ],
                    options={
                        "verbose_name": "learning path",
                        "verbose_name_plural": "learning paths",
                        "ordering": ["position"],
                    },
                ),
                migrations.CreateModel(
                    name="Option",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[
                                    ("choice", "to choose or to put in order"),
                                    ("left", "left side of a matching"),
                                    ("right", "right side of a matching"),
                                ],
                                default="choice",
                                max_length=6,
                                verbose_name="side",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(verbose_name="position as written"),
                        ),
                        ("text", models.CharField(max_length=500, verbose_name="text")),
                        ("feedback", models.TextField(blank=True, verbose_name="feedback")),
                    ],
                    options={
                        "verbose_name": "option",
                        "verbose_name_plural": "options",
                        "ordering": ["version", "side", "position"],
                    },
                ),
                migrations.CreateModel(
                    name="Course",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "slug",
                            models.SlugField(
                                max_length=30, unique=True, verbose_name="code in addresses"
                            ),
                        ),
                        ("code", models.CharField(max_length=30, unique=True, verbose_name="code")),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("introductory", "introductory"),
                                    ("intermediate", "intermediate"),
                                    ("advanced", "advanced"),
                                ],
                                max_length=15,
                                verbose_name="level",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                        ),
                        (
                            "retired_on",
                            models.DateField(blank=True, null=True, verbose_name="retired on"),
                        ),
                        (
                            "area",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="courses",
                                to="partnership.areaofwork",
                                verbose_name="area of work",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "course",
                        "verbose_name_plural": "courses",
                        "ordering": ["position", "code"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("slug__in", ["attempts", "paths", "mine"]), _negated=True
                                ),
                                name="course_slug_not_reserved",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CourseParcel",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(max_length=150, verbose_name="file")),
                        (
                            "form",
                            models.CharField(
                                choices=[
                                    ("docx", "Word"),
                                    ("pptx", "PowerPoint"),
                                    ("md", "Markdown"),
                                    ("zip", "a whole course"),
                                ],
                                max_length=10,
                                verbose_name="format",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "being read"),
                                    ("tried", "read, nothing is written yet"),
                                    ("done", "taken in"),
                                    ("back", "taken back"),
                                    ("refused", "refused"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("key", models.CharField(blank=True, editable=False, max_length=120)),
                        ("fingerprint", models.CharField(editable=False, max_length=64)),
                        ("plan", models.JSONField(default=list, editable=False)),
                        ("pictures", models.JSONField(default=list, editable=False)),
                        ("problems", models.JSONField(default=list, editable=False)),
                        ("whole", models.JSONField(editable=False, null=True)),
                        ("made", models.JSONField(default=list, editable=False)),
                        ("made_at", models.DateTimeField(verbose_name="sent")),
                        (
                            "done_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="taken in on"),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parcels",
                                to="courses.course",
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
                        "verbose_name": "document for a course",
                        "verbose_name_plural": "documents for courses",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["waiting", "refused"]),
                                    models.Q(("plan", []), _negated=True),
                                    _connector="OR",
                                ),
                                name="course_parcel_read_has_a_plan",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("form", "zip"), ("whole__isnull", True), _connector="OR"
                                ),
                                name="course_parcel_whole_comes_as_a_zip",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("done_at__isnull", False), ("state__in", ["done", "back"])
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["done", "back"]), _negated=True),
                                        ("done_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="course_parcel_taken_in_on_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CourseTrainer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("since", models.DateField(verbose_name="since")),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="trainers",
                                to="courses.course",
                                verbose_name="course",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="trained_courses",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "trainer of a course",
                        "verbose_name_plural": "trainers of courses",
                        "ordering": ["course", "person"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("course", "person"), name="course_trainer_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Edition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                        (
                            "language",
                            models.CharField(default="en", max_length=12, verbose_name="language"),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("summary", models.TextField(blank=True, verbose_name="summary")),
                        (
                            "audience",
                            models.JSONField(
                                blank=True, default=list, verbose_name="who it is for"
                            ),
                        ),
                        (
                            "outcomes",
                            models.JSONField(
                                default=list, verbose_name="what one can do afterwards"
                            ),
                        ),
                        ("authors", models.CharField(max_length=200, verbose_name="written by")),
                        ("rules_as_of", models.DateField(verbose_name="rules as of")),
                        ("what_changed", models.TextField(blank=True, verbose_name="what changed")),
                        (
                            "published_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="published"),
                        ),
                        (
                            "withdrawn_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="withdrawn"
                            ),
                        ),
                        (
                            "withdrawn_because",
                            models.CharField(
                                blank=True,
                                default="",
                                editable=False,
                                max_length=300,
                                verbose_name="why it was withdrawn",
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="editions",
                                to="courses.course",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "edition",
                        "verbose_name_plural": "editions",
                        "ordering": ["course", "-number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("course", "number"), name="edition_number_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("published_at__isnull", True)),
                                fields=("course",),
                                name="edition_one_draft_per_course",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)),
                                name="edition_number_from_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("withdrawn_at__isnull", True), ("withdrawn_because", "")
                                    ),
                                    models.Q(
                                        ("published_at__isnull", False),
                                        ("withdrawn_at__isnull", False),
                                        models.Q(("withdrawn_because", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="edition_withdrawn_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Comment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("part", models.CharField(blank=True, max_length=100, verbose_name="part")),
                        (
                            "title",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="title of the part"
                            ),
                        ),
                        (
                            "number",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="written on text"
                            ),
                        ),
                        ("body", models.TextField(verbose_name="comment")),
                        ("at", models.DateTimeField(verbose_name="at")),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "resolved_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="resolved"),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "resolved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="resolved by",
                            ),
                        ),
                        (
                            "thread",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="courses.comment",
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="comments",
                                to="courses.edition",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "comment on a draft",
                        "verbose_name_plural": "comments on drafts",
                        "ordering": ["edition", "at", "pk"],
                        "indexes": [
                            models.Index(fields=["edition", "part"], name="comment_of_a_part")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("body", ""), _negated=True),
                                name="comment_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("thread__isnull", True),
                                    models.Q(
                                        ("number__isnull", True),
                                        ("part", ""),
                                        ("resolved_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="comment_answer_is_of_its_thread",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("resolved_by__isnull", True),
                                    ("resolved_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="comment_resolved_has_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Approval",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "fingerprint",
                            models.CharField(
                                editable=False,
                                max_length=64,
                                verbose_name="fingerprint of the text",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="approved")),
                        (
                            "taken_back_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="taken back"),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="approved by",
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="approvals",
                                to="courses.edition",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "approval of a draft",
                        "verbose_name_plural": "approvals of drafts",
                        "ordering": ["edition", "-at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("taken_back_at__isnull", True)),
                                fields=("edition", "fingerprint", "by"),
                                name="approval_once_of_one_text",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("fingerprint__regex", "^[0-9a-f]{64}$")),
                                name="approval_names_its_text",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("taken_back_at__isnull", True),
                                    ("taken_back_at__gte", models.F("at")),
                                    _connector="OR",
                                ),
                                name="approval_taken_back_after_it_was_given",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Enrolment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("joined_at", models.DateTimeField(verbose_name="joined")),
                        (
                            "left_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="left"),
                        ),
                        (
                            "completed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="completed"),
                        ),
                        (
                            "block",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="block last read"
                            ),
                        ),
                        ("active_at", models.DateTimeField(verbose_name="last activity")),
                        (
                            "reminded_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="reminded"),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enrolments",
                                to="courses.edition",
                            ),
                        ),
                        (
                            "learner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="enrolments",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "moved_from",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="moved_to",
                                to="courses.enrolment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "enrolment",
                        "verbose_name_plural": "enrolments",
                        "ordering": ["-active_at"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    ("completed_at__isnull", True), ("left_at__isnull", True)
                                ),
                                fields=["active_at"],
                                name="enrolment_open_by_activity",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("learner", "edition"), name="enrolment_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("left_at__isnull", True),
                                    ("left_at__gte", models.F("joined_at")),
                                    _connector="OR",
                                ),
                                name="enrolment_left_after_joining",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("completed_at__isnull", True),
                                    ("completed_at__gte", models.F("joined_at")),
                                    _connector="OR",
                                ),
                                name="enrolment_completed_after_joining",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attempt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                        ("started_at", models.DateTimeField(verbose_name="started")),
                        (
                            "deadline_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="deadline"),
                        ),
                        (
                            "extension_minutes",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="extension, minutes"
                            ),
                        ),
                        (
                            "saved_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="last saved"),
                        ),
                        (
                            "submitted_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="handed in"),
                        ),
                        (
                            "closed_by",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("learner", "handed in"),
                                    ("deadline", "closed at the deadline"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "start_key",
                            models.CharField(blank=True, default="", editable=False, max_length=64),
                        ),
                        ("submit_key", models.CharField(blank=True, editable=False, max_length=64)),
                        (
                            "score",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=5,
                                null=True,
                                verbose_name="score",
                            ),
                        ),
                        (
                            "is_passed",
                            models.BooleanField(blank=True, null=True, verbose_name="passed"),
                        ),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attempts",
                                to="courses.enrolment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "attempt",
                        "verbose_name_plural": "attempts",
                        "ordering": ["enrolment", "quiz", "number"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    ("deadline_at__isnull", False), ("submitted_at__isnull", True)
                                ),
                                fields=["deadline_at"],
                                name="attempt_due",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_by", ""),
                                        ("is_passed__isnull", True),
                                        ("score__isnull", True),
                                        ("submitted_at__isnull", True),
                                    ),
                                    models.Q(
                                        ("submitted_at__gte", models.F("started_at")),
                                        ("submitted_at__isnull", False),
                                        models.Q(("closed_by", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="attempt_closed_after_its_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("score__isnull", True),
                                    models.Q(("score__gte", 0), ("score__lte", 1)),
                                    _connector="OR",
                                ),
                                name="attempt_score_in_range",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("deadline_at__isnull", True),
                                    ("deadline_at__gt", models.F("started_at")),
                                    _connector="OR",
                                ),
                                name="attempt_deadline_after_its_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Grading",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=200, verbose_name="reason"),
                        ),
                        (
                            "score",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=5,
                                null=True,
                                verbose_name="score",
                            ),
                        ),
                        (
                            "is_passed",
                            models.BooleanField(blank=True, null=True, verbose_name="passed"),
                        ),
                        (
                            "attempt",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="gradings",
                                to="courses.attempt",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "grading",
                        "verbose_name_plural": "gradings",
                        "ordering": ["attempt", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("attempt", "number"), name="grading_number_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number", 1),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="grading_again_has_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("score__isnull", True),
                                    models.Q(("score__gte", 0), ("score__lte", 1)),
                                    _connector="OR",
                                ),
                                name="grading_score_in_range",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Lesson",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        ("key", models.SlugField(max_length=80, verbose_name="key")),
                        ("slug", models.SlugField(max_length=80, verbose_name="slug")),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("minutes", models.PositiveSmallIntegerField(verbose_name="minutes")),
                        (
                            "rule",
                            models.CharField(
                                choices=[
                                    ("read", "opened and read to its end"),
                                    ("marked", "marked by you"),
                                ],
                                default="read",
                                max_length=10,
                                verbose_name="done when",
                            ),
                        ),
                        ("is_required", models.BooleanField(default=True, verbose_name="required")),
                        ("text", models.TextField(verbose_name="text")),
                        ("html", partnership.lib.fields.RenderedField(of="text")),
                        (
                            "renderer_version",
                            partnership.lib.fields.RendererVersionField(of="text"),
                        ),
                        (
                            "pictures_kb",
                            courses.catalogue.columns.PicturesField(default=0, of="text"),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lessons",
                                to="courses.edition",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lesson",
                        "verbose_name_plural": "lessons",
                        "ordering": ["module__position", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("edition", "slug"), name="lesson_slug_once"
                            ),
                            models.UniqueConstraint(
                                fields=("edition", "key"), name="lesson_key_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minutes__gte", 1)),
                                name="lesson_takes_a_minute",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("slug__in", ["quizzes", "modules", "join", "leave", "move"]),
                                    _negated=True,
                                ),
                                name="lesson_slug_not_reserved",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="enrolment",
                    name="lesson",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="courses.lesson",
                    ),
                ),
                migrations.CreateModel(
                    name="Completion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("opened_at", models.DateTimeField(verbose_name="opened")),
                        (
                            "done_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="done"),
                        ),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="completions",
                                to="courses.enrolment",
                            ),
                        ),
                        (
                            "lesson",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="completions",
                                to="courses.lesson",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "completion",
                        "verbose_name_plural": "completions",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("enrolment", "lesson"), name="completion_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("done_at__isnull", True),
                                    ("done_at__gte", models.F("opened_at")),
                                    _connector="OR",
                                ),
                                name="completion_done_after_opening",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LessonRevision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        ("reason", models.CharField(max_length=200, verbose_name="reason")),
                        ("before", models.TextField(verbose_name="text before")),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "lesson",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="revisions",
                                to="courses.lesson",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "correction of a lesson",
                        "verbose_name_plural": "corrections of lessons",
                        "ordering": ["-at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="lesson_revision_has_a_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LessonSave",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="number")),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("text", models.TextField(blank=True, verbose_name="text")),
                        ("began_at", models.DateTimeField(verbose_name="begun")),
                        ("at", models.DateTimeField(verbose_name="saved")),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("began", "as the draft began"),
                                    ("typed", "written"),
                                    ("restored", "restored"),
                                    ("chosen", "chosen of two texts"),
                                ],
                                default="typed",
                                max_length=10,
                                verbose_name="how",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("stands", "stands"),
                                    ("beside", "lies beside, not decided yet"),
                                    ("decided", "lay beside, decided"),
                                ],
                                default="stands",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "sitting",
                            models.CharField(blank=True, default="", editable=False, max_length=32),
                        ),
                        ("turn", models.PositiveIntegerField(default=0, editable=False)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "lesson",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="saves",
                                to="courses.lesson",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "saved text of a lesson",
                        "verbose_name_plural": "saved texts of lessons",
                        "ordering": ["lesson", "-number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("lesson", "number"), name="lesson_save_number_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("title", ""), _negated=True),
                                name="lesson_save_has_a_title",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("at__gte", models.F("began_at"))),
                                name="lesson_save_ends_after_it_began",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Module",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        ("key", models.SlugField(max_length=80, verbose_name="key")),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="modules",
                                to="courses.edition",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "module",
                        "verbose_name_plural": "modules",
                        "ordering": ["edition", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("edition", "position"), name="module_position_once"
                            ),
                            models.UniqueConstraint(
                                fields=("edition", "key"), name="module_key_once"
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="lesson",
                    name="module",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lessons",
                        to="courses.module",
                    ),
                ),
                migrations.CreateModel(
                    name="ChosenOption",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "answer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="chosen",
                                to="courses.answer",
                            ),
                        ),
                        (
                            "option",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="chosen",
                                to="courses.option",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "chosen option",
                        "verbose_name_plural": "chosen options",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("answer", "option"), name="chosen_option_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaperQuestion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        ("token", models.CharField(max_length=22)),
                        (
                            "is_flagged",
                            models.BooleanField(
                                default=False, verbose_name="flagged by the learner"
                            ),
                        ),
                        (
                            "attempt",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="paper",
                                to="courses.attempt",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "question of a paper",
                        "verbose_name_plural": "questions of papers",
                        "ordering": ["attempt", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("attempt", "position"), name="paper_question_position_once"
                            ),
                            models.UniqueConstraint(
                                fields=("attempt", "token"), name="paper_question_token_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaperOption",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        ("token", models.CharField(max_length=22)),
                        (
                            "option",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="courses.option",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="options",
                                to="courses.paperquestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "option of a paper",
                        "verbose_name_plural": "options of papers",
                        "ordering": ["question", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("question", "option"), name="paper_option_once"
                            ),
                            models.UniqueConstraint(
                                fields=("question", "token"), name="paper_option_token_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OtherAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("device", "another device was there first"),
                                    ("late", "came after the end"),
                                ],
                                max_length=6,
                                verbose_name="reason",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("waiting", "waits for a choice"),
                                    ("taken", "taken"),
                                    ("left", "left aside"),
                                ],
                                default="waiting",
                                max_length=7,
                                verbose_name="outcome",
                            ),
                        ),
                        ("response", models.JSONField(verbose_name="answer")),
                        (
                            "saw_revision",
                            models.PositiveIntegerField(default=0, verbose_name="revision it saw"),
                        ),
                        (
                            "device",
                            models.CharField(blank=True, max_length=40, verbose_name="device"),
                        ),
                        ("save_key", models.CharField(max_length=64)),
                        ("received_at", models.DateTimeField(verbose_name="received")),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="decided"),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="others",
                                to="courses.paperquestion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "other answer",
                        "verbose_name_plural": "other answers",
                        "ordering": ["received_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("question", "save_key"), name="other_answer_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", True), ("outcome", "waiting")),
                                    models.Q(
                                        models.Q(("outcome", "waiting"), _negated=True),
                                        ("decided_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="other_answer_decided_has_a_time",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="answer",
                    name="question",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answer",
                        to="courses.paperquestion",
                    ),
                ),
                migrations.CreateModel(
                    name="PartnerLogo",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "partner",
                            models.CharField(max_length=150, verbose_name="name of the partner"),
                        ),
                        ("picture", models.BinaryField(verbose_name="picture")),
                        ("width", models.PositiveSmallIntegerField(verbose_name="width")),
                        ("height", models.PositiveSmallIntegerField(verbose_name="height")),
                        ("sha256", models.CharField(editable=False, max_length=64)),
                        ("since", models.DateTimeField(verbose_name="since")),
                        (
                            "until",
                            models.DateTimeField(blank=True, null=True, verbose_name="until"),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="logos",
                                to="courses.course",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "partner's logo",
                        "verbose_name_plural": "partners' logos",
                        "ordering": ["course", "-since", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("course",),
                                name="partner_logo_one_stands",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("partner", ""), _negated=True),
                                name="partner_logo_has_a_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("height__gte", 1), ("width__gte", 1)),
                                name="partner_logo_shows_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("until__gte", models.F("since")),
                                    _connector="OR",
                                ),
                                name="partner_logo_ends_after_it_began",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Certificate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("code", models.CharField(max_length=12, unique=True, verbose_name="code")),
                        ("issued_at", models.DateTimeField(verbose_name="issued")),
                        (
                            "name",
                            models.CharField(
                                max_length=150, verbose_name="name as the holder writes it"
                            ),
                        ),
                        (
                            "latin_name",
                            models.CharField(
                                blank=True, max_length=150, verbose_name="name in Latin letters"
                            ),
                        ),
                        ("course_code", models.CharField(max_length=30, verbose_name="course")),
                        (
                            "course_title",
                            models.CharField(max_length=200, verbose_name="title of the course"),
                        ),
                        (
                            "edition_number",
                            models.PositiveSmallIntegerField(verbose_name="edition"),
                        ),
                        ("rules_as_of", models.DateField(verbose_name="rules as of")),
                        (
                            "hours",
                            models.DecimalField(
                                decimal_places=1, max_digits=5, verbose_name="hours"
                            ),
                        ),
                        (
                            "language",
                            models.CharField(default="en", max_length=12, verbose_name="language"),
                        ),
                        ("issuer", models.CharField(max_length=200, verbose_name="issuer")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("valid", "valid"),
                                    ("replaced", "replaced by another"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="valid",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "ended_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="withdrawn or replaced"
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("mistake", "issued by mistake"),
                                    ("misconduct", "the work was not the holder's own"),
                                    ("request", "at the holder's request"),
                                ],
                                max_length=12,
                                verbose_name="reason",
                            ),
                        ),
                        (
                            "is_name_hidden",
                            models.BooleanField(
                                default=False, verbose_name="name shown only to who has the code"
                            ),
                        ),
                        (
                            "learner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="certificates",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "replaced_by",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaces",
                                to="courses.certificate",
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificates",
                                to="courses.edition",
                            ),
                        ),
                        (
                            "logo",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="certificates",
                                to="courses.partnerlogo",
                                verbose_name="partner's logo",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "certificate",
                        "verbose_name_plural": "certificates",
                        "ordering": ["-issued_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "valid")),
                                fields=("learner", "edition"),
                                name="certificate_one_standing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", True),
                                        ("reason", ""),
                                        ("state", "valid"),
                                    ),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("replaced_by__isnull", False),
                                        ("state", "replaced"),
                                    ),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("state", "withdrawn"),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="certificate_ended_says_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PathStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="path_steps",
                                to="courses.course",
                            ),
                        ),
                        (
                            "path",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="courses.learningpath",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step of a learning path",
                        "verbose_name_plural": "steps of learning paths",
                        "ordering": ["path", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("path", "position"), name="path_step_position_once"
                            ),
                            models.UniqueConstraint(
                                fields=("path", "course"), name="path_step_course_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Picture",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(max_length=150, verbose_name="file")),
                        (
                            "alt",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="what it shows, in words"
                            ),
                        ),
                        ("width", models.PositiveSmallIntegerField(verbose_name="width")),
                        ("height", models.PositiveSmallIntegerField(verbose_name="height")),
                        ("files", models.JSONField(editable=False)),
                        ("digest", models.CharField(editable=False, max_length=64)),
                        ("added_at", models.DateTimeField(verbose_name="added")),
                        (
                            "removed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="removed"),
                        ),
                        (
                            "added_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pictures",
                                to="courses.course",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "picture of a course",
                        "verbose_name_plural": "pictures of courses",
                        "ordering": ["course", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("course", "digest"), name="picture_once_on_a_shelf"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("height__gte", 1),
                                    ("height__lte", 9999),
                                    ("width__gte", 1),
                                    ("width__lte", 1280),
                                ),
                                name="picture_keeps_its_place",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("files", []), _negated=True),
                                name="picture_has_a_file",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlannedPublishing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("due_at", models.DateTimeField(verbose_name="to be published")),
                        ("zone", models.CharField(max_length=60, verbose_name="time zone")),
                        ("fingerprint", models.CharField(editable=False, max_length=64)),
                        ("made_at", models.DateTimeField(verbose_name="planned")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "planned"),
                                    ("done", "published"),
                                    ("refused", "not published"),
                                    ("taken_back", "taken back"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "ended_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="ended"),
                        ),
                        (
                            "reason",
                            models.TextField(blank=True, verbose_name="why it was not published"),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="planned by",
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="plans",
                                to="courses.edition",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "planned publishing",
                        "verbose_name_plural": "planned publishings",
                        "ordering": ["edition", "-made_at", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "waiting")),
                                fields=("edition",),
                                name="planned_publishing_one_waits",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("state", "waiting")),
                                    models.Q(
                                        models.Q(("state", "waiting"), _negated=True),
                                        ("ended_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="planned_publishing_ended_has_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", "refused"),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "refused"), _negated=True),
                                        ("reason", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="planned_publishing_refused_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("zone", ""), _negated=True),
                                name="planned_publishing_has_a_zone",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("due_at__gt", models.F("made_at"))),
                                name="planned_publishing_lies_ahead",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublishingRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "needs_approval",
                            models.BooleanField(
                                default=False,
                                verbose_name="approved by somebody else than its writers",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="set")),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="set by",
                            ),
                        ),
                        (
                            "course",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="publishing_rule",
                                to="courses.course",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rule for publishing a course",
                        "verbose_name_plural": "rules for publishing courses",
                    },
                ),
                migrations.CreateModel(
                    name="Question",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("key", models.SlugField(max_length=80, verbose_name="key")),
                        (
                            "topic",
                            models.CharField(blank=True, max_length=80, verbose_name="topic"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("active", "in use"),
                                    ("reserve", "in reserve: needs a subject check"),
                                    ("self_check", "self-check in a lesson"),
                                ],
                                default="active",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "note",
                            models.TextField(blank=True, verbose_name="note for the subject check"),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="courses.course",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "question",
                        "verbose_name_plural": "questions",
                        "ordering": ["course", "key"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("course", "key"), name="question_key_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuestionCase",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("key", models.SlugField(max_length=80, verbose_name="key")),
                        (
                            "number",
                            models.PositiveSmallIntegerField(default=1, verbose_name="version"),
                        ),
                        ("title", models.CharField(max_length=150, verbose_name="title")),
                        ("text", models.TextField(verbose_name="text")),
                        ("html", partnership.lib.fields.RenderedField(of="text")),
                        (
                            "renderer_version",
                            partnership.lib.fields.RendererVersionField(of="text"),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="question_cases",
                                to="courses.course",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "case of questions",
                        "verbose_name_plural": "cases of questions",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("course", "key", "number"),
                                name="question_case_version_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuestionImport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("name", models.CharField(max_length=150, verbose_name="file")),
                        (
                            "form",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("gift", "GIFT"),
                                    ("aiken", "Aiken"),
                                    ("moodle", "Moodle XML"),
                                    ("xlsx", "XLSX"),
                                    ("pasted", "a list"),
                                ],
                                max_length=10,
                                verbose_name="format",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "being read"),
                                    ("tried", "read, nothing is written yet"),
                                    ("done", "taken in"),
                                    ("refused", "refused"),
                                    ("undone", "taken back"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("key", models.CharField(blank=True, editable=False, max_length=120)),
                        ("fingerprint", models.CharField(editable=False, max_length=64)),
                        (
                            "language",
                            models.CharField(default="en", max_length=12, verbose_name="language"),
                        ),
                        (
                            "topic",
                            models.CharField(blank=True, max_length=80, verbose_name="topic"),
                        ),
                        (
                            "problems",
                            models.JSONField(default=list, verbose_name="what is said of the file"),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True, max_length=400, verbose_name="why it was refused"
                            ),
                        ),
                        ("made_at", models.DateTimeField(verbose_name="sent")),
                        (
                            "done_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="taken in on"),
                        ),
                        (
                            "undone_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="taken back on"
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="question_imports",
                                to="courses.course",
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
                        "verbose_name": "import of questions",
                        "verbose_name_plural": "imports of questions",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("done_at__isnull", False),
                                        ("state__in", ["done", "undone"]),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["done", "undone"]), _negated=True),
                                        ("done_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="question_import_done_has_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "undone"), ("undone_at__isnull", False)),
                                    models.Q(
                                        models.Q(("state", "undone"), _negated=True),
                                        ("undone_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="question_import_undone_has_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["waiting", "refused"]),
                                    models.Q(("form", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="question_import_read_has_a_format",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuestionVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("single", "one right answer"),
                                    ("multiple", "several right answers"),
                                    ("true_false", "true or false"),
                                    ("number", "a number"),
                                    ("short_text", "a short text"),
                                    ("matching", "matching"),
                                    ("ordering", "putting in order"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(default="en", max_length=12, verbose_name="language"),
                        ),
                        ("prompt", models.TextField(verbose_name="question")),
                        ("prompt_html", partnership.lib.fields.RenderedField(of="prompt")),
                        (
                            "renderer_version",
                            partnership.lib.fields.RendererVersionField(of="prompt"),
                        ),
                        (
                            "points",
                            models.DecimalField(
                                decimal_places=2, default=1, max_digits=5, verbose_name="points"
                            ),
                        ),
                        (
                            "has_partial_credit",
                            models.BooleanField(default=True, verbose_name="partial credit"),
                        ),
                        (
                            "unit",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="unit, asked apart"
                            ),
                        ),
                        ("explanation", models.TextField(blank=True, verbose_name="explanation")),
                        (
                            "explanation_html",
                            partnership.lib.fields.RenderedField(of="explanation"),
                        ),
                        (
                            "basis",
                            models.CharField(blank=True, max_length=200, verbose_name="basis"),
                        ),
                        (
                            "has_same_meaning",
                            models.BooleanField(
                                default=False, verbose_name="same meaning as the version before"
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="courses.questioncase",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="courses.question",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of a question",
                        "verbose_name_plural": "versions of questions",
                        "ordering": ["question", "-number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("question", "number"), name="question_version_number_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("points__gt", 0)),
                                name="question_version_has_points",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("unit", ""), ("kind", "number"), _connector="OR"
                                ),
                                name="question_version_unit_of_a_number",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuestionImportRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="number")),
                        ("line", models.PositiveIntegerField(verbose_name="line")),
                        (
                            "title",
                            models.CharField(blank=True, max_length=200, verbose_name="title"),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("new", "new"),
                                    ("changed", "changed"),
                                    ("same", "same as before"),
                                    ("wrong", "error"),
                                ],
                                max_length=8,
                                verbose_name="verdict",
                            ),
                        ),
                        ("has_warning", models.BooleanField(default=False)),
                        (
                            "problems",
                            models.JSONField(default=list, verbose_name="what is said of it"),
                        ),
                        ("item", models.JSONField(editable=False, null=True)),
                        ("source", models.TextField(blank=True, editable=False)),
                        (
                            "taken_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="taken in"),
                        ),
                        (
                            "topic_before",
                            models.CharField(blank=True, editable=False, max_length=80),
                        ),
                        (
                            "undone_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="taken back"),
                        ),
                        (
                            "stays",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("used", "it is asked by now, or copied into another course"),
                                    ("changed", "it was changed since"),
                                ],
                                max_length=8,
                                verbose_name="why it stays",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="courses.question",
                            ),
                        ),
                        (
                            "question_import",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="courses.questionimport",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="courses.questionversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "question of an import",
                        "verbose_name_plural": "questions of imports",
                        "ordering": ["question_import", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("question_import", "number"),
                                name="question_import_row_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("taken_at__isnull", True),
                                    ("verdict__in", ["new", "changed"]),
                                    _connector="OR",
                                ),
                                name="question_import_row_wrong_is_not_taken",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("undone_at__isnull", True),
                                    models.Q(("stays", ""), ("taken_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="question_import_row_back_was_taken",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("item__isnull", True), ("verdict", "wrong")),
                                    models.Q(
                                        models.Q(("verdict", "wrong"), _negated=True),
                                        ("item__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="question_import_row_right_has_a_question",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="question",
                    name="copied_from",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="copies",
                        to="courses.questionversion",
                        verbose_name="copied from",
                    ),
                ),
                migrations.AddField(
                    model_name="paperquestion",
                    name="version",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="courses.questionversion",
                    ),
                ),
                migrations.AddField(
                    model_name="option",
                    name="version",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="options",
                        to="courses.questionversion",
                    ),
                ),
                migrations.CreateModel(
                    name="Key",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("text", models.CharField(blank=True, max_length=200)),
                        (
                            "number",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=20, null=True
                            ),
                        ),
                        (
                            "tolerance",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=20, null=True
                            ),
                        ),
                        (
                            "tolerance_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("absolute", "absolute"),
                                    ("relative", "as a share of the number"),
                                ],
                                default="absolute",
                                max_length=10,
                            ),
                        ),
                        (
                            "match",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="courses.option",
                            ),
                        ),
                        (
                            "option",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="courses.option",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="key",
                                to="courses.questionversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "key",
                        "verbose_name_plural": "keys",
                        "ordering": ["version", "place", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("option__isnull", False),
                                    models.Q(("text", ""), _negated=True),
                                    ("number__isnull", False),
                                    _connector="OR",
                                ),
                                name="key_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("number__isnull", True), ("tolerance__gte", 0), _connector="OR"
                                ),
                                name="key_number_has_a_tolerance",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("option__isnull", False)),
                                fields=("version", "option"),
                                name="key_option_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Quiz",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=1, verbose_name="position"),
                        ),
                        ("key", models.SlugField(max_length=80, verbose_name="key")),
                        ("slug", models.SlugField(max_length=80, verbose_name="slug")),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        (
                            "plan",
                            models.CharField(
                                choices=[
                                    ("practise", "practise: feedback at once, no limit"),
                                    ("check", "check: feedback at the end"),
                                    ("exam", "exam: a time limit, the server's clock"),
                                    ("survey", "survey: no right or wrong"),
                                    ("pretest", "pre-test: before the course, counts for nothing"),
                                ],
                                max_length=10,
                                verbose_name="plan",
                            ),
                        ),
                        (
                            "pass_mark",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=5,
                                null=True,
                                verbose_name="pass mark",
                            ),
                        ),
                        (
                            "attempts_allowed",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="attempts"
                            ),
                        ),
                        (
                            "wait_minutes",
                            models.PositiveIntegerField(
                                default=0, verbose_name="wait between attempts, minutes"
                            ),
                        ),
                        (
                            "time_limit_minutes",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="time limit, minutes"
                            ),
                        ),
                        (
                            "time_limit_reason",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="why there is a limit"
                            ),
                        ),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(
                                default=15, verbose_name="minutes it usually takes"
                            ),
                        ),
                        ("is_required", models.BooleanField(default=True, verbose_name="required")),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="quizzes",
                                to="courses.edition",
                            ),
                        ),
                        (
                            "module",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="quizzes",
                                to="courses.module",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "quiz",
                        "verbose_name_plural": "quizzes",
                        "ordering": ["edition", "module__position", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("edition", "slug"), name="quiz_slug_once"
                            ),
                            models.UniqueConstraint(
                                fields=("edition", "key"), name="quiz_key_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("plan__in", ["survey", "practise", "pretest"]),
                                    ("pass_mark__isnull", False),
                                    _connector="OR",
                                ),
                                name="quiz_checked_has_a_pass_mark",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("plan", "pretest"), _negated=True),
                                    models.Q(
                                        ("is_required", False),
                                        ("module__isnull", True),
                                        ("pass_mark__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="quiz_pretest_counts_for_nothing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("pass_mark__isnull", True),
                                    models.Q(("pass_mark__gt", 0), ("pass_mark__lte", 1)),
                                    _connector="OR",
                                ),
                                name="quiz_pass_mark_in_range",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("time_limit_minutes__isnull", True),
                                    models.Q(
                                        ("plan", "exam"),
                                        ("time_limit_minutes__gte", 1),
                                        models.Q(("time_limit_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="quiz_time_limit_of_an_exam_with_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("attempts_allowed__isnull", True),
                                    ("attempts_allowed__gte", 1),
                                    _connector="OR",
                                ),
                                name="quiz_at_least_one_attempt",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AttemptRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("asked_at", models.DateTimeField(verbose_name="asked")),
                        (
                            "answered_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                        ),
                        (
                            "is_granted",
                            models.BooleanField(blank=True, null=True, verbose_name="granted"),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attempt_requests",
                                to="courses.enrolment",
                            ),
                        ),
                        (
                            "quiz",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attempt_requests",
                                to="courses.quiz",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "request for an attempt",
                        "verbose_name_plural": "requests for attempts",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("answered_at__isnull", True)),
                                fields=("enrolment", "quiz"),
                                name="attempt_request_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answered_at__isnull", True), ("is_granted__isnull", True)
                                    ),
                                    models.Q(
                                        ("answered_at__isnull", False),
                                        ("is_granted__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="attempt_request_answered_is_decided",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="attempt",
                    name="quiz",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="courses.quiz",
                    ),
                ),
                migrations.CreateModel(
                    name="Allowance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "extra_minutes",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="extra minutes"
                            ),
                        ),
                        (
                            "extra_attempts",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="extra attempts"
                            ),
                        ),
                        ("granted_at", models.DateTimeField(verbose_name="granted")),
                        ("reason", models.CharField(max_length=200, verbose_name="reason")),
                        (
                            "stamp",
                            models.CharField(blank=True, default="", editable=False, max_length=32),
                        ),
                        (
                            "granted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="allowances",
                                to="courses.enrolment",
                            ),
                        ),
                        (
                            "quiz",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="allowances",
                                to="courses.quiz",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "allowance",
                        "verbose_name_plural": "allowances",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("extra_minutes__gt", 0),
                                    ("extra_attempts__gt", 0),
                                    _connector="OR",
                                ),
                                name="allowance_grants_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="allowance_has_a_reason",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("stamp", ""), _negated=True),
                                fields=("enrolment", "quiz", "stamp"),
                                name="allowance_stamp_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuizGroup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        (
                            "title",
                            models.CharField(blank=True, max_length=100, verbose_name="title"),
                        ),
                        (
                            "quota",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="how many are drawn"
                            ),
                        ),
                        (
                            "quiz",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="groups",
                                to="courses.quiz",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "group of questions",
                        "verbose_name_plural": "groups of questions",
                        "ordering": ["quiz", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("quiz", "position"), name="quiz_group_position_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("quota__isnull", True), ("quota__gte", 1), _connector="OR"
                                ),
                                name="quiz_group_draws_one",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuizQuestion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="courses.quizgroup",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="quiz_questions",
                                to="courses.questionversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "question of a quiz",
                        "verbose_name_plural": "questions of quizzes",
                        "ordering": ["group", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("group", "position"), name="quiz_question_position_once"
                            ),
                            models.UniqueConstraint(
                                fields=("group", "version"), name="quiz_question_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Removed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("module", "module"),
                                    ("lesson", "lesson"),
                                    ("quiz", "quiz"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("key", models.SlugField(max_length=80, verbose_name="key")),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("rows", models.JSONField(verbose_name="rows")),
                        ("at", models.DateTimeField(verbose_name="removed")),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="removed",
                                to="courses.edition",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "removed part of a draft",
                        "verbose_name_plural": "removed parts of drafts",
                        "ordering": ["edition", "-at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("rows", []), _negated=True),
                                name="removed_holds_something",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Review",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("asked_at", models.DateTimeField(verbose_name="asked")),
                        (
                            "note",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="what to look at"
                            ),
                        ),
                        (
                            "read_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="read"),
                        ),
                        (
                            "ended_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="taken back"),
                        ),
                        (
                            "asked_by",
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
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reviews",
                                to="courses.edition",
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reviews_asked_of",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "review of a draft",
                        "verbose_name_plural": "reviews of drafts",
                        "ordering": ["edition", "asked_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("edition", "reviewer"),
                                name="review_asked_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reviewer", models.F("asked_by")), _negated=True
                                ),
                                name="review_is_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("read_at__isnull", True),
                                    ("read_at__gte", models.F("asked_at")),
                                    _connector="OR",
                                ),
                                name="review_read_after_it_was_asked",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SubjectCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("doubt", models.SlugField(max_length=60, verbose_name="doubt")),
                        ("on", models.DateField(verbose_name="checked on")),
                        ("source", models.CharField(max_length=300, verbose_name="source")),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("confirmed", "confirmed as written"),
                                    ("otherwise", "to be written otherwise"),
                                    ("unclear", "not settled by this source"),
                                ],
                                max_length=10,
                                verbose_name="result",
                            ),
                        ),
                        (
                            "finding",
                            models.TextField(blank=True, verbose_name="what the source says"),
                        ),
                        ("recorded_at", models.DateTimeField(verbose_name="recorded")),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "subject check",
                        "verbose_name_plural": "subject checks",
                        "ordering": ["-recorded_at", "-pk"],
                        "indexes": [models.Index(fields=["doubt"], name="subject_check_by_doubt")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("source", ""), _negated=True),
                                    ("result__in", ["confirmed", "otherwise", "unclear"]),
                                ),
                                name="subject_check_result_has_a_source",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("result", "otherwise"), _negated=True),
                                    models.Q(("finding", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="subject_check_otherwise_says_how",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Translation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("object_key", models.CharField(max_length=200, verbose_name="of")),
                        (
                            "segment",
                            models.CharField(max_length=10, verbose_name="words of the source"),
                        ),
                        ("language", models.CharField(max_length=12, verbose_name="language")),
                        ("text", models.TextField(verbose_name="text")),
                        ("html", partnership.lib.fields.RenderedField(of="text")),
                        (
                            "renderer_version",
                            partnership.lib.fields.RendererVersionField(of="text"),
                        ),
                        (
                            "translator",
                            models.CharField(max_length=200, verbose_name="translated by"),
                        ),
                        (
                            "second_reader",
                            models.CharField(
                                blank=True,
                                max_length=200,
                                verbose_name="checked by a second reader",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "translation",
                        "verbose_name_plural": "translations",
                        "ordering": ["object_key", "language", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("object_key", "language", "segment"),
                                name="translation_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("text", ""), _negated=True),
                                    models.Q(("translator", ""), _negated=True),
                                ),
                                name="translation_says_by_whom",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("second_reader", models.F("translator")), _negated=True
                                ),
                                name="translation_second_reader_is_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Writing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("seen_at", models.DateTimeField(verbose_name="seen")),
                        (
                            "lesson",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="writers",
                                to="courses.lesson",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="writes",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "writer of a lesson",
                        "verbose_name_plural": "writers of lessons",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("lesson", "person"), name="writing_person_once"
                            )
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="lesson",
                    constraint=models.UniqueConstraint(
                        fields=("module", "position"), name="lesson_position_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="question",
                    constraint=models.UniqueConstraint(
                        fields=("course", "copied_from"), name="question_copied_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="paperquestion",
                    constraint=models.UniqueConstraint(
                        fields=("attempt", "version"), name="paper_question_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="option",
                    constraint=models.UniqueConstraint(
                        fields=("version", "side", "position"), name="option_position_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="attempt",
                    constraint=models.UniqueConstraint(
                        fields=("enrolment", "quiz", "number"), name="attempt_number_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="attempt",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("submitted_at__isnull", True)),
                        fields=("enrolment", "quiz"),
                        name="attempt_one_open",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="attempt",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("start_key", ""), _negated=True),
                        fields=("enrolment", "quiz", "start_key"),
                        name="attempt_start_key_once",
                    ),
                ),
            ]
        ),
    ]
