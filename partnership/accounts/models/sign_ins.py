"""Where people are signed in, and how often a second factor was tried."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partnership.accounts.models.people import User


class FactorTries(models.Model):
    """How often a code of somebody's second factor was tried of late. A try is paid beforehand."""

    MANY, WITHIN = 5, timedelta(minutes=5)

    person = models.OneToOneField(
        User, on_delete=models.CASCADE, related_name="factor_tries", verbose_name=_("person")
    )
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("tries of a second factor")
        verbose_name_plural = _("tries of second factors")
        constraints = [
            models.CheckConstraint(condition=Q(tries__lte=5), name="factor_is_tried_five_times")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.tries}"


class SignInQuerySet(models.QuerySet["SignIn"]):
    def of(self, person: User) -> SignInQuerySet:
        """Where somebody may still be signed in."""
        return self.filter(person=person, epoch=person.epoch, ended_at__isnull=True)


class SignIn(models.Model):
    """Somebody signed in with a browser. It is shown to them, and gives no right by itself."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="sign_ins", verbose_name=_("person")
    )
    epoch = models.PositiveIntegerField(_("epoch of sessions"))
    device = models.CharField(_("device"), max_length=80, blank=True)
    network = models.CharField(_("kind of network"), max_length=20, blank=True)
    at = models.DateTimeField(_("signed in"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = SignInQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("at")),
                name="sign_in_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.at:%Y-%m-%d %H:%M}"
