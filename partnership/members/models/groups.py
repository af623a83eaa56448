"""Working groups: who sits in one, from a day to a day, and the documents it works on."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnership.members.models.dated import ENDS_BEFORE, DatedQuerySet


class WorkingGroupQuerySet(models.QuerySet):
    def of(self, user: Any, *, on: date, sees_all: bool = False) -> WorkingGroupQuerySet:
        """Those in which somebody has a seat on a day; all for who runs the site."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        if sees_all:
            return self
        seats = GroupSeat.objects.on(on).filter(person=user).order_by()
        return self.filter(pk__in=seats.values("group"))


class WorkingGroup(models.Model):
    """People of several delegations who work on one thing. Closed, it can still be read."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120, unique=True)
    purpose = models.TextField(_("what it is for"), max_length=1000)
    founded_on = models.DateField(_("since"))
    closed_on = models.DateField(_("closed"), null=True, blank=True)

    objects = WorkingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("founded_on")),
                name="group_closes_after_it_is_founded",
                violation_error_message=ENDS_BEFORE,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("groups:one", args=[self.slug])


class GroupSeat(models.Model):
    """A person's seat, from a day to a day. Leaving ends the line, nothing deletes it."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="group_seats"
    )
    # Who chairs may add documents.
    is_chair = models.BooleanField(_("chair"), default=False)
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat in a working group")
        verbose_name_plural = _("seats in working groups")
        ordering = ["group", "person", "-begins_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=Q(ends_on__isnull=True),
                name="group_seat_held_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="group_seat_ends_after_it_begins",
                violation_error_message=ENDS_BEFORE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.group}"


class GroupDocument(models.Model):
    """A file of a group as it came. A newer version replaces it; it stays readable as the older."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "DOCX"
        XLSX = "xlsx", "XLSX"
        PPTX = "pptx", "PPTX"
        ODT = "odt", "ODT"
        ODS = "ods", "ODS"
        ODP = "odp", "ODP"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=10)
    what_changed = models.CharField(_("what changed"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    key = models.CharField(_("where it lies"), max_length=100, unique=True, editable=False)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(_("checksum"), max_length=64)
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("added by"),
    )
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name=_("replaces"),
    )
    # Shown to nobody any more but the secretariat.
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("document of a working group")
        verbose_name_plural = _("documents of working groups")
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="group_document_is_not_empty"),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")),
                name="group_document_replaces_another",
            ),
            models.UniqueConstraint(
                fields=["group", "sha256"],
                condition=Q(withdrawn_at__isnull=True),
                name="group_document_shown_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title
