"""Cases as they are published. They change on the desk alone, where each change is a version."""

from __future__ import annotations

from django.contrib import admin

from partnership.audit.admin import ReadOnlyAdmin
from partnership.casestudies.models import (
    CaseDraft,
    CaseFigure,
    CaseSection,
    CaseStudy,
    CaseVersion,
)


@admin.register(CaseStudy)
class CaseStudyAdmin(ReadOnlyAdmin):
    list_display = ("title", "mechanism", "sector", "published_on", "checked_on")
    list_filter = ("sector",)
    list_select_related = ("sector",)
    search_fields = ("title", "summary")


@admin.register(CaseSection)
class CaseSectionAdmin(ReadOnlyAdmin):
    list_display = ("heading", "case", "kind")
    list_select_related = ("case",)
    search_fields = ("heading", "case__title")


@admin.register(CaseFigure)
class CaseFigureAdmin(ReadOnlyAdmin):
    list_display = ("label", "section", "value_number", "value_text", "unit", "scope", "source")
    list_filter = ("scope", "is_ours")
    list_select_related = ("section", "source")
    search_fields = ("label", "key")


@admin.register(CaseVersion)
class CaseVersionAdmin(ReadOnlyAdmin):
    list_display = ("case", "number", "on", "what_changed")
    list_select_related = ("case",)
    search_fields = ("case__title",)


@admin.register(CaseDraft)
class CaseDraftAdmin(ReadOnlyAdmin):
    """Where proposals stand. Their texts are on the desk."""

    list_display = ("title", "state", "country", "institution", "by", "changed_at")
    list_filter = ("state",)
    list_select_related = ("country", "institution", "by")
    search_fields = ("title",)
