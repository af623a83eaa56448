"""The whole editorial import, in the order in which rows need one another."""

from __future__ import annotations

from django.db import transaction

from courses.quizzes.content import load_courses
from partnership.accounts.policies import load_first_versions
from partnership.agreements.content import load_agreements
from partnership.audit import services as audit
from partnership.casestudies.content import load_cases
from partnership.information.content import load_documents, load_glossary
from partnership.lib import clock
from partnership.members.content import load_countries, load_partnership
from partnership.site import searching
from partnership.sources.content import load_facts, load_sectors, load_sources
from partnership.sources.loading import Loaded


@transaction.atomic
def load_content() -> Loaded:
    """Bring in what is new in the content files. Running it again changes nothing."""
    done = Loaded()
    sources = load_sources(done)
    sectors = load_sectors(sources, done)
    load_facts(sources, done)
    countries = load_countries(sources, done)
    load_partnership(sources, countries, done)
    load_agreements(sources, sectors, countries, done)
    load_cases(sources, sectors, countries, done)
    load_glossary(done)
    load_documents(countries, done)
    load_courses(done)
    load_first_versions(clock.now())
    searching.load_synonyms(done)
    for kind in searching.KINDS:
        searching.rebuild(kind)
    if done.has_written:
        changes = {"rows": dict(sorted(done.counts.items()))}
        audit.record("content.load", at=clock.now(), of=("content", "editorial"), changes=changes)
    return done
