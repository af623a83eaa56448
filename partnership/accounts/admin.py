from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from partnership.accounts import endings
from partnership.accounts.models import RoleGrant, User
from partnership.audit.admin import AuditedAdmin, AuditedInline
from partnership.lib import clock

# Rights come from roles; addresses and second factors are their owners' own. No list of them here.
admin.site.unregister([Group, EmailAddress, Authenticator])


class RoleGrantInline(AuditedInline):
    model = RoleGrant


@admin.register(User)
class UserAdmin(AuditedAdmin):
    """People. Passwords are theirs alone and cannot be seen or set here."""

    audit_values = False
    list_display = ("name", "email", "is_active", "last_login", "created_at")
    list_filter = ("is_active", "is_demo")
    search_fields = ("name", "latin_name", "email")
    exclude = ("password", "seen_by")
    readonly_fields = ("uuid", "last_login", "is_demo")
    inlines = (RoleGrantInline,)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """An erasure leaves what counts for others; a deletion would take it along."""
        return False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Whose roles were changed, or who may not sign in any more, is signed out everywhere."""
        super().save_related(request, form, formsets, change)
        is_other = any(formset.has_changed() for formset in formsets)
        if is_other or "is_active" in form.changed_data:
            endings.end_all(form.instance, at=clock.of(request))
            if form.instance == request.user:
                endings.keep_this_one(request, form.instance)
