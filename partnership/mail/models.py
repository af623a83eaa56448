"""The outbox: a mail is a row first. A mail server that is down delays it and loses nothing."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

__all__ = ["MailStop", "OutboxMessage"]


class Kind(models.TextChoices):
    """What a mail is about. The first kind cannot be stopped: the account hangs on it."""

    ACCOUNT = "account", _("your account and what you asked for")
    LEARNING = "learning", _("your courses")
    DELEGATION = "delegation", _("the delegation you run")
    LETTERS = "letters", _("letters to several people")
    ALERTS = "alerts", _("what you follow")


STOPPABLE = (Kind.LEARNING, Kind.DELEGATION, Kind.LETTERS, Kind.ALERTS)


class OutboxMessageQuerySet(models.QuerySet["OutboxMessage"]):
    def about(self, reason: str) -> OutboxMessageQuerySet:
        """Those whose key begins so."""
        return self.filter(key__startswith=reason)

    def due(self, at: datetime) -> OutboxMessageQuerySet:
        """Waiting ones whose time has come, and those a dead worker left half sent.

        None that its reader has stopped, also if that happened a moment ago.
        """
        return self.filter(
            Q(state="queued", next_try_at__lte=at) | Q(state="sending", lease_until__lt=at),
            ~Exists(_stops()),
        )

    def stopped(self) -> OutboxMessageQuerySet:
        """Waiting ones whose reader wants no more of their kind."""
        return self.filter(Exists(_stops()), state="queued")


def _stops() -> models.QuerySet[MailStop]:
    """What the reader of a mail in the query around this one has stopped."""
    return MailStop.objects.filter(person=OuterRef("reader"), kind=OuterRef("kind"))


class OutboxMessage(models.Model):
    """One mail to one address, sent once. `key` names its reason, which queues only once."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        SENDING = "sending", _("being handed over")
        HANDED_OVER = "handed_over", _("handed to the mail server")
        FAILED = "failed", _("given up")
        STOPPED = "stopped", _("stopped by the reader")
        BOUNCED = "bounced", _("came back")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    key = models.CharField(_("reason"), max_length=200, unique=True)
    to = models.EmailField(_("to"))
    kind = models.CharField(
        _("kind"), max_length=12, choices=Kind, default=Kind.ACCOUNT, db_default="account"
    )
    # Whoever may stop mails of this kind; of the others the address is enough.
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reader"),
    )
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
                condition=Q(state__in=["handed_over", "bounced"], handed_over_at__isnull=False)
                | Q(
                    state__in=["queued", "sending", "failed", "stopped"],
                    handed_over_at__isnull=True,
                ),
                name="outbox_handed_over_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(lease_until__isnull=False),
                name="outbox_sending_has_a_lease",
            ),
            models.CheckConstraint(
                condition=Q(kind="account") | Q(reader__isnull=False),
                name="outbox_stoppable_has_a_reader",
            ),
            models.CheckConstraint(
                condition=~Q(state="stopped") | ~Q(kind="account"),
                name="outbox_mail_of_the_account_is_not_stopped",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"


class MailStop(models.Model):
    """That a person wants no more mails of one kind. Taking it back deletes the row."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="mail_stops",
        verbose_name=_("person"),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    stopped_at = models.DateTimeField(_("stopped"))

    class Meta:
        verbose_name = _("stopped mail")
        verbose_name_plural = _("stopped mails")
        ordering = ["person", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="mail_stop_once"),
            models.CheckConstraint(condition=~Q(kind="account"), name="mail_stop_not_of_account"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"
