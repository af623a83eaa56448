"""Documents of the library, their versions, and the text of a version page by page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnership.information.likeness import address_key
from partnership.jobs.models import Job
from partnership.lib.dating import Precision, as_text
from partnership.lib.fields import Derived, SortKeyField
from partnership.members.models import AreaOfWork, Country
from partnership.sources.models import Sector

is_web = URLValidator(schemes=["http", "https"])


class AddressKeyField(Derived, models.CharField):
    """An address without what two people write differently, to find the same again."""

    def derive(self, value: str) -> str:
        return address_key(value)


class DocumentQuerySet(models.QuerySet["Document"]):
    def published(self) -> DocumentQuerySet:
        """Those that everybody may read: not withdrawn, and a version of them is published."""
        shown = DocumentVersion.objects.published().filter(document=OuterRef("pk"))
        return self.filter(Exists(shown), withdrawn_at__isnull=True)

    def of(self, user: Any, *, sees_all: bool = False) -> DocumentQuerySet:
        """What somebody may read: drafts and what was withdrawn only for who keeps the library."""
        return self if sees_all and user.is_authenticated else self.published()

    def dated(self) -> DocumentQuerySet:
        """Each with the day of its newest published version as `on`, where that is known."""
        newest = DocumentVersion.objects.published().filter(document=OuterRef("pk"))
        return self.annotate(on=Subquery(newest.order_by("-number").values("on")[:1]))

    def with_versions(self, dressed: Callable[[Any], Any] | None = None) -> DocumentQuerySet:
        """Each with its published versions, newest first, as `shown`; `dressed` adds to these."""
        shown = DocumentVersion.objects.published().order_by("-number")
        shown = dressed(shown) if dressed else shown
        return self.prefetch_related(Prefetch("versions", queryset=shown, to_attr="shown"))

    def with_drafts(self) -> DocumentQuerySet:
        """Each with its draft, where it has one, as the only one of `drafts`."""
        drafts = DocumentVersion.objects.filter(published_at=None).select_related("job", "added_by")
        return self.prefetch_related(Prefetch("versions", queryset=drafts, to_attr="drafts"))


class Document(models.Model):
    """What was published somewhere and can be read here or there. What changes is its versions."""

    class Kind(models.TextChoices):
        DECISION = "decision", _("decision")
        TREATY = "treaty", _("treaty text")
        POLICY = "policy", _("national policy")
        GUIDANCE = "guidance", _("guidance")
        METHODOLOGY = "methodology", _("methodology")
        TEMPLATE = "template", _("template")
        LETTER = "letter", _("letter")
        REPORT = "report", _("report")
        TOOL = "tool", _("tool")
        DATASET = "dataset", _("dataset")
        SLIDES = "slides", _("slides")
        VIDEO = "video", _("video")

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=300)
    sort_key = SortKeyField(of="title", max_length=320, db_index=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    authors = models.CharField(_("authors"), max_length=300, blank=True)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    summary = models.TextField(_("what it is about"), blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    countries = models.ManyToManyField(
        Country, blank=True, related_name="documents", verbose_name=_("countries")
    )
    areas = models.ManyToManyField(
        AreaOfWork, blank=True, related_name="documents", verbose_name=_("areas of work")
    )
    sectors = models.ManyToManyField(
        Sector, blank=True, related_name="documents", verbose_name=_("sectors")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_because = models.CharField(_("why withdrawn"), max_length=300, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["sort_key", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
                name="document_withdrawn_for_a_reason",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("library:document", args=[self.slug])


class VersionQuerySet(models.QuerySet["DocumentVersion"]):
    def published(self) -> VersionQuerySet:
        return self.filter(published_at__isnull=False)


class DocumentVersion(models.Model):
    """One state of a document: a file that is kept here, an address elsewhere, or both.

    Neither of both means that it is not known where it can be read. A published one stays.
    """

    class FileKind(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "DOCX"
        PPTX = "pptx", "PPTX"
        XLSX = "xlsx", "XLSX"
        HTML = "html", "HTML"
        CSV = "csv", "CSV"

    class Drawn(models.TextChoices):
        """How far the text of the file is drawn out."""

        NONE = "none", _("no file")
        WAITING = "waiting", _("waiting")
        WHOLE = "whole", _("text drawn out")
        PART = "part", _("text drawn out in part")
        NOT = "not", _("text not drawn out")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    label = models.CharField(_("called"), max_length=40, blank=True)
    what_changed = models.TextField(_("what changed"), blank=True)
    on = models.DateField(_("published on"), null=True, blank=True)
    precision = models.CharField(_("known"), max_length=5, choices=Precision, default=Precision.DAY)
    address = models.CharField(_("address"), max_length=500, blank=True, validators=[is_web])
    address_key = AddressKeyField(of="address", max_length=500, db_index=True)
    file_kind = models.CharField(_("kind of file"), max_length=4, choices=FileKind, blank=True)
    key = models.CharField(_("where it lies"), max_length=100, blank=True, editable=False)
    size = models.PositiveIntegerField(_("bytes"), null=True, blank=True)
    sha256 = models.CharField(_("checksum"), max_length=64, blank=True, db_index=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    drawn = models.CharField(_("text"), max_length=7, choices=Drawn, default=Drawn.NONE)
    # What went wrong while the text was drawn out, and what looks like the same: codes and facts.
    problems = models.JSONField(_("problems"), default=list, blank=True, editable=False)
    seems = models.CharField(_("language of its text"), max_length=12, blank=True, editable=False)
    sketch = models.CharField(max_length=512, blank=True, editable=False)
    job = models.ForeignKey(
        Job, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("added by"),
    )
    published_at = models.DateTimeField(_("shown since"), null=True, blank=True)
    # By somebody who may not publish it.
    is_proposed = models.BooleanField(_("proposed"), default=False)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a document")
        verbose_name_plural = _("versions of documents")
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="document_version_once"),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(published_at__isnull=True),
                name="document_has_one_draft_version",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="document_version_from_one"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(what_changed=""),
                name="document_version_says_what_changed",
            ),
            models.CheckConstraint(
                condition=Q(key="", file_kind="", size__isnull=True, sha256="", drawn="none")
                | (
                    ~Q(key="")
                    & ~Q(file_kind="")
                    & ~Q(sha256="")
                    & ~Q(drawn="none")
                    & Q(size__isnull=False, size__gt=0)
                ),
                name="document_file_is_whole_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} ({self.number})"

    def get_absolute_url(self) -> str:
        return reverse("library:version", args=[self.document.slug, self.number])

    @property
    def site(self) -> str:
        """The host of its address, which is what a link in a list says."""
        return address_key(self.address).partition("/")[0].partition("?")[0] or self.address[:60]

    @property
    def is_underway(self) -> bool:
        """Whether a worker fetches its file or draws out its text, or is going to."""
        return bool(self.job and self.job.is_live)

    @property
    def dated(self) -> str:
        return as_text(self.on, self.precision)


class Passage(models.Model):
    """The text of one page, slide, sheet or chapter of a version's file."""

    version = models.ForeignKey(DocumentVersion, on_delete=models.CASCADE, related_name="passages")
    number = models.PositiveIntegerField(_("page"))
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="passage_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="passage_from_page_one"),
            models.CheckConstraint(condition=~Q(text=""), name="passage_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.number}"
