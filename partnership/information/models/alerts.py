"""What people follow, when their one mail about it comes, and what it has told them already."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AlertQuerySet(models.QuerySet["Alert"]):
    def of(self, user: Any) -> AlertQuerySet:
        """A person's own; nobody's for a visitor."""
        return self.filter(person=user) if user.is_authenticated else self.none()


class Alert(models.Model):
    """That a person follows something, or wants to know what is new under a search."""

    class Kind(models.TextChoices):
        COUNTRY = "country", _("country")
        TOPIC = "topic", _("topic")
        DOCUMENT = "document", _("document")
        SOURCE = "source", _("source of news")
        SEARCH = "search", _("search")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="alerts",
        verbose_name=_("person"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    # A code or a slug; of a search the words.
    key = models.CharField(_("what is followed"), max_length=200)
    # Of a search: only things of this kind, only texts in this language.
    narrowed = models.CharField(_("kind of results"), max_length=30, blank=True, default="")
    texts = models.CharField(_("language of results"), max_length=12, blank=True, default="")
    since = models.DateTimeField(_("followed since"))

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ["person", "kind", "key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "key", "narrowed", "texts"], name="alert_once"
            ),
            models.CheckConstraint(condition=~Q(key=""), name="alert_follows_something"),
            models.CheckConstraint(
                condition=Q(kind="search") | Q(narrowed="", texts=""),
                name="alert_only_a_search_is_narrowed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.key}"

    @property
    def handle(self) -> str:
        """What news name that they are about."""
        return f"{self.kind}/{self.key}"


class DigestQuerySet(models.QuerySet["Digest"]):
    def due(self, at: datetime) -> DigestQuerySet:
        """Those whose morning has come, whoever waits longest first."""
        return self.filter(next_at__lte=at).order_by("next_at", "pk")

    def elsewhere(self) -> DigestQuerySet:
        """Those whose reader lives by another clock than the next mail was set by."""
        rows = self.filter(next_at__isnull=False)
        return rows.exclude(zone=models.F("person__time_zone"))


class Digest(models.Model):
    """The one mail about all that a person follows: how often, when next, and what is new in it.

    `since` is from when on things are new. It follows each mail at a distance, for what was
    written at that moment and seen only later; what was told already is told by `DigestHit`.
    """

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("each day")
        WEEKLY = "weekly", _("each Monday")
        NONE = "none", _("no mail")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="digest",
        verbose_name=_("person"),
    )
    rhythm = models.CharField(_("how often"), max_length=6, choices=Rhythm, default=Rhythm.WEEKLY)
    since = models.DateTimeField(_("new is what came after"))
    next_at = models.DateTimeField(_("next mail"), null=True, blank=True, db_index=True)
    # By whose clock `next_at` is a morning.
    zone = models.CharField(_("time zone"), max_length=60, blank=True, default="")

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        ordering = ["person"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rhythm="none", next_at__isnull=True)
                | (Q(next_at__isnull=False) & ~Q(rhythm="none")),
                name="digest_that_comes_has_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_rhythm_display()}"


class DigestHit(models.Model):
    """That a person was told of a thing. Written with the mail that tells of it, once."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="digest_hits",
        verbose_name=_("person"),
    )
    kind = models.CharField(_("kind"), max_length=30)
    key = models.CharField(_("key"), max_length=200)
    at = models.DateTimeField(_("told"), db_index=True)

    class Meta:
        verbose_name = _("thing that was told")
        verbose_name_plural = _("things that were told")
        ordering = ["person", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "key"], name="digest_hit_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.key}"
