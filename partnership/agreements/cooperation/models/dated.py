"""What approaches and authorizations have in common: what each is, and what sources say, by date.

Both follow the rules of agreements. A line is what one source says; it is never overwritten, and
what no line states is not known.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from partnership.agreements.models import Agreement
from partnership.lib.dating import Precision, as_text
from partnership.members.models import Country
from partnership.sources.models import Sector, Source, checked_by_field, checked_on_field

NOT_STATED = "not_stated"
UNKNOWN = ("", None, NOT_STATED)


class EntryQuerySet(models.QuerySet[Any]):
    def on(self, day: date) -> EntryQuerySet:
        """What sources spoke of by a day: with `known_from`, and the `stage` stated last."""
        said: Any = self.model._meta.get_field("said")
        lines = said.related_model.objects.standing().filter(entry=OuterRef("pk"), on__lte=day)
        stated = lines.exclude(stage=NOT_STATED).order_by("-on", "-pk")
        rows: Any = self.annotate(
            known_from=Subquery(lines.order_by("on").values("on")[:1]),
            stage=Subquery(stated.values("stage")[:1]),
        )
        return rows.filter(known_from__isnull=False)


class Entry(models.Model):
    """What approaches and authorizations have in common: who, under which agreement, in what."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200, help_text=_("As the source names it."))
    host = models.ForeignKey(
        Country, on_delete=models.PROTECT, related_name="+", verbose_name=_("host Party")
    )
    acquiring = models.ManyToManyField(
        Country, related_name="+", blank=True, verbose_name=_("acquiring Parties")
    )
    agreement = models.ForeignKey(
        Agreement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agreement"),
    )
    sectors = models.ManyToManyField(
        Sector, related_name="+", blank=True, verbose_name=_("sectors")
    )
    note = models.TextField(_("note"), blank=True)

    objects = EntryQuerySet.as_manager()

    # What a line may state beside its stage, in the order in which it is told.
    VALUES: tuple[str, ...] = ()
    # What is not asked for where another value says so: the value, and what it says.
    NEEDLESS: dict[str, tuple[str, str]] = {}
    # The name of its kind in addresses.
    kind_key = ""
    code: Any

    # Given by queries: what was known of it on a day, and the lines that say so.
    known_from: date
    stage: str | None
    lines: list[Any]

    class Meta:
        abstract = True
        ordering = ["host__sort_key", "slug"]

    def __str__(self) -> str:
        return self.title

    @property
    def latest(self) -> dict[str, Any]:
        """Of each value what the last of its `lines` that states one says."""
        found: dict[str, Any] = dict.fromkeys(self.VALUES)
        for line in self.lines:
            found |= {name: value for name, value in line.values.items() if value not in UNKNOWN}
        return found


class LineQuerySet(models.QuerySet[Any]):
    def standing(self) -> LineQuerySet:
        """The lines that count: those that no later line put right."""
        return self.filter(corrected_at__isnull=True)


class Line(models.Model):
    """What one source says, and as of when. Who compared it with the source stands beside it.

    A line that was wrong stays: `corrected_at` says since when the line that `corrects` it counts.
    """

    entry: Any
    stage: Any
    on = models.DateField(_("on"))
    precision = models.CharField(_("known"), max_length=5, choices=Precision, default=Precision.DAY)
    is_report_date = models.BooleanField(_("only the day of the report"), default=False)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="+", verbose_name=_("source")
    )
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

    objects = LineQuerySet.as_manager()

    # Given by views: the number of its source on the page.
    source_number: int

    class Meta:
        abstract = True
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "source", "stage", "on"],
                condition=Q(corrected_at__isnull=True),
                name="%(class)s_once_per_source",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | Q(checked_on__isnull=False),
                name="%(class)s_checked_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, reason="")
                | (Q(corrects__isnull=False) & ~Q(reason="")),
                name="%(class)s_corrects_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")),
                name="%(class)s_corrects_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}, {self.on_text}"  # type: ignore[attr-defined]

    @property
    def on_text(self) -> str:
        return as_text(self.on, self.precision)

    @property
    def handle(self) -> str:
        """What names a standing line among those of its entry: never the number of a row."""
        return f"{self.stage}.{self.on.isoformat()}.{self.source.slug}"

    @property
    def is_confirmed(self) -> bool:
        """Somebody compared it with its source."""
        return self.checked_on is not None

    @property
    def values(self) -> dict[str, Any]:
        """What it states or leaves open beside its stage."""
        names = self._meta.get_field("entry").related_model.VALUES  # type: ignore[union-attr]
        return {name: getattr(self, name) for name in names}


def quantity_field(label: Any) -> models.PositiveBigIntegerField:
    """Tonnes, as whole numbers: the agreed electronic format knows no others."""
    return models.PositiveBigIntegerField(
        label, null=True, blank=True, validators=[MinValueValidator(1)]
    )


def day_column(label: Any) -> models.DateField:
    return models.DateField(label, null=True, blank=True)
