"""What can be found. Each subject writes its own entries; the database keeps the index."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["SearchEntry"]


class SearchEntry(models.Model):
    """One thing that search can find, with the tokens of our own analyser in reading order.

    The full-text index (FTS5 on SQLite, a tsvector on PostgreSQL) is kept over `title_tokens` and
    `body_tokens` by the database, so that both engines give the same set of hits.
    """

    kind = models.CharField(_("kind"), max_length=30)
    key = models.CharField(_("key"), max_length=120)
    language = models.CharField(_("language"), max_length=12, default="en")
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), blank=True)
    address = models.CharField(_("address"), max_length=300)
    title_tokens = models.TextField(editable=False)
    body_tokens = models.TextField(editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "language"], name="search_entry_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"
