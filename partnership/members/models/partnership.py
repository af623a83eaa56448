"""The partnership itself: areas of work, membership as counted, membership as dated rows."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partnership.members.models.countries import Country
from partnership.members.models.dated import ENDS_BEFORE, DatedQuerySet, refuse_overlap
from partnership.members.models.institutions import Institution
from partnership.sources.models import Source


class AreaOfWork(models.Model):
    """One of the areas the partnership works in. Some sources list five of the six: hence rows."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    slug = models.SlugField(_("slug"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    offer = models.TextField(_("what this site offers for it"), blank=True)
    active_from = models.DateField(_("from"))
    active_to = models.DateField(_("to"), null=True, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="+", verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("area of work")
        verbose_name_plural = _("areas of work")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(active_to__isnull=True) | Q(active_to__gte=F("active_from")),
                name="area_of_work_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.title


class MembershipCount(models.Model):
    """How many members a source counted on a day: a series, never overwritten."""

    on = models.DateField(_("on"))
    countries = models.PositiveSmallIntegerField(_("countries"), null=True, blank=True)
    institutions = models.PositiveSmallIntegerField(_("institutions"), null=True, blank=True)
    combined = models.PositiveSmallIntegerField(_("together"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="+", verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("membership count")
        verbose_name_plural = _("membership counts")
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["on", "source"], name="membership_count_once"),
            models.CheckConstraint(
                condition=Q(countries__isnull=False, institutions__isnull=False)
                | Q(combined__isnull=False),
                name="membership_count_has_a_figure",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.countries}/{self.institutions}/{self.combined}"


class Participation(models.Model):
    """Membership of one country or one institution, from a day and perhaps to a day.

    Two stretches of the same member never overlap; the database refuses it.
    """

    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("country"),
    )
    institution = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("institution"),
    )
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="+", verbose_name=_("source")
    )
    note = models.TextField(_("note"), blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["begins_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(country__isnull=False, institution__isnull=True)
                | Q(country__isnull=True, institution__isnull=False),
                name="participation_of_one_country_or_institution",
                violation_error_message=_("Name either a country or an institution."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="participation_ends_after_it_begins",
                violation_error_message=ENDS_BEFORE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country or self.institution} {self.begins_on}"

    def clean(self) -> None:
        refuse_overlap(self, country_id=self.country_id, institution_id=self.institution_id)
