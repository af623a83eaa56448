"""Proposals of case studies, and the words of one in which nothing is missing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import factory

from partnership.accounts.models import User
from partnership.casestudies.models import CaseDraft, CaseSave
from partnership.casestudies.words import Words, taken_from
from partnership.members.models import Country
from tests.factories.accounts import UserFactory
from tests.factories.sources import SectorFactory, SourceFactory

AT = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)


class CaseDraftFactory(factory.django.DjangoModelFactory):
    """A proposal that is being written, with one saved text."""

    class Meta:
        model = CaseDraft
        skip_postgeneration_save = True

    by = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"Proposal {n}")
    number = 1
    begun_at = changed_at = AT

    @factory.post_generation
    def words(draft: CaseDraft, _create: bool, given: Words | None, **_more: Any) -> None:  # noqa: N805
        words = given or taken_from({"title": draft.title, "language": "en"})
        CaseSave.objects.create(draft=draft, number=1, words=words, by=draft.by, at=AT)


def whole(country: Country, **more: str) -> Words:
    """A case study in which nothing is missing."""
    sector, source = SectorFactory(), SourceFactory()
    parts = {
        f"{kind}_{name}": f"{kind.title()} {name} **told**."
        for kind in ("challenge", "action", "result", "copy")
        for name in ("heading", "text")
    }
    return taken_from(
        {
            **{"title": "Better stoves", "language": "en", "summary": "In two sentences."},
            **{"standfirst": "How it began.", "mechanism": "A programme", "place": "A province"},
            **{"started": "since 2020", "technology": "Stoves", "sector": sector.slug},
            **parts,
            **{"doubts": "- What it cost\n- Who paid", "goals": "13, 7"},
            **{"countries-0-country": country.iso3, "countries-0-part": "host"},
            **{"sources-0-listed": source.slug, "sources-1-title": "A report of ours"},
            **figure(0, label="Stoves sold", value_number="1250.50", unit="stoves"),
            **figure(1, label="Who sold them", value_text="three shops", source="2"),
            **more,
        }
    )


def figure(n: int, **more: str) -> dict[str, str]:
    """A row of the form for a number in the result."""
    row = {
        **{"section": "result", "scope": "project", "as_of": "2025-06-30", "source": "1"},
        **{"as_of_precision": "day", **more},
    }
    return {f"figures-{n}-{name}": value for name, value in row.items()}


def handed_in(words: Words, *, by: User, country: Country | None = None, **more: Any) -> CaseDraft:
    """A proposal that waits for the secretariat."""
    state = {"state": CaseDraft.State.HANDED_IN, "handed_in_at": AT}
    return CaseDraftFactory(
        by=by, country=country, words=words, title=words["title"], **state, **more
    )
