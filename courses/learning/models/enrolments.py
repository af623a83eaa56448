"""Who learns from which edition, what they have read, and where they stopped."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Edition, Lesson

STILL = timedelta(days=14)
# Whoever has not come back by then is left in peace.
GIVEN_UP = timedelta(days=60)


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def of(self, user: Any) -> EnrolmentQuerySet:
        """A person's own; nobody's for a visitor."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(learner=user)

    def active(self) -> EnrolmentQuerySet:
        return self.filter(left_at__isnull=True)

    def still(self, at: datetime) -> EnrolmentQuerySet:
        """Begun and not completed, without a step for two weeks, and not reminded of since."""
        return self.active().filter(
            Q(reminded_at__isnull=True) | Q(reminded_at__lt=F("active_at")),
            completed_at__isnull=True,
            active_at__lte=at - STILL,
            active_at__gt=at - GIVEN_UP,
            learner__is_active=True,
        )

    def not_moved_on(self) -> EnrolmentQuerySet:
        """All but those that were left for a newer edition before they were completed."""
        return self.exclude(
            moved_to__isnull=False, left_at__isnull=False, completed_at__isnull=True
        )


class Enrolment(models.Model):
    """A person in an edition. Leaving sets a time and keeps everything; coming back clears it."""

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolments"
    )
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="enrolments")
    joined_at = models.DateTimeField(_("joined"))
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    # The moment at which everything that was required then was done. It is never taken away.
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)
    moved_from = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="moved_to"
    )
    lesson = models.ForeignKey(
        Lesson, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    block = models.CharField(_("block last read"), max_length=40, blank=True)
    active_at = models.DateTimeField(_("last activity"))
    # When they were reminded of this course; once for each time they are still.
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["-active_at"]
        indexes = [
            models.Index(
                fields=["active_at"],
                condition=Q(left_at__isnull=True, completed_at__isnull=True),
                name="enrolment_open_by_activity",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["learner", "edition"], name="enrolment_once"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("joined_at")),
                name="enrolment_left_after_joining",
            ),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True) | Q(completed_at__gte=F("joined_at")),
                name="enrolment_completed_after_joining",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner}: {self.edition}"


class Completion(models.Model):
    """That a learner opened a lesson, and when it was done by the lesson's rule."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="completions")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="completions")
    opened_at = models.DateTimeField(_("opened"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("completion")
        verbose_name_plural = _("completions")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "lesson"], name="completion_once"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(done_at__gte=F("opened_at")),
                name="completion_done_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.lesson}"
