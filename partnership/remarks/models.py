"""What readers say is wrong with a fact, and what was answered."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnership.members.models import Country, FocalTerm
from partnership.remarks.told import NAMES

__all__ = ["Remark"]


class RemarkQuerySet(models.QuerySet["Remark"]):
    def of(self, user: Any, *, on: date, sees_all: bool = False) -> RemarkQuerySet:
        """What a person has to answer: of the own countries' facts; all for those who keep facts.

        Nobody sees one before its writer has shown that the mailbox is theirs.
        """
        rows = self.filter(proved_at__isnull=False)
        if sees_all:
            return rows
        terms = FocalTerm.objects.on(on).filter(person=user, country__isnull=False).order_by()
        named = Country.objects.filter(pk__in=terms.values("country"))
        beside = Remark.countries.through.objects.filter(country__in=named)
        return rows.filter(pk__in=beside.values("remark"))

    def unproved(self, at: datetime) -> RemarkQuerySet:
        """Those whose link still works and was not used."""
        return self.filter(proved_at__isnull=True, asked_at__gt=at - Remark.LIFE)


class Remark(models.Model):
    """One reader on one fact. `sentence` is what the page said when it was written.

    Who is not signed in proves the address by a link; until then nobody else sees the row.
    """

    LIFE = timedelta(days=1)

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("closed without an answer")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.SlugField(_("kind of fact"), max_length=20)
    key = models.CharField(_("key of the fact"), max_length=200)
    sentence = models.CharField(_("what the page said"), max_length=600)
    page = models.CharField(_("page"), max_length=300)
    countries = models.ManyToManyField(
        Country, related_name="+", blank=True, verbose_name=_("countries")
    )
    text = models.TextField(_("what is wrong"))
    email = models.EmailField(_("address for the answer"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=12)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    asked_at = models.DateTimeField(_("asked"))
    proved_at = models.DateTimeField(_("address proved"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    answer = models.TextField(_("answer, or why it was closed"), blank=True)
    ended_at = models.DateTimeField(_("answered or closed"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered or closed by"),
    )

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["state", "asked_at"], name="remark_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True, ended_by__isnull=True, answer="")
                | (Q(state__in=["answered", "closed"], ended_at__isnull=False) & ~Q(answer="")),
                name="remark_ends_with_words",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(proved_at__isnull=False),
                name="remark_is_answered_when_proved",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="remark_says_something"),
        ]

    def __str__(self) -> str:
        return self.sentence

    def get_absolute_url(self) -> str:
        return reverse("remarks:mine", args=[self.uuid])

    @property
    def desk(self) -> str:
        return reverse("remarks:one", args=[self.uuid])

    @property
    def kind_name(self) -> str:
        return str(NAMES.get(self.kind, self.kind))
