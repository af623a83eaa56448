"""What people do with their own data: take it away, have it erased, agree to how it is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partnership.accounts.models.people import User


class DataExportQuerySet(models.QuerySet["DataExport"]):
    def of(self, user: Any) -> DataExportQuerySet:
        """A person's own; nobody's for a visitor."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(person=user)


class DataExport(models.Model):
    """All that is held of a person, as one file that only they reach, for some days."""

    LIFE = timedelta(days=7)

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="exports", verbose_name=_("person")
    )
    asked_at = models.DateTimeField(_("asked"))
    ready_at = models.DateTimeField(_("ready"), null=True, blank=True)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)

    objects = DataExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export of a person's data")
        verbose_name_plural = _("exports of people's data")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ready_at__isnull=True),
                name="data_export_one_being_made",
            ),
            models.CheckConstraint(
                condition=Q(ready_at__isnull=True, size=0)
                | Q(ready_at__gte=F("asked_at"), size__gt=0),
                name="data_export_ready_has_a_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.asked_at:%Y-%m-%d}"

    @property
    def key(self) -> str:
        """Where the file lies."""
        return f"exports/{self.uuid.hex}.zip"

    @property
    def ends_at(self) -> datetime:
        return self.asked_at + self.LIFE


class ErasureQuerySet(models.QuerySet["Erasure"]):
    def waiting(self) -> ErasureQuerySet:
        """Asked for, and neither taken back nor done."""
        return self.filter(cancelled_at__isnull=True, done_at__isnull=True)

    def due(self, at: datetime) -> ErasureQuerySet:
        return self.waiting().filter(due_at__lte=at)


class Erasure(models.Model):
    """Somebody wants to be forgotten. It can be taken back until a worker has done it.

    Afterwards the row names nobody; it says that it was done, and when.
    """

    WAIT = timedelta(days=7)

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        related_name="erasures",
        verbose_name=_("person"),
    )
    asked_at = models.DateTimeField(_("asked"))
    due_at = models.DateTimeField(_("not before"))
    cancelled_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    # When the rows were erased, and which files are still to go then.
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)
    files = models.JSONField(default=list, editable=False)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(cancelled_at__isnull=True, done_at__isnull=True),
                name="erasure_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(due_at__gte=F("asked_at")), name="erasure_is_due_after_it_is_asked"
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(cancelled_at__isnull=True, person__isnull=True),
                name="erasure_leaves_nobody",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(erased_at__isnull=False),
                name="erasure_is_done_after_the_rows",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}"
