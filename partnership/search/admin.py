from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from partnership.audit.admin import AuditedAdmin, ReadOnlyAdmin
from partnership.search import services
from partnership.search.models import SearchEntry


@admin.register(SearchEntry)
class SearchEntryAdmin(ReadOnlyAdmin):
    list_display = ("title", "kind", "language")
    list_filter = ("kind", "language")
    search_fields = ("title",)


class SearchedAdmin(AuditedAdmin):
    """Rows that search finds. What is withdrawn here is found no more from the same moment on."""

    search_kind: str
    search_entries: Callable[[], Iterable[services.Entry]]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self._write_search()

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        super().delete_model(request, obj)
        self._write_search()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        super().delete_queryset(request, queryset)
        self._write_search()

    def _write_search(self) -> None:
        services.replace(self.search_kind, self.search_entries())
