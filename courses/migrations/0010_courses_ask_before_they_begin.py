from django.db import migrations, models


def practise(apps, schema_editor):
    """Undone, a pre-test is practice: that needs no mark either, and its attempts stay."""
    apps.get_model("courses", "Quiz").objects.filter(plan="pretest").update(plan="practise")


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0009_doubts_are_looked_up"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="quiz",
            name="quiz_checked_has_a_pass_mark",
        ),
        migrations.AlterField(
            model_name="quiz",
            name="plan",
            field=models.CharField(
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
        migrations.AddConstraint(
            model_name="quiz",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("plan__in", ["survey", "practise", "pretest"]),
                    ("pass_mark__isnull", False),
                    _connector="OR",
                ),
                name="quiz_checked_has_a_pass_mark",
            ),
        ),
        migrations.AddConstraint(
            model_name="quiz",
            constraint=models.CheckConstraint(
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
        ),
        # The last to be done, so the first to be undone.
        migrations.RunPython(migrations.RunPython.noop, practise),
    ]
