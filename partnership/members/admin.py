from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from partnership.accounts import endings
from partnership.audit.admin import AuditedAdmin, AuditedInline
from partnership.lib import clock
from partnership.members import queries
from partnership.members.models import (
    Affiliation,
    AreaOfWork,
    Country,
    CountryAlias,
    CountryGroup,
    CountryName,
    FocalTerm,
    Institution,
    MembershipCount,
    Participation,
    ReplyDesk,
    ReplyText,
)
from partnership.search.admin import SearchedAdmin


class CountryNameInline(AuditedInline):
    model = CountryName


class CountryAliasInline(AuditedInline):
    model = CountryAlias


class CountryGroupInline(AuditedInline):
    model = CountryGroup
    autocomplete_fields = ("source",)


class ParticipationInline(AuditedInline):
    model = Participation
    fields = ("begins_on", "ends_on", "source", "note")
    autocomplete_fields = ("source",)


@admin.register(Country)
class CountryAdmin(SearchedAdmin):
    search_kind, search_entries = "country", staticmethod(queries.search_entries)
    list_display = ("name", "iso3", "region", "subregion")
    list_filter = ("region", "groups__group")
    search_fields = ("name", "iso3", "aliases__label")
    autocomplete_fields = ("party_source",)
    inlines = (CountryNameInline, CountryAliasInline, CountryGroupInline, ParticipationInline)


@admin.register(Institution)
class InstitutionAdmin(SearchedAdmin):
    search_kind, search_entries = "institution", staticmethod(queries.institution_entries)
    list_display = ("name", "acronym", "kind", "seat")
    list_filter = ("kind",)
    list_select_related = ("seat",)
    search_fields = ("name", "acronym")
    autocomplete_fields = ("seat", "source")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (ParticipationInline,)


@admin.register(Participation)
class ParticipationAdmin(AuditedAdmin):
    """Membership: the one screen on which the secretariat enters who belongs from when to when."""

    list_display = ("__str__", "begins_on", "ends_on", "source")
    list_filter = ("begins_on",)
    list_select_related = ("country", "institution", "source")
    search_fields = ("country__name", "institution__name")
    autocomplete_fields = ("country", "institution", "source")


@admin.register(AreaOfWork)
class AreaOfWorkAdmin(AuditedAdmin):
    list_display = ("number", "title", "active_from", "active_to")
    autocomplete_fields = ("source",)


@admin.register(MembershipCount)
class MembershipCountAdmin(AuditedAdmin):
    list_display = ("on", "countries", "institutions", "combined", "source")
    list_select_related = ("source",)
    autocomplete_fields = ("source",)


@admin.register(Affiliation)
class AffiliationAdmin(AuditedAdmin):
    list_display = ("person", "institution", "country", "title", "begins_on", "ends_on")
    list_select_related = ("person", "institution", "country")
    search_fields = ("person__name", "person__email", "country__name", "institution__name")
    autocomplete_fields = ("person", "country", "institution")


@admin.register(FocalTerm)
class FocalTermAdmin(AuditedAdmin):
    list_display = ("person", "country", "institution", "function", "begins_on", "ends_on")
    list_filter = ("function",)
    list_select_related = ("person", "country", "institution")
    search_fields = ("person__name", "person__email", "country__name", "institution__name")
    autocomplete_fields = ("person", "country", "institution")

    def save_model(self, request: HttpRequest, obj: FocalTerm, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        endings.end_all(obj.person, at=clock.of(request))

    def delete_model(self, request: HttpRequest, obj: FocalTerm) -> None:
        super().delete_model(request, obj)
        endings.end_all(obj.person, at=clock.of(request))


@admin.register(ReplyText)
class ReplyTextAdmin(AuditedAdmin):
    """What is offered as a reply to requests to join."""

    list_display = ("label", "language", "is_for_approval")
    list_filter = ("language", "is_for_approval")


@admin.register(ReplyDesk)
class ReplyDeskAdmin(AuditedAdmin):
    """Who may be named for replies to letters."""

    list_display = ("name", "email", "is_open")
    list_filter = ("is_open",)
