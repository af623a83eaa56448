"""Letters that are written to many: what they say, to whom, and what became of each."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnership.mail.models import OutboxMessage
from partnership.members import circles
from partnership.members.models.joining import person_who


class ReplyDesk(models.Model):
    """Who gets the answers to letters: a desk with an address, not a person."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    email = models.EmailField(_("mail address"), max_length=254)
    is_open = models.BooleanField(
        _("offered"), default=True, help_text=_("Otherwise new letters cannot name it.")
    )

    class Meta:
        verbose_name = _("desk for replies")
        verbose_name_plural = _("desks for replies")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class LetterQuerySet(models.QuerySet["Letter"]):
    def of(self, user: Any, *, on: date, sees_all: bool = False) -> LetterQuerySet:
        """Those to a circle that is open to a person on a day; all for who runs the site."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        if sees_all:
            return self
        return self.filter(circle__in=[one.handle for one in circles.open_to(user, on)])


class Letter(models.Model):
    """A letter to those of a circle who fit its filter. A draft changes; what was sent does not."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        CANCELLED = "cancelled", _("stopped while it was sent")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    circle = models.CharField(_("to"), max_length=120)
    # What was chosen of the filters, as it was typed: it is read anew for each count.
    wanted = models.JSONField(_("filter"), default=dict)
    language = models.CharField(_("main language"), max_length=12)
    desk = models.ForeignKey(
        ReplyDesk, on_delete=models.PROTECT, related_name="+", verbose_name=_("replies go to")
    )
    # A letter about the reader's account comes also to who wants no letters; it says why.
    is_service = models.BooleanField(_("about the reader's account"), default=False)
    reason = models.CharField(_("why it may not be stopped"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    # Counts up with each save: who sends names the one that was read.
    revision = models.PositiveIntegerField(default=1, editable=False)
    by = person_who(_("written by"))
    changed_at = models.DateTimeField(_("changed"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["circle", "-id"], name="letter_of_circle")]
        constraints = [
            models.CheckConstraint(condition=~Q(circle=""), name="letter_has_a_circle"),
            models.CheckConstraint(
                condition=Q(state="draft", sent_at__isnull=True, ended_at__isnull=True)
                | Q(state="sending", sent_at__isnull=False, ended_at__isnull=True)
                | Q(
                    state__in=["sent", "cancelled"],
                    sent_at__isnull=False,
                    ended_at__gte=F("sent_at"),
                ),
                name="letter_state_has_its_times",
            ),
            models.CheckConstraint(
                condition=Q(is_service=False, reason="")
                | (Q(is_service=True, circle="people") & ~Q(reason="")),
                name="letter_about_the_account_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.circle}, {self.changed_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("letters:one", args=[self.uuid])

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class LetterText(models.Model):
    """What a letter says in one language."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=12)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), max_length=20_000)

    class Meta:
        verbose_name = _("text of a letter")
        verbose_name_plural = _("texts of letters")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "language"], name="letter_text_once"),
            models.CheckConstraint(
                condition=~Q(subject="") & ~Q(body=""), name="letter_text_is_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class LetterRecipient(models.Model):
    """One person to whom a letter goes: written down when it was sent, whoever joins later."""

    class Left(models.TextChoices):
        """Why somebody of the group gets no mail."""

        DISABLED = "disabled", _("account closed")
        UNCONFIRMED = "unconfirmed", _("no confirmed address")
        STOPPED = "stopped", _("wants no letters")

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="recipients")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("person"),
    )
    left_out = models.CharField(_("left out"), max_length=12, choices=Left, blank=True, default="")
    mail = models.ForeignKey(
        OutboxMessage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The mail's row goes before this one does.
    queued_at = models.DateTimeField(_("queued"), null=True, blank=True)

    class Meta:
        verbose_name = _("recipient of a letter")
        verbose_name_plural = _("recipients of letters")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["letter", "id"],
                condition=Q(queued_at__isnull=True, left_out=""),
                name="letter_recipient_waiting",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["letter", "person"], name="letter_recipient_once"),
            models.CheckConstraint(
                condition=Q(left_out="") | Q(queued_at__isnull=True, mail__isnull=True),
                name="letter_recipient_left_out_has_no_mail",
            ),
            models.CheckConstraint(
                condition=Q(mail__isnull=True) | Q(queued_at__isnull=False),
                name="letter_recipient_mail_was_queued",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.letter}"
