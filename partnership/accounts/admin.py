from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group

from partnership.accounts.models import RoleGrant, User
from partnership.audit.admin import AuditedAdmin, AuditedInline

# Rights come from roles, and addresses are their owners' own: no list of either is needed here.
admin.site.unregister([Group, EmailAddress])


class RoleGrantInline(AuditedInline):
    model = RoleGrant


@admin.register(User)
class UserAdmin(AuditedAdmin):
    """People. Passwords are theirs alone and cannot be seen or set here."""

    audit_values = False
    list_display = ("name", "email", "is_active", "last_login", "created_at")
    list_filter = ("is_active", "is_demo")
    search_fields = ("name", "latin_name", "email")
    exclude = ("password",)
    readonly_fields = ("uuid", "last_login", "is_demo")
    inlines = (RoleGrantInline,)
