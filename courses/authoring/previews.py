"""A draft as learners will see it: the one renderer, the same page, under a link that ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core import signing

from courses.catalogue.models import Edition
from courses.catalogue.pictures import PLACE
from courses.learning import pictures
from courses.learning.reading import linker, on_its_own
from partnership.lib import markdown

SALT = "courses.authoring.preview"
HOLDS = timedelta(days=14)


def shown(text: str, *, language: str, choice: pictures.Choice = "on", html: str = "") -> str:
    """A lesson's text as its page has it, from the Markdown or from HTML that was made of it."""
    own = on_its_own(html or markdown.render(text))
    return pictures.illustrated(linker(language).link(own), language=language, choice=choice)


@dataclass(frozen=True)
class Shared:
    """Which draft a link opens, and until when."""

    edition: int
    until: datetime


def link_of(draft: Edition, at: datetime) -> str:
    """What stands in the address. Whoever has it may read the draft, for fourteen days."""
    until = int((at + HOLDS).timestamp())
    return signing.dumps([draft.pk, until], salt=SALT)


def opened(token: str, at: datetime) -> Shared | None:
    """What a link opens; nothing when it is over, or is not ours."""
    try:
        edition, until = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    ends = datetime.fromtimestamp(until, UTC)
    return Shared(edition, ends) if at < ends else None


def under_its_link(html: str, token: str) -> str:
    """Who reads a draft by its link sees its pictures by the same link."""
    return html.replace(PLACE, f"/drafts/{token}/pictures/")
