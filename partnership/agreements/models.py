"""The register: agreements between two Parties and the dated stages that sources report."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnership.lib.dating import Precision, as_text
from partnership.members.models import Country
from partnership.sources.models import Sector, Source, checked_by_field, checked_on_field

__all__ = ["Agreement", "AgreementSector", "AgreementStage"]

PARIS_ADOPTED_ON = date(2015, 12, 12)


def a_year_before(day: date) -> date:
    """The same day of the year before; a leap day has the last of February."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(day.year - 1, day.month, 28 if is_leap_day else day.day)


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def on(self, day: date) -> AgreementQuerySet:
        """Agreements that count on a day, each with what was known of it by then.

        Adds `known_from` (its first dated line), `stage` and `instrument` (the latest that a line
        dated by then states), and `treaty_kind`: the latest that is stated of that instrument, so
        that an agreement is not called a statement because one came before it.
        """
        lines = AgreementStage.objects.standing().filter(agreement=OuterRef("pk"), on__lte=day)

        def latest(field: str, lines: models.QuerySet = lines) -> Subquery:
            stated = lines.exclude(**{field: "not_stated"}).order_by("-on", "-pk")
            return Subquery(stated.values(field)[:1])

        of_it = Q(instrument=OuterRef("instrument")) | Q(instrument="not_stated")
        rows: Any = self.annotate(
            known_from=Subquery(lines.order_by("on").values("on")[:1]),
            stage=latest("stage"),
            instrument=latest("instrument"),
        )
        kind = latest("kind", lines.filter(of_it))
        return rows.annotate(treaty_kind=kind).filter(known_from__isnull=False)

    def unchecked(self, day: date) -> AgreementQuerySet:
        """Those of which no line was compared with its source in the twelve months before a day."""
        recent = AgreementStage.objects.standing().filter(
            agreement=OuterRef("pk"), checked_on__gt=a_year_before(day), checked_on__lte=day
        )
        return self.exclude(Exists(recent))


