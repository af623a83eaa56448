from __future__ import annotations

from django.contrib import admin

from partnership.audit.admin import ReadOnlyAdmin
from partnership.search.models import SearchEntry


@admin.register(SearchEntry)
class SearchEntryAdmin(ReadOnlyAdmin):
    list_display = ("title", "kind", "language")
    list_filter = ("kind", "language")
    search_fields = ("title",)
