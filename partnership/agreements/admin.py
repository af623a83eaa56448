from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from partnership.agreements import queries, versions
from partnership.agreements.history import AgreementVersion, PartyStatement
from partnership.agreements.models import Agreement, AgreementSector, AgreementStage
from partnership.audit.admin import AuditedInline, ReadOnlyAdmin
from partnership.lib import clock
from partnership.search.admin import SearchedAdmin


class StageInline(AuditedInline):
    model = AgreementStage
    fields = (
        "stage",
        "instrument",
        "kind",
        "on",
        "precision",
        "is_report_date",
        "is_confirmed",
        "source",
        "checked_by",
        "checked_on",
    )
    autocomplete_fields = ("source", "checked_by")


class SectorInline(AuditedInline):
    model = AgreementSector
    autocomplete_fields = ("sector", "source")


@admin.register(Agreement)
class AgreementAdmin(SearchedAdmin):
    search_kind, search_entries = "agreement", staticmethod(queries.search_entries)
    list_display = ("__str__", "slug", "series")
    list_select_related = ("acquiring", "host")
    search_fields = ("acquiring__name", "host__name", "slug")
    autocomplete_fields = ("acquiring", "host")
    readonly_fields = ("slug",)
    inlines = (StageInline, SectorInline)

    def save_model(self, request: HttpRequest, obj: Agreement, form: Any, change: bool) -> None:
        obj.slug = Agreement.slug_of(obj.acquiring_id, obj.host_id, obj.series)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        versions.keep_of_admin(form.instance, by=request.user, at=clock.now())


@admin.register(AgreementStage)
class AgreementStageAdmin(SearchedAdmin):
    """Every dated line. Filter by "read in a source: no" for the list that is to be confirmed."""

    search_kind, search_entries = "agreement", staticmethod(queries.search_entries)
    list_display = ("agreement", "stage", "instrument", "on", "is_confirmed", "source")
    list_filter = ("is_confirmed", "is_report_date", "stage", "instrument")
    list_select_related = ("agreement__acquiring", "agreement__host", "source")
    search_fields = ("agreement__slug", "agreement__acquiring__name", "agreement__host__name")
    autocomplete_fields = ("agreement", "source", "checked_by")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        versions.keep_of_admin(form.instance.agreement, by=request.user, at=clock.now())

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        versions.keep_of_admin(obj.agreement, by=request.user, at=clock.now())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        agreements = {row.agreement for row in queryset.select_related("agreement")}
        super().delete_queryset(request, queryset)
        for agreement in agreements:
            versions.keep_of_admin(agreement, by=request.user, at=clock.now())


@admin.register(AgreementVersion)
class AgreementVersionAdmin(ReadOnlyAdmin):
    list_display = ("agreement", "number", "cause", "reason", "made_at")
    list_filter = ("cause",)


@admin.register(PartyStatement)
class PartyStatementAdmin(ReadOnlyAdmin):
    list_display = ("agreement", "country", "stance", "made_at")
    list_filter = ("stance",)
