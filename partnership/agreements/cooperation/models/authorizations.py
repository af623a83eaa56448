"""Authorizations. Their columns are those of the second table of the agreed electronic format."""

from __future__ import annotations

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnership.agreements.cooperation.models.approaches import Approach
from partnership.agreements.cooperation.models.dated import (
    NOT_STATED,
    Entry,
    Line,
    day_column,
    quantity_field,
)


class Authorization(Entry):
    """A host Party's word that outcomes may be used for what it names. Versions are its lines."""

    VALUES = (
        *("version", "purposes", "may_use", "oimp", "first_transfer", "quantity", "metric"),
        *("gwp_values", "non_ghg_metric", "activity_types", "entities", "occurs_from"),
        *("occurs_to", "use_from", "use_to", "terms"),
    )

    NEEDLESS = {
        "non_ghg_metric": ("metric", "ghg"),
        "oimp": ("purposes", "ndc"),
        "first_transfer": ("purposes", "ndc"),
    }

    kind_key = "authorizations"

    code = models.CharField(
        _("authorization ID"),
        max_length=60,
        blank=True,
        validators=[RegexValidator(r"^[A-Za-z0-9 -]+\Z", _("Letters, digits, spaces, hyphens."))],
        help_text=_("Given by the Party. Empty means: not known."),
    )
    approach = models.ForeignKey(
        Approach,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="authorizations",
        verbose_name=_("cooperative approach"),
    )

    class Meta(Entry.Meta):
        verbose_name = _("authorization")
        verbose_name_plural = _("authorizations")
        constraints = [
            models.UniqueConstraint(
                fields=["host", "code"],
                condition=~Q(code=""),
                name="authorization_once_per_party_and_code",
            )
        ]

    @property
    def what(self) -> str:
        """Its purposes, as the last of its `lines` that states them does; else empty."""
        purposes = self.latest["purposes"]
        return str(AuthorizationLine.Purposes(purposes).label) if purposes else ""

    def get_absolute_url(self) -> str:
        return reverse("agreements:authorization", args=[self.slug])


class AuthorizationLine(Line):
    """What one source says of an authorization: given, changed or revoked, and in which words."""

    class Stage(models.TextChoices):
        GIVEN = "given", _("given")
        CHANGED = "changed", _("changed")
        REVOKED = "revoked", _("revoked")
        NOT_STATED = "not_stated", _("not known")

    class Purposes(models.TextChoices):
        NDC = "ndc", "NDC"
        OIMP = "oimp", "OIMP"
        IMP = "imp", "IMP"
        OP = "op", "OP"
        NDC_OIMP = "ndc_oimp", _("NDC and OIMP")
        NDC_IMP = "ndc_imp", _("NDC and IMP")
        NDC_OP = "ndc_op", _("NDC and OP")
        NOT_STATED = "not_stated", _("not known")

    class MayUse(models.TextChoices):
        NAMED = "named", _("the Parties that are named")
        ANY = "any", _("any Party")
        NOT_STATED = "not_stated", _("not known")

    class FirstTransfer(models.TextChoices):
        AUTHORIZATION = "authorization", _("the authorization")
        ISSUANCE = "issuance", _("the issuance")
        USE = "use", _("the use or cancellation")
        NOT_STATED = "not_stated", _("not known")

    class Metric(models.TextChoices):
        GHG = "ghg", _("GHG: tonnes of CO2 equivalent")
        NON_GHG = "non_ghg", _("another metric")
        NOT_STATED = "not_stated", _("not known")

    entry = models.ForeignKey(
        Authorization,
        on_delete=models.CASCADE,
        related_name="said",
        verbose_name=_("authorization"),
    )
    stage = models.CharField(_("stage"), max_length=12, choices=Stage)
    version = models.PositiveSmallIntegerField(
        _("version"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    purposes = models.CharField(
        _("purposes"), max_length=12, choices=Purposes, default=Purposes.NOT_STATED
    )
    may_use = models.CharField(
        _("who may use"), max_length=12, choices=MayUse, default=MayUse.NOT_STATED
    )
    oimp = models.CharField(_("which other purpose"), max_length=200, blank=True)
    first_transfer = models.CharField(
        _("first transfer, for other purposes"),
        max_length=14,
        choices=FirstTransfer,
        default=FirstTransfer.NOT_STATED,
    )
    quantity = quantity_field(_("authorized quantity, at most"))
    metric = models.CharField(_("metric"), max_length=12, choices=Metric, default=Metric.NOT_STATED)
    gwp_values = models.CharField(_("GWP values"), max_length=200, blank=True)
    non_ghg_metric = models.CharField(_("the other metric"), max_length=200, blank=True)
    activity_types = models.CharField(_("activity types"), max_length=300, blank=True)
    entities = models.TextField(_("authorized entities"), blank=True)
    occurs_from = day_column(_("outcomes occur from"))
    occurs_to = day_column(_("outcomes occur until"))
    use_from = day_column(_("used from"))
    use_to = day_column(_("used until"))
    terms = models.TextField(_("terms and conditions"), blank=True)

    class Meta(Line.Meta):
        verbose_name = _("line of an authorization")
        verbose_name_plural = _("lines of authorizations")
        constraints = [
            *Line.Meta.constraints,
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{first}__isnull": True})
                    | Q(**{f"{last}__isnull": True})
                    | Q(**{f"{last}__gte": F(first)}),
                    name=f"authorizationline_{name}_in_order",
                )
                for name, first, last in (
                    ("occurrence", "occurs_from", "occurs_to"),
                    ("use", "use_from", "use_to"),
                )
            ),
            models.CheckConstraint(
                condition=Q(first_transfer=NOT_STATED) | ~Q(purposes="ndc"),
                name="authorizationline_first_transfer_of_other_purposes",
            ),
            models.CheckConstraint(
                condition=Q(non_ghg_metric="") | ~Q(metric="ghg"),
                name="authorizationline_other_metric_is_not_ghg",
            ),
        ]
