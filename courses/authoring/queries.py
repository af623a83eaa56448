"""A draft as its writers see it: the outline with its figures, who writes where, what lacks."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Length
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from courses.authoring import checks
from courses.authoring.addresses import quiz_address
from courses.authoring.bank import queries as bank
from courses.authoring.models import LessonSave, Writing
from courses.authoring.reading import read
from courses.authoring.review.queries import open_counts
from courses.authoring.shelf.queries import names_of
from courses.catalogue.models import Course, Edition, Lesson, Module
from courses.catalogue.pictures import named_in
from courses.catalogue.weights import page_kb
from courses.learning import live
from courses.quizzes.models import QuizQuestion
from partnership.accounts.models import User
from partnership.sources.models import Link

# For so long after it was last seen a page counts as open.
PRESENT = timedelta(minutes=1)


@dataclass
class Line:
    """One part of the outline, with what is told of it."""

    name: str
    title: str
    slug: str = ""  # of a lesson or a quiz
    address: str = ""
    minutes: int = 0
    words: int = 0
    kb: int = 0
    pictures_kb: int = 0
    questions: int = 0
    weak: int = 0  # of them, few learners get right
    lacks: str = ""
    reading: str = ""  # where it is read and commented on
    comments: int = 0  # open ones
    writers: list[str] = field(default_factory=list)
    is_first: bool = False
    is_last: bool = False

    @property
    def kind(self) -> str:
        return self.name.partition(":")[0]

    @property
    def key(self) -> str:
        return self.name.partition(":")[2]


@dataclass
class Chapter:
    """A module with its lessons and then its quizzes, as learners meet them; or the course's own
    quizzes, which are in no module.
    """

    line: Line | None
    lines: list[Line] = field(default_factory=list)

    @property
    def minutes(self) -> int:
        return sum(line.minutes for line in self.lines)

    @property
    def kb(self) -> int:
        return sum(line.kb for line in self.lines)

    @property
    def words(self) -> int:
        return sum(line.words for line in self.lines)


def outline(draft: Edition, at: datetime) -> list[Chapter]:
    """All parts in their order, in nine queries."""
    writers = _writers(draft, at)
    comments = open_counts(draft)
    chapters = {row.pk: Chapter(Line(f"module:{row.key}", row.title)) for row in _modules(draft)}
    for row in _lessons(draft):
        chapters[row.module_id].lines.append(_lesson_line(draft, row, writers[row.pk]))
    whole = Chapter(None)
    weak = _weak(draft)
    for row in _quizzes(draft):
        chapter = chapters.get(row.module_id or 0, whole)
        chapter.lines.append(_quiz_line(draft, row, weak[row.pk]))
    found = list(chapters.values())
    for chapter in found:
        if chapter.line and not any(line.kind == "lesson" for line in chapter.lines):
            chapter.line.lacks = _("no lesson yet")
    _mark_ends([chapter.line for chapter in found if chapter.line])
    for chapter in [*found, whole]:
        for kind in ("lesson", "quiz"):
            _mark_ends([line for line in chapter.lines if line.kind == kind])
        for line in chapter.lines:
            line.comments = comments.get(line.name, 0)
    return [*found, whole] if whole.lines else found


def _modules(draft: Edition) -> QuerySet[Module]:
    return draft.modules.order_by("position")


def _lessons(draft: Edition) -> QuerySet[Any]:
    rows = draft.lessons.annotate(letters=Length("html")).defer("html")
    return rows.order_by("module__position", "position")


def _quizzes(draft: Edition) -> QuerySet[Any]:
    rows = draft.quizzes.annotate(asked=Count("groups__questions"))
    return rows.order_by("module__position", "position", "pk")


def _lesson_line(draft: Edition, row: Any, writers: list[str]) -> Line:
    return Line(
        name=f"lesson:{row.key}",
        title=row.title,
        slug=row.slug,
        address=reverse("courses:draft-lesson", args=[draft.course.slug, row.slug]),
        reading=reverse("courses:draft-read", args=[draft.course.slug, row.slug]),
        minutes=row.minutes,
        words=len(row.text.split()),
        kb=page_kb(row.letters),
        pictures_kb=row.pictures_kb,
        lacks="" if row.text.strip() else _("no text yet"),
        writers=writers,
    )


def _weak(draft: Edition) -> Counter[int]:
    """How many questions of each quiz misled its learners, or nobody was taught."""
    lines = QuizQuestion.objects.filter(group__quiz__edition=draft).order_by()
    asked = list(lines.values_list("group__quiz", "version__question"))
    told = bank.figures(Q(version__question__in={question for _quiz, question in asked}))
    weak = {question for question, figures in told.items() if figures.is_weak}
    return Counter(quiz for quiz, question in asked if question in weak)


def _quiz_line(draft: Edition, row: Any, weak: int) -> Line:
    return Line(
        name=f"quiz:{row.key}",
        title=row.title,
        slug=row.slug,
        address=quiz_address(draft.course.slug, row.slug),
        reading=reverse("courses:draft-read-quiz", args=[draft.course.slug, row.slug]),
        minutes=row.minutes,
        questions=row.asked,
        weak=weak,
        lacks="" if row.asked else _("quiz without questions"),
    )


def _mark_ends(lines: list[Line]) -> None:
    if lines:
        lines[0].is_first = lines[-1].is_last = True


def _writers(draft: Edition, at: datetime) -> dict[int, list[str]]:
    rows = Writing.objects.filter(lesson__edition=draft, seen_at__gt=at - PRESENT)
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows.select_related("person").order_by("person__name"):
        found[row.lesson_id].append(row.person.name or _("somebody"))
    return found


def others(lesson: Lesson, user: User, at: datetime) -> list[str]:
    """Who else has this lesson open to write."""
    rows = Writing.objects.filter(lesson=lesson, seen_at__gt=at - PRESENT).exclude(person=user)
    names = rows.order_by("person__name").values_list("person__name", flat=True)
    return [name or _("somebody") for name in names]


def number_of(lesson: Lesson) -> int:
    """Under which number the text that stands was saved; 0 before the first save."""
    rows = lesson.saves.filter(state=LessonSave.State.STANDS)
    return rows.values_list("number", flat=True).first() or 0


def besides(lesson: Lesson) -> list[LessonSave]:
    """Texts that lie beside the lesson's, until somebody chooses."""
    rows = lesson.saves.filter(state=LessonSave.State.BESIDE).select_related("by")
    return list(rows.order_by("number"))


