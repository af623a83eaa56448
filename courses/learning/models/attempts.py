"""Sittings of a quiz: the paper fixed at the start, the answers, the gradings."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.learning.models.enrolments import Enrolment
from courses.quizzes.models import Option, QuestionVersion, Quiz


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def of(self, user: Any) -> AttemptQuerySet:
        """A person's own; nobody's for a visitor."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(enrolment__learner=user)

    def open(self) -> AttemptQuerySet:
        return self.filter(submitted_at__isnull=True)


class Attempt(models.Model):
    """One sitting. Open until it is handed in or closed; after that only a Grading is added.

    `score` is a share of the points of its fixed paper, from 0 to 1; it repeats the newest Grading.
    """

    class ClosedBy(models.TextChoices):
        LEARNER = "learner", _("handed in")
        DEADLINE = "deadline", _("closed at the deadline")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attempts")
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField(_("number"))
    started_at = models.DateTimeField(_("started"))
    # Start + limit + extension, by the database's clock. Grace is added when it is enforced.
    deadline_at = models.DateTimeField(_("deadline"), null=True, blank=True)
    extension_minutes = models.PositiveSmallIntegerField(_("extension, minutes"), default=0)
    # The last save. Each save writes it while the attempt is open: that update is the door through
    # which saves, hand-in and the sweep pass one after the other.
    saved_at = models.DateTimeField(_("last saved"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    closed_by = models.CharField(max_length=10, choices=ClosedBy, blank=True)
    # Keys that came with the start and with the hand-in: the same key again is the same one.
    start_key = models.CharField(max_length=64, blank=True, default="", editable=False)
    submit_key = models.CharField(max_length=64, blank=True, editable=False)
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=4, null=True, blank=True)
    is_passed = models.BooleanField(_("passed"), null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["enrolment", "quiz", "number"]
        indexes = [
            models.Index(
                fields=["deadline_at"],
                condition=Q(submitted_at__isnull=True, deadline_at__isnull=False),
                name="attempt_due",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "quiz", "number"], name="attempt_number_once"
            ),
            models.UniqueConstraint(
                fields=["enrolment", "quiz"],
                condition=Q(submitted_at__isnull=True),
                name="attempt_one_open",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "quiz", "start_key"],
                condition=~Q(start_key=""),
                name="attempt_start_key_once",
            ),
            models.CheckConstraint(
                # Unknown is not refused: each side says whether there is a time.
                condition=Q(
                    submitted_at__isnull=True,
                    score__isnull=True,
                    is_passed__isnull=True,
                    closed_by="",
                )
                | Q(submitted_at__isnull=False, submitted_at__gte=F("started_at"))
                & ~Q(closed_by=""),
                name="attempt_closed_after_its_start",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=1),
                name="attempt_score_in_range",
            ),
            models.CheckConstraint(
                condition=Q(deadline_at__isnull=True) | Q(deadline_at__gt=F("started_at")),
                name="attempt_deadline_after_its_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz}, {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("courses:attempt", args=[self.uuid])

    @property
    def is_open(self) -> bool:
        return self.submitted_at is None


class PaperQuestion(models.Model):
    """A question of this paper, under an identifier that means nothing anywhere else."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="paper")
    position = models.PositiveSmallIntegerField(_("position"))
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="papers")
    token = models.CharField(max_length=22)
    is_flagged = models.BooleanField(_("flagged by the learner"), default=False)

    class Meta:
        verbose_name = _("question of a paper")
        verbose_name_plural = _("questions of papers")
        ordering = ["attempt", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "position"], name="paper_question_position_once"
            ),
            models.UniqueConstraint(fields=["attempt", "version"], name="paper_question_once"),
            models.UniqueConstraint(fields=["attempt", "token"], name="paper_question_token_once"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt}: {self.position}"


class PaperOption(models.Model):
    """An option of this paper: its order and its meaningless identifier."""

    question = models.ForeignKey(PaperQuestion, on_delete=models.CASCADE, related_name="options")
    option = models.ForeignKey(Option, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(_("position"))
    token = models.CharField(max_length=22)

    class Meta:
        verbose_name = _("option of a paper")
        verbose_name_plural = _("options of papers")
        ordering = ["question", "position"]
        constraints = [
            models.UniqueConstraint(fields=["question", "option"], name="paper_option_once"),
            models.UniqueConstraint(fields=["question", "token"], name="paper_option_token_once"),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.option}"


class Answer(models.Model):
    """What stands as the answer now. `revision` counts up with each save; a save names what it saw.

    `response` is what the form sent, in the paper's tokens: {"chosen": [...]} for choices,
    {"pairs": {left: right}}, {"order": [...]}, {"text": "...", "unit": "...", "language": "en"}.
    """

    question = models.OneToOneField(PaperQuestion, on_delete=models.CASCADE, related_name="answer")
    revision = models.PositiveIntegerField(_("revision"), default=1)
    response = models.JSONField(_("answer"))
    # The client's key of each save and the revision it made: the same save again changes nothing.
    saves = models.JSONField(default=dict, editable=False)
    device = models.CharField(_("device"), max_length=40, blank=True)
    saved_at = models.DateTimeField(_("saved"))
    # Written when it is graded: the share of the question's points that it earned, from 0 to 1.
    share = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gte=0, share__lte=1),
                name="answer_share_in_range",
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="answer_revision_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.question}, {self.revision}"


class ChosenOption(models.Model):
    """An option that a handed-in answer chose: for statistics, written once at hand-in."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="chosen")
    option = models.ForeignKey(Option, on_delete=models.PROTECT, related_name="chosen")

    class Meta:
        verbose_name = _("chosen option")
        verbose_name_plural = _("chosen options")
        constraints = [
            models.UniqueConstraint(fields=["answer", "option"], name="chosen_option_once")
        ]

    def __str__(self) -> str:
        return f"{self.answer}: {self.option}"


class OtherAnswer(models.Model):
    """An answer kept beside the one that stands: from another device, or after the deadline.

    The learner chooses between two devices, the trainer decides on what came late. Never dropped.
    """

    class Reason(models.TextChoices):
        DEVICE = "device", _("another device was there first")
        LATE = "late", _("came after the end")

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("waits for a choice")
        TAKEN = "taken", _("taken")
        LEFT = "left", _("left aside")

    question = models.ForeignKey(PaperQuestion, on_delete=models.CASCADE, related_name="others")
    reason = models.CharField(_("reason"), max_length=6, choices=Reason)
    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome, default=Outcome.WAITING)
    response = models.JSONField(_("answer"))
    saw_revision = models.PositiveIntegerField(_("revision it saw"), default=0)
    device = models.CharField(_("device"), max_length=40, blank=True)
    # The client's key of this save: the same save again is kept once.
    save_key = models.CharField(max_length=64)
    received_at = models.DateTimeField(_("received"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("other answer")
        verbose_name_plural = _("other answers")
        ordering = ["received_at"]
        constraints = [
            models.UniqueConstraint(fields=["question", "save_key"], name="other_answer_once"),
            models.CheckConstraint(
                condition=Q(outcome="waiting", decided_at__isnull=True)
                | ~Q(outcome="waiting") & Q(decided_at__isnull=False),
                name="other_answer_decided_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.get_reason_display()}"


class Grading(models.Model):
    """A grading of a closed attempt. The newest counts; the earlier ones stay as history."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="gradings")
    number = models.PositiveSmallIntegerField(_("number"))
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=4, null=True, blank=True)
    is_passed = models.BooleanField(_("passed"), null=True, blank=True)

    class Meta:
        verbose_name = _("grading")
        verbose_name_plural = _("gradings")
        ordering = ["attempt", "number"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "number"], name="grading_number_once"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="grading_again_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=1),
                name="grading_score_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt}: {self.score}"
