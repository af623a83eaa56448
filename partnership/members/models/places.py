"""A row that belongs to one delegation: that of a country or that of an institution."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnership.members.models.countries import Country
from partnership.members.models.institutions import Institution

ONE = Q(country__isnull=False, institution__isnull=True) | Q(
    country__isnull=True, institution__isnull=False
)


class OfPlace(models.Model):
    """Columns of a row that is a country's or an institution's, never both."""

    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country"),
    )
    institution = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("institution"),
    )

    class Meta:
        abstract = True

    @property
    def place(self) -> Country | Institution | None:
        return self.country or self.institution


def of_one_place(name: str) -> models.CheckConstraint:
    """The constraint of such a row."""
    return models.CheckConstraint(
        condition=ONE,
        name=name,
        violation_error_message=_("Name either a country or an institution."),
    )
