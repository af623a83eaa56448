"""The trainers' guide: three pages of Markdown, and the drawings that they name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from partnership.lib import markdown

FOLDER = Path(__file__).parent / "guide_texts"
LANGUAGES = ("en", "fr")
TITLES = {
    "first-course": _("Your first course"),
    "questions-quickly": _("Questions quickly"),
    "publishing": _("Publishing without breaking a running course"),
}
DRAWINGS = frozenset({"outline", "editor", "pasted", "editions", "checklist"})
FIGURE = re.compile(r'<figure(?P<id> id="[^"]*")? data-figure="(?P<name>[a-z-]+)">')


@dataclass(frozen=True)
class Page:
    """A page of the guide in the language in which there is one."""

    name: str
    language: str
    html: str


@cache
def page_of(name: str, language: str) -> Page:
    """Drawn once for each language: neither text nor drawings hold anything of their reader."""
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    text = (FOLDER / spoken / f"{name}.md").read_text(encoding="utf-8")
    html = markdown.render(text, first_heading=2)
    with translation.override(spoken):
        html = FIGURE.sub(lambda found: _drawn(found["id"] or "", found["name"]), html)
    return Page(name, spoken, html)


def _drawn(name_of_block: str, name: str) -> str:
    drawing = render_to_string(f"courses/authoring/guide/{name}.html")
    return f'<figure class="picture"{name_of_block}>{drawing.strip()}'
