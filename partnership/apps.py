from __future__ import annotations

import gc
from typing import Any

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class PartnershipConfig(AppConfig):
    name = "partnership"
    default = True

    def __init__(self, *names: Any) -> None:
        """What is loaded from here until `ready` stays: the collector need not look through it."""
        super().__init__(*names)
        gc.disable()

    def ready(self) -> None:
        """Every thread of every process rings through our broker, not through Celery's own.

        Each subject says how its facts read, for those who say that one is wrong; what is new, for
        those who follow it; and the register which sheets it takes in.
        """
        from partnership.agreements import importing  # noqa: F401
        from partnership.agreements import told as _agreements  # noqa: F401
        from partnership.casestudies import told as _cases  # noqa: F401
        from partnership.celery import app
        from partnership.information.alerts import tellers as _followed  # noqa: F401
        from partnership.information.library import told as _library  # noqa: F401
        from partnership.remarks import tellers  # noqa: F401
        from partnership.site import news  # noqa: F401

        app.set_default()
        gc.freeze()
        gc.enable()


class SecretariatAdminConfig(admin_apps.AdminConfig):
    """Django's admin under our own site class."""

    default = False
    default_site = "partnership.lib.admin.Secretariat"
