from __future__ import annotations

from django.contrib import admin

from partnership.audit.admin import AuditedAdmin
from partnership.information.models import GlossaryTerm


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(AuditedAdmin):
    list_display = ("term", "abbreviation", "category", "language")
    list_filter = ("category", "language")
    search_fields = ("term", "abbreviation", "definition")
    autocomplete_fields = ("see_also",)
    prepopulated_fields = {"slug": ("term",)}
