from __future__ import annotations

from django.contrib import admin

from partnership.audit.admin import AuditedAdmin, ReadOnlyAdmin
from partnership.sources.models import DatedFact, LoadedRow, Sector, Source


@admin.register(Source)
class SourceAdmin(AuditedAdmin):
    list_display = ("title", "publisher", "published_on", "accessed_on", "kind")
    list_filter = ("kind",)
    search_fields = ("title", "publisher", "slug", "address")


@admin.register(DatedFact)
class DatedFactAdmin(AuditedAdmin):
    list_display = ("label", "value_number", "value_text", "unit", "as_of", "source", "is_ours")
    list_filter = ("topic", "is_ours")
    list_select_related = ("source",)
    search_fields = ("label", "key", "definition")
    autocomplete_fields = ("source", "country", "checked_by")


@admin.register(Sector)
class SectorAdmin(AuditedAdmin):
    list_display = ("name", "slug")
    search_fields = ("name",)
    autocomplete_fields = ("source",)


@admin.register(LoadedRow)
class LoadedRowAdmin(ReadOnlyAdmin):
    list_display = ("kind", "key")
    list_filter = ("kind",)
    search_fields = ("key",)
