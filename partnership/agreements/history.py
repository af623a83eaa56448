"""What became of an agreement's rows, version by version, and what its Parties say of them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnership.agreements.models import Agreement, AgreementStage
from partnership.members.models import Country
from partnership.sources.models import Source

__all__ = ["AgreementVersion", "PartyStatement"]


def _made_by(verbose: Any) -> models.ForeignKey:
    """The row stays when they are erased."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=verbose,
    )


class AgreementVersion(models.Model):
    """An agreement with all its lines that count, as it stood after one change, kept whole.

    What changed is never stored: it is the difference from the version before.
    """

    class Cause(models.TextChoices):
        LOADED = "loaded", _("taken in with the editorial content")
        DESK = "desk", _("changed on the desk")
        ADMIN = "admin", _("changed by an administrator")

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="versions", verbose_name=_("agreement")
    )
    number = models.PositiveIntegerField(_("number"))
    cause = models.CharField(_("cause"), max_length=8, choices=Cause)
    reason = models.CharField(_("reason"), max_length=600, blank=True)
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("source"),
    )
    told = models.JSONField(_("as it stood"))
    made_at = models.DateTimeField(_("made"), db_index=True)
    made_by = _made_by(_("made by"))

    # Given by `versions.with_changes`: what is otherwise than in the version before.
    changes: list[Any]

    class Meta:
        verbose_name = _("version of an agreement")
        verbose_name_plural = _("versions of agreements")
        ordering = ["agreement", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"], name="agreement_version_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="agreement_version_counts_from_one"
            ),
            models.CheckConstraint(
                condition=~Q(cause="desk") | ~Q(reason=""),
                name="agreement_version_of_the_desk_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}, {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("agreements:version", args=[self.agreement.slug, self.number])


class PartyStatement(models.Model):
    """A Party's focal point confirms or contests an agreement, or one line of it.

    It is shown beside the sources and changes no line. A later one of the same Party on the same
    line stands instead; the earlier stays with its date.
    """

    class Stance(models.TextChoices):
        CONFIRMS = "confirms", _("confirms")
        CONTESTS = "contests", _("contests")

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="statements", verbose_name=_("agreement")
    )
    line = models.ForeignKey(
        AgreementStage,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("line"),
    )
    country = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="+", verbose_name=_("country")
    )
    stance = models.CharField(_("stance"), max_length=8, choices=Stance)
    reason = models.CharField(_("reason"), max_length=600)
    made_at = models.DateTimeField(_("made"), db_index=True)
    made_by = _made_by(_("made by"))

    # Given by `stating.marked`: whether it is the Party's last word on this.
    stands: bool

    class Meta:
        verbose_name = _("statement of a Party")
        verbose_name_plural = _("statements of Parties")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="party_statement_has_a_reason"),
            models.CheckConstraint(
                condition=Q(stance__in=["confirms", "contests"]),
                name="party_statement_confirms_or_contests",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.get_stance_display()}: {self.agreement}"
