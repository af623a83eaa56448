"""What people are told and asked to agree to: dated versions that are never changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnership.accounts.models.people import User


class PolicyVersion(models.Model):
    """One version of the privacy notice or of the terms, from the day on which it was published."""

    class Kind(models.TextChoices):
        PRIVACY = "privacy", _("privacy notice")
        TERMS = "terms", _("terms of use")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    number = models.PositiveSmallIntegerField(_("version"))
    published_at = models.DateTimeField(_("published"))
    published_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    what_changed = models.CharField(_("what changed"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("version of a policy")
        verbose_name_plural = _("versions of policies")
        ordering = ["kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="policy_version_once"),
            models.CheckConstraint(
                condition=Q(number=1) | (Q(number__gt=1) & ~Q(what_changed="")),
                name="policy_version_says_what_changed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.number}"


class PolicyText(models.Model):
    """The words of a version in one language, and the page that was made of them."""

    version = models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=12)
    text = models.TextField(_("text"))
    html = models.TextField(editable=False)

    class Meta:
        verbose_name = _("text of a policy")
        verbose_name_plural = _("texts of policies")
        constraints = [
            models.UniqueConstraint(fields=["version", "language"], name="policy_text_once"),
            models.CheckConstraint(condition=~Q(text=""), name="policy_text_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.language}"


class Consent(models.Model):
    """That somebody said yes to a version, and when."""

    person = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="consents", verbose_name=_("person")
    )
    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="consents")
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "version"], name="consent_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.version}"
