"""Django's admin for administrators only, behind the same sign-in as every other page."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class Secretariat(admin.AdminSite):
    """The long tail. Who may enter is decided by the policy table before a view is reached."""

    site_header = site_title = _("Secretariat")
    index_title = _("Everything that has no desk of its own")
    site_url = "/"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return "administrator" in getattr(request, "roles", ())
