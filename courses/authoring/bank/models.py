"""Files of questions on their way into a course's bank: the file, and each question of it."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Course
from courses.quizzes.models import Question, QuestionVersion
from partnership.jobs.models import Job

__all__ = ["QuestionImport", "QuestionImportRow"]


class QuestionImport(models.Model):
    """A file or a pasted text. Of the course, so that whoever trains in it may go on with it."""

    class Form(models.TextChoices):
        GIFT = "gift", "GIFT"
        AIKEN = "aiken", "Aiken"
        MOODLE = "moodle", "Moodle XML"
        XLSX = "xlsx", "XLSX"
        PASTED = "pasted", _("a list")

    class State(models.TextChoices):
        WAITING = "waiting", _("being read")
        TRIED = "tried", _("read, nothing is written yet")
        DONE = "done", _("taken in")
        REFUSED = "refused", _("refused")
        UNDONE = "undone", _("taken back")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="question_imports")
    name = models.CharField(_("file"), max_length=150)
    form = models.CharField(_("format"), max_length=10, choices=Form, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    # Where the file lies until it is read; after that its questions are the rows.
    key = models.CharField(max_length=120, blank=True, editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)
    language = models.CharField(_("language"), max_length=12, default="en")
    topic = models.CharField(_("topic"), max_length=80, blank=True)
    problems = models.JSONField(_("what is said of the file"), default=list)
    reason = models.CharField(_("why it was refused"), max_length=400, blank=True)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("sent"))
    done_at = models.DateTimeField(_("taken in on"), null=True, blank=True)
    undone_at = models.DateTimeField(_("taken back on"), null=True, blank=True)

    class Meta:
        verbose_name = _("import of questions")
        verbose_name_plural = _("imports of questions")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["done", "undone"], done_at__isnull=False)
                | ~Q(state__in=["done", "undone"]) & Q(done_at__isnull=True),
                name="question_import_done_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="undone", undone_at__isnull=False)
                | ~Q(state="undone") & Q(undone_at__isnull=True),
                name="question_import_undone_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "refused"]) | ~Q(form=""),
                name="question_import_read_has_a_format",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class QuestionImportRow(models.Model):
    """One question of the file: what was read, what is wrong, what comes of it."""

    class Verdict(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        SAME = "same", _("same as before")
        WRONG = "wrong", _("error")

    class Stays(models.TextChoices):
        """Why something that was taken in was not taken back."""

        USED = "used", _("it is asked by now, or copied into another course")
        CHANGED = "changed", _("it was changed since")

    TO_TAKE = (Verdict.NEW, Verdict.CHANGED)

    question_import = models.ForeignKey(
        QuestionImport, on_delete=models.CASCADE, related_name="rows"
    )
    number = models.PositiveIntegerField(_("number"))
    line = models.PositiveIntegerField(_("line"))
    title = models.CharField(_("title"), max_length=200, blank=True)
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict)
    has_warning = models.BooleanField(default=False)
    # Code, line, level and facts of each problem: told in the language of whoever reads it.
    problems = models.JSONField(_("what is said of it"), default=list)
    item = models.JSONField(null=True, editable=False)
    source = models.TextField(blank=True, editable=False)
    question = models.ForeignKey(Question, on_delete=models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField(_("taken in"), null=True, blank=True)
    # What it wrote, and the topic that its question had until then.
    version = models.ForeignKey(
        QuestionVersion, on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )
    topic_before = models.CharField(max_length=80, blank=True, editable=False)
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    stays = models.CharField(_("why it stays"), max_length=8, choices=Stays, blank=True)

    class Meta:
        verbose_name = _("question of an import")
        verbose_name_plural = _("questions of imports")
        ordering = ["question_import", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["question_import", "number"], name="question_import_row_once"
            ),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True) | Q(verdict__in=["new", "changed"]),
                name="question_import_row_wrong_is_not_taken",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(taken_at__isnull=False, stays=""),
                name="question_import_row_back_was_taken",
            ),
            models.CheckConstraint(
                condition=Q(verdict="wrong", item__isnull=True)
                | ~Q(verdict="wrong") & Q(item__isnull=False),
                name="question_import_row_right_has_a_question",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_import_id}/{self.number}: {self.verdict}"
