"""What every page is told about where it runs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from partnership.lib import languages
from partnership.site.demo import PEOPLE


def environment(request: HttpRequest) -> dict[str, Any]:
    banner = (
        ""
        if settings.PRODUCTION
        else _("This is a trial site with invented people. Nothing entered here is kept for good.")
    )
    demo = PEOPLE if settings.ENVIRONMENT == "development" else ()
    return {
        "environment": {"banner": banner, "demo_people": demo},
        "acting": getattr(request, "acting", None),
        "texts_language": languages.of_texts(request),
    }
