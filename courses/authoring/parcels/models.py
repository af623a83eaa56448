"""Documents on their way into a course: what was sent, and what would be made of it."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Course
from partnership.jobs.models import Job

__all__ = ["CourseParcel"]


class CourseParcel(models.Model):
    """A document, and the plan of lessons that was read in it. Of the course, as its text is."""

    class Form(models.TextChoices):
        DOCX = "docx", "Word"
        PPTX = "pptx", "PowerPoint"
        MD = "md", "Markdown"
        ZIP = "zip", _("a whole course")

    class State(models.TextChoices):
        WAITING = "waiting", _("being read")
        TRIED = "tried", _("read, nothing is written yet")
        DONE = "done", _("taken in")
        BACK = "back", _("taken back")
        REFUSED = "refused", _("refused")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="parcels")
    name = models.CharField(_("file"), max_length=150)
    form = models.CharField(_("format"), max_length=10, choices=Form)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    # Where the file lies until it is read; after that it is the plan and the clean pictures.
    key = models.CharField(max_length=120, blank=True, editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)
    plan = models.JSONField(default=list, editable=False)
    pictures = models.JSONField(default=list, editable=False)
    problems = models.JSONField(default=list, editable=False)
    # Of a whole course what its `course.json` says.
    whole = models.JSONField(null=True, editable=False)
    # The parts of the draft that were made of it, as its outline names them.
    made = models.JSONField(default=list, editable=False)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("sent"))
    done_at = models.DateTimeField(_("taken in on"), null=True, blank=True)

    class Meta:
        verbose_name = _("document for a course")
        verbose_name_plural = _("documents for courses")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "refused"]) | ~Q(plan=[]),
                name="course_parcel_read_has_a_plan",
            ),
            models.CheckConstraint(
                condition=Q(form="zip") | Q(whole__isnull=True),
                name="course_parcel_whole_comes_as_a_zip",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "back"], done_at__isnull=False)
                | ~Q(state__in=["done", "back"]) & Q(done_at__isnull=True),
                name="course_parcel_taken_in_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name
