"""Somebody lost their only mailbox, and colleagues say who they are."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from partnership.accounts.models.people import User


class RecoveryQuerySet(models.QuerySet["Recovery"]):
    def waiting(self, at: datetime) -> RecoveryQuerySet:
        """Those of which somebody has still to say yes or no."""
        return self.filter(confirmed_at__isnull=True, ended_at__isnull=True, expires_at__gt=at)


def _person_who(verbose: Any) -> models.ForeignKey:
    """The row stays when they are erased."""
    return models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=verbose,
    )


class Recovery(models.Model):
    """A proved address for the account of a lost one. Two people have to say yes.

    A row is written whether the lost address has an account or not: then it has no person, nobody
    sees it, and whoever asks learns nothing.
    """

    LIFE = timedelta(days=14)

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        User,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="recoveries",
        verbose_name=_("person"),
    )
    lost = models.EmailField(_("lost address"), max_length=254)
    email = models.EmailField(_("new address"), max_length=254)
    asked_at = models.DateTimeField(_("asked"))
    expires_at = models.DateTimeField(_("valid until"))
    told_at = models.DateTimeField(_("focal points were told"), null=True, blank=True)
    vouched_by = _person_who(_("vouched by"))
    vouched_at = models.DateTimeField(_("vouched"), null=True, blank=True)
    confirmed_by = _person_who(_("confirmed by"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    ended_by = _person_who(_("refused by"))
    ended_at = models.DateTimeField(_("refused"), null=True, blank=True)

    objects = RecoveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a vouch")
        verbose_name_plural = _("requests for a vouch")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lost", "email"],
                condition=Q(confirmed_at__isnull=True, ended_at__isnull=True),
                name="recovery_one_open",
            ),
            models.CheckConstraint(
                condition=Q(lost=Lower("lost"), email=Lower("email")) & ~Q(lost=F("email")),
                name="recovery_from_one_address_to_another",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("asked_at"))
                & (Q(vouched_at__isnull=True) | Q(vouched_at__lte=F("expires_at")))
                & (Q(confirmed_at__isnull=True) | Q(confirmed_at__lte=F("expires_at"))),
                name="recovery_in_its_time",
            ),
            models.CheckConstraint(
                condition=Q(vouched_at__isnull=True) | Q(person__isnull=False),
                name="recovery_is_vouched_for_somebody",
            ),
            models.CheckConstraint(
                condition=Q(vouched_at__isnull=False) | Q(vouched_by__isnull=True),
                name="recovery_is_vouched_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(vouched_at__isnull=False, confirmed_at__gte=F("vouched_at")),
                name="recovery_is_confirmed_after_a_vouch",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(ended_at__isnull=True),
                name="recovery_is_confirmed_or_refused",
            ),
            models.CheckConstraint(
                condition=(Q(vouched_by__isnull=True) | ~Q(vouched_by=F("person")))
                & (Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("person"))),
                name="recovery_by_others_than_its_person",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | Q(vouched_by__isnull=True)
                | ~Q(confirmed_by=F("vouched_by")),
                name="recovery_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lost} → {self.email}"
