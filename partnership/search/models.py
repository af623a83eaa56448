"""What can be found. Each subject writes its own entries; an engine keeps the index beside them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

__all__ = ["SearchEntry", "Synonym"]


class SearchEntry(models.Model):
    """A passage that search can find: a thing as a whole, or one page of a document.

    The tokens are those of our own analyser. The index over them (FTS5 on SQLite, GIN on
    PostgreSQL) is kept by the database, so that both give the same set of hits.
    """

    kind = models.CharField(_("kind"), max_length=30)
    key = models.CharField(_("key"), max_length=120)
    page = models.PositiveIntegerField(
        _("page"), default=0, help_text=_("0 means: the thing as a whole.")
    )
    language = models.CharField(_("language"), max_length=12, default="en")
    audience = models.CharField(
        _("audience"), max_length=60, blank=True, default="", help_text=_("Empty means: everybody.")
    )
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), blank=True)
    text = models.TextField(_("text"), blank=True, default="")
    address = models.CharField(_("address"), max_length=300)
    title_tokens = models.TextField(editable=False)
    # Of title, summary and text together: a question may ask for words of all three.
    body_tokens = models.TextField(editable=False)
    pair_tokens = models.TextField(editable=False, default="")
    fingerprint = models.CharField(max_length=64, editable=False)
    # Stays when the entry is written again. Empty: it was there before anybody kept this.
    first_seen_at = models.DateTimeField(_("found since"), null=True, editable=False)

    # How many pages of the same thing were found beside this one; told by a search.
    more_pages: list[SearchEntry]

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key", "page", "language"], name="search_entry_once"
            )
        ]
        indexes = [models.Index(fields=["first_seen_at"], name="search_entry_first_seen")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.title}"


class Synonym(models.Model):
    """Words of the field that mean the same: who asks for one finds the others."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    forms = models.JSONField(_("forms"), default=list)
    found_only = models.JSONField(
        _("forms that also mean something else"), default=list, blank=True
    )

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ("key",)
        constraints = [models.CheckConstraint(condition=~Q(forms=[]), name="a_synonym_has_forms")]

    def __str__(self) -> str:
        return " = ".join(self.forms)
