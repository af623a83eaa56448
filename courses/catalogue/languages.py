"""Names and directions of the languages that content is written in."""

from __future__ import annotations

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# As they stand within a sentence: our catalogues come before Django's, which begins them with a
# capital in languages that do not.
NAMES = (
    gettext_noop("Arabic"),
    gettext_noop("English"),
    gettext_noop("French"),
    gettext_noop("Russian"),
    gettext_noop("Simplified Chinese"),
    gettext_noop("Spanish"),
)


def language_name(code: str) -> str:
    """The language's name in the reader's language; a code that nobody knows stays a code."""
    known = LANG_INFO.get(code) or LANG_INFO.get(code.partition("-")[0], {})
    return _(known["name"]) if "name" in known else code


def direction(code: str) -> str:
    """Which way the language is written, for `dir`."""
    known = LANG_INFO.get(code) or LANG_INFO.get(code.partition("-")[0], {})
    return "rtl" if known.get("bidi") else "ltr"
