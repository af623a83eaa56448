"""Where a fact comes from, facts with their dates, links, and what the loader last wrote."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partnership.lib.dating import Precision, as_text
from partnership.sources.links import Link, LinkUse

__all__ = ["DatedFact", "Link", "LinkUse", "LoadedRow", "Sector", "Source"]


class Source(models.Model):
    """A document or page that states something. Its address may be unknown and then says so."""

    class Kind(models.TextChoices):
        TALK = "talk", _("talk")
        PAGE = "web page", _("web page")
        PRESS = "press release", _("press release")
        REPORT = "report", _("report")
        NEWS = "news", _("news")
        DATABASE = "database", _("database")
        TREATY = "treaty text", _("treaty text")
        METHODOLOGY = "methodology", _("methodology")
        OTHER = "other", _("other")

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    authors = models.CharField(_("authors"), max_length=200, blank=True)
    address = models.CharField(
        _("address"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text=_("Empty means: address not known."),
    )
    published_on = models.DateField(_("published"), null=True, blank=True)
    published_precision = models.CharField(
        _("known"), max_length=5, choices=Precision, default=Precision.DAY
    )
    accessed_on = models.DateField(_("read on"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.PAGE)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    @property
    def published(self) -> str:
        return as_text(self.published_on, self.published_precision)


def checked_by_field() -> models.ForeignKey:
    """The person who compared a row with its source. Nobody yet means: the editorial import."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("checked by"),
        help_text=_("Empty means: taken in by the editorial import."),
    )


def checked_on_field() -> models.DateField:
    return models.DateField(_("checked on"), null=True, blank=True)


class FactQuerySet(models.QuerySet["DatedFact"]):
    def newest(self) -> FactQuerySet:
        """Of each figure the value that no later one follows."""
        return self.filter(followed_by__isnull=True)

    def of_figures(self, keys: Iterable[str]) -> FactQuerySet:
        """All values of the figures whose first value has one of these keys."""
        named = list(keys)
        return self.filter(Q(key__in=named) | Q(figure__in=named))


class DatedFact(models.Model):
    """A figure or statement with what it counts, the day it holds for, and who says so.

    A later value is a further row that `follows` the one before, which stays, with `valid_to` from
    when it was superseded. All values of one `figure` bear the key of its first.
    """

    class Topic(models.TextChoices):
        PARTNERSHIP = "partnership", _("the partnership")
        COOPERATION = "cooperation", _("cooperation under Article 6")
        REGISTER = "register", _("agreements counted by others and by us")
        JCM = "jcm", _("the Joint Crediting Mechanism")
        MECHANISM = "mechanism", _("the Article 6.4 mechanism")
        STATUS = "status", _("implementation status")

    key = models.SlugField(_("key"), max_length=80, unique=True)
    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    country = models.ForeignKey(
        "partnership.Country",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="facts",
        verbose_name=_("country"),
    )
    label = models.CharField(_("label"), max_length=200)
    qualifier = models.CharField(_("qualifier"), max_length=20, blank=True)
    value_number = models.DecimalField(
        _("number"), max_digits=20, decimal_places=4, null=True, blank=True
    )
    value_text = models.CharField(_("text"), max_length=200, blank=True)
    unit = models.CharField(_("unit"), max_length=80, blank=True)
    definition = models.TextField(
        _("what is counted"), blank=True, help_text=_("Empty means: not known.")
    )
    as_of = models.DateField(_("as of"))
    as_of_precision = models.CharField(
        _("known"), max_length=5, choices=Precision, default=Precision.DAY
    )
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="facts", verbose_name=_("source")
    )
    attributed_to = models.CharField(_("attributed to"), max_length=200, blank=True)
    is_ours = models.BooleanField(
        _("derived by us"), default=False, help_text=_("Counted or computed by the editors.")
    )
    note = models.TextField(_("note"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    checked_by = checked_by_field()
    checked_on = checked_on_field()
    follows = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="followed_by",
        verbose_name=_("follows"),
    )
    figure = models.SlugField(_("figure"), max_length=80, blank=True, default="", editable=False)

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ["topic", "position", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value_number__isnull=False) | ~Q(value_text=""),
                name="fact_has_a_value",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("as_of")),
                name="fact_valid_to_not_before_as_of",
            ),
            models.CheckConstraint(
                condition=Q(follows__isnull=True, figure="")
                | (Q(follows__isnull=False) & ~Q(figure="")),
                name="fact_that_follows_is_of_a_figure",
            ),
            models.CheckConstraint(
                condition=Q(follows__isnull=True) | ~Q(follows=F("id")),
                name="fact_follows_another",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def as_of_text(self) -> str:
        return as_text(self.as_of, self.as_of_precision)

    @property
    def of_figure(self) -> str:
        """The key of the figure's first value, which is what its pages and addresses go by."""
        return self.figure or self.key


class Sector(models.Model):
    """A sector as the agreed electronic format names it. The list changes, so it is rows."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=100, unique=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="+", verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class LoadedRow(models.Model):
    """What the content loader last wrote for a row, so that it never undoes a person's change.

    A row that differs from its fingerprint was edited; a fingerprint without a row was deleted.
    Both are left alone.
    """

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("loaded row")
        verbose_name_plural = _("loaded rows")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="loaded_row_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
