"""A module's text for a file that is read from the disk: without the site, without any line."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

OWN_LINK = re.compile(r'(<a\b[^>]*?\shref=")(?=/)')
OTHERS_LINK = re.compile(r'<a\b[^>]*?\shref="(https?://[^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
PICTURE = re.compile(r'<img\b[^>]*>(?:<small class="weight">[^<]*</small>)?')
ALTERNATIVE = re.compile(r'\salt="([^"]*)"')


def on_paper(html: str, *, site: str) -> str:
    """Links lead to the site; drawings stay, a picture is told by its words: light and whole."""
    return PICTURE.sub(_told, OWN_LINK.sub(rf"\g<1>{site}", html))


def _told(picture: re.Match[str]) -> str:
    found = ALTERNATIVE.search(picture[0])
    words = found[1] if found and found[1] else _("see the lesson on the site")
    return f'<span class="picture">[{_("Picture:")} {words}]</span>'


def named_links(texts: Iterable[str], *, site: str) -> list[tuple[str, str]]:
    """What the texts lead to outside the site: address and words, each address once."""
    found: dict[str, str] = {}
    for text in texts:
        for address, words in OTHERS_LINK.findall(text):
            if not address.startswith(site):
                found.setdefault(address, strip_tags(words).strip())
    return list(found.items())
