"""Figures that a text names instead of printing: they are filled in when the page is read."""

from __future__ import annotations

import re
from html import escape

from django.utils import translation
from django.utils.translation import gettext as _

from partnership.lib import numbers
from partnership.sources.models import DatedFact

PLACE = re.compile(r'<data value="fact:([a-z0-9-]{1,80})">[^<]*</data>')


def filled(html: str, *, language: str) -> str:
    """The text with each figure's newest value and its day; one query where it names any."""
    keys = set(PLACE.findall(html))
    if not keys:
        return html
    rows = DatedFact.objects.newest().of_figures(keys)
    facts = {row.of_figure: row for row in rows}
    with translation.override(language):
        return PLACE.sub(lambda found: _told(facts.get(found[1])), html)


def _told(fact: DatedFact | None) -> str:
    if fact is None:
        return f'<span class="not-known">{escape(_("not known"))}</span>'
    words = fact.value_text if fact.value_number is None else numbers.shown(fact.value_number)
    value = " ".join(part for part in (fact.qualifier, words, fact.unit) if part)
    told = _("as of %(day)s") % {"day": fact.as_of_text}
    return f'<span class="live-fact">{escape(value)} <small>({escape(told)})</small></span>'


def known() -> set[str]:
    """The name of every figure that a text can name."""
    return {row.of_figure for row in DatedFact.objects.newest().only("key", "figure")}
