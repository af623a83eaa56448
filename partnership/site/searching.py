"""Every kind of thing that search can find, where its entries come from, and who asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.catalogue import queries as courses
from partnership.agreements import queries as agreements
from partnership.agreements.cooperation import queries as cooperation
from partnership.casestudies import queries as casestudies
from partnership.information import queries as information
from partnership.information.library import entries as library
from partnership.information.library import fields
from partnership.lib import clock, languages
from partnership.lib.numbers import shown
from partnership.members import queries as members
from partnership.members.audiences import of_posts
from partnership.search import services
from partnership.search.content import SYNONYMS
from partnership.search.engines.asked import EVERYBODY
from partnership.search.models import Synonym
from partnership.search.queries import Reader
from partnership.search.services import Entry
from partnership.sources.loading import Loaded, load
from partnership.sources.models import DatedFact

# In which texts can be: what is found in a language can be asked for in it.
LANGUAGES = {code: name for code, name in fields.languages() if code}


def fact_entries() -> Iterable[Entry]:
    """The newest value of each figure, where a page shows it.

    A title says what it is about: so it is longer than that of the thing itself, and stands behind.
    """
    rows = DatedFact.objects.newest().select_related("country", "source")
    for fact in rows.exclude(country=None, topic="register"):
        value = fact.value_text if fact.value_number is None else shown(fact.value_number)
        told = " ".join(filter(None, [fact.qualifier, value, fact.unit]))
        yield Entry(
            key=fact.of_figure,
            title=f"{fact.label} ({fact.country or fact.get_topic_display()})",
            address=_page_of(fact),
            summary=_("%(value)s, as of %(day)s") % {"value": told, "day": fact.as_of_text},
            body=f"{fact.definition} {fact.note} {fact.source}",
        )


def _page_of(fact: DatedFact) -> str:
    if fact.country:
        return fact.country.get_absolute_url()
    return reverse("figures:fact", args=[fact.of_figure])


def reader_of(request: HttpRequest) -> Reader:
    """Who asks: in which language they read texts, and the audiences that they belong to."""
    audiences = {EVERYBODY}
    if request.user.is_authenticated:
        person = request.user.pk
        audiences |= of_posts([person], clock.of(request).date())[person]
        audiences |= {f"role:{role}" for role in getattr(request, "roles", ())}
    return Reader(languages.of_texts(request), frozenset(audiences))


KINDS: Mapping[str, Callable[[], Iterable[Entry]]] = {
    "country": members.search_entries,
    "institution": members.institution_entries,
    "agreement": agreements.search_entries,
    "approach": cooperation.approach_entries,
    "authorization": cooperation.authorization_entries,
    "case": casestudies.search_entries,
    "document": library.entries,
    "term": information.search_entries,
    "course": courses.course_entries,
    "lesson": courses.lesson_entries,
    "fact": fact_entries,
}
NAMES = {
    "country": _("Countries"),
    "institution": _("Institutions"),
    "agreement": _("Agreements"),
    "approach": _("Cooperative approaches"),
    "authorization": _("Authorizations"),
    "case": _("Case studies"),
    "term": _("Glossary"),
    "course": _("Courses"),
    "lesson": _("Lessons"),
    "fact": _("Facts"),
    "document": _("Documents"),
}
# Of one hit.
ONE = {
    "country": _("Country"),
    "institution": _("Institution"),
    "agreement": _("Agreement"),
    "approach": _("Cooperative approach"),
    "authorization": _("Authorization"),
    "case": _("Case study"),
    "term": _("Term"),
    "course": _("Course"),
    "lesson": _("Lesson"),
    "fact": _("Fact"),
    "document": _("Document"),
}


def load_synonyms(done: Loaded) -> None:
    """The field's synonyms, as far as no administrator was there."""
    load(Synonym, SYNONYMS, key=("key",), done=done)


def rebuild(kind: str) -> int:
    """Write the entries of one kind anew; returns how many had changed."""
    return services.replace(kind, KINDS[kind]())
