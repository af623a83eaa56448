"""What is mailed to an address to prove it, and what was done to a person's addresses."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partnership.accounts.models.people import User


class MailedCodeQuerySet(models.QuerySet["MailedCode"]):
    def open(self, at: datetime) -> MailedCodeQuerySet:
        """Those with which somebody can still come in."""
        return self.filter(used_at__isnull=True, expires_at__gt=at, tries__lt=MailedCode.TRIES)


class MailedCode(models.Model):
    """A code that was mailed to an address, for the browser that asked. The code stands nowhere."""

    class Purpose(models.TextChoices):
        """A code for one of these is no code for another."""

        COME_IN = "come in", _("to sign in")
        ADDRESS = "address", _("to confirm an address")
        PASSWORD = "password", _("to set a password")
        PROVE = "prove", _("to say who asks")
        VOUCH = "vouch", _("to ask that somebody vouches")

    LIFE = timedelta(minutes=30)  # the mail of a ministry is slow
    TRIES = 5

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    purpose = models.CharField(
        _("purpose"), max_length=10, choices=Purpose, default=Purpose.COME_IN, db_default="come in"
    )
    # Who is signed in and asked. A visitor is nobody yet.
    person = models.ForeignKey(
        User,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="mailed_codes",
        verbose_name=_("person"),
    )
    email = models.EmailField(_("mail address"), max_length=254)
    name = models.CharField(_("name"), max_length=150, blank=True)
    made_at = models.DateTimeField(_("made"))
    sent_at = models.DateTimeField(_("last sent"))
    sends = models.PositiveSmallIntegerField(_("times sent"), default=1)
    expires_at = models.DateTimeField(_("valid until"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    objects = MailedCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("mailed code")
        verbose_name_plural = _("mailed codes")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["email", "sent_at"], name="mailed_code_of_address"),
            models.Index(fields=["expires_at"], name="mailed_code_over"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(tries__lte=5), name="mailed_code_is_tried_five_times"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("sent_at"), sent_at__gte=F("made_at")),
                name="mailed_code_is_sent_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(tries__gte=1),
                name="mailed_code_is_used_by_a_try",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=["come in", "password", "vouch"], person__isnull=True)
                | Q(purpose__in=["address", "prove"], person__isnull=False),
                name="mailed_code_is_for_a_person_who_is_in",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.made_at:%Y-%m-%d %H:%M}"

    @property
    def tries_left(self) -> int:
        return self.TRIES - self.tries


class AddressChange(models.Model):
    """What was done to somebody's addresses. The other addresses can take it back for a week."""

    LIFE = timedelta(days=7)

    class Kind(models.TextChoices):
        ADDED = "added", _("an address was added")
        PRIMARY = "primary", _("another address became the main one")
        REMOVED = "removed", _("an address was removed")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="address_changes", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    email = models.EmailField(_("mail address"), max_length=254)
    primary_before = models.EmailField(_("main address before"), max_length=254)
    made_at = models.DateTimeField(_("made"))
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("change of addresses")
        verbose_name_plural = _("changes of addresses")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(undone_at__gte=F("made_at")),
                name="address_change_is_undone_after_it_is_made",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"

    @property
    def ends_at(self) -> datetime:
        return self.made_at + self.LIFE
