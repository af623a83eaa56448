"""Certificates: a snapshot of what was reached, drawn whenever somebody asks for it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Edition
from courses.learning.models.logos import PartnerLogo


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def of(self, user: Any) -> CertificateQuerySet:
        """A person's own; nobody's for a visitor."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(learner=user)

    def standing(self) -> CertificateQuerySet:
        return self.filter(state=Certificate.State.VALID)

    def by_learner_and_edition(self) -> dict[tuple[int | None, int], Certificate]:
        """One for each pair: of several the one that stands, else the one that ended last."""
        found: dict[tuple[int | None, int], Certificate] = {}
        for one in self.order_by("issued_at", "pk"):
            key = (one.learner_id, one.edition_id)
            if key not in found or found[key].state != Certificate.State.VALID:
                found[key] = one
        return found


class Certificate(models.Model):
    """What a person reached in an edition, as it was on that day. Erasing the person keeps a stub.

    `code` is stored without its dashes: 11 random letters and digits without look-alikes and a
    check character.
    """

    class State(models.TextChoices):
        VALID = "valid", _("valid")
        REPLACED = "replaced", _("replaced by another")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Reason(models.TextChoices):
        MISTAKE = "mistake", _("issued by mistake")
        MISCONDUCT = "misconduct", _("the work was not the holder's own")
        REQUEST = "request", _("at the holder's request")

    code = models.CharField(_("code"), max_length=12, unique=True)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="certificates",
    )
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="certificates")
    issued_at = models.DateTimeField(_("issued"))
    name = models.CharField(_("name as the holder writes it"), max_length=150)
    latin_name = models.CharField(_("name in Latin letters"), max_length=150, blank=True)
    course_code = models.CharField(_("course"), max_length=30)
    course_title = models.CharField(_("title of the course"), max_length=200)
    edition_number = models.PositiveSmallIntegerField(_("edition"))
    rules_as_of = models.DateField(_("rules as of"))
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=1)
    language = models.CharField(_("language"), max_length=12, default="en")
    issuer = models.CharField(_("issuer"), max_length=200)
    logo = models.ForeignKey(
        PartnerLogo,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="certificates",
        verbose_name=_("partner's logo"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.VALID)
    replaced_by = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    ended_at = models.DateTimeField(_("withdrawn or replaced"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason, blank=True)
    is_name_hidden = models.BooleanField(_("name shown only to who has the code"), default=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "edition"],
                condition=Q(state="valid"),
                name="certificate_one_standing",
            ),
            models.CheckConstraint(
                condition=Q(state="valid", ended_at__isnull=True, reason="")
                | Q(state="replaced", ended_at__isnull=False, replaced_by__isnull=False)
                | Q(state="withdrawn", ended_at__isnull=False) & ~Q(reason=""),
                name="certificate_ended_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.shown_code

    def get_absolute_url(self) -> str:
        return reverse("courses:verify", args=[self.shown_code])

    @property
    def shown_code(self) -> str:
        """ABCD-EFGH-JKLM, as people read it out."""
        return "-".join(self.code[start : start + 4] for start in (0, 4, 8))
