"""Names and directions of the languages that content is written in."""

from __future__ import annotations

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _


def language_name(code: str) -> str:
    """The language's name in the reader's language; a code that nobody knows stays a code."""
    known = LANG_INFO.get(code) or LANG_INFO.get(code.partition("-")[0], {})
    return _(known["name"]) if "name" in known else code


def direction(code: str) -> str:
    """Which way the language is written, for `dir`."""
    known = LANG_INFO.get(code) or LANG_INFO.get(code.partition("-")[0], {})
    return "rtl" if known.get("bidi") else "ltr"
