"""Tokens with which a program asks the API in somebody's name."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partnership.accounts.models.people import User


class Scope(models.TextChoices):
    """What a token may do: a subject, and to read it or to change it. Neither holds the other."""

    PEOPLE_READ = "people:read", _("read people, their posts and delegations")
    PEOPLE_WRITE = "people:write", _("end posts")
    INVITATIONS_READ = "invitations:read", _("read invitations")
    INVITATIONS_WRITE = "invitations:write", _("invite people")
    REQUESTS_READ = "requests:read", _("read requests to join")
    REQUESTS_WRITE = "requests:write", _("answer requests to join")
    JOBS_READ = "jobs:read", _("read how far your own work in the background is")
    LINKS_READ = "links:read", _("read which links of the site are broken (secretariat only)")


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def of(self, person: Any) -> ApiTokenQuerySet:
        """A person's own; nobody else's are anybody's business."""
        return self.filter(person=person) if person.is_authenticated else self.none()


class ApiToken(models.Model):
    """Shown once to its person. What is kept is what it hashes to."""

    LONGEST = 365
    CALLS, WITHIN = 300, timedelta(minutes=1)

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="api_tokens", verbose_name=_("person")
    )
    name = models.CharField(_("name"), max_length=60)
    hashed = models.CharField(max_length=64, unique=True, editable=False)
    # Words of `Scope`, with a space between them.
    scopes = models.CharField(_("what it may do"), max_length=200)
    epoch = models.PositiveIntegerField(_("epoch of sessions"))
    made_at = models.DateTimeField(_("made"))
    days = models.PositiveSmallIntegerField(_("days that it holds"))
    last_used_on = models.DateField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    # How often it was used of late, and since when that is counted.
    calls = models.PositiveSmallIntegerField(default=0, editable=False)
    counted_from = models.DateTimeField(editable=False)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=365), name="api_token_holds_a_year_at_most"
            ),
            models.CheckConstraint(condition=~Q(scopes=""), name="api_token_may_do_something"),
            models.CheckConstraint(condition=~Q(name=""), name="api_token_has_a_name"),
            models.CheckConstraint(
                condition=Q(calls__lte=300), name="api_token_is_used_so_often_a_minute"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("made_at")),
                name="api_token_is_revoked_after_it_is_made",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.name}"

    @property
    def expires_at(self) -> datetime:
        return self.made_at + timedelta(days=self.days)

    @property
    def granted(self) -> frozenset[str]:
        return frozenset(self.scopes.split())

    def is_over(self, at: datetime) -> bool:
        return self.expires_at <= at

    @property
    def is_ended(self) -> bool:
        """It went with the sessions of its person: a password, a factor or a role was changed."""
        return self.epoch != self.person.epoch

    def works(self, at: datetime) -> bool:
        """Whether somebody who can sign in may ask with it now."""
        is_kept = self.revoked_at is None and not self.is_over(at) and not self.is_ended
        return is_kept and self.person.is_active
