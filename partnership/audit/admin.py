"""Django's admin as this house uses it: open to administrators only, every act in the audit log."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from partnership.audit import changes, services
from partnership.audit.models import AuditEntry
from partnership.lib import clock


class AuditedAdmin(admin.ModelAdmin):
    """Rows that administrators may change. The roles were checked before the view was reached."""

    list_per_page = 50
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return "administrator" in getattr(request, "roles", ())

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_module_permission(request)

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission

    # False for rows that are people: the log outlives them, so it says what changed, not from what.
    audit_values = True

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        own = changes.of_form(form) if self.audit_values else dict.fromkeys(form.changed_data)
        request._changes = {**own, **changes.of_parts(formsets or ())}  # type: ignore[attr-defined]
        return super().construct_change_message(request, form, formsets, add)

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        self._audit("add", request, obj, getattr(request, "_changes", {}))
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        self._audit("change", request, obj, getattr(request, "_changes", {}))
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for obj in queryset:
            self._audit(
                "delete", request, obj, changes.of_removed(obj) if self.audit_values else {}
            )
        return super().log_deletions(request, queryset)

    def _audit(self, verb: str, request: HttpRequest, obj: Model, found: dict[str, Any]) -> None:
        # A person is named by the key that says nothing, as the actor is.
        key = str(getattr(obj, "uuid", obj.pk))
        services.record(
            f"admin.{verb}",
            at=clock.now(),
            request=request,
            of=(obj._meta.model_name or "", key),
            changes=found,
        )


class LabelledFormSet(BaseInlineFormSet):
    """Says to those who hear the page what others read at the head of a cell's column."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs.setdefault("aria-label", str(field.label or name))


class AuditedInline(admin.TabularInline):
    """Parts of a row, under the same rule."""

    formset = LabelledFormSet
    extra = 0
    show_change_link = True

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return "administrator" in getattr(request, "roles", ())

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


class ReadOnlyAdmin(AuditedAdmin):
    """Rows that a service owns: to be looked at, not changed by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    has_delete_permission = has_change_permission


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "verb", "kind", "key", "actor", "acting_as", "network")
    list_filter = ("verb", "kind")
    search_fields = ("actor", "key", "request_id")
    date_hierarchy = "at"
