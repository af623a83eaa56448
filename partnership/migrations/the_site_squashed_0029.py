"""All tables as the first twenty-nine migrations leave them: a new site is made in one step.

A site that has taken some of them takes the others one by one, and then counts as having this one.
"""

import uuid
from importlib import import_module

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from partnership.lib.sql import TablesAtOnce

import partnership.accounts.models.people
import partnership.information.models.documents
import partnership.lib.fields

FOLDER = "partnership.migrations"


def told_to_one_engine(name: str) -> list:
    """What the models know nothing of: triggers, exclusions and the like."""
    return import_module(f"{FOLDER}.{name}").Migration.operations


class Migration(migrations.Migration):
    replaces = [
        ("partnership", "0001_the_house"),
        ("partnership", "0002_audit_is_append_only"),
        ("partnership", "0003_dated_lines_do_not_overlap"),
        ("partnership", "0004_search_index"),
        ("partnership", "0005_a_name_is_confirmed"),
        ("partnership", "0006_a_region_is_known"),
        ("partnership", "0007_a_code_is_mailed"),
        ("partnership", "0008_people_prove_who_they_are"),
        ("partnership", "0009_a_delegation_runs_itself"),
        ("partnership", "0010_sheets_are_imported"),
        ("partnership", "0011_mail_can_be_stopped"),
        ("partnership", "0012_working_groups"),
        ("partnership", "0013_programs_have_tokens"),
        ("partnership", "0014_a_desk_for_people"),
        ("partnership", "0015_people_have_their_data"),
        ("partnership", "0016_letters_to_many"),
        ("partnership", "0017_editors_keep_facts_and_colleagues_vouch"),
        ("partnership", "0018_workers_have_a_pulse"),
        ("partnership", "0019_cases_are_written_on_the_desk"),
        ("partnership", "0020_feeds_and_links_are_asked"),
        ("partnership", "0021_search_knows_words_and_pages"),
        ("partnership", "0022_documents_have_versions"),
        ("partnership", "0023_documents_are_fetched_and_proposed"),
        ("partnership", "0024_approaches_and_authorizations_have_lines"),
        ("partnership", "0025_figures_are_counted"),
        ("partnership", "0026_readers_ask_and_changes_are_kept"),
        ("partnership", "0027_workers_say_what_they_take"),
        ("partnership", "0028_people_follow_what_is_new"),
        ("partnership", "0029_links_have_an_archived_copy"),
    ]

    initial = True
    dependencies = []
    operations = [
        TablesAtOnce(
            [
                migrations.CreateModel(
                    name="Agreement",
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
                            "series",
                            models.PositiveSmallIntegerField(
                                default=1,
                                help_text="Counts further agreements of the same pair.",
                                verbose_name="number",
                            ),
                        ),
                        (
                            "slug",
                            models.SlugField(
                                editable=False, max_length=12, unique=True, verbose_name="slug"
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                    ],
                    options={
                        "verbose_name": "agreement",
                        "verbose_name_plural": "agreements",
                        "ordering": ["acquiring__sort_key", "host__sort_key", "series"],
                    },
                ),
                migrations.CreateModel(
                    name="AreaOfWork",
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
                            "number",
                            models.PositiveSmallIntegerField(unique=True, verbose_name="number"),
                        ),
                        ("slug", models.SlugField(unique=True, verbose_name="slug")),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        (
                            "offer",
                            models.TextField(
                                blank=True, verbose_name="what this site offers for it"
                            ),
                        ),
                        ("active_from", models.DateField(verbose_name="from")),
                        ("active_to", models.DateField(blank=True, null=True, verbose_name="to")),
                    ],
                    options={
                        "verbose_name": "area of work",
                        "verbose_name_plural": "areas of work",
                        "ordering": ["number"],
                    },
                ),
                migrations.CreateModel(
                    name="CaseSection",
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
                                    ("challenge", "The challenge"),
                                    ("action", "What was done"),
                                    ("result", "The result"),
                                    ("copy", "What others can copy"),
                                    ("policy", "The policy it serves"),
                                ],
                                max_length=10,
                                verbose_name="part",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        ("heading", models.CharField(max_length=150, verbose_name="heading")),
                        ("text", models.TextField(verbose_name="text")),
                        ("html", partnership.lib.fields.RenderedField(of="text")),
                        (
                            "renderer_version",
                            partnership.lib.fields.RendererVersionField(of="text"),
                        ),
                    ],
                    options={
                        "verbose_name": "part of a case",
                        "verbose_name_plural": "parts of cases",
                        "ordering": ["position"],
                    },
                ),
                migrations.CreateModel(
                    name="Country",
                    fields=[
                        (
                            "iso3",
                            models.CharField(
                                max_length=3,
                                primary_key=True,
                                serialize=False,
                                validators=[django.core.validators.RegexValidator("^[A-Z]{3}$")],
                                verbose_name="code",
                            ),
                        ),
                        (
                            "iso2",
                            models.CharField(
                                max_length=2, unique=True, verbose_name="two-letter code"
                            ),
                        ),
                        (
                            "name",
                            models.CharField(max_length=100, unique=True, verbose_name="name"),
                        ),
                        (
                            "sort_key",
                            partnership.lib.fields.SortKeyField(
                                db_index=True, max_length=120, of="name"
                            ),
                        ),
                        (
                            "folded",
                            partnership.lib.fields.FoldedField(
                                db_index=True, max_length=120, of="name"
                            ),
                        ),
                        (
                            "region",
                            models.CharField(
                                choices=[
                                    ("Africa", "Africa"),
                                    ("Americas", "Americas"),
                                    ("Asia", "Asia"),
                                    ("Europe", "Europe"),
                                    ("Oceania", "Oceania"),
                                ],
                                max_length=20,
                                verbose_name="region",
                            ),
                        ),
                        ("subregion", models.CharField(max_length=40, verbose_name="subregion")),
                        (
                            "longitude",
                            models.DecimalField(
                                decimal_places=2, max_digits=6, verbose_name="longitude"
                            ),
                        ),
                        (
                            "latitude",
                            models.DecimalField(
                                decimal_places=2, max_digits=5, verbose_name="latitude"
                            ),
                        ),
                        ("place", models.CharField(max_length=80, verbose_name="place of its dot")),
                        (
                            "party_note",
                            models.TextField(blank=True, verbose_name="note on its being a Party"),
                        ),
                    ],
                    options={
                        "verbose_name": "country",
                        "verbose_name_plural": "countries",
                        "ordering": ["sort_key"],
                    },
                ),
                migrations.CreateModel(
                    name="ReplyDesk",
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
                    name="Sector",
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
                        ("slug", models.SlugField(max_length=60, unique=True, verbose_name="slug")),
                        (
                            "name",
                            models.CharField(max_length=100, unique=True, verbose_name="name"),
                        ),
                    ],
                    options={
                        "verbose_name": "sector",
                        "verbose_name_plural": "sectors",
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="Source",
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
                        ("slug", models.SlugField(max_length=60, unique=True, verbose_name="slug")),
                        ("title", models.CharField(max_length=300, verbose_name="title")),
                        (
                            "publisher",
                            models.CharField(blank=True, max_length=200, verbose_name="publisher"),
                        ),
                        (
                            "authors",
                            models.CharField(blank=True, max_length=200, verbose_name="authors"),
                        ),
                        (
                            "address",
                            models.CharField(
                                blank=True,
                                help_text="Empty means: address not known.",
                                max_length=500,
                                validators=[
                                    django.core.validators.URLValidator(schemes=["http", "https"])
                                ],
                                verbose_name="address",
                            ),
                        ),
                        (
                            "published_on",
                            models.DateField(blank=True, null=True, verbose_name="published"),
                        ),
                        (
                            "published_precision",
                            models.CharField(
                                choices=[
                                    ("day", "to the day"),
                                    ("month", "to the month"),
                                    ("year", "to the year"),
                                ],
                                default="day",
                                max_length=5,
                                verbose_name="known",
                            ),
                        ),
                        (
                            "accessed_on",
                            models.DateField(blank=True, null=True, verbose_name="read on"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("talk", "talk"),
                                    ("web page", "web page"),
                                    ("press release", "press release"),
                                    ("report", "report"),
                                    ("news", "news"),
                                    ("database", "database"),
                                    ("treaty text", "treaty text"),
                                    ("methodology", "methodology"),
                                    ("other", "other"),
                                ],
                                default="web page",
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                    ],
                    options={
                        "verbose_name": "source",
                        "verbose_name_plural": "sources",
                        "ordering": ["title"],
                    },
                ),
                migrations.CreateModel(
                    name="User",
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
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "email",
                            models.EmailField(
                                max_length=254, unique=True, verbose_name="mail address"
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=150, verbose_name="name")),
                        (
                            "latin_name",
                            models.CharField(
                                blank=True, max_length=150, verbose_name="name in Latin letters"
                            ),
                        ),
                        (
                            "folded",
                            partnership.accounts.models.people.FoldedNameField(
                                db_default="", default="", max_length=310, of="name"
                            ),
                        ),
                        (
                            "name_confirmed_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="name confirmed"
                            ),
                        ),
                        (
                            "language",
                            models.CharField(blank=True, max_length=12, verbose_name="language"),
                        ),
                        (
                            "time_zone",
                            models.CharField(blank=True, max_length=60, verbose_name="time zone"),
                        ),
                        (
                            "seen_by",
                            models.CharField(
                                choices=[
                                    (
                                        "nobody",
                                        "only who has to: trainers, focal points, the secretariat, and my working groups",
                                    ),
                                    ("delegation", "the people of my delegation too"),
                                    ("people", "everybody who is signed in"),
                                ],
                                db_default="nobody",
                                default="nobody",
                                max_length=10,
                                verbose_name="who sees my name and post",
                            ),
                        ),
                        (
                            "epoch",
                            models.PositiveIntegerField(
                                db_default=0,
                                default=0,
                                editable=False,
                                verbose_name="epoch of sessions",
                            ),
                        ),
                        (
                            "has_short_password",
                            models.BooleanField(db_default=False, default=False, editable=False),
                        ),
                        (
                            "private_asked_at",
                            models.DateTimeField(blank=True, editable=False, null=True),
                        ),
                        (
                            "is_active",
                            models.BooleanField(default=True, verbose_name="may sign in"),
                        ),
                        (
                            "is_demo",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="made for demonstration"
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="created"),
                        ),
                        (
                            "policies_due",
                            models.BooleanField(db_default=False, default=False, editable=False),
                        ),
                        (
                            "erased_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="erased"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "person",
                        "verbose_name_plural": "people",
                        "ordering": ["name", "pk"],
                        "indexes": [
                            models.Index(fields=["folded", "id"], name="user_by_folded_name")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("email"),
                                name="user_email_once_in_any_case",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("erased_at__isnull", True),
                                    models.Q(
                                        ("email__endswith", "@erased.invalid"),
                                        ("is_active", False),
                                        ("latin_name", ""),
                                        ("name", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="user_erased_is_nobody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementStage",
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
                            "stage",
                            models.CharField(
                                choices=[
                                    ("under_negotiation", "under negotiation"),
                                    ("concluded", "concluded"),
                                    ("approved", "approved"),
                                    ("signed", "signed"),
                                    ("in_force", "in force"),
                                    ("ended", "ended"),
                                    ("not_stated", "not known"),
                                ],
                                max_length=20,
                                verbose_name="stage",
                            ),
                        ),
                        (
                            "instrument",
                            models.CharField(
                                choices=[
                                    ("mou", "memorandum of understanding"),
                                    ("joint_statement", "joint statement or declaration"),
                                    ("bilateral_agreement", "bilateral agreement"),
                                    ("implementation_agreement", "implementation agreement"),
                                    ("framework_agreement", "framework agreement"),
                                    ("jcm_document", "JCM bilateral document"),
                                    ("other", "other"),
                                    ("not_stated", "not known"),
                                ],
                                default="not_stated",
                                max_length=30,
                                verbose_name="instrument",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("treaty", "treaty"),
                                    ("memorandum", "memorandum"),
                                    ("statement", "statement"),
                                    ("other", "other"),
                                    ("not_stated", "not known"),
                                ],
                                default="not_stated",
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="on")),
                        (
                            "precision",
                            models.CharField(
                                choices=[
                                    ("day", "to the day"),
                                    ("month", "to the month"),
                                    ("year", "to the year"),
                                ],
                                default="day",
                                max_length=5,
                                verbose_name="known",
                            ),
                        ),
                        (
                            "is_report_date",
                            models.BooleanField(
                                default=False, verbose_name="only the day of the report"
                            ),
                        ),
                        (
                            "is_confirmed",
                            models.BooleanField(default=False, verbose_name="read in a source"),
                        ),
                        (
                            "acquiring_label",
                            models.CharField(
                                blank=True, max_length=80, verbose_name="acquiring Party as printed"
                            ),
                        ),
                        (
                            "host_label",
                            models.CharField(
                                blank=True, max_length=80, verbose_name="host Party as printed"
                            ),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="position in the source"
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="recorded"),
                        ),
                        (
                            "checked_on",
                            models.DateField(blank=True, null=True, verbose_name="checked on"),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                default="",
                                editable=False,
                                max_length=600,
                                verbose_name="why it was put right",
                            ),
                        ),
                        (
                            "corrected_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="put right"
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="stages",
                                to="partnership.agreement",
                                verbose_name="agreement",
                            ),
                        ),
                        (
                            "checked_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty means: taken in by the editorial import.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="checked by",
                            ),
                        ),
                        (
                            "corrects",
                            models.OneToOneField(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="correction",
                                to="partnership.agreementstage",
                                verbose_name="puts right",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreement_stages",
                                to="partnership.source",
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "stage of an agreement",
                        "verbose_name_plural": "stages of agreements",
                        "ordering": ["on", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Approach",
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
                                editable=False, max_length=80, unique=True, verbose_name="slug"
                            ),
                        ),
                        (
                            "title",
                            models.CharField(
                                help_text="As the source names it.",
                                max_length=200,
                                verbose_name="title",
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "code",
                            models.CharField(
                                blank=True,
                                help_text="Given by CARP: CA and four digits. Empty means: not known.",
                                max_length=6,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^CA\\d{4}\\Z", "CA and four digits, such as CA0001."
                                    )
                                ],
                                verbose_name="cooperative approach ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("bilateral", "bilateral crediting"),
                                    ("standard", "crediting by an independent standard"),
                                    ("sector", "crediting of a sector or a policy"),
                                    ("trading", "linked trading systems"),
                                    ("purchase", "direct purchase by a government"),
                                    ("mechanism", "Article 6.4 activities"),
                                    ("not_stated", "not known"),
                                ],
                                default="not_stated",
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="partnership.agreement",
                                verbose_name="agreement",
                            ),
                        ),
                        (
                            "acquiring",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="partnership.country",
                                verbose_name="acquiring Parties",
                            ),
                        ),
                        (
                            "host",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="partnership.country",
                                verbose_name="host Party",
                            ),
                        ),
                        (
                            "sectors",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="partnership.sector",
                                verbose_name="sectors",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "cooperative approach",
                        "verbose_name_plural": "cooperative approaches",
                        "ordering": ["host__sort_key", "slug"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AuditEntry",
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
                        ("at", models.DateTimeField(db_index=True, verbose_name="at")),
                        (
                            "actor",
                            models.CharField(
                                blank=True, db_index=True, max_length=36, verbose_name="actor"
                            ),
                        ),
                        (
                            "acting_as",
                            models.CharField(blank=True, max_length=60, verbose_name="acting as"),
                        ),
                        (
                            "verb",
                            models.CharField(db_index=True, max_length=60, verbose_name="verb"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="kind of object"
                            ),
                        ),
                        (
                            "key",
                            models.CharField(blank=True, max_length=120, verbose_name="object"),
                        ),
                        (
                            "changes",
                            models.JSONField(blank=True, default=dict, verbose_name="changes"),
                        ),
                        (
                            "request_id",
                            models.CharField(blank=True, max_length=64, verbose_name="request"),
                        ),
                        (
                            "network",
                            models.CharField(blank=True, max_length=20, verbose_name="network"),
                        ),
                    ],
                    options={
                        "verbose_name": "audit entry",
                        "verbose_name_plural": "audit log",
                        "ordering": ["-pk"],
                        "indexes": [
                            models.Index(fields=["actor", "at", "id"], name="audit_by_actor"),
                            models.Index(fields=["verb", "at", "id"], name="audit_by_verb"),
                            models.Index(fields=["kind", "at", "id"], name="audit_by_kind"),
                            models.Index(fields=["key", "at", "id"], name="audit_by_key"),
                            models.Index(fields=["network", "at", "id"], name="audit_by_network"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Authorization",
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
                                editable=False, max_length=80, unique=True, verbose_name="slug"
                            ),
                        ),
                        (
                            "title",
                            models.CharField(
                                help_text="As the source names it.",
                                max_length=200,
                                verbose_name="title",
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "code",
                            models.CharField(
                                blank=True,
                                help_text="Given by the Party. Empty means: not known.",
                                max_length=60,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[A-Za-z0-9 -]+\\Z", "Letters, digits, spaces, hyphens."
                                    )
                                ],
                                verbose_name="authorization ID",
                            ),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="partnership.agreement",
                                verbose_name="agreement",
                            ),
                        ),
                        (
                            "approach",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="authorizations",
                                to="partnership.approach",
                                verbose_name="cooperative approach",
                            ),
                        ),
                        (
                            "acquiring",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="partnership.country",
                                verbose_name="acquiring Parties",
                            ),
                        ),
                        (
                            "host",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="partnership.country",
                                verbose_name="host Party",
                            ),
                        ),
                        (
                            "sectors",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="partnership.sector",
                                verbose_name="sectors",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "authorization",
                        "verbose_name_plural": "authorizations",
                        "ordering": ["host__sort_key", "slug"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CaseChart",
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
                        ("key", models.SlugField(max_length=60, verbose_name="key")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("bars", "bars"),
                                    ("target", "values against a target"),
                                    ("months", "ring of months"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("title", models.CharField(max_length=150, verbose_name="title")),
                        ("caption", models.TextField(blank=True, verbose_name="caption")),
                        ("unit", models.CharField(blank=True, max_length=40, verbose_name="unit")),
                        (
                            "section",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="charts",
                                to="partnership.casesection",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "chart",
                        "verbose_name_plural": "charts",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="CaseStudy",
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
                        ("slug", models.SlugField(max_length=80, unique=True, verbose_name="slug")),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        (
                            "language",
                            models.CharField(default="en", max_length=12, verbose_name="language"),
                        ),
                        ("summary", models.TextField(verbose_name="summary")),
                        ("standfirst", models.TextField(verbose_name="opening")),
                        ("mechanism", models.CharField(max_length=100, verbose_name="mechanism")),
                        ("place", models.CharField(max_length=150, verbose_name="place")),
                        ("started", models.CharField(max_length=60, verbose_name="since")),
                        ("technology", models.CharField(max_length=200, verbose_name="technology")),
                        (
                            "policy_document",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="policy it serves"
                            ),
                        ),
                        (
                            "policy_year",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="year of the policy"
                            ),
                        ),
                        (
                            "policy_meaning",
                            models.TextField(blank=True, verbose_name="what the policy asks for"),
                        ),
                        (
                            "doubts",
                            models.JSONField(
                                blank=True, default=list, verbose_name="what is not known"
                            ),
                        ),
                        (
                            "goals",
                            models.JSONField(
                                blank=True,
                                default=list,
                                verbose_name="sustainable development goals",
                            ),
                        ),
                        (
                            "published_on",
                            models.DateField(blank=True, null=True, verbose_name="published"),
                        ),
                        (
                            "withdrawn_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="withdrawn"),
                        ),
                        (
                            "checked_on",
                            models.DateField(blank=True, null=True, verbose_name="checked on"),
                        ),
                        (
                            "agreement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="partnership.agreement",
                                verbose_name="agreement",
                            ),
                        ),
                        (
                            "checked_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty means: taken in by the editorial import.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="checked by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "case study",
                        "verbose_name_plural": "case studies",
                        "ordering": ["title"],
                    },
                ),
                migrations.AddField(
                    model_name="casesection",
                    name="case",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="partnership.casestudy",
                    ),
                ),
                migrations.CreateModel(
                    name="CaseDraft",
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
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("writing", "being written"),
                                    ("returned", "back with comments"),
                                    ("handed_in", "handed in"),
                                    ("published", "published"),
                                    ("set_aside", "set aside"),
                                ],
                                default="writing",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("number", models.PositiveIntegerField(default=0, editable=False)),
                        (
                            "what_changed",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="what changed"
                            ),
                        ),
                        ("begun_at", models.DateTimeField(verbose_name="begun")),
                        ("changed_at", models.DateTimeField(verbose_name="changed")),
                        (
                            "handed_in_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="handed in"),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="decided"),
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
                            "case",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drafts",
                                to="partnership.casestudy",
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
                    ],
                    options={
                        "verbose_name": "proposal of a case study",
                        "verbose_name_plural": "proposals of case studies",
                        "ordering": ["-changed_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="CaseCountry",
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
                            "part",
                            models.CharField(
                                choices=[("host", "host Party"), ("partner", "partner")],
                                max_length=10,
                                verbose_name="part",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="partnership.casestudy",
                            ),
                        ),
                        (
                            "country",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="case_parts",
                                to="partnership.country",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "country of a case",
                        "verbose_name_plural": "countries of cases",
                        "ordering": ["part", "country__sort_key"],
                    },
                ),
                migrations.CreateModel(
                    name="CaseVersion",
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
                        ("on", models.DateField(verbose_name="published")),
                        (
                            "what_changed",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="what changed"
                            ),
                        ),
                        ("told", models.JSONField(verbose_name="text and figures")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="partnership.casestudy",
                            ),
                        ),
                        (
                            "draft",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="version",
                                to="partnership.casedraft",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of a case study",
                        "verbose_name_plural": "versions of case studies",
                        "ordering": ["case", "-number"],
                    },
                ),
                migrations.AddField(
                    model_name="casestudy",
                    name="countries",
                    field=models.ManyToManyField(
                        related_name="cases",
                        through="partnership.CaseCountry",
                        to="partnership.country",
                        verbose_name="countries",
                    ),
                ),
                migrations.AddField(
                    model_name="agreement",
                    name="acquiring",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements_as_acquiring",
                        to="partnership.country",
                        verbose_name="acquiring Party",
                    ),
                ),
                migrations.AddField(
                    model_name="agreement",
                    name="host",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements_as_host",
                        to="partnership.country",
                        verbose_name="host Party",
                    ),
                ),
                migrations.CreateModel(
                    name="CountryAlias",
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
                        ("label", models.CharField(max_length=120, verbose_name="label")),
                        (
                            "folded",
                            partnership.lib.fields.FoldedField(
                                db_index=True, max_length=120, of="label"
                            ),
                        ),
                        (
                            "is_shown",
                            models.BooleanField(
                                default=True,
                                help_text="Otherwise it serves matching only.",
                                verbose_name="shown",
                            ),
                        ),
                        (
                            "country",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="aliases",
                                to="partnership.country",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "label of a country",
                        "verbose_name_plural": "labels of countries",
                        "ordering": ["label"],
                    },
                ),
                migrations.CreateModel(
                    name="CountryName",
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
                        ("language", models.CharField(max_length=12, verbose_name="language")),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("folded", partnership.lib.fields.FoldedField(max_length=140, of="name")),
                        (
                            "country",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="names",
                                to="partnership.country",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "name of a country",
                        "verbose_name_plural": "names of countries",
                        "ordering": ["language"],
                    },
                ),
                migrations.CreateModel(
                    name="DataExport",
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
                        ("asked_at", models.DateTimeField(verbose_name="asked")),
                        (
                            "ready_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="ready"),
                        ),
                        ("size", models.PositiveBigIntegerField(default=0, verbose_name="bytes")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="exports",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "export of a person's data",
                        "verbose_name_plural": "exports of people's data",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="DeskAct",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("disable", "Accounts disabled"),
                                    ("enable", "Accounts enabled"),
                                    ("end-posts", "Posts ended"),
                                    ("merge", "Accounts merged"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        ("number", models.PositiveIntegerField(verbose_name="rows changed")),
                        (
                            "undone_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="undone"),
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
                            "into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="merged into",
                            ),
                        ),
                        (
                            "undone_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="undone by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "act of the desk",
                        "verbose_name_plural": "acts of the desk",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="DeskChange",
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
                        ("table", models.CharField(max_length=60, verbose_name="table")),
                        ("key", models.CharField(max_length=40, verbose_name="row")),
                        ("before", models.JSONField(verbose_name="before")),
                        ("after", models.JSONField(verbose_name="after")),
                        (
                            "was_kept",
                            models.BooleanField(default=False, verbose_name="not put back"),
                        ),
                        (
                            "act",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="changes",
                                to="partnership.deskact",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "change of the desk",
                        "verbose_name_plural": "changes of the desk",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Digest",
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
                            "rhythm",
                            models.CharField(
                                choices=[
                                    ("daily", "each day"),
                                    ("weekly", "each Monday"),
                                    ("none", "no mail"),
                                ],
                                default="weekly",
                                max_length=6,
                                verbose_name="how often",
                            ),
                        ),
                        ("since", models.DateTimeField(verbose_name="new is what came after")),
                        (
                            "next_at",
                            models.DateTimeField(
                                blank=True, db_index=True, null=True, verbose_name="next mail"
                            ),
                        ),
                        (
                            "zone",
                            models.CharField(
                                blank=True, default="", max_length=60, verbose_name="time zone"
                            ),
                        ),
                        (
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="digest",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "digest",
                        "verbose_name_plural": "digests",
                        "ordering": ["person"],
                    },
                ),
                migrations.CreateModel(
                    name="DigestHit",
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
                        ("kind", models.CharField(max_length=30, verbose_name="kind")),
                        ("key", models.CharField(max_length=200, verbose_name="key")),
                        ("at", models.DateTimeField(db_index=True, verbose_name="told")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="digest_hits",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "thing that was told",
                        "verbose_name_plural": "things that were told",
                        "ordering": ["person", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Document",
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
                        ("slug", models.SlugField(max_length=80, unique=True, verbose_name="slug")),
                        ("title", models.CharField(max_length=300, verbose_name="title")),
                        (
                            "sort_key",
                            partnership.lib.fields.SortKeyField(
                                db_index=True, max_length=320, of="title"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("decision", "decision"),
                                    ("treaty", "treaty text"),
                                    ("policy", "national policy"),
                                    ("guidance", "guidance"),
                                    ("methodology", "methodology"),
                                    ("template", "template"),
                                    ("letter", "letter"),
                                    ("report", "report"),
                                    ("tool", "tool"),
                                    ("dataset", "dataset"),
                                    ("slides", "slides"),
                                    ("video", "video"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "authors",
                            models.CharField(blank=True, max_length=300, verbose_name="authors"),
                        ),
                        (
                            "publisher",
                            models.CharField(blank=True, max_length=200, verbose_name="publisher"),
                        ),
                        ("summary", models.TextField(blank=True, verbose_name="what it is about")),
                        (
                            "language",
                            models.CharField(blank=True, max_length=12, verbose_name="language"),
                        ),
                        (
                            "licence",
                            models.CharField(blank=True, max_length=200, verbose_name="licence"),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "withdrawn_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="withdrawn"),
                        ),
                        (
                            "withdrawn_because",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="why withdrawn"
                            ),
                        ),
                        (
                            "areas",
                            models.ManyToManyField(
                                blank=True,
                                related_name="documents",
                                to="partnership.areaofwork",
                                verbose_name="areas of work",
                            ),
                        ),
                        (
                            "countries",
                            models.ManyToManyField(
                                blank=True,
                                related_name="documents",
                                to="partnership.country",
                                verbose_name="countries",
                            ),
                        ),
                        (
                            "sectors",
                            models.ManyToManyField(
                                blank=True,
                                related_name="documents",
                                to="partnership.sector",
                                verbose_name="sectors",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "document",
                        "verbose_name_plural": "documents",
                        "ordering": ["sort_key", "slug"],
                    },
                ),
                migrations.CreateModel(
                    name="Erasure",
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
                        ("asked_at", models.DateTimeField(verbose_name="asked")),
                        ("due_at", models.DateTimeField(verbose_name="not before")),
                        (
                            "cancelled_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="taken back"),
                        ),
                        (
                            "erased_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="erased"),
                        ),
                        ("files", models.JSONField(default=list, editable=False)),
                        (
                            "done_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="done"),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="erasures",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "erasure",
                        "verbose_name_plural": "erasures",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="FactorTries",
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
                            "tries",
                            models.PositiveSmallIntegerField(default=0, verbose_name="tries"),
                        ),
                        ("since", models.DateTimeField(verbose_name="since")),
                        (
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="factor_tries",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tries of a second factor",
                        "verbose_name_plural": "tries of second factors",
                    },
                ),
                migrations.CreateModel(
                    name="Feed",
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
                        ("slug", models.SlugField(max_length=60, unique=True, verbose_name="slug")),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        (
                            "address",
                            models.CharField(
                                max_length=500,
                                unique=True,
                                validators=[
                                    django.core.validators.URLValidator(schemes=["http", "https"])
                                ],
                                verbose_name="address of the feed",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(default="en", max_length=12, verbose_name="language"),
                        ),
                        ("is_trusted", models.BooleanField(default=False, verbose_name="trusted")),
                        ("created_at", models.DateTimeField(verbose_name="added")),
                        (
                            "paused_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="paused"),
                        ),
                        (
                            "pause",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("person", "paused by a person"),
                                    ("faults", "paused after too many faults"),
                                ],
                                max_length=10,
                                verbose_name="why it is paused",
                            ),
                        ),
                        ("next_try_at", models.DateTimeField(verbose_name="next try")),
                        (
                            "tried_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="last try"),
                        ),
                        (
                            "good_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="last good answer"
                            ),
                        ),
                        (
                            "failures",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="faults in a row"
                            ),
                        ),
                        (
                            "error",
                            models.CharField(blank=True, max_length=30, verbose_name="last fault"),
                        ),
                        ("etag", models.CharField(blank=True, editable=False, max_length=300)),
                        (
                            "last_modified",
                            models.CharField(blank=True, editable=False, max_length=100),
                        ),
                        (
                            "keeper",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="looked after by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "feed",
                        "verbose_name_plural": "feeds",
                        "ordering": ["title", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="GlossaryTerm",
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
                            models.SlugField(max_length=100, unique=True, verbose_name="slug"),
                        ),
                        (
                            "language",
                            models.CharField(default="en", max_length=12, verbose_name="language"),
                        ),
                        ("term", models.CharField(max_length=150, verbose_name="term")),
                        (
                            "sort_key",
                            partnership.lib.fields.SortKeyField(
                                db_index=True, max_length=170, of="term"
                            ),
                        ),
                        (
                            "abbreviation",
                            models.CharField(
                                blank=True, max_length=30, verbose_name="abbreviation"
                            ),
                        ),
                        (
                            "category",
                            models.CharField(
                                choices=[
                                    ("foundations", "Foundations"),
                                    ("cooperation", "Cooperation"),
                                    ("authorization", "Authorization"),
                                    ("accounting", "Accounting"),
                                    ("tracking", "Tracking"),
                                    ("reporting", "Reporting"),
                                    ("methodology", "Methodology"),
                                    ("integrity", "Integrity"),
                                    ("mechanism", "The Article 6.4 mechanism"),
                                ],
                                max_length=15,
                                verbose_name="category",
                            ),
                        ),
                        ("definition", models.TextField(verbose_name="definition")),
                        (
                            "basis",
                            models.CharField(blank=True, max_length=150, verbose_name="basis"),
                        ),
                        (
                            "see_also",
                            models.ManyToManyField(
                                blank=True, to="partnership.glossaryterm", verbose_name="see also"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "term",
                        "verbose_name_plural": "glossary",
                        "ordering": ["sort_key"],
                    },
                ),
                migrations.CreateModel(
                    name="Institution",
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
                        ("slug", models.SlugField(max_length=80, unique=True, verbose_name="slug")),
                        (
                            "name",
                            models.CharField(max_length=200, unique=True, verbose_name="name"),
                        ),
                        (
                            "sort_key",
                            partnership.lib.fields.SortKeyField(
                                db_index=True, max_length=220, of="name"
                            ),
                        ),
                        (
                            "acronym",
                            models.CharField(blank=True, max_length=30, verbose_name="acronym"),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("international organisation", "international organisation"),
                                    ("research", "research institute"),
                                    ("government agency", "government agency"),
                                    ("regional alliance", "regional alliance"),
                                    ("bank", "development bank"),
                                    ("standard", "standard"),
                                    ("private", "company"),
                                    ("NGO", "non-governmental organisation"),
                                    ("other", "other"),
                                ],
                                max_length=30,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "website",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                validators=[
                                    django.core.validators.URLValidator(schemes=["http", "https"])
                                ],
                                verbose_name="website",
                            ),
                        ),
                        (
                            "role",
                            models.TextField(
                                blank=True, verbose_name="role in which the source names it"
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="institutions",
                                to="partnership.country",
                                verbose_name="country of seat",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="institutions",
                                to="partnership.source",
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "institution",
                        "verbose_name_plural": "institutions",
                        "ordering": ["sort_key"],
                    },
                ),
                migrations.CreateModel(
                    name="Handover",
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
                        ("asked_at", models.DateTimeField(verbose_name="asked")),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="decided"),
                        ),
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
                            "taker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="to",
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
                    ],
                    options={
                        "verbose_name": "handover",
                        "verbose_name_plural": "handovers",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.AddField(
                    model_name="casestudy",
                    name="institutions",
                    field=models.ManyToManyField(
                        blank=True,
                        related_name="cases",
                        to="partnership.institution",
                        verbose_name="institutions",
                    ),
                ),
                migrations.AddField(
                    model_name="casedraft",
                    name="institution",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnership.institution",
                    ),
                ),
                migrations.CreateModel(
                    name="Affiliation",
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
                            "title",
                            models.CharField(blank=True, max_length=150, verbose_name="job title"),
                        ),
                        ("begins_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                        (
                            "confirmed_on",
                            models.DateField(blank=True, null=True, verbose_name="last confirmed"),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="affiliations",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "country",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="affiliations",
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
                                related_name="affiliations",
                                to="partnership.institution",
                                verbose_name="institution",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "affiliation",
                        "verbose_name_plural": "affiliations",
                        "ordering": ["person", "-begins_on"],
                    },
                ),
                migrations.CreateModel(
                    name="Item",
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
                        ("title", models.CharField(max_length=300, verbose_name="title")),
                        (
                            "summary",
                            models.CharField(blank=True, max_length=600, verbose_name="summary"),
                        ),
                        ("address", models.CharField(max_length=1000, verbose_name="address")),
                        (
                            "published_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="published"),
                        ),
                        ("found_at", models.DateTimeField(verbose_name="found")),
                        ("identity", models.CharField(editable=False, max_length=64)),
                        ("address_key", models.CharField(editable=False, max_length=64)),
                        (
                            "content_key",
                            models.CharField(blank=True, editable=False, max_length=64),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("new", "to be looked at"),
                                    ("accepted", "accepted"),
                                    ("refused", "refused"),
                                ],
                                default="new",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
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
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="partnership.document",
                            ),
                        ),
                        (
                            "feed",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="partnership.feed",
                                verbose_name="feed",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "item of a feed",
                        "verbose_name_plural": "items of feeds",
                        "ordering": ["-found_at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Job",
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
                        ("kind", models.CharField(max_length=60, verbose_name="kind")),
                        ("key", models.CharField(blank=True, max_length=120, verbose_name="key")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "waiting"),
                                    ("running", "running"),
                                    ("done", "done"),
                                    ("failed", "failed"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="queued",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("payload", models.JSONField(blank=True, default=dict)),
                        (
                            "result",
                            models.JSONField(blank=True, default=dict, verbose_name="result"),
                        ),
                        ("fence", models.PositiveIntegerField(default=0, editable=False)),
                        (
                            "tries",
                            models.PositiveSmallIntegerField(default=0, verbose_name="tries"),
                        ),
                        ("done", models.PositiveIntegerField(default=0, verbose_name="steps done")),
                        (
                            "total",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="steps in all"
                            ),
                        ),
                        (
                            "sentence",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="what happens now"
                            ),
                        ),
                        ("error", models.TextField(blank=True, verbose_name="error")),
                        ("created_at", models.DateTimeField(verbose_name="asked for")),
                        ("run_at", models.DateTimeField(verbose_name="not before")),
                        ("rung_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "started_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="started"),
                        ),
                        (
                            "lease_until",
                            models.DateTimeField(blank=True, editable=False, null=True),
                        ),
                        (
                            "cancel_asked_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="cancel asked for"
                            ),
                        ),
                        (
                            "finished_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="finished"),
                        ),
                        (
                            "requested_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="jobs",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="asked for by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "job",
                        "verbose_name_plural": "jobs",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentVersion",
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
                        (
                            "label",
                            models.CharField(blank=True, max_length=40, verbose_name="called"),
                        ),
                        ("what_changed", models.TextField(blank=True, verbose_name="what changed")),
                        (
                            "on",
                            models.DateField(blank=True, null=True, verbose_name="published on"),
                        ),
                        (
                            "precision",
                            models.CharField(
                                choices=[
                                    ("day", "to the day"),
                                    ("month", "to the month"),
                                    ("year", "to the year"),
                                ],
                                default="day",
                                max_length=5,
                                verbose_name="known",
                            ),
                        ),
                        (
                            "address",
                            models.CharField(
                                blank=True,
                                max_length=500,
                                validators=[
                                    django.core.validators.URLValidator(schemes=["http", "https"])
                                ],
                                verbose_name="address",
                            ),
                        ),
                        (
                            "address_key",
                            partnership.information.models.documents.AddressKeyField(
                                db_index=True, max_length=500, of="address"
                            ),
                        ),
                        (
                            "file_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("pdf", "PDF"),
                                    ("docx", "DOCX"),
                                    ("pptx", "PPTX"),
                                    ("xlsx", "XLSX"),
                                    ("html", "HTML"),
                                    ("csv", "CSV"),
                                ],
                                max_length=4,
                                verbose_name="kind of file",
                            ),
                        ),
                        (
                            "key",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=100,
                                verbose_name="where it lies",
                            ),
                        ),
                        (
                            "size",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="bytes"
                            ),
                        ),
                        (
                            "sha256",
                            models.CharField(
                                blank=True, db_index=True, max_length=64, verbose_name="checksum"
                            ),
                        ),
                        (
                            "pages",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="pages"
                            ),
                        ),
                        (
                            "drawn",
                            models.CharField(
                                choices=[
                                    ("none", "no file"),
                                    ("waiting", "waiting"),
                                    ("whole", "text drawn out"),
                                    ("part", "text drawn out in part"),
                                    ("not", "text not drawn out"),
                                ],
                                default="none",
                                max_length=7,
                                verbose_name="text",
                            ),
                        ),
                        (
                            "problems",
                            models.JSONField(
                                blank=True, default=list, editable=False, verbose_name="problems"
                            ),
                        ),
                        (
                            "seems",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=12,
                                verbose_name="language of its text",
                            ),
                        ),
                        ("sketch", models.CharField(blank=True, editable=False, max_length=512)),
                        ("added_at", models.DateTimeField(verbose_name="added")),
                        (
                            "published_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="shown since"),
                        ),
                        (
                            "is_proposed",
                            models.BooleanField(default=False, verbose_name="proposed"),
                        ),
                        (
                            "added_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="added by",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="partnership.document",
                            ),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="partnership.job",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of a document",
                        "verbose_name_plural": "versions of documents",
                        "ordering": ["document", "-number"],
                    },
                ),
                migrations.CreateModel(
                    name="KnownColumns",
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
                                    ("people", "people"),
                                    ("institutions", "institutions"),
                                    ("participations", "memberships"),
                                    ("agreements", "agreements that another source lists"),
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
                    },
                ),
                migrations.CreateModel(
                    name="Leaving",
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
                        ("last_day", models.DateField(verbose_name="last day")),
                        (
                            "was_until",
                            models.DateField(blank=True, null=True, verbose_name="end before"),
                        ),
                        ("at", models.DateTimeField(verbose_name="at")),
                        (
                            "undone_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="put back"),
                        ),
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
                    },
                ),
                migrations.CreateModel(
                    name="Letter",
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
                        ("circle", models.CharField(max_length=120, verbose_name="to")),
                        ("wanted", models.JSONField(default=dict, verbose_name="filter")),
                        ("language", models.CharField(max_length=12, verbose_name="main language")),
                        (
                            "is_service",
                            models.BooleanField(
                                default=False, verbose_name="about the reader's account"
                            ),
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
                        (
                            "sent_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="sent"),
                        ),
                        (
                            "ended_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="ended"),
                        ),
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                    name="Link",
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
                        ("address", models.CharField(max_length=1000, verbose_name="address")),
                        (
                            "address_key",
                            models.CharField(editable=False, max_length=64, unique=True),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("untried", "not looked at yet"),
                                    ("good", "good"),
                                    ("moved", "moved for good"),
                                    ("gone", "not there"),
                                    ("soft", "answers, but says that it is not there"),
                                    ("certificate", "wrong certificate"),
                                    ("silent", "no answer, or an error of the host"),
                                    ("closed", "does not let us look"),
                                    ("wrong", "not the address of a public page"),
                                ],
                                default="untried",
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "moved_to",
                            models.CharField(blank=True, max_length=1000, verbose_name="moved to"),
                        ),
                        (
                            "tries",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="faults in a row"
                            ),
                        ),
                        (
                            "since",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="faulty since"
                            ),
                        ),
                        (
                            "error",
                            models.CharField(blank=True, max_length=30, verbose_name="last fault"),
                        ),
                        (
                            "checked_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="last looked at"
                            ),
                        ),
                        ("next_try_at", models.DateTimeField(verbose_name="next look")),
                        (
                            "archived_address",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                max_length=1200,
                                validators=[
                                    django.core.validators.URLValidator(schemes=["http", "https"])
                                ],
                                verbose_name="archived copy",
                            ),
                        ),
                        (
                            "archived_on",
                            models.DateField(blank=True, null=True, verbose_name="archived on"),
                        ),
                        (
                            "archive_asked_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="archive asked"
                            ),
                        ),
                        (
                            "archive_next_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="archive asked again"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "link",
                        "verbose_name_plural": "links",
                        "ordering": ["address"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("error", ""), ("since", None), ("tries", 0)),
                                    models.Q(
                                        ("since__isnull", False),
                                        ("tries__gt", 0),
                                        models.Q(("error", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="link_fault_is_named",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["untried", "good", "moved"]),
                                    ("tries__gte", 3),
                                    _connector="OR",
                                ),
                                name="link_broken_after_three_tries",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "moved"), ("moved_to", ""), _connector="OR"
                                ),
                                name="link_moved_says_where",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("archived_address", ""), ("archived_on", None)),
                                    models.Q(
                                        models.Q(("archived_address", ""), _negated=True),
                                        ("archived_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="link_copy_has_its_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LinkUse",
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
                        ("owner", models.CharField(max_length=100, verbose_name="to be mended by")),
                        ("title", models.CharField(max_length=300, verbose_name="where it stands")),
                        ("page", models.CharField(max_length=300, verbose_name="page")),
                        (
                            "link",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="uses",
                                to="partnership.link",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "place of a link",
                        "verbose_name_plural": "places of links",
                        "ordering": ["title", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="LoadedRow",
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
                        ("kind", models.CharField(max_length=60)),
                        ("key", models.CharField(max_length=200)),
                        ("fingerprint", models.CharField(max_length=64)),
                    ],
                    options={
                        "verbose_name": "loaded row",
                        "verbose_name_plural": "loaded rows",
                        "constraints": [
                            models.UniqueConstraint(fields=("kind", "key"), name="loaded_row_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MailDomain",
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
                            "domain",
                            models.CharField(
                                max_length=190, unique=True, verbose_name="mail domain"
                            ),
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
                    },
                ),
                migrations.CreateModel(
                    name="JoinRequest",
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
                        (
                            "email",
                            models.EmailField(max_length=254, verbose_name="mail address shown"),
                        ),
                        (
                            "title",
                            models.CharField(blank=True, max_length=150, verbose_name="job title"),
                        ),
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
                        (
                            "reply",
                            models.CharField(blank=True, max_length=600, verbose_name="reply"),
                        ),
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
                    },
                ),
                migrations.CreateModel(
                    name="MailedCode",
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
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("come in", "to sign in"),
                                    ("address", "to confirm an address"),
                                    ("password", "to set a password"),
                                    ("prove", "to say who asks"),
                                    ("vouch", "to ask that somebody vouches"),
                                ],
                                db_default="come in",
                                default="come in",
                                max_length=10,
                                verbose_name="purpose",
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, verbose_name="mail address")),
                        ("name", models.CharField(blank=True, max_length=150, verbose_name="name")),
                        ("made_at", models.DateTimeField(verbose_name="made")),
                        ("sent_at", models.DateTimeField(verbose_name="last sent")),
                        (
                            "sends",
                            models.PositiveSmallIntegerField(default=1, verbose_name="times sent"),
                        ),
                        ("expires_at", models.DateTimeField(verbose_name="valid until")),
                        (
                            "tries",
                            models.PositiveSmallIntegerField(default=0, verbose_name="tries"),
                        ),
                        (
                            "used_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="used"),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mailed_codes",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "mailed code",
                        "verbose_name_plural": "mailed codes",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="MailStop",
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
                                    ("account", "your account and what you asked for"),
                                    ("learning", "your courses"),
                                    ("delegation", "the delegation you run"),
                                    ("letters", "letters to several people"),
                                    ("alerts", "what you follow"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("stopped_at", models.DateTimeField(verbose_name="stopped")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mail_stops",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "stopped mail",
                        "verbose_name_plural": "stopped mails",
                        "ordering": ["person", "kind"],
                    },
                ),
                migrations.CreateModel(
                    name="OfficialLetter",
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
                        (
                            "key",
                            models.CharField(
                                editable=False,
                                max_length=100,
                                unique=True,
                                verbose_name="where it lies",
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
                        (
                            "name",
                            models.CharField(max_length=150, verbose_name="name it came with"),
                        ),
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
                    },
                ),
                migrations.CreateModel(
                    name="FocalTerm",
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
                            "function",
                            models.CharField(
                                choices=[
                                    ("policy", "policy"),
                                    ("authorization", "authorization"),
                                    ("recording", "recording"),
                                    ("reporting", "reporting"),
                                ],
                                max_length=15,
                                verbose_name="function",
                            ),
                        ),
                        ("is_deputy", models.BooleanField(default=False, verbose_name="deputy")),
                        ("begins_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(verbose_name="to")),
                        (
                            "closed_on",
                            models.DateField(
                                blank=True,
                                help_text="From this day it no longer holds.",
                                null=True,
                                verbose_name="closed early",
                            ),
                        ),
                        (
                            "country",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="focal_terms",
                                to="partnership.country",
                                verbose_name="country",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="focal_terms",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="focal_terms",
                                to="partnership.institution",
                                verbose_name="institution",
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="terms",
                                to="partnership.officialletter",
                                verbose_name="official letter",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "focal point's term",
                        "verbose_name_plural": "focal points' terms",
                        "ordering": ["-begins_on"],
                    },
                ),
                migrations.CreateModel(
                    name="OutboxMessage",
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
                        (
                            "key",
                            models.CharField(max_length=200, unique=True, verbose_name="reason"),
                        ),
                        ("to", models.EmailField(max_length=254, verbose_name="to")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("account", "your account and what you asked for"),
                                    ("learning", "your courses"),
                                    ("delegation", "the delegation you run"),
                                    ("letters", "letters to several people"),
                                    ("alerts", "what you follow"),
                                ],
                                db_default="account",
                                default="account",
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("subject", models.CharField(max_length=250, verbose_name="subject")),
                        ("body", models.TextField(verbose_name="text")),
                        ("html", models.TextField(blank=True, verbose_name="rich text")),
                        (
                            "headers",
                            models.JSONField(blank=True, default=dict, verbose_name="headers"),
                        ),
                        (
                            "state",
                            models.CharField(
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
                        (
                            "tries",
                            models.PositiveSmallIntegerField(default=0, verbose_name="tries"),
                        ),
                        ("fence", models.PositiveIntegerField(default=0, editable=False)),
                        ("created_at", models.DateTimeField(verbose_name="created")),
                        ("next_try_at", models.DateTimeField(verbose_name="next try")),
                        (
                            "lease_until",
                            models.DateTimeField(blank=True, editable=False, null=True),
                        ),
                        (
                            "handed_over_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="handed over"),
                        ),
                        (
                            "error",
                            models.CharField(blank=True, max_length=300, verbose_name="last error"),
                        ),
                        (
                            "reader",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="reader",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "mail",
                        "verbose_name_plural": "outbox",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="LetterRecipient",
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
                        (
                            "queued_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="queued"),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="recipients",
                                to="partnership.letter",
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
                    ],
                    options={
                        "verbose_name": "recipient of a letter",
                        "verbose_name_plural": "recipients of letters",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
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
                        ("email", models.EmailField(max_length=254, verbose_name="mail address")),
                        ("name", models.CharField(blank=True, max_length=150, verbose_name="name")),
                        (
                            "language",
                            models.CharField(blank=True, max_length=12, verbose_name="language"),
                        ),
                        ("role", models.CharField(max_length=20, verbose_name="role")),
                        (
                            "title",
                            models.CharField(blank=True, max_length=150, verbose_name="job title"),
                        ),
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
                        (
                            "until",
                            models.DateField(blank=True, null=True, verbose_name="end of the term"),
                        ),
                        (
                            "mailed_hash",
                            models.CharField(editable=False, max_length=64, unique=True),
                        ),
                        (
                            "shown_hash",
                            models.CharField(editable=False, max_length=64, unique=True),
                        ),
                        ("made_at", models.DateTimeField(verbose_name="made")),
                        ("sent_at", models.DateTimeField(verbose_name="last mailed")),
                        (
                            "sends",
                            models.PositiveSmallIntegerField(
                                default=1, verbose_name="times mailed"
                            ),
                        ),
                        ("expires_at", models.DateTimeField(verbose_name="valid until")),
                        (
                            "tries",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="tries of the code"
                            ),
                        ),
                        (
                            "opened_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="link opened"),
                        ),
                        (
                            "used_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="used"),
                        ),
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
                    ],
                    options={
                        "verbose_name": "invitation",
                        "verbose_name_plural": "invitations",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="PartyStatement",
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
                    },
                ),
                migrations.CreateModel(
                    name="Passage",
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
                        ("number", models.PositiveIntegerField(verbose_name="page")),
                        (
                            "heading",
                            models.CharField(blank=True, max_length=200, verbose_name="heading"),
                        ),
                        ("text", models.TextField(verbose_name="text")),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="passages",
                                to="partnership.documentversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "passage",
                        "verbose_name_plural": "passages",
                        "ordering": ["version", "number"],
                    },
                ),
                migrations.CreateModel(
                    name="PolicyVersion",
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
                                choices=[("privacy", "privacy notice"), ("terms", "terms of use")],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                        ("published_at", models.DateTimeField(verbose_name="published")),
                        (
                            "what_changed",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="what changed"
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
                        "verbose_name": "version of a policy",
                        "verbose_name_plural": "versions of policies",
                        "ordering": ["kind", "-number"],
                    },
                ),
                migrations.CreateModel(
                    name="PolicyText",
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
                        ("language", models.CharField(max_length=12, verbose_name="language")),
                        ("text", models.TextField(verbose_name="text")),
                        ("html", models.TextField(editable=False)),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="texts",
                                to="partnership.policyversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "text of a policy",
                        "verbose_name_plural": "texts of policies",
                    },
                ),
                migrations.CreateModel(
                    name="Consent",
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
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="consents",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consents",
                                to="partnership.policyversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "consent",
                        "verbose_name_plural": "consents",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ProfileRevision",
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
                            "text",
                            models.TextField(
                                blank=True, max_length=4000, verbose_name="what we do"
                            ),
                        ),
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
                                validators=[
                                    django.core.validators.URLValidator(schemes=["http", "https"])
                                ],
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
                    },
                ),
                migrations.CreateModel(
                    name="Pulse",
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
                            "name",
                            models.CharField(max_length=120, unique=True, verbose_name="name"),
                        ),
                        (
                            "queues",
                            models.CharField(
                                blank=True, db_default="", max_length=120, verbose_name="queues"
                            ),
                        ),
                        ("started_at", models.DateTimeField(verbose_name="started")),
                        ("seen_at", models.DateTimeField(verbose_name="last heard")),
                    ],
                    options={
                        "verbose_name": "pulse",
                        "verbose_name_plural": "pulses",
                        "ordering": ["name"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("seen_at__gte", models.F("started_at"))),
                                name="pulse_seen_after_start",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Recovery",
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
                        ("lost", models.EmailField(max_length=254, verbose_name="lost address")),
                        ("email", models.EmailField(max_length=254, verbose_name="new address")),
                        ("asked_at", models.DateTimeField(verbose_name="asked")),
                        ("expires_at", models.DateTimeField(verbose_name="valid until")),
                        (
                            "told_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="focal points were told"
                            ),
                        ),
                        (
                            "vouched_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="vouched"),
                        ),
                        (
                            "confirmed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="confirmed"),
                        ),
                        (
                            "ended_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="refused"),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
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
                                verbose_name="refused by",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="recoveries",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                        (
                            "vouched_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="vouched by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "request for a vouch",
                        "verbose_name_plural": "requests for a vouch",
                        "ordering": ["-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Remark",
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
                        ("kind", models.SlugField(max_length=20, verbose_name="kind of fact")),
                        ("key", models.CharField(max_length=200, verbose_name="key of the fact")),
                        (
                            "sentence",
                            models.CharField(max_length=600, verbose_name="what the page said"),
                        ),
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
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="address proved"
                            ),
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
                            models.TextField(
                                blank=True, verbose_name="answer, or why it was closed"
                            ),
                        ),
                        (
                            "ended_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="answered or closed"
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
                    },
                ),
                migrations.CreateModel(
                    name="ReplyText",
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
                            "language",
                            models.CharField(default="en", max_length=12, verbose_name="language"),
                        ),
                        ("label", models.CharField(max_length=80, verbose_name="label")),
                        ("text", models.CharField(max_length=600, verbose_name="text")),
                        (
                            "is_for_approval",
                            models.BooleanField(default=False, verbose_name="approves"),
                        ),
                    ],
                    options={
                        "verbose_name": "reply text",
                        "verbose_name_plural": "reply texts",
                        "ordering": ["-is_for_approval", "label"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("language", "label"), name="reply_text_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoleGrant",
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
                            "role",
                            models.CharField(
                                choices=[
                                    ("trainer", "trainer"),
                                    ("data_editor", "data editor"),
                                    ("administrator", "administrator"),
                                ],
                                max_length=15,
                                verbose_name="role",
                            ),
                        ),
                        ("begins_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="role_grants",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "role",
                        "verbose_name_plural": "roles",
                        "ordering": ["person", "role", "begins_on"],
                    },
                ),
                migrations.CreateModel(
                    name="SearchEntry",
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
                        ("kind", models.CharField(max_length=30, verbose_name="kind")),
                        ("key", models.CharField(max_length=120, verbose_name="key")),
                        (
                            "page",
                            models.PositiveIntegerField(
                                default=0,
                                help_text="0 means: the thing as a whole.",
                                verbose_name="page",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(default="en", max_length=12, verbose_name="language"),
                        ),
                        (
                            "audience",
                            models.CharField(
                                blank=True,
                                default="",
                                help_text="Empty means: everybody.",
                                max_length=60,
                                verbose_name="audience",
                            ),
                        ),
                        ("title", models.CharField(max_length=300, verbose_name="title")),
                        ("summary", models.TextField(blank=True, verbose_name="summary")),
                        ("text", models.TextField(blank=True, default="", verbose_name="text")),
                        ("address", models.CharField(max_length=300, verbose_name="address")),
                        ("title_tokens", models.TextField(editable=False)),
                        ("body_tokens", models.TextField(editable=False)),
                        ("pair_tokens", models.TextField(default="", editable=False)),
                        ("fingerprint", models.CharField(editable=False, max_length=64)),
                        (
                            "first_seen_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="found since"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "search entry",
                        "verbose_name_plural": "search entries",
                        "indexes": [
                            models.Index(fields=["first_seen_at"], name="search_entry_first_seen")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "key", "page", "language"), name="search_entry_once"
                            )
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="casestudy",
                    name="sector",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="partnership.sector",
                        verbose_name="sector",
                    ),
                ),
                migrations.CreateModel(
                    name="AgreementSector",
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
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                to="partnership.agreement",
                            ),
                        ),
                        (
                            "sector",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to="partnership.sector"
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="partnership.source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sector of an agreement",
                        "verbose_name_plural": "sectors of agreements",
                    },
                ),
                migrations.AddField(
                    model_name="agreement",
                    name="sectors",
                    field=models.ManyToManyField(
                        related_name="agreements",
                        through="partnership.AgreementSector",
                        to="partnership.sector",
                        verbose_name="sectors",
                    ),
                ),
                migrations.CreateModel(
                    name="SheetImport",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("people", "people"),
                                    ("institutions", "institutions"),
                                    ("participations", "memberships"),
                                    ("agreements", "agreements that another source lists"),
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
                        (
                            "encoding",
                            models.CharField(blank=True, max_length=12, verbose_name="encoding"),
                        ),
                        ("columns", models.JSONField(default=list, verbose_name="columns")),
                        (
                            "mapping",
                            models.JSONField(default=dict, verbose_name="what the columns mean"),
                        ),
                        ("role", models.CharField(blank=True, max_length=20, verbose_name="role")),
                        (
                            "counts",
                            models.JSONField(default=dict, editable=False, verbose_name="rows"),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True, max_length=400, verbose_name="why it was refused"
                            ),
                        ),
                        ("made_at", models.DateTimeField(verbose_name="sent")),
                        (
                            "tried_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="tried"),
                        ),
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("table", models.CharField(max_length=40)),
                        ("key", models.CharField(max_length=40)),
                        ("before", models.JSONField(null=True)),
                        ("after", models.JSONField()),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "kept_because",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="why it stays"
                            ),
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
                    name="SignIn",
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
                        ("epoch", models.PositiveIntegerField(verbose_name="epoch of sessions")),
                        (
                            "device",
                            models.CharField(blank=True, max_length=80, verbose_name="device"),
                        ),
                        (
                            "network",
                            models.CharField(
                                blank=True, max_length=20, verbose_name="kind of network"
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="signed in")),
                        (
                            "ended_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="ended"),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sign_ins",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sign-in",
                        "verbose_name_plural": "sign-ins",
                        "ordering": ["-at", "-pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Snapshot",
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
                        ("series", models.SlugField(max_length=60, verbose_name="series")),
                        ("day", models.DateField(verbose_name="day")),
                        (
                            "total",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="number"
                            ),
                        ),
                        (
                            "parts",
                            models.JSONField(blank=True, default=dict, verbose_name="by part"),
                        ),
                        (
                            "version",
                            models.PositiveSmallIntegerField(
                                default=1, verbose_name="version of the definition"
                            ),
                        ),
                        ("taken_at", models.DateTimeField(verbose_name="counted")),
                        (
                            "revised_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="counted anew"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "figure of a day",
                        "verbose_name_plural": "figures of days",
                        "ordering": ["series", "day"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("series", "day"), name="snapshot_once_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("version__gte", 1)),
                                name="snapshot_has_a_definition",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("revised_at", None),
                                    ("revised_at__gte", models.F("taken_at")),
                                    _connector="OR",
                                ),
                                name="snapshot_revised_after_it_was_taken",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="sector",
                    name="source",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnership.source",
                        verbose_name="source",
                    ),
                ),
                migrations.CreateModel(
                    name="Participation",
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
                        ("begins_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "country",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participations",
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
                                related_name="participations",
                                to="partnership.institution",
                                verbose_name="institution",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="partnership.source",
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "membership",
                        "verbose_name_plural": "memberships",
                        "ordering": ["begins_on"],
                    },
                ),
                migrations.CreateModel(
                    name="MembershipCount",
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
                        ("on", models.DateField(verbose_name="on")),
                        (
                            "countries",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="countries"
                            ),
                        ),
                        (
                            "institutions",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="institutions"
                            ),
                        ),
                        (
                            "combined",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="together"
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="partnership.source",
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "membership count",
                        "verbose_name_plural": "membership counts",
                        "ordering": ["on"],
                    },
                ),
                migrations.CreateModel(
                    name="DatedFact",
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
                        ("key", models.SlugField(max_length=80, unique=True, verbose_name="key")),
                        (
                            "topic",
                            models.CharField(
                                choices=[
                                    ("partnership", "the partnership"),
                                    ("cooperation", "cooperation under Article 6"),
                                    ("register", "agreements counted by others and by us"),
                                    ("jcm", "the Joint Crediting Mechanism"),
                                    ("mechanism", "the Article 6.4 mechanism"),
                                    ("status", "implementation status"),
                                ],
                                max_length=20,
                                verbose_name="topic",
                            ),
                        ),
                        ("label", models.CharField(max_length=200, verbose_name="label")),
                        (
                            "qualifier",
                            models.CharField(blank=True, max_length=20, verbose_name="qualifier"),
                        ),
                        (
                            "value_number",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=20,
                                null=True,
                                verbose_name="number",
                            ),
                        ),
                        (
                            "value_text",
                            models.CharField(blank=True, max_length=200, verbose_name="text"),
                        ),
                        ("unit", models.CharField(blank=True, max_length=80, verbose_name="unit")),
                        (
                            "definition",
                            models.TextField(
                                blank=True,
                                help_text="Empty means: not known.",
                                verbose_name="what is counted",
                            ),
                        ),
                        ("as_of", models.DateField(verbose_name="as of")),
                        (
                            "as_of_precision",
                            models.CharField(
                                choices=[
                                    ("day", "to the day"),
                                    ("month", "to the month"),
                                    ("year", "to the year"),
                                ],
                                default="day",
                                max_length=5,
                                verbose_name="known",
                            ),
                        ),
                        (
                            "valid_to",
                            models.DateField(blank=True, null=True, verbose_name="valid to"),
                        ),
                        (
                            "attributed_to",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="attributed to"
                            ),
                        ),
                        (
                            "is_ours",
                            models.BooleanField(
                                default=False,
                                help_text="Counted or computed by the editors.",
                                verbose_name="derived by us",
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                        ),
                        (
                            "checked_on",
                            models.DateField(blank=True, null=True, verbose_name="checked on"),
                        ),
                        (
                            "figure",
                            models.SlugField(
                                blank=True,
                                default="",
                                editable=False,
                                max_length=80,
                                verbose_name="figure",
                            ),
                        ),
                        (
                            "checked_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty means: taken in by the editorial import.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="checked by",
                            ),
                        ),
                        (
                            "country",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="facts",
                                to="partnership.country",
                                verbose_name="country",
                            ),
                        ),
                        (
                            "follows",
                            models.OneToOneField(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followed_by",
                                to="partnership.datedfact",
                                verbose_name="follows",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="facts",
                                to="partnership.source",
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "fact",
                        "verbose_name_plural": "facts",
                        "ordering": ["topic", "position", "key"],
                    },
                ),
                migrations.CreateModel(
                    name="CountryGroup",
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
                            "group",
                            models.CharField(
                                choices=[
                                    ("ldc", "least developed country"),
                                    ("sids", "small island developing State"),
                                ],
                                max_length=4,
                                verbose_name="group",
                            ),
                        ),
                        ("begins_on", models.DateField(blank=True, null=True, verbose_name="from")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                        (
                            "is_confirmed",
                            models.BooleanField(default=False, verbose_name="confirmed"),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "country",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="groups",
                                to="partnership.country",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="partnership.source",
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "group of a country",
                        "verbose_name_plural": "groups of countries",
                        "ordering": ["group"],
                    },
                ),
                migrations.AddField(
                    model_name="country",
                    name="party_source",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnership.source",
                        verbose_name="source",
                    ),
                ),
                migrations.CreateModel(
                    name="CaseFigure",
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
                            "position",
                            models.PositiveSmallIntegerField(default=0, verbose_name="position"),
                        ),
                        ("label", models.CharField(max_length=150, verbose_name="label")),
                        (
                            "qualifier",
                            models.CharField(blank=True, max_length=20, verbose_name="qualifier"),
                        ),
                        (
                            "value_number",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=16,
                                null=True,
                                verbose_name="number",
                            ),
                        ),
                        (
                            "value_text",
                            models.CharField(blank=True, max_length=150, verbose_name="text"),
                        ),
                        ("unit", models.CharField(blank=True, max_length=60, verbose_name="unit")),
                        (
                            "scope",
                            models.CharField(
                                choices=[
                                    ("project", "project"),
                                    ("national", "national indicator"),
                                    ("recalculation", "our recalculation"),
                                ],
                                max_length=15,
                                verbose_name="whose figure",
                            ),
                        ),
                        ("as_of", models.DateField(verbose_name="as of")),
                        (
                            "as_of_precision",
                            models.CharField(
                                choices=[
                                    ("day", "to the day"),
                                    ("month", "to the month"),
                                    ("year", "to the year"),
                                ],
                                default="day",
                                max_length=5,
                                verbose_name="known",
                            ),
                        ),
                        (
                            "is_ours",
                            models.BooleanField(default=False, verbose_name="derived by us"),
                        ),
                        (
                            "is_headline",
                            models.BooleanField(default=False, verbose_name="shown large"),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "chart",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="figures",
                                to="partnership.casechart",
                            ),
                        ),
                        (
                            "section",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="figures",
                                to="partnership.casesection",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="case_figures",
                                to="partnership.source",
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "figure of a case",
                        "verbose_name_plural": "figures of cases",
                        "ordering": ["position", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="AuthorizationLine",
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
                        ("on", models.DateField(verbose_name="on")),
                        (
                            "precision",
                            models.CharField(
                                choices=[
                                    ("day", "to the day"),
                                    ("month", "to the month"),
                                    ("year", "to the year"),
                                ],
                                default="day",
                                max_length=5,
                                verbose_name="known",
                            ),
                        ),
                        (
                            "is_report_date",
                            models.BooleanField(
                                default=False, verbose_name="only the day of the report"
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="recorded"),
                        ),
                        (
                            "checked_on",
                            models.DateField(blank=True, null=True, verbose_name="checked on"),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                default="",
                                editable=False,
                                max_length=600,
                                verbose_name="why it was put right",
                            ),
                        ),
                        (
                            "corrected_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="put right"
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("given", "given"),
                                    ("changed", "changed"),
                                    ("revoked", "revoked"),
                                    ("not_stated", "not known"),
                                ],
                                max_length=12,
                                verbose_name="stage",
                            ),
                        ),
                        (
                            "version",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="version",
                            ),
                        ),
                        (
                            "purposes",
                            models.CharField(
                                choices=[
                                    ("ndc", "NDC"),
                                    ("oimp", "OIMP"),
                                    ("imp", "IMP"),
                                    ("op", "OP"),
                                    ("ndc_oimp", "NDC and OIMP"),
                                    ("ndc_imp", "NDC and IMP"),
                                    ("ndc_op", "NDC and OP"),
                                    ("not_stated", "not known"),
                                ],
                                default="not_stated",
                                max_length=12,
                                verbose_name="purposes",
                            ),
                        ),
                        (
                            "may_use",
                            models.CharField(
                                choices=[
                                    ("named", "the Parties that are named"),
                                    ("any", "any Party"),
                                    ("not_stated", "not known"),
                                ],
                                default="not_stated",
                                max_length=12,
                                verbose_name="who may use",
                            ),
                        ),
                        (
                            "oimp",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="which other purpose"
                            ),
                        ),
                        (
                            "first_transfer",
                            models.CharField(
                                choices=[
                                    ("authorization", "the authorization"),
                                    ("issuance", "the issuance"),
                                    ("use", "the use or cancellation"),
                                    ("not_stated", "not known"),
                                ],
                                default="not_stated",
                                max_length=14,
                                verbose_name="first transfer, for other purposes",
                            ),
                        ),
                        (
                            "quantity",
                            models.PositiveBigIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="authorized quantity, at most",
                            ),
                        ),
                        (
                            "metric",
                            models.CharField(
                                choices=[
                                    ("ghg", "GHG: tonnes of CO2 equivalent"),
                                    ("non_ghg", "another metric"),
                                    ("not_stated", "not known"),
                                ],
                                default="not_stated",
                                max_length=12,
                                verbose_name="metric",
                            ),
                        ),
                        (
                            "gwp_values",
                            models.CharField(blank=True, max_length=200, verbose_name="GWP values"),
                        ),
                        (
                            "non_ghg_metric",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="the other metric"
                            ),
                        ),
                        (
                            "activity_types",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="activity types"
                            ),
                        ),
                        (
                            "entities",
                            models.TextField(blank=True, verbose_name="authorized entities"),
                        ),
                        (
                            "occurs_from",
                            models.DateField(
                                blank=True, null=True, verbose_name="outcomes occur from"
                            ),
                        ),
                        (
                            "occurs_to",
                            models.DateField(
                                blank=True, null=True, verbose_name="outcomes occur until"
                            ),
                        ),
                        (
                            "use_from",
                            models.DateField(blank=True, null=True, verbose_name="used from"),
                        ),
                        (
                            "use_to",
                            models.DateField(blank=True, null=True, verbose_name="used until"),
                        ),
                        (
                            "terms",
                            models.TextField(blank=True, verbose_name="terms and conditions"),
                        ),
                        (
                            "checked_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty means: taken in by the editorial import.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="checked by",
                            ),
                        ),
                        (
                            "corrects",
                            models.OneToOneField(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="correction",
                                to="partnership.authorizationline",
                                verbose_name="puts right",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="said",
                                to="partnership.authorization",
                                verbose_name="authorization",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="partnership.source",
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "line of an authorization",
                        "verbose_name_plural": "lines of authorizations",
                        "ordering": ["on", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.AddField(
                    model_name="areaofwork",
                    name="source",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnership.source",
                        verbose_name="source",
                    ),
                ),
                migrations.CreateModel(
                    name="ApproachLine",
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
                        ("on", models.DateField(verbose_name="on")),
                        (
                            "precision",
                            models.CharField(
                                choices=[
                                    ("day", "to the day"),
                                    ("month", "to the month"),
                                    ("year", "to the year"),
                                ],
                                default="day",
                                max_length=5,
                                verbose_name="known",
                            ),
                        ),
                        (
                            "is_report_date",
                            models.BooleanField(
                                default=False, verbose_name="only the day of the report"
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="recorded"),
                        ),
                        (
                            "checked_on",
                            models.DateField(blank=True, null=True, verbose_name="checked on"),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                default="",
                                editable=False,
                                max_length=600,
                                verbose_name="why it was put right",
                            ),
                        ),
                        (
                            "corrected_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="put right"
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("announced", "announced"),
                                    ("reported", "described in an initial report"),
                                    ("operating", "in operation"),
                                    ("ended", "ended"),
                                    ("not_stated", "not known"),
                                ],
                                max_length=12,
                                verbose_name="stage",
                            ),
                        ),
                        (
                            "standard",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="standard or mechanism"
                            ),
                        ),
                        (
                            "expected_yearly",
                            models.PositiveBigIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="expected mitigation each year (t CO2 eq)",
                            ),
                        ),
                        (
                            "begins_on",
                            models.DateField(blank=True, null=True, verbose_name="begins"),
                        ),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends")),
                        ("description", models.TextField(blank=True, verbose_name="description")),
                        (
                            "checked_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty means: taken in by the editorial import.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="checked by",
                            ),
                        ),
                        (
                            "corrects",
                            models.OneToOneField(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="correction",
                                to="partnership.approachline",
                                verbose_name="puts right",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="said",
                                to="partnership.approach",
                                verbose_name="approach",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="partnership.source",
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "line of a cooperative approach",
                        "verbose_name_plural": "lines of cooperative approaches",
                        "ordering": ["on", "pk"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AgreementVersion",
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
                        (
                            "reason",
                            models.CharField(blank=True, max_length=600, verbose_name="reason"),
                        ),
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
                    },
                ),
                migrations.CreateModel(
                    name="Synonym",
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
                migrations.CreateModel(
                    name="WorkingGroup",
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
                        ("slug", models.SlugField(max_length=60, unique=True)),
                        (
                            "name",
                            models.CharField(max_length=120, unique=True, verbose_name="name"),
                        ),
                        (
                            "purpose",
                            models.TextField(max_length=1000, verbose_name="what it is for"),
                        ),
                        ("founded_on", models.DateField(verbose_name="since")),
                        (
                            "closed_on",
                            models.DateField(blank=True, null=True, verbose_name="closed"),
                        ),
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
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
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
                    },
                ),
                migrations.CreateModel(
                    name="GroupDocument",
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
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("language", models.CharField(max_length=10, verbose_name="language")),
                        (
                            "what_changed",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="what changed"
                            ),
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
                                editable=False,
                                max_length=100,
                                unique=True,
                                verbose_name="where it lies",
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
                    },
                ),
                migrations.CreateModel(
                    name="AddressChange",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("added", "an address was added"),
                                    ("primary", "another address became the main one"),
                                    ("removed", "an address was removed"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, verbose_name="mail address")),
                        (
                            "primary_before",
                            models.EmailField(max_length=254, verbose_name="main address before"),
                        ),
                        ("made_at", models.DateTimeField(verbose_name="made")),
                        (
                            "undone_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="taken back"),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="address_changes",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "change of addresses",
                        "verbose_name_plural": "changes of addresses",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("undone_at__isnull", True),
                                    ("undone_at__gte", models.F("made_at")),
                                    _connector="OR",
                                ),
                                name="address_change_is_undone_after_it_is_made",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Alert",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("country", "country"),
                                    ("topic", "topic"),
                                    ("document", "document"),
                                    ("source", "source of news"),
                                    ("search", "search"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("key", models.CharField(max_length=200, verbose_name="what is followed")),
                        (
                            "narrowed",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=30,
                                verbose_name="kind of results",
                            ),
                        ),
                        (
                            "texts",
                            models.CharField(
                                blank=True,
                                default="",
                                max_length=12,
                                verbose_name="language of results",
                            ),
                        ),
                        ("since", models.DateTimeField(verbose_name="followed since")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="alerts",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "alert",
                        "verbose_name_plural": "alerts",
                        "ordering": ["person", "kind", "key", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("person", "kind", "key", "narrowed", "texts"),
                                name="alert_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("key", ""), _negated=True),
                                name="alert_follows_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "search"),
                                    models.Q(("narrowed", ""), ("texts", "")),
                                    _connector="OR",
                                ),
                                name="alert_only_a_search_is_narrowed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApiToken",
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
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        ("hashed", models.CharField(editable=False, max_length=64, unique=True)),
                        ("scopes", models.CharField(max_length=200, verbose_name="what it may do")),
                        ("epoch", models.PositiveIntegerField(verbose_name="epoch of sessions")),
                        ("made_at", models.DateTimeField(verbose_name="made")),
                        (
                            "days",
                            models.PositiveSmallIntegerField(verbose_name="days that it holds"),
                        ),
                        (
                            "last_used_on",
                            models.DateField(blank=True, null=True, verbose_name="last used"),
                        ),
                        (
                            "revoked_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="revoked"),
                        ),
                        ("calls", models.PositiveSmallIntegerField(default=0, editable=False)),
                        ("counted_from", models.DateTimeField(editable=False)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="api_tokens",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "API token",
                        "verbose_name_plural": "API tokens",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("days__gte", 1), ("days__lte", 365)),
                                name="api_token_holds_a_year_at_most",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("scopes", ""), _negated=True),
                                name="api_token_may_do_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="api_token_has_a_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("calls__lte", 300)),
                                name="api_token_is_used_so_often_a_minute",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("revoked_at__isnull", True),
                                    ("revoked_at__gte", models.F("made_at")),
                                    _connector="OR",
                                ),
                                name="api_token_is_revoked_after_it_is_made",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseComment",
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
                        ("text", models.TextField(max_length=3000, verbose_name="comment")),
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
                            "draft",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="comments",
                                to="partnership.casedraft",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "comment on a case study",
                        "verbose_name_plural": "comments on case studies",
                        "ordering": ["draft", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="case_comment_says_something",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseSave",
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
                        ("words", models.JSONField(verbose_name="as it was typed")),
                        ("at", models.DateTimeField(verbose_name="saved")),
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
                            "draft",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="saves",
                                to="partnership.casedraft",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "saved text of a case study",
                        "verbose_name_plural": "saved texts of case studies",
                        "ordering": ["draft", "-number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("draft", "number"), name="case_save_number_once"
                            )
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="casechart",
                    constraint=models.UniqueConstraint(
                        fields=("section", "key"), name="case_chart_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="casesection",
                    constraint=models.UniqueConstraint(
                        fields=("case", "kind"), name="case_section_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="casesection",
                    constraint=models.UniqueConstraint(
                        fields=("case", "position"), name="case_section_position_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="caseversion",
                    constraint=models.UniqueConstraint(
                        fields=("case", "number"), name="case_version_number_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="caseversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("number", 1),
                            models.Q(
                                ("number__gt", 1), models.Q(("what_changed", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="case_version_says_what_changed",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="casecountry",
                    constraint=models.UniqueConstraint(
                        fields=("case", "country"), name="case_country_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="countryalias",
                    constraint=models.UniqueConstraint(
                        fields=("country", "folded"), name="country_alias_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="countryname",
                    constraint=models.UniqueConstraint(
                        fields=("country", "language"), name="country_name_one_per_language"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dataexport",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ready_at__isnull", True)),
                        fields=("person",),
                        name="data_export_one_being_made",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dataexport",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ready_at__isnull", True), ("size", 0)),
                            models.Q(("ready_at__gte", models.F("asked_at")), ("size__gt", 0)),
                            _connector="OR",
                        ),
                        name="data_export_ready_has_a_file",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="deskact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("undone_at__isnull", True),
                            ("undone_at__gte", models.F("at")),
                            _connector="OR",
                        ),
                        name="desk_act_is_undone_after_it",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="deskact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["disable", "enable", "end-posts", "merge"])
                        ),
                        name="desk_act_kind_is_known",
                    ),
                ),
                migrations.AddIndex(
                    model_name="deskchange",
                    index=models.Index(fields=["table", "key"], name="desk_change_by_row"),
                ),
                migrations.AddConstraint(
                    model_name="deskchange",
                    constraint=models.UniqueConstraint(
                        fields=("act", "table", "key"), name="desk_change_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="digest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("next_at__isnull", True), ("rhythm", "none")),
                            models.Q(
                                ("next_at__isnull", False),
                                models.Q(("rhythm", "none"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="digest_that_comes_has_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="digesthit",
                    constraint=models.UniqueConstraint(
                        fields=("person", "kind", "key"), name="digest_hit_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="erasure",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(
                            ("cancelled_at__isnull", True), ("done_at__isnull", True)
                        ),
                        fields=("person",),
                        name="erasure_one_waiting",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="erasure",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("due_at__gte", models.F("asked_at"))),
                        name="erasure_is_due_after_it_is_asked",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="erasure",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("erased_at__isnull", True),
                            models.Q(("cancelled_at__isnull", True), ("person__isnull", True)),
                            _connector="OR",
                        ),
                        name="erasure_leaves_nobody",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="erasure",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("done_at__isnull", True), ("erased_at__isnull", False), _connector="OR"
                        ),
                        name="erasure_is_done_after_the_rows",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="factortries",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("tries__lte", 5)), name="factor_is_tried_five_times"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="feed",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("pause", ""), ("paused_at", None)),
                            models.Q(
                                ("paused_at__isnull", False), models.Q(("pause", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="feed_pause_has_a_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="feed",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("error", ""), ("failures", 0)),
                            models.Q(("failures__gt", 0), models.Q(("error", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="feed_fault_is_named",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="glossaryterm",
                    constraint=models.UniqueConstraint(
                        fields=("language", "term"), name="glossary_term_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="handover",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("country__isnull", False), ("institution__isnull", True)),
                            models.Q(("country__isnull", True), ("institution__isnull", False)),
                            _connector="OR",
                        ),
                        name="handover_of_one_country_or_institution",
                        violation_error_message="Name either a country or an institution.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="handover",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("giver", models.F("taker")), _negated=True),
                        name="handover_goes_to_somebody_else",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="handover",
                    constraint=models.CheckConstraint(
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
                ),
                migrations.AddConstraint(
                    model_name="handover",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("is_done__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("is_done__isnull", False)),
                            _connector="OR",
                        ),
                        name="handover_decision_is_yes_or_no",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="handover",
                    constraint=models.UniqueConstraint(
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
                ),
                migrations.AddConstraint(
                    model_name="casedraft",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("country__isnull", True),
                            ("institution__isnull", True),
                            _connector="OR",
                        ),
                        name="case_draft_of_one_delegation_at_most",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="casedraft",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state__in", ["writing", "returned", "handed_in"])),
                        fields=("case",),
                        name="case_draft_one_open",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="casedraft",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            ("by__isnull", True),
                            ("decided_by__isnull", True),
                            models.Q(("by", models.F("decided_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="case_draft_is_published_by_another",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="casedraft",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "published"), _negated=True),
                            models.Q(
                                ("case__isnull", False),
                                ("decided_at__isnull", False),
                                ("handed_in_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="case_draft_published_has_a_case",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="affiliation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("country__isnull", False),
                            ("institution__isnull", False),
                            _connector="OR",
                        ),
                        name="affiliation_names_a_country_or_institution",
                        violation_error_message="Name a country, an institution or both.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="affiliation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("begins_on")),
                            _connector="OR",
                        ),
                        name="affiliation_ends_after_it_begins",
                        violation_error_message="The last day is before the first.",
                    ),
                ),
                migrations.AddIndex(
                    model_name="item",
                    index=models.Index(fields=["state", "-found_at"], name="item_by_state"),
                ),
                migrations.AddConstraint(
                    model_name="item",
                    constraint=models.UniqueConstraint(
                        fields=("feed", "identity"), name="item_identity_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="item",
                    constraint=models.UniqueConstraint(
                        fields=("address_key",), name="item_address_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="item",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("content_key", ""), _negated=True),
                        fields=("feed", "content_key"),
                        name="item_content_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="item",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("state", "new")),
                            models.Q(
                                models.Q(("state", "new"), _negated=True),
                                ("decided_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="item_decided_has_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="item",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("decided_at", None),
                            ("decided_at__gte", models.F("found_at")),
                            _connector="OR",
                        ),
                        name="item_decided_after_found",
                    ),
                ),
                migrations.AddIndex(
                    model_name="job",
                    index=models.Index(fields=["state", "run_at"], name="job_due"),
                ),
                migrations.AddConstraint(
                    model_name="job",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state__in", ("queued", "running"))),
                        fields=("kind", "key"),
                        name="job_one_live_per_key",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="job",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("total__isnull", True),
                            ("done__lte", models.F("total")),
                            _connector="OR",
                        ),
                        name="job_done_within_total",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="job",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("finished_at__isnull", True), ("state__in", ("queued", "running"))
                            ),
                            models.Q(
                                ("finished_at__isnull", False),
                                ("state__in", ("done", "failed", "cancelled")),
                            ),
                            _connector="OR",
                        ),
                        name="job_finished_has_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="job",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "running"), _negated=True),
                            ("lease_until__isnull", False),
                            _connector="OR",
                        ),
                        name="job_running_has_a_lease",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="job",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "queued"), _negated=True),
                            ("cancel_asked_at__isnull", True),
                            _connector="OR",
                        ),
                        name="job_waiting_is_not_cancelled",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="documentversion",
                    constraint=models.UniqueConstraint(
                        fields=("document", "number"), name="document_version_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="documentversion",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("published_at__isnull", True)),
                        fields=("document",),
                        name="document_has_one_draft_version",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="documentversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="document_version_from_one"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="documentversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("number", 1),
                            models.Q(("what_changed", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="document_version_says_what_changed",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="documentversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("drawn", "none"),
                                ("file_kind", ""),
                                ("key", ""),
                                ("sha256", ""),
                                ("size__isnull", True),
                            ),
                            models.Q(
                                models.Q(("key", ""), _negated=True),
                                models.Q(("file_kind", ""), _negated=True),
                                models.Q(("sha256", ""), _negated=True),
                                models.Q(("drawn", "none"), _negated=True),
                                ("size__gt", 0),
                                ("size__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="document_file_is_whole_or_none",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="knowncolumns",
                    constraint=models.UniqueConstraint(
                        fields=("person", "kind", "head"), name="known_columns_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="leaving",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("affiliation",),
                        name="leaving_one_in_force",
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
                            models.Q(("subject", ""), _negated=True),
                            models.Q(("body", ""), _negated=True),
                        ),
                        name="letter_text_is_not_empty",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="linkuse",
                    constraint=models.UniqueConstraint(
                        fields=("link", "page"), name="link_use_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="maildomain",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("country__isnull", False), ("institution__isnull", True)),
                            models.Q(("country__isnull", True), ("institution__isnull", False)),
                            _connector="OR",
                        ),
                        name="mail_domain_of_one_country_or_institution",
                        violation_error_message="Name either a country or an institution.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="maildomain",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("domain", django.db.models.functions.text.Lower("domain")),
                            ("domain__contains", "."),
                            models.Q(("domain__contains", "@"), _negated=True),
                        ),
                        name="mail_domain_is_one",
                    ),
                ),
                migrations.AddIndex(
                    model_name="joinrequest",
                    index=models.Index(
                        condition=models.Q(
                            ("answered_at__isnull", True), ("withdrawn_at__isnull", True)
                        ),
                        fields=["due_at"],
                        name="join_request_waiting",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="joinrequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("country__isnull", False), ("institution__isnull", True)),
                            models.Q(("country__isnull", True), ("institution__isnull", False)),
                            _connector="OR",
                        ),
                        name="join_request_of_one_country_or_institution",
                        violation_error_message="Name either a country or an institution.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="joinrequest",
                    constraint=models.UniqueConstraint(
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
                ),
                migrations.AddConstraint(
                    model_name="joinrequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("is_approved__isnull", True)),
                            models.Q(
                                ("answered_at__isnull", False), ("is_approved__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="join_request_answer_is_yes_or_no",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="joinrequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("answered_by__isnull", True),
                            models.Q(("answered_by", models.F("person")), _negated=True),
                            _connector="OR",
                        ),
                        name="join_request_is_answered_by_another",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="joinrequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at__isnull", True),
                            ("withdrawn_at__isnull", True),
                            _connector="OR",
                        ),
                        name="join_request_is_answered_or_withdrawn",
                    ),
                ),
                migrations.AddIndex(
                    model_name="mailedcode",
                    index=models.Index(fields=["email", "sent_at"], name="mailed_code_of_address"),
                ),
                migrations.AddIndex(
                    model_name="mailedcode",
                    index=models.Index(fields=["expires_at"], name="mailed_code_over"),
                ),
                migrations.AddConstraint(
                    model_name="mailedcode",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("tries__lte", 5)),
                        name="mailed_code_is_tried_five_times",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mailedcode",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("expires_at__gt", models.F("sent_at")),
                            ("sent_at__gte", models.F("made_at")),
                        ),
                        name="mailed_code_is_sent_before_it_ends",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mailedcode",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("used_at__isnull", True), ("tries__gte", 1), _connector="OR"
                        ),
                        name="mailed_code_is_used_by_a_try",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mailedcode",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("person__isnull", True),
                                ("purpose__in", ["come in", "password", "vouch"]),
                            ),
                            models.Q(
                                ("person__isnull", False), ("purpose__in", ["address", "prove"])
                            ),
                            _connector="OR",
                        ),
                        name="mailed_code_is_for_a_person_who_is_in",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mailstop",
                    constraint=models.UniqueConstraint(
                        fields=("person", "kind"), name="mail_stop_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mailstop",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind", "account"), _negated=True),
                        name="mail_stop_not_of_account",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="officialletter",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("country__isnull", False), ("institution__isnull", True)),
                            models.Q(("country__isnull", True), ("institution__isnull", False)),
                            _connector="OR",
                        ),
                        name="letter_of_one_country_or_institution",
                        violation_error_message="Name either a country or an institution.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="officialletter",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["application/pdf", "image/png", "image/jpeg"])
                        ),
                        name="letter_is_of_a_known_kind",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="officialletter",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)), name="letter_is_not_empty"
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
                            models.Q(("country__isnull", False), ("institution__isnull", True)),
                            models.Q(("country__isnull", True), ("institution__isnull", False)),
                            _connector="OR",
                        ),
                        name="focal_term_of_one_country_or_institution",
                        violation_error_message="Name either a country or an institution.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="focalterm",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("begins_on"))),
                        name="focal_term_ends_after_it_begins",
                        violation_error_message="The last day is before the first.",
                    ),
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
                migrations.AddIndex(
                    model_name="outboxmessage",
                    index=models.Index(fields=["state", "next_try_at"], name="outbox_due"),
                ),
                migrations.AddConstraint(
                    model_name="outboxmessage",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("handed_over_at__isnull", False),
                                ("state__in", ["handed_over", "bounced"]),
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
                migrations.AddConstraint(
                    model_name="outboxmessage",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sending"), _negated=True),
                            ("lease_until__isnull", False),
                            _connector="OR",
                        ),
                        name="outbox_sending_has_a_lease",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="outboxmessage",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("kind", "account"), ("reader__isnull", False), _connector="OR"
                        ),
                        name="outbox_stoppable_has_a_reader",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="outboxmessage",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "stopped"), _negated=True),
                            models.Q(("kind", "account"), _negated=True),
                            _connector="OR",
                        ),
                        name="outbox_mail_of_the_account_is_not_stopped",
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
                migrations.AddIndex(
                    model_name="invitation",
                    index=models.Index(fields=["email"], name="invitation_by_address"),
                ),
                migrations.AddIndex(
                    model_name="invitation",
                    index=models.Index(fields=["country", "-id"], name="invitation_of_country"),
                ),
                migrations.AddIndex(
                    model_name="invitation",
                    index=models.Index(
                        fields=["institution", "-id"], name="invitation_of_institution"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.UniqueConstraint(
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
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("role", "official"), _negated=True),
                            ("country__isnull", False),
                            ("institution__isnull", False),
                            _connector="OR",
                        ),
                        name="invitation_of_an_official_names_a_place",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.CheckConstraint(
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
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("tries__lte", 5)),
                        name="invitation_code_is_tried_five_times",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("expires_at__gt", models.F("sent_at")),
                            ("sent_at__gte", models.F("made_at")),
                        ),
                        name="invitation_is_sent_before_it_ends",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("used_at__isnull", True),
                            models.Q(("replaced_at__isnull", True), ("withdrawn_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="invitation_is_used_or_taken_back",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email"))
                        ),
                        name="invitation_address_is_in_small_letters",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="partystatement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="party_statement_has_a_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="partystatement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("stance__in", ["confirms", "contests"])),
                        name="party_statement_confirms_or_contests",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="passage",
                    constraint=models.UniqueConstraint(
                        fields=("version", "number"), name="passage_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="passage",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="passage_from_page_one"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="passage",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="passage_has_text"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="policyversion",
                    constraint=models.UniqueConstraint(
                        fields=("kind", "number"), name="policy_version_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="policyversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("number", 1),
                            models.Q(
                                ("number__gt", 1), models.Q(("what_changed", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="policy_version_says_what_changed",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="policytext",
                    constraint=models.UniqueConstraint(
                        fields=("version", "language"), name="policy_text_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="policytext",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="policy_text_says_something",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="consent",
                    constraint=models.UniqueConstraint(
                        fields=("person", "version"), name="consent_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="profilerevision",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("country__isnull", False), ("institution__isnull", True)),
                            models.Q(("country__isnull", True), ("institution__isnull", False)),
                            _connector="OR",
                        ),
                        name="profile_of_one_country_or_institution",
                        violation_error_message="Name either a country or an institution.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="profilerevision",
                    constraint=models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce(
                            models.F("country"), models.Value("")
                        ),
                        django.db.models.functions.comparison.Coalesce(
                            models.F("institution"), models.Value(0)
                        ),
                        condition=models.Q(("published_at__isnull", True)),
                        name="profile_one_draft",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="profilerevision",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("website", ""),
                            ("website__startswith", "http://"),
                            ("website__startswith", "https://"),
                            _connector="OR",
                        ),
                        name="profile_website_is_a_web_address",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="recovery",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(
                            ("confirmed_at__isnull", True), ("ended_at__isnull", True)
                        ),
                        fields=("lost", "email"),
                        name="recovery_one_open",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="recovery",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("email", django.db.models.functions.text.Lower("email")),
                            ("lost", django.db.models.functions.text.Lower("lost")),
                            models.Q(("lost", models.F("email")), _negated=True),
                        ),
                        name="recovery_from_one_address_to_another",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="recovery",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("expires_at__gt", models.F("asked_at")),
                            models.Q(
                                ("vouched_at__isnull", True),
                                ("vouched_at__lte", models.F("expires_at")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("confirmed_at__isnull", True),
                                ("confirmed_at__lte", models.F("expires_at")),
                                _connector="OR",
                            ),
                        ),
                        name="recovery_in_its_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="recovery",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("vouched_at__isnull", True), ("person__isnull", False), _connector="OR"
                        ),
                        name="recovery_is_vouched_for_somebody",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="recovery",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("vouched_at__isnull", False),
                            ("vouched_by__isnull", True),
                            _connector="OR",
                        ),
                        name="recovery_is_vouched_at_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="recovery",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_at__isnull", True), ("confirmed_by__isnull", True)
                            ),
                            models.Q(
                                ("confirmed_at__gte", models.F("vouched_at")),
                                ("vouched_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="recovery_is_confirmed_after_a_vouch",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="recovery",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_at__isnull", True),
                            ("ended_at__isnull", True),
                            _connector="OR",
                        ),
                        name="recovery_is_confirmed_or_refused",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="recovery",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("vouched_by__isnull", True),
                                models.Q(("vouched_by", models.F("person")), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(
                                ("confirmed_by__isnull", True),
                                models.Q(("confirmed_by", models.F("person")), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="recovery_by_others_than_its_person",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="recovery",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by__isnull", True),
                            ("vouched_by__isnull", True),
                            models.Q(("confirmed_by", models.F("vouched_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="recovery_by_two_people",
                    ),
                ),
                migrations.AddIndex(
                    model_name="remark",
                    index=models.Index(fields=["state", "asked_at"], name="remark_by_state"),
                ),
                migrations.AddConstraint(
                    model_name="remark",
                    constraint=models.CheckConstraint(
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
                ),
                migrations.AddConstraint(
                    model_name="remark",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("proved_at__isnull", False),
                            _connector="OR",
                        ),
                        name="remark_is_answered_when_proved",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="remark",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="remark_says_something",
                    ),
                ),
                migrations.AddIndex(
                    model_name="letter",
                    index=models.Index(fields=["circle", "-id"], name="letter_of_circle"),
                ),
                migrations.AddConstraint(
                    model_name="letter",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("circle", ""), _negated=True),
                        name="letter_has_a_circle",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="letter",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", True),
                                ("sent_at__isnull", True),
                                ("state", "draft"),
                            ),
                            models.Q(
                                ("ended_at__isnull", True),
                                ("sent_at__isnull", False),
                                ("state", "sending"),
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
                migrations.AddConstraint(
                    model_name="rolegrant",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["trainer", "data_editor", "administrator"])
                        ),
                        name="role_grant_is_given",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rolegrant",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("begins_on")),
                            _connector="OR",
                        ),
                        name="role_grant_ends_after_it_begins",
                        violation_error_message="The last day is before the first.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="rolegrant",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True)),
                        fields=("person", "role"),
                        name="role_grant_one_open",
                        violation_error_message="This person has this role already, without an end.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="document",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_because", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                models.Q(("withdrawn_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="document_withdrawn_for_a_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="casestudy",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("policy_document", ""), ("policy_year__isnull", False), _connector="OR"
                        ),
                        name="case_policy_has_a_year",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="authorization",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("host", "code"),
                        name="authorization_once_per_party_and_code",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="approach",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("code",),
                        name="approach_once_per_code",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="approach",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("code", ""), ("code__regex", "^CA[0-9]{4}$"), _connector="OR"
                        ),
                        name="approach_code_is_ca_and_four_digits",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreement",
                    constraint=models.UniqueConstraint(
                        fields=("acquiring", "host", "series"),
                        name="agreement_once_per_pair_and_number",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("acquiring", models.F("host")), _negated=True),
                        name="agreement_between_two_parties",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sheetimport",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("country__isnull", True),
                            ("institution__isnull", True),
                            _connector="OR",
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
                    index=models.Index(
                        fields=["sheet_import", "id"], name="import_change_in_order"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="signin",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("ended_at__gte", models.F("at")),
                            _connector="OR",
                        ),
                        name="sign_in_ends_after_it_begins",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="participation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("country__isnull", False), ("institution__isnull", True)),
                            models.Q(("country__isnull", True), ("institution__isnull", False)),
                            _connector="OR",
                        ),
                        name="participation_of_one_country_or_institution",
                        violation_error_message="Name either a country or an institution.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="participation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("begins_on")),
                            _connector="OR",
                        ),
                        name="participation_ends_after_it_begins",
                        violation_error_message="The last day is before the first.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="membershipcount",
                    constraint=models.UniqueConstraint(
                        fields=("on", "source"), name="membership_count_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="membershipcount",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("countries__isnull", False), ("institutions__isnull", False)),
                            ("combined__isnull", False),
                            _connector="OR",
                        ),
                        name="membership_count_has_a_figure",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="datedfact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("value_number__isnull", False),
                            models.Q(("value_text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="fact_has_a_value",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="datedfact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("as_of")),
                            _connector="OR",
                        ),
                        name="fact_valid_to_not_before_as_of",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="datedfact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("figure", ""), ("follows__isnull", True)),
                            models.Q(
                                ("follows__isnull", False), models.Q(("figure", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="fact_that_follows_is_of_a_figure",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="datedfact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("follows__isnull", True),
                            models.Q(("follows", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="fact_follows_another",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="countrygroup",
                    constraint=models.UniqueConstraint(
                        fields=("country", "group"), name="country_group_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="countrygroup",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("begins_on__isnull", True),
                            ("ends_on__gte", models.F("begins_on")),
                            _connector="OR",
                        ),
                        name="country_group_ends_after_it_begins",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="country",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("region__in", ["Africa", "Americas", "Asia", "Europe", "Oceania"])
                        ),
                        name="country_region_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="country",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("iso3__regex", "^[A-Z]{3}$")),
                        name="country_code_is_three_capitals",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="country",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))
                        ),
                        name="country_dot_is_on_the_globe",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="casefigure",
                    constraint=models.UniqueConstraint(
                        fields=("section", "key"), name="case_figure_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="casefigure",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("is_headline", True)),
                        fields=("section",),
                        name="case_figure_one_large",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="casefigure",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("value_number__isnull", False),
                            models.Q(("value_text", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="case_figure_has_a_value",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="authorizationline",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("corrected_at__isnull", True)),
                        fields=("entry", "source", "stage", "on"),
                        name="authorizationline_once_per_source",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="authorizationline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("checked_by__isnull", True),
                            ("checked_on__isnull", False),
                            _connector="OR",
                        ),
                        name="authorizationline_checked_on_a_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="authorizationline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrects__isnull", True), ("reason", "")),
                            models.Q(
                                ("corrects__isnull", False), models.Q(("reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="authorizationline_corrects_with_a_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="authorizationline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("corrects__isnull", True),
                            models.Q(("corrects", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="authorizationline_corrects_another",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="authorizationline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("occurs_from__isnull", True),
                            ("occurs_to__isnull", True),
                            ("occurs_to__gte", models.F("occurs_from")),
                            _connector="OR",
                        ),
                        name="authorizationline_occurrence_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="authorizationline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("use_from__isnull", True),
                            ("use_to__isnull", True),
                            ("use_to__gte", models.F("use_from")),
                            _connector="OR",
                        ),
                        name="authorizationline_use_in_order",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="authorizationline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("first_transfer", "not_stated"),
                            models.Q(("purposes", "ndc"), _negated=True),
                            _connector="OR",
                        ),
                        name="authorizationline_first_transfer_of_other_purposes",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="authorizationline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("non_ghg_metric", ""),
                            models.Q(("metric", "ghg"), _negated=True),
                            _connector="OR",
                        ),
                        name="authorizationline_other_metric_is_not_ghg",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="areaofwork",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("active_to__isnull", True),
                            ("active_to__gte", models.F("active_from")),
                            _connector="OR",
                        ),
                        name="area_of_work_ends_after_it_begins",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="approachline",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("corrected_at__isnull", True)),
                        fields=("entry", "source", "stage", "on"),
                        name="approachline_once_per_source",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="approachline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("checked_by__isnull", True),
                            ("checked_on__isnull", False),
                            _connector="OR",
                        ),
                        name="approachline_checked_on_a_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="approachline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrects__isnull", True), ("reason", "")),
                            models.Q(
                                ("corrects__isnull", False), models.Q(("reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="approachline_corrects_with_a_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="approachline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("corrects__isnull", True),
                            models.Q(("corrects", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="approachline_corrects_another",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="approachline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("begins_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("begins_on")),
                            _connector="OR",
                        ),
                        name="approachline_ends_after_it_begins",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementversion",
                    constraint=models.UniqueConstraint(
                        fields=("agreement", "number"), name="agreement_version_number_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="agreement_version_counts_from_one",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cause", "desk"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="agreement_version_of_the_desk_has_a_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementstage",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("is_confirmed", False), ("source__isnull", False), _connector="OR"
                        ),
                        name="agreement_stage_confirmed_by_a_source",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementstage",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("corrected_at__isnull", True)),
                        fields=("agreement", "source", "stage", "on"),
                        name="agreement_stage_once_per_source",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementstage",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(
                            ("corrected_at__isnull", True), ("source__isnull", True)
                        ),
                        fields=("agreement", "stage", "on"),
                        name="agreement_stage_once_without_source",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementstage",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrects__isnull", True), ("reason", "")),
                            models.Q(
                                ("corrects__isnull", False), models.Q(("reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="agreement_stage_corrects_with_a_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementstage",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("corrects__isnull", True),
                            models.Q(("corrects", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="agreement_stage_corrects_another",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="agreementsector",
                    constraint=models.UniqueConstraint(
                        fields=("agreement", "sector"), name="agreement_sector_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="groupseat",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ends_on__isnull", True)),
                        fields=("group", "person"),
                        name="group_seat_held_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="groupseat",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("begins_on")),
                            _connector="OR",
                        ),
                        name="group_seat_ends_after_it_begins",
                        violation_error_message="The last day is before the first.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="groupdocument",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)), name="group_document_is_not_empty"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="groupdocument",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("replaces__isnull", True),
                            models.Q(("replaces", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="group_document_replaces_another",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="groupdocument",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("group", "sha256"),
                        name="group_document_shown_once",
                    ),
                ),
            ]
        ),
        *told_to_one_engine("0002_audit_is_append_only"),
        *told_to_one_engine("0003_dated_lines_do_not_overlap"),
        # Before these two an older index is taken away, which a new site never had.
        *told_to_one_engine("0021_search_knows_words_and_pages")[-2:],
    ]
