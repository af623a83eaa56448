"""Parties to the Paris Agreement, what they are called, and the groups they belong to."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnership.lib.fields import FoldedField, SortKeyField
from partnership.sources.models import Source


class Region(models.TextChoices):
    """The five regions of the United Nations' M49: the directory is in their order."""

    AFRICA = "Africa", _("Africa")
    AMERICAS = "Americas", _("Americas")
    ASIA = "Asia", _("Asia")
    EUROPE = "Europe", _("Europe")
    OCEANIA = "Oceania", _("Oceania")


class Country(models.Model):
    """A Party. This is the list of Parties, not ISO's of countries; the European Union is EUE."""

    iso3 = models.CharField(
        _("code"), primary_key=True, max_length=3, validators=[RegexValidator(r"^[A-Z]{3}$")]
    )
    iso2 = models.CharField(_("two-letter code"), max_length=2, unique=True)
    name = models.CharField(_("name"), max_length=100, unique=True)
    sort_key = SortKeyField(of="name", max_length=120, db_index=True)
    folded = FoldedField(of="name", max_length=120, db_index=True)
    region = models.CharField(_("region"), max_length=20, choices=Region)
    subregion = models.CharField(_("subregion"), max_length=40)
    longitude = models.DecimalField(_("longitude"), max_digits=6, decimal_places=2)
    latitude = models.DecimalField(_("latitude"), max_digits=5, decimal_places=2)
    place = models.CharField(_("place of its dot"), max_length=80)
    party_note = models.TextField(_("note on its being a Party"), blank=True)
    party_source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="+", verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(region__in=Region.values), name="country_region_is_known"
            ),
            models.CheckConstraint(
                condition=Q(iso3__regex=r"^[A-Z]{3}$"), name="country_code_is_three_capitals"
            ),
            models.CheckConstraint(
                condition=Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="country_dot_is_on_the_globe",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("site:country", args=[self.code])

    @property
    def code(self) -> str:
        """The code as addresses write it."""
        return self.iso3.lower()


class CountryName(models.Model):
    """The name in one of the other official languages of the United Nations."""

    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(_("language"), max_length=12)
    name = models.CharField(_("name"), max_length=120)
    folded = FoldedField(of="name", max_length=140)

    class Meta:
        verbose_name = _("name of a country")
        verbose_name_plural = _("names of countries")
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "language"], name="country_name_one_per_language"
            )
        ]

    def __str__(self) -> str:
        return self.name


class CountryAlias(models.Model):
    """A label that sources print. It matches exactly, never by likeness.

    Two countries may share a label ("Korea"): then it matches neither and an import must ask.
    """

    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="aliases")
    label = models.CharField(_("label"), max_length=120)
    folded = FoldedField(of="label", max_length=120, db_index=True)
    is_shown = models.BooleanField(
        _("shown"), default=True, help_text=_("Otherwise it serves matching only.")
    )

    class Meta:
        verbose_name = _("label of a country")
        verbose_name_plural = _("labels of countries")
        ordering = ["label"]
        constraints = [
            models.UniqueConstraint(fields=["country", "folded"], name="country_alias_once")
        ]

    def __str__(self) -> str:
        return self.label


class CountryGroup(models.Model):
    """Being a least developed country or a small island developing State, from when to when."""

    class Group(models.TextChoices):
        LDC = "ldc", _("least developed country")
        SIDS = "sids", _("small island developing State")

    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="groups")
    group = models.CharField(_("group"), max_length=4, choices=Group)
    begins_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    is_confirmed = models.BooleanField(_("confirmed"), default=False)
    note = models.TextField(_("note"), blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="+", verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("group of a country")
        verbose_name_plural = _("groups of countries")
        ordering = ["group"]
        constraints = [
            models.UniqueConstraint(fields=["country", "group"], name="country_group_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(begins_on__isnull=True)
                | Q(ends_on__gte=F("begins_on")),
                name="country_group_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country}: {self.get_group_display()}"
