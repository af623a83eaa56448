"""What the toolbar offers to refer to: terms, agreements, cases, and figures that stay live."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from partnership.agreements.models import Agreement
from partnership.casestudies.models import CaseStudy
from partnership.information.models import GlossaryTerm
from partnership.sources.models import DatedFact

# Words in brackets stand as they are.
GUARDED = str.maketrans({sign: f"\\{sign}" for sign in "\\[]*_`<"})
MOST = 400


@dataclass(frozen=True)
class Group:
    """References of one kind: what the list says, and what is put into the text."""

    label: str
    choices: tuple[tuple[str, str], ...]


def offered(language: str) -> list[Group]:
    """In four queries."""
    terms = GlossaryTerm.objects.filter(language=language).order_by("term")
    agreements = Agreement.objects.select_related("acquiring", "host")
    cases = CaseStudy.objects.filter(published_on__isnull=False).order_by("title")
    facts = DatedFact.objects.newest().order_by("topic", "position", "key")
    groups = (
        (
            _("Terms"),
            ((one.term, _link(one.term, f"/glossary/#{one.slug}")) for one in terms[:MOST]),
        ),
        (_("Agreements"), (_agreement(one) for one in agreements[:MOST])),
        (_("Case studies"), ((one.title, _link(one.title, _case(one))) for one in cases[:MOST])),
        (
            _("Figures that stay live"),
            ((str(one), f"{{fact:{one.of_figure}}}") for one in facts[:MOST]),
        ),
    )
    return [Group(label, found) for label, choices in groups if (found := tuple(choices))]


def _agreement(one: Agreement) -> tuple[str, str]:
    words = f"{one.acquiring.name} – {one.host.name}"
    words = f"{words} ({one.series})" if one.series > 1 else words
    return words, _link(words, f"/agreements/{one.slug}/")


def _case(one: Any) -> str:
    return f"/case-studies/{one.slug}/"


def _link(words: str, address: str) -> str:
    return f"[{words.translate(GUARDED)}]({address})"
