"""Which edition somebody reads, and the texts of it. A draft is nobody's here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.catalogue.models import Edition, Lesson, LessonRevision, Module
from courses.learning.models import Certificate, Enrolment
from courses.learning.progress import Item, Outline, Part
from courses.learning.terms import Linker, Term
from partnership.information.models import GlossaryTerm

HEADING = re.compile(r"(</?h)([3-6])\b")
BLOCK_ID = re.compile(r' id="b-[0-9a-f-]+"')


@dataclass(frozen=True)
class Reading:
    """A course as one person reads it: in their own edition, or in the newest one."""

    edition: Edition
    newest: Edition
    enrolment: Enrolment | None  # in this edition, while it runs
    was_here: bool  # joined once and left
    corrected_at: datetime | None = None  # the last correction of a lesson's spelling

    @property
    def version(self) -> str:
        """Another one when the words may be others: what a device keeps is renewed by it.

        In each language by itself: a page says in which one it is.
        """
        corrected = f"{self.corrected_at.timestamp():.6f}" if self.corrected_at else ""
        return f"{self.edition.number}-{corrected}"

    @property
    def has_newer(self) -> bool:
        return self.newest.number > self.edition.number


def reading(slug: str, user: Any) -> Reading | None:
    """The course at an address for whoever asks, in two queries. None where there is nothing."""
    revisions = LessonRevision.objects.filter(lesson__edition=OuterRef("pk")).order_by("-at")
    rows: Any = Edition.objects.published().filter(course__slug=slug).select_related("course__area")
    rows = rows.annotate(corrected_at=Subquery(revisions.values("at")[:1]))
    editions = {edition.pk: edition for edition in rows.order_by("-number")}
    if not editions:
        return None
    # One that was withdrawn is read by those in the middle of it, and where there is no other.
    open_ones = [edition for edition in editions.values() if edition.withdrawn_at is None]
    newest = next(iter([*open_ones, *editions.values()]))
    joined = Enrolment.objects.of(user).filter(edition__in=editions).select_related("lesson")
    enrolments = sorted(joined, key=lambda one: editions[one.edition_id].number, reverse=True)
    for enrolment in enrolments:
        enrolment.edition = editions[enrolment.edition_id]
    running = next((one for one in enrolments if one.left_at is None), None)
    edition = editions[running.edition_id] if running else newest
    return Reading(
        edition=edition,
        newest=newest,
        enrolment=running,
        was_here=running is None and bool(enrolments),
        corrected_at=edition.corrected_at,
    )


def lesson_text(edition: Edition, slug: str) -> Lesson | None:
    rows = Lesson.objects.filter(edition=edition, slug=slug).select_related("module")
    return rows.first()


def module_texts(edition: Edition, key: str) -> Module | None:
    """A module with the texts of its lessons."""
    return Module.objects.filter(edition=edition, key=key).prefetch_related("lessons").first()


def on_its_own(html: str) -> str:
    """A text below a page's title, not a section's: its headings are one level higher."""
    return _scrolling(HEADING.sub(lambda found: f"{found[1]}{int(found[2]) - 1}", html))


def beside_others(html: str) -> str:
    """A text without names of blocks: lessons with the same words would share them."""
    return _scrolling(BLOCK_ID.sub("", html))


def _scrolling(html: str) -> str:
    """Wide tables scroll by themselves, also by keyboard, and say what they are."""
    region = f'<div class="table-wrap" tabindex="0" role="region" aria-label="{_("Table")}"'
    return html.replace('<div class="table-wrap"', region)


def linker(language: str) -> Linker:
    """Links the glossary's terms in a text of this language."""
    rows = GlossaryTerm.objects.filter(language=language).order_by()
    found: Iterable[Any] = rows.values_list("slug", "term", "abbreviation", "definition")
    return Linker((Term(*row) for row in found), reverse("information:glossary"))


class Links:
    """Linkers by language, for texts of one page that are not all in the same one."""

    def __init__(self) -> None:
        self._linkers: dict[str, Linker] = {}

    def of(self, language: str) -> Linker:
        if language not in self._linkers:
            self._linkers[language] = linker(language)
        return self._linkers[language]


def certificate_of(enrolment: Enrolment | None) -> Certificate | None:
    """The standing certificate of an enrolment that is completed."""
    if enrolment is None or enrolment.completed_at is None:
        return None
    rows = Certificate.objects.standing().filter(learner=enrolment.learner_id)
    return rows.filter(edition=enrolment.edition_id).first()


def around(outline: Outline, lesson: int) -> tuple[Item, Part, int, Item | None, Item | None]:
    """A lesson in its outline: itself, its module, its number there, what is before and after."""
    items = outline.items
    at = next(n for n, item in enumerate(items) if item.is_lesson and item.pk == lesson)
    part = next(part for part in outline.parts if items[at] in part.items)
    before = items[at - 1] if at else None
    after = items[at + 1] if at + 1 < len(items) else None
    return items[at], part, part.items.index(items[at]) + 1, before, after
