"""Organisations that take part, give support or are named in the sources."""

from __future__ import annotations

from django.core.validators import URLValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnership.lib.fields import SortKeyField
from partnership.members.models.countries import Country
from partnership.sources.models import Source


class Institution(models.Model):
    """An organisation, with the role in which a source names it. Membership is a row apart."""

    class Kind(models.TextChoices):
        INTERNATIONAL = "international organisation", _("international organisation")
        RESEARCH = "research", _("research institute")
        AGENCY = "government agency", _("government agency")
        ALLIANCE = "regional alliance", _("regional alliance")
        BANK = "bank", _("development bank")
        STANDARD = "standard", _("standard")
        PRIVATE = "private", _("company")
        NGO = "NGO", _("non-governmental organisation")
        OTHER = "other", _("other")

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200, unique=True)
    sort_key = SortKeyField(of="name", max_length=220, db_index=True)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    seat = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="institutions",
        verbose_name=_("country of seat"),
    )
    website = models.CharField(
        _("website"),
        max_length=300,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
    )
    role = models.TextField(_("role in which the source names it"), blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="institutions", verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("site:institution", args=[self.slug])
