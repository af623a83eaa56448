"""What was counted on which day: public statistics, kept as they were worked out."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Snapshot(models.Model):
    """The count of one series for one day. What a series counts is told by `site.figures`.

    No total means: people, and fewer than may be told. `parts` holds a number for each part.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    series = models.SlugField(_("series"), max_length=60)
    day = models.DateField(_("day"))
    total = models.PositiveIntegerField(_("number"), null=True, blank=True)
    parts = models.JSONField(_("by part"), default=dict, blank=True)
    # Which wording of the definition it was counted by.
    version = models.PositiveSmallIntegerField(_("version of the definition"), default=1)
    taken_at = models.DateTimeField(_("counted"))
    # Where it was counted anew and was another: what is known of an earlier day changes.
    revised_at = models.DateTimeField(_("counted anew"), null=True, blank=True)

    class Meta:
        verbose_name = _("figure of a day")
        verbose_name_plural = _("figures of days")
        ordering = ["series", "day"]
        constraints = [
            models.UniqueConstraint(fields=["series", "day"], name="snapshot_once_a_day"),
            models.CheckConstraint(condition=Q(version__gte=1), name="snapshot_has_a_definition"),
            models.CheckConstraint(
                condition=Q(revised_at=None) | Q(revised_at__gte=F("taken_at")),
                name="snapshot_revised_after_it_was_taken",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.day}"
