from __future__ import annotations

from django.contrib import admin

from partnership.audit.admin import ReadOnlyAdmin
from partnership.mail.models import OutboxMessage


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ReadOnlyAdmin):
    """What was sent to whom and how it went. The text may hold a code: it is not shown."""

    list_display = ("subject", "to", "state", "tries", "created_at", "handed_over_at")
    list_filter = ("state",)
    search_fields = ("to", "subject")
    exclude = ("body", "html", "headers")
