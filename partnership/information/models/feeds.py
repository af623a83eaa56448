"""Feeds of others, and what they brought: looked at by a person before anybody else reads it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _


def person_field(label: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
    )


class FeedQuerySet(models.QuerySet["Feed"]):
    def due(self, at: datetime) -> FeedQuerySet:
        """Those to be asked now; whoever answered last time comes before whoever did not."""
        rows = self.filter(paused_at=None, next_try_at__lte=at)
        return rows.order_by("failures", "next_try_at", "pk")


class Feed(models.Model):
    """A feed that is asked for news, and how it behaves."""

    class Pause(models.TextChoices):
        PERSON = "person", _("paused by a person")
        FAULTS = "faults", _("paused after too many faults")

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    address = models.CharField(
        _("address of the feed"),
        max_length=500,
        unique=True,
        validators=[URLValidator(schemes=["http", "https"])],
    )
    language = models.CharField(_("language"), max_length=12, default="en")
    is_trusted = models.BooleanField(_("trusted"), default=False)
    keeper = person_field(_("looked after by"))
    created_at = models.DateTimeField(_("added"))

    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)
    pause = models.CharField(_("why it is paused"), max_length=10, choices=Pause, blank=True)
    next_try_at = models.DateTimeField(_("next try"))
    tried_at = models.DateTimeField(_("last try"), null=True, blank=True)
    good_at = models.DateTimeField(_("last good answer"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("faults in a row"), default=0)
    # A code; `feeds.faults` has its sentence.
    error = models.CharField(_("last fault"), max_length=30, blank=True)
    # What the host asks to be told, so that it can say that nothing is new.
    etag = models.CharField(max_length=300, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(paused_at=None, pause="") | (Q(paused_at__isnull=False) & ~Q(pause="")),
                name="feed_pause_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(failures=0, error="") | (Q(failures__gt=0) & ~Q(error="")),
                name="feed_fault_is_named",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stale_since(self) -> datetime | None:
        """Since when nothing good has come, where the last try brought a fault."""
        return (self.good_at or self.created_at) if self.failures else None


class ItemQuerySet(models.QuerySet["Item"]):
    def waiting(self) -> ItemQuerySet:
        return self.filter(state=Item.State.NEW)

    def accepted(self) -> ItemQuerySet:
        """What everybody reads, the newest first by its own day, or by ours where it has none."""
        rows = self.filter(state=Item.State.ACCEPTED)
        return rows.annotate(day=Coalesce("published_at", "found_at")).order_by("-day", "-pk")


class Item(models.Model):
    """One page that a feed told of, once however often and under whatever names it is told."""

    class State(models.TextChoices):
        NEW = "new", _("to be looked at")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    feed = models.ForeignKey(
        Feed, on_delete=models.PROTECT, related_name="items", verbose_name=_("feed")
    )
    title = models.CharField(_("title"), max_length=300)
    summary = models.CharField(_("summary"), max_length=600, blank=True)
    address = models.CharField(_("address"), max_length=1000)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    found_at = models.DateTimeField(_("found"))
    # Hashes of the id that the feed gives, of the address without what does not matter in it, and
    # of the words with their day; the last is empty where the words are too few to tell.
    identity = models.CharField(max_length=64, editable=False)
    address_key = models.CharField(max_length=64, editable=False)
    content_key = models.CharField(max_length=64, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    # Nobody, where the feed is trusted.
    decided_by = person_field(_("decided by"))
    # What was made of it in the library.
    document = models.ForeignKey(
        "partnership.Document", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of a feed")
        verbose_name_plural = _("items of feeds")
        ordering = ["-found_at", "-pk"]
        indexes = [models.Index(fields=["state", "-found_at"], name="item_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["feed", "identity"], name="item_identity_once"),
            models.UniqueConstraint(fields=["address_key"], name="item_address_once"),
            models.UniqueConstraint(
                fields=["feed", "content_key"],
                condition=~Q(content_key=""),
                name="item_content_once",
            ),
            models.CheckConstraint(
                condition=Q(state="new", decided_at=None, decided_by=None)
                | (~Q(state="new") & Q(decided_at__isnull=False)),
                name="item_decided_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None) | Q(decided_at__gte=F("found_at")),
                name="item_decided_after_found",
            ),
        ]

    def __str__(self) -> str:
        return self.title
