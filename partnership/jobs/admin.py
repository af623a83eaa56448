from __future__ import annotations

from django.contrib import admin

from partnership.audit.admin import ReadOnlyAdmin
from partnership.jobs.models import Job


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ("kind", "key", "state", "done", "total", "tries", "created_at", "finished_at")
    list_filter = ("state", "kind")
    search_fields = ("key", "uuid")
