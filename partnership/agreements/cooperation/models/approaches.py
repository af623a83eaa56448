"""Cooperative approaches."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnership.agreements.cooperation.models.dated import (
    NOT_STATED,
    Entry,
    Line,
    day_column,
    quantity_field,
)


class Approach(Entry):
    """A cooperative approach: the way in which Parties cooperate under Article 6.2."""

    class Kind(models.TextChoices):
        BILATERAL = "bilateral", _("bilateral crediting")
        STANDARD = "standard", _("crediting by an independent standard")
        SECTOR = "sector", _("crediting of a sector or a policy")
        TRADING = "trading", _("linked trading systems")
        PURCHASE = "purchase", _("direct purchase by a government")
        MECHANISM = "mechanism", _("Article 6.4 activities")
        NOT_STATED = "not_stated", _("not known")

    VALUES = ("standard", "expected_yearly", "begins_on", "ends_on", "description")

    kind_key = "approaches"

    code = models.CharField(
        _("cooperative approach ID"),
        max_length=6,
        blank=True,
        validators=[RegexValidator(r"^CA\d{4}\Z", _("CA and four digits, such as CA0001."))],
        help_text=_("Given by CARP: CA and four digits. Empty means: not known."),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.NOT_STATED)

    class Meta(Entry.Meta):
        verbose_name = _("cooperative approach")
        verbose_name_plural = _("cooperative approaches")
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="approach_once_per_code"
            ),
            models.CheckConstraint(
                condition=Q(code="") | Q(code__regex=r"^CA[0-9]{4}$"),
                name="approach_code_is_ca_and_four_digits",
            ),
        ]

    @property
    def what(self) -> str:
        """Its kind in a word; empty where it is not known."""
        return "" if self.kind == NOT_STATED else str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        return reverse("agreements:approach", args=[self.slug])


class ApproachLine(Line):
    """What one source says of a cooperative approach."""

    class Stage(models.TextChoices):
        ANNOUNCED = "announced", _("announced")
        REPORTED = "reported", _("described in an initial report")
        OPERATING = "operating", _("in operation")
        ENDED = "ended", _("ended")
        NOT_STATED = "not_stated", _("not known")

    entry = models.ForeignKey(
        Approach, on_delete=models.CASCADE, related_name="said", verbose_name=_("approach")
    )
    stage = models.CharField(_("stage"), max_length=12, choices=Stage)
    standard = models.CharField(_("standard or mechanism"), max_length=200, blank=True)
    expected_yearly = quantity_field(_("expected mitigation each year (t CO2 eq)"))
    begins_on = day_column(_("begins"))
    ends_on = day_column(_("ends"))
    description = models.TextField(_("description"), blank=True)

    class Meta(Line.Meta):
        verbose_name = _("line of a cooperative approach")
        verbose_name_plural = _("lines of cooperative approaches")
        constraints = [
            *Line.Meta.constraints,
            models.CheckConstraint(
                condition=Q(begins_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("begins_on")),
                name="approachline_ends_after_it_begins",
            ),
        ]
