"""The pictures of a course: what each shows, and the files that were made of it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.catalogue import pictures
from courses.catalogue.models import Course

__all__ = ["Picture"]


class PictureQuerySet(models.QuerySet["Picture"]):
    def on_the_shelf(self) -> PictureQuerySet:
        return self.filter(removed_at__isnull=True)


class Picture(models.Model):
    """A picture on the shelf of a course. Its files never change: another one is another row."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="pictures")
    name = models.CharField(_("file"), max_length=150)
    alt = models.CharField(_("what it shows, in words"), max_length=300, blank=True)
    width = models.PositiveSmallIntegerField(_("width"))
    height = models.PositiveSmallIntegerField(_("height"))
    # Of each width, from the smallest: bytes, and the key under which the file lies.
    files = models.JSONField(editable=False)
    # Of the widest file: the same picture is on a shelf once.
    digest = models.CharField(max_length=64, editable=False)
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture of a course")
        verbose_name_plural = _("pictures of courses")
        ordering = ["course", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["course", "digest"], name="picture_once_on_a_shelf"),
            models.CheckConstraint(
                condition=Q(width__gte=1, width__lte=1280, height__gte=1, height__lte=9999),
                name="picture_keeps_its_place",
            ),
            models.CheckConstraint(condition=~Q(files=[]), name="picture_has_a_file"),
        ]

    def __str__(self) -> str:
        return self.alt or self.name

    @property
    def address(self) -> str:
        return pictures.address(self.uuid, self.width)

    @property
    def smallest(self) -> str:
        return pictures.address(self.uuid, pictures.widths_of(self.width)[0])

    @property
    def kb(self) -> int:
        return pictures.kb(self.files[-1]["bytes"])

    @property
    def markdown(self) -> str:
        """What is pasted into a lesson."""
        size = (self.width, self.height)
        return pictures.in_markdown(self.alt, self.address, size, self.files[-1]["bytes"])

    def key_of(self, width: int) -> str | None:
        """Where the file of a width lies."""
        found: dict[int, Any] = {one["width"]: one for one in self.files}
        return str(found[width]["key"]) if width in found else None
