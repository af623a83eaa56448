"""Good practice: what was done somewhere, in five parts, every figure a row with its source."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnership.lib.dating import Precision, as_text
from partnership.lib.fields import RenderedField, RendererVersionField
from partnership.members.models import Country, Institution
from partnership.sources.models import Sector, Source, checked_by_field, checked_on_field


class CaseStudyQuerySet(models.QuerySet["CaseStudy"]):
    def published(self) -> CaseStudyQuerySet:
        """Those whose day of publication has come, by the database's clock, and not withdrawn."""
        return self.filter(published_on__lte=Now(), withdrawn_at__isnull=True)


class CaseStudy(models.Model):
    """One case. Without a day of publication it is a draft and absent from every public place."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=12, default="en")
    summary = models.TextField(_("summary"))
    standfirst = models.TextField(_("opening"))
    mechanism = models.CharField(_("mechanism"), max_length=100)
    place = models.CharField(_("place"), max_length=150)
    started = models.CharField(_("since"), max_length=60)
    technology = models.CharField(_("technology"), max_length=200)
    sector = models.ForeignKey(
        Sector, on_delete=models.PROTECT, related_name="cases", verbose_name=_("sector")
    )
    countries = models.ManyToManyField(
        Country, through="CaseCountry", related_name="cases", verbose_name=_("countries")
    )
    institutions = models.ManyToManyField(
        Institution, related_name="cases", blank=True, verbose_name=_("institutions")
    )
    agreement = models.ForeignKey(
        "partnership.Agreement",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("agreement"),
    )
    policy_document = models.CharField(_("policy it serves"), max_length=200, blank=True)
    policy_year = models.PositiveSmallIntegerField(_("year of the policy"), null=True, blank=True)
    policy_meaning = models.TextField(_("what the policy asks for"), blank=True)
    doubts = models.JSONField(_("what is not known"), default=list, blank=True)
    goals = models.JSONField(_("sustainable development goals"), default=list, blank=True)
    published_on = models.DateField(_("published"), null=True, blank=True)
    # Shown to nobody any more, with all its versions, until it is put back.
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    checked_by = checked_by_field()
    checked_on = checked_on_field()

    objects = CaseStudyQuerySet.as_manager()

    class Meta:
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(policy_document="") | Q(policy_year__isnull=False),
                name="case_policy_has_a_year",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("casestudies:case", args=[self.slug])


class CaseCountry(models.Model):
    """The part a country plays in a case."""

    class Part(models.TextChoices):
        HOST = "host", _("host Party")
        PARTNER = "partner", _("partner")

    case = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="parts")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="case_parts")
    part = models.CharField(_("part"), max_length=10, choices=Part)

    class Meta:
        verbose_name = _("country of a case")
        verbose_name_plural = _("countries of cases")
        ordering = ["part", "country__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["case", "country"], name="case_country_once")
        ]

    def __str__(self) -> str:
        return f"{self.country} ({self.get_part_display()})"


class CaseSection(models.Model):
    """One of the five parts of the story. `html` is made from `text` when it is saved."""

    class Kind(models.TextChoices):
        CHALLENGE = "challenge", _("The challenge")
        ACTION = "action", _("What was done")
        RESULT = "result", _("The result")
        COPY = "copy", _("What others can copy")
        POLICY = "policy", _("The policy it serves")

    case = models.ForeignKey(CaseStudy, on_delete=models.CASCADE, related_name="sections")
    kind = models.CharField(_("part"), max_length=10, choices=Kind)
    position = models.PositiveSmallIntegerField(_("position"))
    heading = models.CharField(_("heading"), max_length=150)
    text = models.TextField(_("text"))
    html = RenderedField(of="text")
    renderer_version = RendererVersionField(of="text")

    class Meta:
        verbose_name = _("part of a case")
        verbose_name_plural = _("parts of cases")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], name="case_section_once"),
            models.UniqueConstraint(fields=["case", "position"], name="case_section_position_once"),
        ]

    def __str__(self) -> str:
        return self.heading


class CaseChart(models.Model):
    """A picture drawn from figures, with its table beside it."""

    class Kind(models.TextChoices):
        BARS = "bars", _("bars")
        TARGET = "target", _("values against a target")
        MONTHS = "months", _("ring of months")

    section = models.ForeignKey(CaseSection, on_delete=models.CASCADE, related_name="charts")
    key = models.SlugField(_("key"), max_length=60)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=150)
    caption = models.TextField(_("caption"), blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("chart")
        verbose_name_plural = _("charts")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["section", "key"], name="case_chart_once")]

    def __str__(self) -> str:
        return self.title


class CaseFigure(models.Model):
    """One figure: whose it is (the project's, the nation's or our recalculation), as of when."""

    class Scope(models.TextChoices):
        PROJECT = "project", _("project")
        NATIONAL = "national", _("national indicator")
        RECALCULATION = "recalculation", _("our recalculation")

    section = models.ForeignKey(CaseSection, on_delete=models.CASCADE, related_name="figures")
    chart = models.ForeignKey(
        CaseChart, on_delete=models.CASCADE, null=True, blank=True, related_name="figures"
    )
    key = models.SlugField(_("key"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    label = models.CharField(_("label"), max_length=150)
    qualifier = models.CharField(_("qualifier"), max_length=20, blank=True)
    value_number = models.DecimalField(
        _("number"), max_digits=16, decimal_places=4, null=True, blank=True
    )
    value_text = models.CharField(_("text"), max_length=150, blank=True)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    scope = models.CharField(_("whose figure"), max_length=15, choices=Scope)
    as_of = models.DateField(_("as of"))
    as_of_precision = models.CharField(
        _("known"), max_length=5, choices=Precision, default=Precision.DAY
    )
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="case_figures", verbose_name=_("source")
    )
    is_ours = models.BooleanField(_("derived by us"), default=False)
    is_headline = models.BooleanField(_("shown large"), default=False)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("figure of a case")
        verbose_name_plural = _("figures of cases")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["section", "key"], name="case_figure_once"),
            models.UniqueConstraint(
                fields=["section"], condition=Q(is_headline=True), name="case_figure_one_large"
            ),
            models.CheckConstraint(
                condition=Q(value_number__isnull=False) | ~Q(value_text=""),
                name="case_figure_has_a_value",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def as_of_text(self) -> str:
        return as_text(self.as_of, self.as_of_precision)
