"""The partner of a course whose sign its certificates bear."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Course


class PartnerLogo(models.Model):
    """A partner's sign as it was loaded. It never changes: another one is another row.

    Certificates keep the row that stood when they were issued. The picture was drawn anew by us.
    """

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="logos")
    partner = models.CharField(_("name of the partner"), max_length=150)
    picture = models.BinaryField(_("picture"), editable=False)
    width = models.PositiveSmallIntegerField(_("width"))
    height = models.PositiveSmallIntegerField(_("height"))
    sha256 = models.CharField(max_length=64, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("partner's logo")
        verbose_name_plural = _("partners' logos")
        ordering = ["course", "-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course"], condition=Q(until__isnull=True), name="partner_logo_one_stands"
            ),
            models.CheckConstraint(condition=~Q(partner=""), name="partner_logo_has_a_name"),
            models.CheckConstraint(
                condition=Q(width__gte=1, height__gte=1), name="partner_logo_shows_something"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="partner_logo_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return self.partner
