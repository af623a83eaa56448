from __future__ import annotations

from django.contrib import admin

from partnership.audit.admin import AuditedAdmin, AuditedInline
from partnership.casestudies import queries
from partnership.casestudies.models import (
    CaseChart,
    CaseCountry,
    CaseFigure,
    CaseSection,
    CaseStudy,
)
from partnership.search.admin import SearchedAdmin


class CaseCountryInline(AuditedInline):
    model = CaseCountry
    autocomplete_fields = ("country",)


class CaseSectionInline(AuditedInline):
    model = CaseSection


class CaseChartInline(AuditedInline):
    model = CaseChart


class CaseFigureInline(AuditedInline):
    model = CaseFigure
    fields = ("position", "key", "label", "value_number", "value_text", "unit", "scope", "source")
    autocomplete_fields = ("source",)


@admin.register(CaseStudy)
class CaseStudyAdmin(SearchedAdmin):
    search_kind, search_entries = "case", staticmethod(queries.search_entries)
    list_display = ("title", "mechanism", "sector", "published_on", "checked_on")
    list_filter = ("sector",)
    list_select_related = ("sector",)
    search_fields = ("title", "summary")
    autocomplete_fields = ("sector", "checked_by")
    prepopulated_fields = {"slug": ("title",)}
    inlines = (CaseCountryInline, CaseSectionInline)


@admin.register(CaseSection)
class CaseSectionAdmin(SearchedAdmin):
    search_kind, search_entries = "case", staticmethod(queries.search_entries)
    list_display = ("heading", "case", "kind")
    list_select_related = ("case",)
    search_fields = ("heading", "case__title")
    autocomplete_fields = ("case",)
    inlines = (CaseChartInline, CaseFigureInline)


@admin.register(CaseFigure)
class CaseFigureAdmin(AuditedAdmin):
    list_display = ("label", "section", "value_number", "value_text", "unit", "scope", "source")
    list_filter = ("scope", "is_ours")
    list_select_related = ("section", "source")
    search_fields = ("label", "key")
    autocomplete_fields = ("section", "source")
