"""What those do who run a delegation: end posts, hand over, describe themselves."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from partnership.members.models.joining import person_who
from partnership.members.models.people import Affiliation, PlacedQuerySet
from partnership.members.models.places import OfPlace, of_one_place


class Leaving(models.Model):
    """That a post was ended by somebody, so that it can be put back for some days."""

    affiliation = models.ForeignKey(Affiliation, on_delete=models.CASCADE, related_name="leavings")
    last_day = models.DateField(_("last day"))
    was_until = models.DateField(_("end before"), null=True, blank=True)
    at = models.DateTimeField(_("at"))
    by = person_who(_("by"))
    undone_at = models.DateTimeField(_("put back"), null=True, blank=True)

    class Meta:
        verbose_name = _("end of a post")
        verbose_name_plural = _("ends of posts")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["affiliation"],
                condition=Q(undone_at__isnull=True),
                name="leaving_one_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.affiliation}: {self.last_day}"


class HandoverQuerySet(PlacedQuerySet):
    def waiting(self) -> HandoverQuerySet:
        return self.filter(decided_at__isnull=True)


class Handover(OfPlace):
    """A focal point gives a delegation to a successor. A second person must say yes."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("from"),
    )
    taker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("to"),
    )
    asked_at = models.DateTimeField(_("asked"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = person_who(_("decided by"))
    is_done = models.BooleanField(_("done"), null=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        ordering = ["-pk"]
        constraints = [
            of_one_place("handover_of_one_country_or_institution"),
            models.CheckConstraint(
                condition=~Q(giver=F("taker")), name="handover_goes_to_somebody_else"
            ),
            # Whoever asked may take it back; nobody says yes to the own one.
            models.CheckConstraint(
                condition=Q(is_done__isnull=True)
                | Q(is_done=False)
                | Q(decided_by__isnull=True)
                | (~Q(decided_by=F("giver")) & ~Q(decided_by=F("taker"))),
                name="handover_is_agreed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, is_done__isnull=True)
                | Q(decided_at__isnull=False, is_done__isnull=False),
                name="handover_decision_is_yes_or_no",
            ),
            models.UniqueConstraint(
                F("giver"),
                Coalesce(F("country"), Value("")),
                Coalesce(F("institution"), Value(0)),
                condition=Q(decided_at__isnull=True),
                name="handover_one_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.giver} → {self.taker}"


class ProfileQuerySet(PlacedQuerySet):
    def drafts(self) -> ProfileQuerySet:
        return self.filter(published_at__isnull=True)

    def published(self) -> ProfileQuerySet:
        return self.filter(published_at__isnull=False)


class ProfileRevision(OfPlace):
    """What a delegation says of itself: one draft, and every text that was published."""

    text = models.TextField(_("what we do"), max_length=4000, blank=True)
    contact = models.CharField(
        _("contact"), max_length=300, blank=True, help_text=_("An office, not a person.")
    )
    website = models.CharField(
        _("website"),
        max_length=300,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
    )
    # Counts up with each save: who publishes names the one that was read.
    revision = models.PositiveIntegerField(default=1, editable=False)
    edited_by = person_who(_("edited by"))
    edited_at = models.DateTimeField(_("edited"))
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    note = models.CharField(_("what is still missing"), max_length=300, blank=True)
    published_by = person_who(_("published by"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile of a delegation")
        verbose_name_plural = _("profiles of delegations")
        ordering = ["-pk"]
        constraints = [
            of_one_place("profile_of_one_country_or_institution"),
            models.UniqueConstraint(
                Coalesce(F("country"), Value("")),
                Coalesce(F("institution"), Value(0)),
                condition=Q(published_at__isnull=True),
                name="profile_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(website="")
                | Q(website__startswith="http://")
                | Q(website__startswith="https://"),
                name="profile_website_is_a_web_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.edited_at:%Y-%m-%d}"
