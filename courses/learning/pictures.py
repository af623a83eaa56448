"""Drawings and pictures of a lesson's text, as its reader's line allows.

A drawing is part of the page and weighs next to nothing. A picture is a file: it comes when the
reader is near it, tells its weight, and not at all where data is dear, until it is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Literal

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from courses.catalogue.figures import FIGURES
from courses.catalogue.pictures import sources
from courses.learning import live

COOKIE = "pictures"
FIGURE = re.compile(r'<figure(?P<id> id="[^"]*")? data-figure="(?P<name>[a-z0-9-]+)">')
# The renderer makes no other.
TRANSCRIPT = re.compile(r"<details>")
PICTURE = re.compile(r"<img [^>]*>")
ALT = re.compile(r' alt="([^"]*)"')
SOURCE = re.compile(r' src="([^"]*)"')
WEIGHT = re.compile(r' data-kb="(\d+)"')

# A text is as wide as its page, up to the measure of a line.
SIZES = "(min-width: 46rem) 42rem, 100vw"

# "as the browser says": pictures load, unless its style sheet is asked for less data.
Choice = Literal["on", "off", "auto"]
CHOSEN: Mapping[str | None, Choice] = {"on": "on", "off": "off"}


def choice(request: HttpRequest) -> Choice:
    """For this page by its address, else as chosen before, else as the browser asks."""
    for asked in (request.GET.get("pictures"), request.COOKIES.get(COOKIE)):
        if found := CHOSEN.get(asked):
            return found
    return "off" if request.headers.get("Save-Data", "").strip().lower() == "on" else "auto"


def has_pictures(html: str) -> bool:
    return PICTURE.search(html) is not None


def illustrated(html: str, *, language: str, choice: Choice, address: str = "") -> str:
    """The text with its drawings, and its pictures or what stands in for them.

    `address`: the page of the text. An answer to a form shows it too, under an address of its own.
    """
    html = live.filled(html, language=language)
    html = PICTURE.sub(lambda found: _picture(found[0], choice, address), html)
    html = TRANSCRIPT.sub(
        lambda found: f"{found[0]}<summary>{_transcript(language)}</summary>", html
    )
    return FIGURE.sub(lambda found: _figure(found["id"] or "", found["name"], language), html)


def _figure(name_of_block: str, name: str, language: str) -> str:
    """The words in a drawing are in the language of the text around it."""
    if name not in FIGURES:
        return f"<figure{name_of_block}>"
    with translation.override(language):
        drawing = render_to_string(f"courses/figures/{name}.html", {"drawn": FIGURES[name]()})
    return f'<figure class="picture"{name_of_block}>{drawing.strip()}'


def _transcript(language: str) -> str:
    with translation.override(language):
        return escape(_("What is said and shown"))


def _picture(tag: str, choice: Choice, address: str) -> str:
    alt, weight = ALT.search(tag), WEIGHT.search(tag)
    told = _("Picture, %(kb)s KB") % {"kb": weight[1]} if weight else _("Picture")
    instead = (
        f'<span class="unloaded"><b>{escape(told)}:</b> {alt[1] if alt else ""} '
        f'<a href="{escape(address)}?pictures=on">{escape(_("Load the pictures"))}</a></span>'
    )
    if choice == "off":
        return instead.replace('class="unloaded"', 'class="unloaded is-shown"')
    shown = _in_widths(WEIGHT.sub("", tag))
    if weight:
        shown += f'<small class="weight">{escape(told)}</small>'
    # Shown by the style sheet alone, where the browser is told to save data.
    return shown if choice == "on" else f"{instead}{shown}"


def _in_widths(tag: str) -> str:
    """The browser takes the width that its screen needs."""
    found = SOURCE.search(tag)
    widths = sources(found[1]) if found else ""
    return tag.replace("<img ", f'<img srcset="{widths}" sizes="{SIZES}" ', 1) if widths else tag
