"""Approaches and authorizations as they are. They change on the desk alone, with their reasons."""

from __future__ import annotations

from django.contrib import admin

from partnership.agreements.cooperation.models import (
    Approach,
    ApproachLine,
    Authorization,
    AuthorizationLine,
)
from partnership.audit.admin import ReadOnlyAdmin


@admin.register(Approach)
class ApproachAdmin(ReadOnlyAdmin):
    list_display = ("title", "code", "kind", "host")
    list_filter = ("kind",)
    list_select_related = ("host",)
    search_fields = ("title", "code", "host__name")


@admin.register(Authorization)
class AuthorizationAdmin(ReadOnlyAdmin):
    list_display = ("title", "code", "host", "approach")
    list_select_related = ("host", "approach")
    search_fields = ("title", "code", "host__name")


@admin.register(ApproachLine, AuthorizationLine)
class LineAdmin(ReadOnlyAdmin):
    list_display = ("entry", "stage", "on", "source", "checked_on", "corrected_at")
    list_filter = ("stage", "is_report_date")
    list_select_related = ("entry", "source")
    search_fields = ("entry__title", "source__title")
