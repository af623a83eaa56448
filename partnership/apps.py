from __future__ import annotations

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class PartnershipConfig(AppConfig):
    name = "partnership"
    default = True

    def ready(self) -> None:
        """Every thread rings through our broker, not through Celery's own; news are told of."""
        from partnership.celery import app
        from partnership.information.alerts import tellers  # noqa: F401
        from partnership.site import news  # noqa: F401

        app.set_default()


class SecretariatAdminConfig(admin_apps.AdminConfig):
    """Django's admin under our own site class."""

    default = False
    default_site = "partnership.lib.admin.Secretariat"
