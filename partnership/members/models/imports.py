"""Sheets that are taken in: the file, each of its rows, and what each row changed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnership.jobs.models import Job
from partnership.members.models.people import PlacedQuerySet

__all__ = ["ImportChange", "ImportRow", "KnownColumns", "SheetImport"]

UNDO_FOR = timedelta(days=7)


class SheetImportQuerySet(PlacedQuerySet):
    def of(self, user: Any, *, on: date, sees_all: bool = False) -> Any:
        """The secretariat's desk sees all; a focal point those into delegations still run."""
        if sees_all:
            return self
        return super().of(user, on=on).filter(by=user)


class SheetImport(models.Model):
    """A sheet on its way in. With a country or an institution it may fill only that delegation."""

    class Kind(models.TextChoices):
        PEOPLE = "people", _("people")
        INSTITUTIONS = "institutions", _("institutions")
        PARTICIPATIONS = "participations", _("memberships")
        AGREEMENTS = "agreements", _("agreements that another source lists")

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("columns are to be named")
        TRYING = "trying", _("being tried")
        TRIED = "tried", _("tried, nothing is written yet")
        RUNNING = "running", _("being taken in")
        DONE = "done", _("taken in")
        UNDOING = "undoing", _("being taken back")
        UNDONE = "undone", _("taken back")
        REFUSED = "refused", _("refused")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.UPLOADED)
    key = models.CharField(max_length=120, blank=True, editable=False)  # in the storage of files
    name = models.CharField(_("file"), max_length=150)
    encoding = models.CharField(_("encoding"), max_length=12, blank=True)
    columns = models.JSONField(_("columns"), default=list)
    # Which column holds which field, by its number.
    mapping = models.JSONField(_("what the columns mean"), default=dict)
    country = models.ForeignKey(
        "Country", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    institution = models.ForeignKey(
        "Institution", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = models.CharField(_("role"), max_length=20, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="sheet_imports",
        verbose_name=_("by"),
    )
    # Rows by verdict and those taken in, as they were when the last step ended.
    counts = models.JSONField(_("rows"), default=dict, editable=False)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("why it was refused"), max_length=400, blank=True)
    made_at = models.DateTimeField(_("sent"))
    tried_at = models.DateTimeField(_("tried"), null=True, blank=True)
    done_at = models.DateTimeField(_("taken in on"), null=True, blank=True)
    undone_at = models.DateTimeField(_("taken back on"), null=True, blank=True)

    objects = SheetImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(country__isnull=True) | Q(institution__isnull=True),
                name="sheet_import_into_one_place",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_at__isnull=False),
                name="sheet_import_done_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="undone") | Q(undone_at__isnull=False),
                name="sheet_import_undone_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"

    @property
    def place(self) -> object:
        return self.country or self.institution

    @property
    def number(self) -> int:
        """How many rows the trial found."""
        return sum(self.counts.get(verdict, 0) for verdict in ImportRow.Verdict.values)

    @property
    def is_placed(self) -> bool:
        return self.country_id is not None or self.institution_id is not None

    def can_be_undone(self, at: datetime) -> bool:
        """For seven days from the end; one that stopped on the way at any time."""
        if self.state == self.State.DONE and self.done_at is not None:
            return at < self.done_at + UNDO_FOR
        return self.state == self.State.RUNNING


class ImportRow(models.Model):
    """One row of a sheet: what stands in it, and what came of it."""

    class Verdict(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        SAME = "same", _("same")
        WRONG = "wrong", _("wrong")

    TO_APPLY = (Verdict.NEW, Verdict.CHANGED)

    sheet_import = models.ForeignKey(SheetImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    cells = models.JSONField(_("cells"), default=list)
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict)
    # Which thing the row is about: two rows about one thing cannot both be right.
    about = models.CharField(max_length=330, blank=True)
    # Pairs of a field, or of nothing, and a sentence.
    problems = models.JSONField(_("what is wrong"), default=list)
    # Old and new value of each field.
    changes = models.JSONField(_("what changes"), default=dict)
    applied_at = models.DateTimeField(_("taken in"), null=True, blank=True)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["sheet_import", "number"]
        indexes = [
            models.Index(
                fields=["sheet_import", "verdict", "number"], name="import_row_by_verdict"
            ),
            models.Index(fields=["sheet_import", "about"], name="import_row_about"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["sheet_import", "number"], name="import_row_once"),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True) | Q(verdict__in=["new", "changed"]),
                name="import_row_that_is_wrong_changes_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_import_id}/{self.number}: {self.verdict}"


class ImportChange(models.Model):
    """A row of another table that an import made or changed, and how it was before and after."""

    sheet_import = models.ForeignKey(SheetImport, on_delete=models.CASCADE, related_name="changes")
    row = models.ForeignKey(ImportRow, on_delete=models.CASCADE, related_name="journal")
    table = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    # Nothing: the row was made.
    before = models.JSONField(null=True)
    after = models.JSONField()
    undone_at = models.DateTimeField(null=True, blank=True)
    kept_because = models.CharField(_("why it stays"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("change by an import")
        verbose_name_plural = _("changes by imports")
        ordering = ["pk"]
        indexes = [models.Index(fields=["sheet_import", "id"], name="import_change_in_order")]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"


class KnownColumns(models.Model):
    """What somebody said last of columns with these names, for one kind of sheet."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="known_columns"
    )
    kind = models.CharField(max_length=15, choices=SheetImport.Kind)
    head = models.CharField(max_length=64)  # a hash of the names, in their order
    mapping = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("known columns")
        verbose_name_plural = _("known columns")
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "head"], name="known_columns_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind}"
