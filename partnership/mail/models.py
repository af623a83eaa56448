"""The outbox: a mail is a row first. A mail server that is down delays it and loses nothing."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

__all__ = ["OutboxMessage"]


class OutboxMessageQuerySet(models.QuerySet["OutboxMessage"]):
    def about(self, reason: str) -> OutboxMessageQuerySet:
        """Those whose key begins so."""
        return self.filter(key__startswith=reason)

    def due(self, at: datetime) -> OutboxMessageQuerySet:
        """Waiting ones whose time has come, and those a dead worker left half sent."""
        return self.filter(
            Q(state="queued", next_try_at__lte=at) | Q(state="sending", lease_until__lt=at)
        )


class OutboxMessage(models.Model):
    """One mail to one address, sent once. `key` names its reason, which queues only once."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENDING = "sending", _("being handed over")
        HANDED_OVER = "handed_over", _("handed to the mail server")
        FAILED = "failed", _("given up")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    key = models.CharField(_("reason"), max_length=200, unique=True)
    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=250)
    body = models.TextField(_("text"))
    html = models.TextField(_("rich text"), blank=True)
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    fence = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("created"))
    next_try_at = models.DateTimeField(_("next try"))
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    handed_over_at = models.DateTimeField(_("handed over"), null=True, blank=True)
    error = models.CharField(_("last error"), max_length=300, blank=True)

    objects = OutboxMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("outbox")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="outbox_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="handed_over", handed_over_at__isnull=False)
                | Q(state__in=["queued", "sending", "failed"], handed_over_at__isnull=True),
                name="outbox_handed_over_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(lease_until__isnull=False),
                name="outbox_sending_has_a_lease",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"
