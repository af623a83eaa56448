"""Every kind of thing that search can find, and where its entries come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from courses.catalogue import queries as courses
from partnership.agreements import queries as agreements
from partnership.casestudies import queries as casestudies
from partnership.information import queries as information
from partnership.information.library import entries as library
from partnership.members import queries as members
from partnership.search import services
from partnership.search.services import Entry

KINDS: Mapping[str, Callable[[], Iterable[Entry]]] = {
    "country": members.search_entries,
    "institution": members.institution_entries,
    "agreement": agreements.search_entries,
    "case": casestudies.search_entries,
    "document": library.entries,
    "term": information.search_entries,
    "course": courses.course_entries,
    "lesson": courses.lesson_entries,
}
NAMES = {
    "country": _("Countries"),
    "institution": _("Institutions"),
    "agreement": _("Agreements"),
    "case": _("Case studies"),
    "document": _("Library"),
    "term": _("Glossary"),
    "course": _("Courses"),
    "lesson": _("Lessons"),
}


def rebuild(kind: str) -> int:
    """Write the entries of one kind anew; returns how many had changed."""
    return services.replace(kind, KINDS[kind]())
