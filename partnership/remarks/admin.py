from __future__ import annotations

from django.contrib import admin

from partnership.audit.admin import ReadOnlyAdmin
from partnership.remarks.models import Remark


@admin.register(Remark)
class RemarkAdmin(ReadOnlyAdmin):
    list_display = ("sentence", "kind", "state", "asked_at")
    list_filter = ("state", "kind")
