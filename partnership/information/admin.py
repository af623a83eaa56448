from __future__ import annotations

from django.contrib import admin

from partnership.information import queries
from partnership.information.models import GlossaryTerm
from partnership.search.admin import SearchedAdmin


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(SearchedAdmin):
    search_kind, search_entries = "term", staticmethod(queries.search_entries)
    list_display = ("term", "abbreviation", "category", "language")
    list_filter = ("category", "language")
    search_fields = ("term", "abbreviation", "definition")
    autocomplete_fields = ("see_also",)
    prepopulated_fields = {"slug": ("term",)}
