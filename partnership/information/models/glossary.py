"""The glossary: one word for one thing."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from partnership.lib.fields import SortKeyField

__all__ = ["GlossaryTerm"]


class GlossaryTerm(models.Model):
    """A term of the field with its one definition."""

    class Category(models.TextChoices):
        FOUNDATIONS = "foundations", _("Foundations")
        COOPERATION = "cooperation", _("Cooperation")
        AUTHORIZATION = "authorization", _("Authorization")
        ACCOUNTING = "accounting", _("Accounting")
        TRACKING = "tracking", _("Tracking")
        REPORTING = "reporting", _("Reporting")
        METHODOLOGY = "methodology", _("Methodology")
        INTEGRITY = "integrity", _("Integrity")
        MECHANISM = "mechanism", _("The Article 6.4 mechanism")

    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    language = models.CharField(_("language"), max_length=12, default="en")
    term = models.CharField(_("term"), max_length=150)
    sort_key = SortKeyField(of="term", max_length=170, db_index=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=30, blank=True)
    category = models.CharField(_("category"), max_length=15, choices=Category)
    definition = models.TextField(_("definition"))
    basis = models.CharField(_("basis"), max_length=150, blank=True)
    see_also = models.ManyToManyField("self", blank=True, verbose_name=_("see also"))

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("glossary")
        ordering = ["sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["language", "term"], name="glossary_term_once")
        ]

    def __str__(self) -> str:
        return self.term
