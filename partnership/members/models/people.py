"""Who works where, and who may act for a country or institution, each from a day to a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partnership.accounts.models import User
from partnership.members.models.countries import Country
from partnership.members.models.dated import ENDS_BEFORE, DatedQuerySet, refuse_overlap
from partnership.members.models.institutions import Institution
from partnership.members.models.letters import OfficialLetter

# A term runs on so long after its last day, until it is renewed or somebody else appointed.
GRACE = timedelta(days=30)


class PlacedQuerySet(models.QuerySet):
    """Rows of countries and institutions, as those see them who run a delegation."""

    def of(self, user: Any, *, on: date, sees_all: bool = False) -> Any:
        """The rows of delegations that somebody runs on a day; all for who runs the site."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        if sees_all:
            return self
        terms = FocalTerm.objects.on(on).filter(person=user).order_by()
        countries = terms.filter(country__isnull=False).values("country")
        institutions = terms.filter(institution__isnull=False).values("institution")
        return self.filter(Q(country__in=countries) | Q(institution__in=institutions))

    def at(self, where: dict[str, Any]) -> Any:
        """The rows of one delegation, named as `Delegation.where` names it."""
        return self.filter(**where)


class AffiliationQuerySet(PlacedQuerySet, DatedQuerySet):  # type: ignore[override]
    """Posts, by day and by delegation."""

    def shown_to(self, reader: Any, *, on: date) -> AffiliationQuerySet:
        """Posts of a day whose people let this reader see name and post, as each said themselves.

        Without a name there is nothing to be shown but a mail address, and that nobody allowed.
        """
        seen = self.filter(person__is_active=True).exclude(person__name="")
        own = Affiliation.objects.on(on).filter(person=reader).order_by()
        beside = Q(country__in=own.exclude(country=None).values("country"))
        beside |= Q(institution__in=own.exclude(institution=None).values("institution"))
        allowed = Q(person__seen_by=User.Seen.PEOPLE)
        allowed |= beside & Q(person__seen_by=User.Seen.DELEGATION)
        return seen.on(on).filter(allowed).exclude(person=reader)  # type: ignore[return-value]


class FocalTermQuerySet(PlacedQuerySet):
    def on(self, day: date) -> FocalTermQuerySet:
        """Those whose rights hold on a day: also in the days of grace, not once they are closed."""
        still = Q(closed_on__isnull=True) | Q(closed_on__gt=day)
        return self.filter(still, begins_on__lte=day, ends_on__gte=day - GRACE)


class Affiliation(models.Model):
    """A person's post, from a day to a day. Leaving ends the line, nothing deletes it."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="affiliations",
        verbose_name=_("person"),
    )
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="affiliations",
        verbose_name=_("country"),
    )
    institution = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="affiliations",
        verbose_name=_("institution"),
    )
    title = models.CharField(_("job title"), max_length=150, blank=True)
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    # When the delegation last said that this line is right.
    confirmed_on = models.DateField(_("last confirmed"), null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        ordering = ["person", "-begins_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(country__isnull=False) | Q(institution__isnull=False),
                name="affiliation_names_a_country_or_institution",
                violation_error_message=_("Name a country, an institution or both."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="affiliation_ends_after_it_begins",
                violation_error_message=ENDS_BEFORE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.institution or self.country}"

    def clean(self) -> None:
        post = {"country_id": self.country_id, "institution_id": self.institution_id}
        refuse_overlap(self, person_id=self.person_id, **post)


class FocalTerm(models.Model):
    """The right to run a country's or an institution's delegation. It always has an end.

    It holds from `begins_on` through `ends_on` and the days of grace; from `closed_on` no more.
    """

    class Function(models.TextChoices):
        POLICY = "policy", _("policy")
        AUTHORIZATION = "authorization", _("authorization")
        RECORDING = "recording", _("recording")
        REPORTING = "reporting", _("reporting")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="focal_terms",
        verbose_name=_("person"),
    )
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="focal_terms",
        verbose_name=_("country"),
    )
    institution = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="focal_terms",
        verbose_name=_("institution"),
    )
    function = models.CharField(_("function"), max_length=15, choices=Function)
    is_deputy = models.BooleanField(_("deputy"), default=False)
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    closed_on = models.DateField(
        _("closed early"), null=True, blank=True, help_text=_("From this day it no longer holds.")
    )
    letter = models.ForeignKey(
        OfficialLetter,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="terms",
        verbose_name=_("official letter"),
    )

    objects = FocalTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("focal point's term")
        verbose_name_plural = _("focal points' terms")
        ordering = ["-begins_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(country__isnull=False, institution__isnull=True)
                | Q(country__isnull=True, institution__isnull=False),
                name="focal_term_of_one_country_or_institution",
                violation_error_message=_("Name either a country or an institution."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")),
                name="focal_term_ends_after_it_begins",
                violation_error_message=ENDS_BEFORE,
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("begins_on")),
                name="focal_term_closes_after_it_begins",
                violation_error_message=_("It cannot be closed before it begins."),
            ),
        ]
        indexes = [models.Index(fields=["ends_on"], name="focal_term_by_end")]

    def __str__(self) -> str:
        return f"{self.person}, {self.country or self.institution}, {self.get_function_display()}"

    @property
    def place(self) -> Country | Institution | None:
        return self.country or self.institution

    @property
    def holds_until(self) -> date:
        """The last day on which its rights hold, if it is not closed before."""
        return self.ends_on + GRACE
