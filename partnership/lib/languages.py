"""Which language the pages speak and which one texts are read in: two choices of one reader."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import get_supported_language_variant

# The cookie with the language of the texts. Without one they follow the pages.
TEXTS = "texts"
# What a device asks with when it fetches a kept module anew: both languages that it was kept in.
KEPT_IN = "Keep-Language"
# Names by their own readers where Django has none, or an English one.
OWN_NAMES = {
    "am": "አማርኛ",
    "km": "ភាសាខ្មែរ",
    "lo": "ລາວ",
    "mn": "Монгол",
    "si": "සිංහල",
    "zh": "中文",
}


def named(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Each language with the name that its own readers give it."""
    return [(code, own_name(code)) for code in codes]


def in_english(code: str) -> str:
    """As lists in English call it, where Django knows it."""
    return str(LANG_INFO.get(code, {}).get("name", code))


def own_name(code: str) -> str:
    """As its readers call it; a code that nobody knows stays one."""
    if code in OWN_NAMES:
        return OWN_NAMES[code]
    known = LANG_INFO.get(code) or LANG_INFO.get(code.partition("-")[0], {})
    name = str(known.get("name_local", code))
    return name[:1].upper() + name[1:]


def offered(code: str | None) -> str:
    """The language of the site that this code means, or nothing."""
    try:
        return get_supported_language_variant(code or "")
    except LookupError:
        return ""


def of_pages(request: HttpRequest) -> str:
    """What a device or a visitor's choice asks for; nothing where the browser decides."""
    kept = request.headers.get(KEPT_IN, "").partition(" ")[0]
    return offered(kept) or offered(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME))


def of_texts(request: HttpRequest) -> str:
    """The language that texts are wanted in: chosen apart, else that of the pages."""
    kept = request.headers.get(KEPT_IN, "").partition(" ")[2]
    chosen = offered(kept) or offered(request.COOKIES.get(TEXTS))
    return chosen or translation.get_language() or settings.LANGUAGE_CODE
