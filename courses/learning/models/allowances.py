"""What a learner gets beyond the quiz's own rule: more time, more attempts, and asking for one."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.learning.models.enrolments import Enrolment
from courses.quizzes.models import Quiz


class Allowance(models.Model):
    """More time or more attempts for one person in one quiz, and who granted it."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="allowances")
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="allowances")
    extra_minutes = models.PositiveSmallIntegerField(_("extra minutes"), default=0)
    extra_attempts = models.PositiveSmallIntegerField(_("extra attempts"), default=0)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    granted_at = models.DateTimeField(_("granted"))
    reason = models.CharField(_("reason"), max_length=200)
    # That of the form by which it was granted: sent again, the form grants nothing more.
    stamp = models.CharField(max_length=32, blank=True, default="", editable=False)

    class Meta:
        verbose_name = _("allowance")
        verbose_name_plural = _("allowances")
        constraints = [
            models.CheckConstraint(
                condition=Q(extra_minutes__gt=0) | Q(extra_attempts__gt=0),
                name="allowance_grants_something",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="allowance_has_a_reason"),
            models.UniqueConstraint(
                fields=["enrolment", "quiz", "stamp"],
                condition=~Q(stamp=""),
                name="allowance_stamp_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.quiz}"


class AttemptRequest(models.Model):
    """A learner whose attempts are used up asks for another: once at a time."""

    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.CASCADE, related_name="attempt_requests"
    )
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempt_requests")
    asked_at = models.DateTimeField(_("asked"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_granted = models.BooleanField(_("granted"), null=True, blank=True)

    class Meta:
        verbose_name = _("request for an attempt")
        verbose_name_plural = _("requests for attempts")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "quiz"],
                condition=Q(answered_at__isnull=True),
                name="attempt_request_one_open",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, is_granted__isnull=True)
                | Q(answered_at__isnull=False, is_granted__isnull=False),
                name="attempt_request_answered_is_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.quiz}"
