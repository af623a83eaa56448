"""Under which licence the site's data may be used, as files, feeds and pages say it."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

NAMES = {
    "https://creativecommons.org/licenses/by/4.0/": "CC BY 4.0",
    "https://creativecommons.org/licenses/by-sa/4.0/": "CC BY-SA 4.0",
    "https://creativecommons.org/licenses/by/3.0/igo/": "CC BY 3.0 IGO",
    "https://creativecommons.org/publicdomain/zero/1.0/": "CC0 1.0",
}


def address() -> str:
    """Where the licence can be read; empty where none was entered."""
    return settings.DATA_LICENCE


def name() -> str:
    return NAMES.get(address(), address())


def rights() -> str:
    """In a sentence, for whoever takes data away."""
    if not address():
        return _(
            "No licence has been entered on this site: ask the secretariat before you publish"
            " these data elsewhere."
        )
    if name() == address():
        return address()
    return f"{name()}, {address()}"
