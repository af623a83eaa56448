"""Official letters on which the secretariat appoints somebody."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnership.members.models.places import OfPlace, of_one_place


class OfficialLetter(OfPlace):
    """A letter as it came. Its bytes lie under a key of ours; its name is only told."""

    class Kind(models.TextChoices):
        PDF = "application/pdf", "PDF"
        PNG = "image/png", "PNG"
        JPEG = "image/jpeg", "JPEG"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    key = models.CharField(_("where it lies"), max_length=100, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(_("checksum"), max_length=64)
    name = models.CharField(_("name it came with"), max_length=150)
    written_on = models.DateField(_("date of the letter"))
    stored_at = models.DateTimeField(_("stored"))
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("stored by"),
    )

    class Meta:
        verbose_name = _("official letter")
        verbose_name_plural = _("official letters")
        ordering = ["-pk"]
        constraints = [
            of_one_place("letter_of_one_country_or_institution"),
            models.CheckConstraint(
                condition=Q(kind__in=["application/pdf", "image/png", "image/jpeg"]),
                name="letter_is_of_a_known_kind",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="letter_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.place}, {self.written_on}"
