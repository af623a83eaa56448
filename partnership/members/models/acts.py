"""What the desk did to many people at once, with what each row held before and after."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partnership.members.models.joining import person_who


class DeskAct(models.Model):
    """One act of the secretariat upon accounts or posts. It can be undone for some time."""

    class Kind(models.TextChoices):
        DISABLE = "disable", _("Accounts disabled")
        ENABLE = "enable", _("Accounts enabled")
        END_POSTS = "end-posts", _("Posts ended")
        MERGE = "merge", _("Accounts merged")

    UNDO_FOR, UNDO_MERGE_FOR = timedelta(days=7), timedelta(days=30)

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    at = models.DateTimeField(_("at"))
    by = person_who(_("by"))
    # Of a merge: the account that is kept.
    into = person_who(_("merged into"))
    number = models.PositiveIntegerField(_("rows changed"))
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = person_who(_("undone by"))

    class Meta:
        verbose_name = _("act of the desk")
        verbose_name_plural = _("acts of the desk")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(undone_at__gte=F("at")),
                name="desk_act_is_undone_after_it",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["disable", "enable", "end-posts", "merge"]),
                name="desk_act_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d %H:%M}"

    @property
    def undo_until(self) -> object:
        """The moment from which it stays as it is."""
        return self.at + (self.UNDO_MERGE_FOR if self.kind == "merge" else self.UNDO_FOR)


class DeskChange(models.Model):
    """One row of one act: the columns that changed, before and after."""

    act = models.ForeignKey(DeskAct, on_delete=models.CASCADE, related_name="changes")
    table = models.CharField(_("table"), max_length=60)
    key = models.CharField(_("row"), max_length=40)
    before = models.JSONField(_("before"))
    after = models.JSONField(_("after"))
    # An undoing leaves what somebody changed since, and remembers that it did.
    was_kept = models.BooleanField(_("not put back"), default=False)

    class Meta:
        verbose_name = _("change of the desk")
        verbose_name_plural = _("changes of the desk")
        ordering = ["pk"]
        indexes = [models.Index(fields=["table", "key"], name="desk_change_by_row")]
        constraints = [
            models.UniqueConstraint(fields=["act", "table", "key"], name="desk_change_once")
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"
