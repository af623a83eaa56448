"""Who did what to which row. The database itself refuses to change or remove a line."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["AuditEntry"]


class AuditEntry(models.Model):
    """One act. People are named by an opaque key, so that erasing a person leaves the line true."""

    at = models.DateTimeField(_("at"), db_index=True)
    actor = models.CharField(_("actor"), max_length=36, blank=True, db_index=True)
    acting_as = models.CharField(_("acting as"), max_length=60, blank=True)
    verb = models.CharField(_("verb"), max_length=60, db_index=True)
    kind = models.CharField(_("kind of object"), max_length=60, blank=True)
    key = models.CharField(_("object"), max_length=120, blank=True)
    changes = models.JSONField(_("changes"), default=dict, blank=True)
    request_id = models.CharField(_("request"), max_length=64, blank=True)
    network = models.CharField(_("network"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        ordering = ["-pk"]
        # Each begins with what is searched for and goes on in the order of the list.
        indexes = [
            models.Index(fields=["actor", "at", "id"], name="audit_by_actor"),
            models.Index(fields=["verb", "at", "id"], name="audit_by_verb"),
            models.Index(fields=["kind", "at", "id"], name="audit_by_kind"),
            models.Index(fields=["key", "at", "id"], name="audit_by_key"),
            models.Index(fields=["network", "at", "id"], name="audit_by_network"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.kind} {self.key}".strip()