class Agreement(models.Model):
    """Cooperation between an acquiring and a host Party. All else is on its dated stages."""

    acquiring = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        related_name="agreements_as_acquiring",
        verbose_name=_("acquiring Party"),
    )
    host = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        related_name="agreements_as_host",
        verbose_name=_("host Party"),
    )
    series = models.PositiveSmallIntegerField(
        _("number"), default=1, help_text=_("Counts further agreements of the same pair.")
    )
    slug = models.SlugField(_("slug"), max_length=12, unique=True, editable=False)
    note = models.TextField(_("note"), blank=True)
    sectors = models.ManyToManyField(
        Sector, through="AgreementSector", related_name="agreements", verbose_name=_("sectors")
    )

    objects = AgreementQuerySet.as_manager()

    # Given by queries: what was known of it on a day, and the lines that say so.
    known_from: date
    stage: str | None
    instrument: str | None
    treaty_kind: str | None
    lines: list[AgreementStage]
    line: AgreementStage | None

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["acquiring__sort_key", "host__sort_key", "series"]
        constraints = [
            models.UniqueConstraint(
                fields=["acquiring", "host", "series"], name="agreement_once_per_pair_and_number"
            ),
            models.CheckConstraint(
                condition=~Q(acquiring=F("host")), name="agreement_between_two_parties"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.acquiring} – {self.host}"

    def get_absolute_url(self) -> str:
        return reverse("agreements:agreement", args=[self.slug])

    @staticmethod
    def slug_of(acquiring: str, host: str, series: int) -> str:
        """`jpn-vnm`, with the number behind it from the second agreement of a pair on."""
        return f"{acquiring}-{host}".lower() + (f"-{series}" if series > 1 else "")


class StageQuerySet(models.QuerySet["AgreementStage"]):
    def standing(self) -> StageQuerySet:
        """The lines that count: those that no later line put right."""
        return self.filter(corrected_at__isnull=True)


class AgreementStage(models.Model):
    """What one source says of an agreement: its stage, its instrument, and as of when.

    `on` is the last day of the month or year when no more is known. A line whose date is only the
    day of the report (`is_report_date`) says that the pair was listed, not when anything happened.
    A line that was wrong stays: `corrected_at` says since when the line that `corrects` it counts.
    """

    class Stage(models.TextChoices):
        NEGOTIATION = "under_negotiation", _("under negotiation")
        CONCLUDED = "concluded", _("concluded")
        APPROVED = "approved", _("approved")
        SIGNED = "signed", _("signed")
        IN_FORCE = "in_force", _("in force")
        ENDED = "ended", _("ended")
        NOT_STATED = "not_stated", _("not known")

    class Instrument(models.TextChoices):
        MOU = "mou", _("memorandum of understanding")
        STATEMENT = "joint_statement", _("joint statement or declaration")
        BILATERAL = "bilateral_agreement", _("bilateral agreement")
        IMPLEMENTATION = "implementation_agreement", _("implementation agreement")
        FRAMEWORK = "framework_agreement", _("framework agreement")
        JCM = "jcm_document", _("JCM bilateral document")
        OTHER = "other", _("other")
        NOT_STATED = "not_stated", _("not known")

    class Kind(models.TextChoices):
        TREATY = "treaty", _("treaty")
        MEMORANDUM = "memorandum", _("memorandum")
        STATEMENT = "statement", _("statement")
        OTHER = "other", _("other")
        NOT_STATED = "not_stated", _("not known")

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="stages", verbose_name=_("agreement")
    )
    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    instrument = models.CharField(
        _("instrument"), max_length=30, choices=Instrument, default=Instrument.NOT_STATED
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.NOT_STATED)
    on = models.DateField(_("on"))
    precision = models.CharField(_("known"), max_length=5, choices=Precision, default=Precision.DAY)
    is_report_date = models.BooleanField(_("only the day of the report"), default=False)
    is_confirmed = models.BooleanField(_("read in a source"), default=False)
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agreement_stages",
        verbose_name=_("source"),
    )
    acquiring_label = models.CharField(_("acquiring Party as printed"), max_length=80, blank=True)
    host_label = models.CharField(_("host Party as printed"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(_("position in the source"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    checked_by = checked_by_field()
    checked_on = checked_on_field()
    corrects = models.OneToOneField(
        "self",
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        editable=False,
        related_name="correction",
        verbose_name=_("puts right"),
    )
    reason = models.CharField(
        _("why it was put right"), max_length=600, blank=True, default="", editable=False
    )
    corrected_at = models.DateTimeField(_("put right"), null=True, blank=True, editable=False)

    objects = StageQuerySet.as_manager()

    class Meta:
        verbose_name = _("stage of an agreement")
        verbose_name_plural = _("stages of agreements")
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_confirmed=False) | Q(source__isnull=False),
                name="agreement_stage_confirmed_by_a_source",
            ),
            models.UniqueConstraint(
                fields=["agreement", "source", "stage", "on"],
                condition=Q(corrected_at__isnull=True),
                name="agreement_stage_once_per_source",
            ),
            models.UniqueConstraint(
                fields=["agreement", "stage", "on"],
                condition=Q(source__isnull=True, corrected_at__isnull=True),
                name="agreement_stage_once_without_source",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, reason="")
                | (Q(corrects__isnull=False) & ~Q(reason="")),
                name="agreement_stage_corrects_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")),
                name="agreement_stage_corrects_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}, {self.on_text}"

    @property
    def on_text(self) -> str:
        return as_text(self.on, self.precision)

    @property
    def handle(self) -> str:
        """What names a standing line among those of its agreement: never the number of a row."""
        source = f".{self.source.slug}" if self.source else ""
        return f"{self.stage}.{self.on.isoformat()}{source}"

    @property
    def predates_paris(self) -> bool:
        """Signed before the Paris Agreement was adopted, so no Article 6 agreement when signed."""
        return not self.is_report_date and self.on < PARIS_ADOPTED_ON


class AgreementSector(models.Model):
    """A sector in which a source shows the agreement at work."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE)
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("sector of an agreement")
        verbose_name_plural = _("sectors of agreements")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "sector"], name="agreement_sector_once")
        ]

    def __str__(self) -> str:
        return f"{self.agreement}: {self.sector}"
