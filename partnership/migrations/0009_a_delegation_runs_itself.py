import uuid

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnership", "0008_people_prove_who_they_are"),
    ]

    operations = [
        migrations.CreateModel(
            name="OfficialLetter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "key",
                    models.CharField(
                        editable=False, max_length=100, unique=True, verbose_name="where it lies"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("application/pdf", "PDF"),
                            ("image/png", "PNG"),
                            ("image/jpeg", "JPEG"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="checksum")),
                ("name", models.CharField(max_length=150, verbose_name="name it came with")),
                ("written_on", models.DateField(verbose_name="date of the letter")),
                ("stored_at", models.DateTimeField(verbose_name="stored")),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnership.country",
                        verbose_name="country",
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
                        verbose_name="institution",
                    ),
                ),
                (
                    "stored_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="stored by",
                    ),
                ),
            ],
            options={
                "verbose_name": "official letter",
                "verbose_name_plural": "official letters",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("country__isnull", False), ("institution__isnull", True)),
                            models.Q(("country__isnull", True), ("institution__isnull", False)),
                            _connector="OR",
                        ),
                        name="letter_of_one_country_or_institution",
                        violation_error_message="Name either a country or an institution.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["application/pdf", "image/png", "image/jpeg"])
                        ),
                        name="letter_is_of_a_known_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)), name="letter_is_not_empty"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MailDomain",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "domain",
                    models.CharField(max_length=190, unique=True, verbose_name="mail domain"),
                ),
                ("proposed_at", models.DateTimeField(verbose_name="proposed")),
                (
                    "approved_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="approved"),
                ),
                (
                    "approved_by",
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
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnership.country",
                        verbose_name="country",
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
                        verbose_name="institution",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "mail domain",
                "verbose_name_plural": "mail domains",
                "ordering": ["domain"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("country__isnull", False), ("institution__isnull", True)),
                            models.Q(("country__isnull", True), ("institution__isnull", False)),
                            _connector="OR",
                        ),
                        name="mail_domain_of_one_country_or_institution",
                        violation_error_message="Name either a country or an institution.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("domain", django.db.models.functions.text.Lower("domain")),
                            ("domain__contains", "."),
                            models.Q(("domain__contains", "@"), _negated=True),
                        ),
                        name="mail_domain_is_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReplyText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "language",
                    models.CharField(default="en", max_length=12, verbose_name="language"),
                ),
                ("label", models.CharField(max_length=80, verbose_name="label")),
                ("text", models.CharField(max_length=600, verbose_name="text")),
                ("is_for_approval", models.BooleanField(default=False, verbose_name="approves")),
            ],
            options={
                "verbose_name": "reply text",
                "verbose_name_plural": "reply texts",
                "ordering": ["-is_for_approval", "label"],
                "constraints": [
                    models.UniqueConstraint(fields=("language", "label"), name="reply_text_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="affiliation",
            name="confirmed_on",
            field=models.DateField(blank=True, null=True, verbose_name="last confirmed"),
        ),
        migrations.AddField(
            model_name="focalterm",
            name="closed_on",
            field=models.DateField(
                blank=True,
                help_text="From this day it no longer holds.",
                null=True,
                verbose_name="closed early",
            ),
        ),
        migrations.AddField(
            model_name="focalterm",
            name="letter",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="terms",
                to="partnership.officialletter",
                verbose_name="official letter",
            ),
        ),
        migrations.AddIndex(
            model_name="focalterm",
            index=models.Index(fields=["ends_on"], name="focal_term_by_end"),
        ),
        migrations.AddConstraint(
            model_name="focalterm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_on__isnull", True),
                    ("closed_on__gte", models.F("begins_on")),
                    _connector="OR",
                ),
                name="focal_term_closes_after_it_begins",
                violation_error_message="It cannot be closed before it begins.",
            ),
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("email", models.EmailField(max_length=254, verbose_name="mail address")),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="name")),
                ("language", models.CharField(blank=True, max_length=12, verbose_name="language")),
                ("role", models.CharField(max_length=20, verbose_name="role")),
                ("title", models.CharField(blank=True, max_length=150, verbose_name="job title")),
                (
                    "function",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("policy", "policy"),
                            ("authorization", "authorization"),
                            ("recording", "recording"),
                            ("reporting", "reporting"),
                        ],
                        max_length=15,
                    ),
                ),
                ("is_deputy", models.BooleanField(default=False)),
                ("until", models.DateField(blank=True, null=True, verbose_name="end of the term")),
                ("mailed_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("shown_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("made_at", models.DateTimeField(verbose_name="made")),
                ("sent_at", models.DateTimeField(verbose_name="last mailed")),
                ("sends", models.PositiveSmallIntegerField(default=1, verbose_name="times mailed")),
                ("expires_at", models.DateTimeField(verbose_name="valid until")),
                (
                    "tries",
                    models.PositiveSmallIntegerField(default=0, verbose_name="tries of the code"),
                ),
                (
                    "opened_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="link opened"),
                ),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="used")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="withdrawn"),
                ),
                (
                    "replaced_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="replaced"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="invited by",
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
                    "mail",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="partnership.outboxmessage",
                    ),
                ),
                (
                    "used_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="used by",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnership.officialletter",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["email"], name="invitation_by_address"),
                    models.Index(fields=["country", "-id"], name="invitation_of_country"),
                    models.Index(fields=["institution", "-id"], name="invitation_of_institution"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("email"),
                        models.F("role"),
                        django.db.models.functions.comparison.Coalesce(
                            models.F("country"), models.Value("")
                        ),
                        django.db.models.functions.comparison.Coalesce(
                            models.F("institution"), models.Value(0)
                        ),
                        condition=models.Q(
                            ("replaced_at__isnull", True),
                            ("used_at__isnull", True),
                            ("withdrawn_at__isnull", True),
                        ),
                        name="invitation_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role", "official"), _negated=True),
                            ("country__isnull", False),
                            ("institution__isnull", False),
                            _connector="OR",
                        ),
                        name="invitation_of_an_official_names_a_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role", "focal_point"), _negated=True),
                            models.Q(
                                models.Q(
                                    models.Q(
                                        ("country__isnull", False), ("institution__isnull", True)
                                    ),
                                    models.Q(
                                        ("country__isnull", True), ("institution__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                ("until__isnull", False),
                                models.Q(("function", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="invitation_of_a_focal_point_names_a_term",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tries__lte", 5)),
                        name="invitation_code_is_tried_five_times",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_at__gt", models.F("sent_at")),
                            ("sent_at__gte", models.F("made_at")),
                        ),
                        name="invitation_is_sent_before_it_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("used_at__isnull", True),
                            models.Q(("replaced_at__isnull", True), ("withdrawn_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="invitation_is_used_or_taken_back",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email"))
                        ),
                        name="invitation_address_is_in_small_letters",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JoinRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("email", models.EmailField(max_length=254, verbose_name="mail address shown")),
                ("title", models.CharField(blank=True, max_length=150, verbose_name="job title")),
                ("since", models.DateField(verbose_name="in post since")),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("due_at", models.DateTimeField(verbose_name="to be answered by")),
                (
                    "passed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="passed to the secretariat"
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="answered"),
                ),
                ("is_approved", models.BooleanField(null=True, verbose_name="approved")),
                ("reply", models.CharField(blank=True, max_length=600, verbose_name="reply")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="withdrawn"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="answered by",
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
                        verbose_name="country",
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
                        verbose_name="institution",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="join_requests",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="partnership.maildomain",
                    ),
                ),
            ],
            options={
                "verbose_name": "request to join",
                "verbose_name_plural": "requests to join",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("answered_at__isnull", True), ("withdrawn_at__isnull", True)
                        ),
                        fields=["due_at"],
                        name="join_request_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("country__isnull", False), ("institution__isnull", True)),
                            models.Q(("country__isnull", True), ("institution__isnull", False)),
                            _connector="OR",
                        ),
                        name="join_request_of_one_country_or_institution",
                        violation_error_message="Name either a country or an institution.",
                    ),
                    models.UniqueConstraint(
                        models.F("person"),
                        django.db.models.functions.comparison.Coalesce(
                            models.F("country"), models.Value("")
                        ),
                        django.db.models.functions.comparison.Coalesce(
                            models.F("institution"), models.Value(0)
                        ),
                        condition=models.Q(
                            ("answered_at__isnull", True), ("withdrawn_at__isnull", True)
                        ),
                        name="join_request_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("is_approved__isnull", True)),
                            models.Q(
                                ("answered_at__isnull", False), ("is_approved__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="join_request_answer_is_yes_or_no",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_by__isnull", True),
                            models.Q(("answered_by", models.F("person")), _negated=True),
                            _connector="OR",
                        ),
                        name="join_request_is_answered_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at__isnull", True),
                            ("withdrawn_at__isnull", True),
                            _connector="OR",
                        ),
                        name="join_request_is_answered_or_withdrawn",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Leaving",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("last_day", models.DateField(verbose_name="last day")),
                ("was_until", models.DateField(blank=True, null=True, verbose_name="end before")),
                ("at", models.DateTimeField(verbose_name="at")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="put back")),
                (
                    "affiliation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="leavings",
                        to="partnership.affiliation",
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
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "end of a post",
                "verbose_name_plural": "ends of posts",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("affiliation",),
                        name="leaving_one_in_force",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("asked_at", models.DateTimeField(verbose_name="asked")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("is_done", models.BooleanField(null=True, verbose_name="done")),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnership.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="from",
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
                        verbose_name="institution",
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="to",
                    ),
                ),
            ],
            options={
                "verbose_name": "handover",
                "verbose_name_plural": "handovers",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("country__isnull", False), ("institution__isnull", True)),
                            models.Q(("country__isnull", True), ("institution__isnull", False)),
                            _connector="OR",
                        ),
                        name="handover_of_one_country_or_institution",
                        violation_error_message="Name either a country or an institution.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("giver", models.F("taker")), _negated=True),
                        name="handover_goes_to_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_done__isnull", True),
                            ("is_done", False),
                            ("decided_by__isnull", True),
                            models.Q(
                                models.Q(("decided_by", models.F("giver")), _negated=True),
                                models.Q(("decided_by", models.F("taker")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="handover_is_agreed_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("is_done__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("is_done__isnull", False)),
                            _connector="OR",
                        ),
                        name="handover_decision_is_yes_or_no",
                    ),
                    models.UniqueConstraint(
                        models.F("giver"),
                        django.db.models.functions.comparison.Coalesce(
                            models.F("country"), models.Value("")
                        ),
                        django.db.models.functions.comparison.Coalesce(
                            models.F("institution"), models.Value(0)
                        ),
                        condition=models.Q(("decided_at__isnull", True)),
                        name="handover_one_waiting",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProfileRevision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=4000, verbose_name="what we do")),
                (
                    "contact",
                    models.CharField(
                        blank=True,
                        help_text="An office, not a person.",
                        max_length=300,
                        verbose_name="contact",
                    ),
                ),
                (
                    "website",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                        verbose_name="website",
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("edited_at", models.DateTimeField(verbose_name="edited")),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="handed in"),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="what is still missing"
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="published"),
                ),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnership.country",
                        verbose_name="country",
                    ),
                ),
                (
                    "edited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="edited by",
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
                        verbose_name="institution",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published by",
                    ),
                ),
            ],
            options={
                "verbose_name": "profile of a delegation",
                "verbose_name_plural": "profiles of delegations",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("country__isnull", False), ("institution__isnull", True)),
                            models.Q(("country__isnull", True), ("institution__isnull", False)),
                            _connector="OR",
                        ),
                        name="profile_of_one_country_or_institution",
                        violation_error_message="Name either a country or an institution.",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce(
                            models.F("country"), models.Value("")
                        ),
                        django.db.models.functions.comparison.Coalesce(
                            models.F("institution"), models.Value(0)
                        ),
                        condition=models.Q(("published_at__isnull", True)),
                        name="profile_one_draft",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("website", ""),
                            ("website__startswith", "http://"),
                            ("website__startswith", "https://"),
                            _connector="OR",
                        ),
                        name="profile_website_is_a_web_address",
                    ),
                ],
            },
        ),
    ]
