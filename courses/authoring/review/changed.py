"""Which lessons of an edition tell what has changed since: agreements, decisions, figures, doubts.

A lesson names agreements by their addresses, decisions by their numbers, and figures by their
values; what it is not sure of stands in the list of doubts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from courses.catalogue.doubts import doubts
from courses.catalogue.models import Edition, Lesson
from courses.learning.models import SubjectCheck
from partnership.agreements.models import AgreementStage
from partnership.lib import numbers
from partnership.sources.models import DatedFact, Source

AGREEMENT = re.compile(r"/agreements/([a-z]{3}-[a-z]{3}(?:-\d+)?)/")
DECISION = re.compile(r"\b(\d{1,2}/C(?:MA|P|MP)\.\d{1,2})\b")
# A number of one digit is met everywhere, and a short word too.
SHORTEST_NUMBER, SHORTEST_WORD = 2, 5


@dataclass
class Changed:
    """A lesson with what is to be looked at again."""

    lesson: Lesson
    reasons: list[str] = field(default_factory=list)


def changed_since(edition: Edition) -> list[Changed]:
    """The lessons of an edition that are to be looked at again, in its order; in five queries."""
    rows = edition.lessons.select_related("module").defer("html")
    lessons = list(rows.order_by("module__position", "position"))
    told: dict[int, list[str]] = defaultdict(list)
    for found in (_agreements, _decisions, _figures, _doubts):
        for pk, reason in found(edition, lessons):
            told[pk].append(reason)
    return [Changed(one, told[one.pk]) for one in lessons if told[one.pk]]


Found = Iterator[tuple[int, str]]


def _agreements(edition: Edition, lessons: list[Lesson]) -> Found:
    """Of which the register has a line that it learnt since, or put right since."""
    named = {one.pk: set(AGREEMENT.findall(one.text)) for one in lessons}
    since = edition.published_at
    rows = AgreementStage.objects.filter(agreement__slug__in=set().union(*named.values(), ()))
    rows = rows.filter(Q(recorded_at__gt=since) | Q(corrected_at__gt=since))
    slugs = sorted(set(rows.order_by().values_list("agreement__slug", flat=True)))
    for pk, words in named.items():
        for slug in slugs:
            if slug in words:
                yield pk, _("The agreement %(slug)s has a newer line.") % {"slug": slug}


def _decisions(edition: Edition, lessons: list[Lesson]) -> Found:
    """To which a source speaks that came out after the day of the rules that are told."""
    newer = Source.objects.filter(published_on__gt=edition.rules_as_of)
    rows = newer.order_by("published_on", "pk").values_list("title", "published_on")
    sources = [(title, day.isoformat() if day else "") for title, day in rows]
    for one in lessons:
        named = sorted(set(DECISION.findall(one.text)))
        for title, day in sources:
            for decision in _spoken_of(title, named):
                told = {"decision": decision, "title": title, "day": day}
                yield one.pk, _("Decision %(decision)s: “%(title)s”, %(day)s.") % told


def _spoken_of(title: str, named: Iterable[str]) -> list[str]:
    spoken = set(DECISION.findall(title))
    return [decision for decision in named if decision in spoken]


def _figures(edition: Edition, lessons: list[Lesson]) -> Found:
    """That have a newer value by now, while the lesson prints the one before."""
    rows = DatedFact.objects.filter(follows__isnull=False, as_of__gt=edition.rules_as_of)
    for fact in rows.select_related("follows").order_by("as_of", "pk"):
        old = _printed(fact.follows, edition.language) if fact.follows else ""
        words = re.findall(r"\w+", fact.label.lower())
        about = [word for word in words if len(word) >= SHORTEST_WORD]
        if len(old) < SHORTEST_NUMBER or not about:
            continue
        printed = re.compile(rf"(?<![\d.,]){re.escape(old.lower())}(?!\d|[.,]\d)")
        told = {"label": fact.label, "old": old, "new": _printed(fact, edition.language)}
        for one in lessons:
            text = one.text.lower()
            if printed.search(text) and any(word in text for word in about):
                yield one.pk, _("%(label)s: %(new)s by now, not %(old)s.") % told


def _printed(fact: DatedFact, language: str) -> str:
    """As a lesson prints it in its language, whoever reads this list."""
    if fact.value_number is None:
        return fact.value_text
    with translation.override(language):
        return numbers.shown(fact.value_number)


def _doubts(edition: Edition, lessons: list[Lesson]) -> Found:
    """That a subject expert has looked up since."""
    slug = edition.course.slug
    keys = {one.key: one.pk for one in lessons}
    named = [(doubt, key) for doubt in doubts() for course, key in doubt.lessons if course == slug]
    rows = SubjectCheck.objects.filter(recorded_at__gt=edition.published_at)
    checked = set(rows.order_by().values_list("doubt", flat=True))
    for doubt, key in named:
        if doubt.key in checked and key in keys:
            yield keys[key], _("A doubt was looked up: %(doubt)s") % {"doubt": doubt.doubt}
