import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0008_questions_come_in_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SubjectCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("finding", models.TextField(blank=True, verbose_name="what the source says")),
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
    ]
