"""Addresses of other hosts that our pages name: whether they lead somewhere, and a kept copy."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import SHA256
from django.utils.translation import gettext_lazy as _

# Faults of one address before it is said to be broken, so far apart.
TRIES = 3
LONGEST, LONGEST_COPY = 1000, 1200
is_web = URLValidator(schemes=["http", "https"])


def key_of(address: str) -> str:
    """What a link is found by: an address is too long for an index."""
    return sha256(address.encode("utf-8", "replace")).hexdigest()


class KeyOf(SHA256):
    """The same inside a query. What PostgreSQL has built in: Django's own wants an extension."""

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = "ENCODE(SHA256(CONVERT_TO(%(expressions)s, 'UTF8')), 'hex')"
        return self.as_sql(compiler, connection, template=template, **more)


class LinkQuerySet(models.QuerySet["Link"]):
    def due(self, at: datetime) -> LinkQuerySet:
        return self.filter(next_try_at__lte=at).order_by("next_try_at", "pk")

    def lacking_copy(self, at: datetime) -> LinkQuerySet:
        """Those whose copy an archive may be asked for now, the longest faulty first.

        What nobody has looked at, or is no public page, is told to no archive.
        """
        is_due = Q(archive_next_at=None) | Q(archive_next_at__lte=at)
        lacking = self.filter(is_due, archived_address="")
        public = lacking.exclude(state__in=[Link.State.UNTRIED, Link.State.WRONG])
        asked = F("archive_asked_at").asc(nulls_first=True)
        return public.order_by(F("since").asc(nulls_last=True), asked, "pk")

    def broken(self) -> LinkQuerySet:
        return self.filter(state__in=Link.BROKEN)


class Link(models.Model):
    """One address, wherever it stands. Its state is what is known for certain."""

    class State(models.TextChoices):
        UNTRIED = "untried", _("not looked at yet")
        GOOD = "good", _("good")
        MOVED = "moved", _("moved for good")
        GONE = "gone", _("not there")
        SOFT = "soft", _("answers, but says that it is not there")
        CERTIFICATE = "certificate", _("wrong certificate")
        SILENT = "silent", _("no answer, or an error of the host")
        CLOSED = "closed", _("does not let us look")
        WRONG = "wrong", _("not the address of a public page")

    # Whoever does not let us look may let people in.
    BROKEN = (State.GONE, State.SOFT, State.CERTIFICATE, State.SILENT, State.WRONG)

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    address = models.CharField(_("address"), max_length=LONGEST)
    address_key = models.CharField(max_length=64, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.UNTRIED)
    moved_to = models.CharField(_("moved to"), max_length=1000, blank=True)
    # Faults in a row, of which the third makes the state; since when; and the code of the last.
    tries = models.PositiveSmallIntegerField(_("faults in a row"), default=0)
    since = models.DateTimeField(_("faulty since"), null=True, blank=True)
    error = models.CharField(_("last fault"), max_length=30, blank=True)
    checked_at = models.DateTimeField(_("last looked at"), null=True, blank=True)
    next_try_at = models.DateTimeField(_("next look"))
    # A web archive's copy and its day; and when it was, and will be, asked for one.
    archived_address = models.CharField(
        _("archived copy"),
        max_length=LONGEST_COPY,
        blank=True,
        default="",
        db_default="",
        validators=[is_web],
    )
    archived_on = models.DateField(_("archived on"), null=True, blank=True)
    archive_asked_at = models.DateTimeField(_("archive asked"), null=True, blank=True)
    archive_next_at = models.DateTimeField(_("archive asked again"), null=True, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["address"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tries=0, since=None, error="")
                | (Q(tries__gt=0, since__isnull=False) & ~Q(error="")),
                name="link_fault_is_named",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["untried", "good", "moved"]) | Q(tries__gte=TRIES),
                name="link_broken_after_three_tries",
            ),
            models.CheckConstraint(
                condition=Q(state="moved") | Q(moved_to=""), name="link_moved_says_where"
            ),
            models.CheckConstraint(
                condition=Q(archived_address="", archived_on=None)
                | (~Q(archived_address="") & Q(archived_on__isnull=False)),
                name="link_copy_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def is_broken(self) -> bool:
        return self.state in self.BROKEN


class LinkUse(models.Model):
    """Where a link stands, and whose it is to mend: `editors`, or `course:` and its slug."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="uses")
    owner = models.CharField(_("to be mended by"), max_length=100)
    title = models.CharField(_("where it stands"), max_length=300)
    page = models.CharField(_("page"), max_length=300)

    class Meta:
        verbose_name = _("place of a link")
        verbose_name_plural = _("places of links")
        ordering = ["title", "pk"]
        constraints = [models.UniqueConstraint(fields=["link", "page"], name="link_use_once")]

    def __str__(self) -> str:
        return self.title