def leads_in(draft: Edition) -> checks.Leads:
    """Tells whether an address leads somewhere once this draft is published; in five queries."""
    lessons = set(draft.lessons.values_list("slug", flat=True))
    courses = set(Course.objects.values_list("slug", flat=True))
    pictures = names_of(draft.course)
    figures = live.known()
    broken = set(Link.objects.broken().values_list("address", flat=True))

    @cache
    def leads(address: str) -> bool:
        path = address.partition("#")[0].partition("?")[0]
        if address.startswith(checks.OUTSIDE):
            return address not in broken
        if address.startswith("fact:"):
            return address.removeprefix("fact:") in figures
        if path.startswith("/media/"):
            return named_in(path) <= pictures
        return is_page(path)

    def is_page(path: str) -> bool:
        try:
            found = resolve(path)
        except Resolver404:
            return False
        course = found.kwargs.get("slug", "")
        if not found.view_name.startswith("courses:") or not course:
            return True
        if found.view_name == "courses:lesson" and course == draft.course.slug:
            return found.kwargs["lesson"] in lessons
        return course in courses

    return leads


@dataclass(frozen=True)
class Checked:
    """A lesson and what is to be said of it."""

    lesson: Lesson
    findings: list[checks.Finding]


def checked(draft: Edition) -> list[Checked]:
    """Every lesson of which there is something to say, in five queries once it was read."""
    rows = draft.lessons.order_by("module__position", "position")
    lessons = list(rows.defer("renderer_version"))
    leads = leads_in(draft)
    told = [
        Checked(lesson, [one for one in found if not one.address or not leads(one.address)])
        for lesson, found in zip(lessons, read(draft, lessons), strict=True)
    ]
    return [one for one in told if one.findings]
