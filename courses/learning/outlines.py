"""Outlines, progress and the place to go on, read in a fixed number of queries.

`outline`, `progress` and `resume` cost four queries (an outline for nobody two), the same for one
edition or for many, however many lessons they have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Case, F, QuerySet, TextField, Value, When
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.catalogue.models import Edition, Lesson
from courses.catalogue.translations import Wording, wording_of
from courses.catalogue.weights import page_kb
from courses.learning import requirements
from courses.learning.models import Attempt, Completion, Enrolment
from courses.learning.progress import (
    Item,
    Outline,
    Part,
    Place,
    Progress,
    State,
    place_of,
    progress_of,
)
from courses.quizzes.models import Quiz

NEW_AT_MOST = 3


def outline(edition: Edition, enrolment: Enrolment | None) -> Outline:
    """The modules of an edition with lessons and quizzes, each with how the learner stands."""
    return outlines([(edition, enrolment)])[0]


def progress(enrolment: Enrolment) -> Progress:
    """What is done of what is required, and the list of what is not."""
    return progress_of(outline(enrolment.edition, enrolment), enrolment.completed_at)


def resume(enrolment: Enrolment) -> Place | None:
    """Where to go on, on any device; None when nothing is left."""
    return _place(outline(enrolment.edition, enrolment), enrolment)


@dataclass(frozen=True)
class Course:
    """A course that somebody learns from, on the dashboard."""

    enrolment: Enrolment
    progress: Progress
    place: Place | None


@dataclass(frozen=True)
class Dashboard:
    """Three lines: what to go on with, what is due, what is new. `others` are begun as well."""

    on_with: Course | None
    others: list[Course]
    due: list[Attempt]
    new: list[Edition]
    # Courses completed whose certificates wait until their learner has confirmed the name.
    waiting_for_name: int


def dashboard(user: Any, at: datetime) -> Dashboard:
    """A person's first page of learning, in eight queries."""
    rows = Enrolment.objects.of(user).select_related("edition__course", "lesson")
    enrolments = list(rows.defer("lesson__text").order_by("-active_at", "pk"))
    running = [one for one in enrolments if one.left_at is None and one.completed_at is None]
    courses = [
        Course(enrolment, progress_of(found, None), _place(found, enrolment))
        for enrolment, found in zip(
            running, outlines([(one.edition, one) for one in running]), strict=True
        )
    ]
    return Dashboard(
        on_with=courses[0] if courses else None,
        others=courses[1:],
        due=list(_due(user, at)),
        new=_new(enrolments),
        waiting_for_name=_waiting(user),
    )


def worded(found: Outline, words: Wording) -> Outline:
    """The same outline under the titles that a reader is shown."""
    parts = []
    for part in found.parts:
        items = tuple(
            replace(item, title=words.title(item.kind, item.key, item.title)) for item in part.items
        )
        title = words.title("module", part.key, part.title) if part.key else part.title
        parts.append(replace(part, title=title, items=items))
    return Outline(tuple(parts))


def worded_board(board: Dashboard, language: str) -> Dashboard:
    """The same first page with titles in a language, for one query more where it is another."""
    going = [course for course in (board.on_with, *board.others) if course is not None]
    editions = [*(course.enrolment.edition for course in going), *board.new]
    places = [
        f"{course.enrolment.edition.course.slug}/{course.place.item.kind}/{course.place.item.key}"
        for course in going
        if course.place
    ]
    words = wording_of(editions, language, more=places)
    shown = [_worded_course(course, words) for course in going]
    return replace(
        board,
        on_with=shown[0] if shown else None,
        others=shown[1:],
        new=[words[row.pk].edition(row)[0] for row in board.new],
    )


def _worded_course(course: Course, words: Mapping[int, Wording]) -> Course:
    edition, place, enrolment = course.enrolment.edition, course.place, copy(course.enrolment)
    own = words[edition.pk]
    enrolment.edition = own.edition(edition)[0]
    if place is not None:
        title = own.title(place.item.kind, place.item.key, place.item.title)
        place = replace(place, item=replace(place.item, title=title))
    return replace(course, enrolment=enrolment, place=place)


def outlines(pairs: Sequence[tuple[Edition, Enrolment | None]]) -> list[Outline]:
    """Many outlines for the price of one: each edition for its learner, or for nobody."""
    seen = _Seen.of([enrolment for _edition, enrolment in pairs if enrolment is not None])
    editions = {edition.pk: edition for edition, _enrolment in pairs}
    lessons: dict[int, list[Lesson]] = defaultdict(list)
    quizzes: dict[int, list[Quiz]] = defaultdict(list)
    for lesson in _lessons(editions):
        lessons[lesson.edition_id].append(lesson)
    for quiz in _quizzes(editions):
        quizzes[quiz.edition_id].append(quiz)
    return [
        _outline(edition, lessons[edition.pk], quizzes[edition.pk], seen.by(enrolment))
        for edition, enrolment in pairs
    ]


def opened(
    edition: Edition, enrolment: Enrolment | None, slug: str
) -> tuple[Outline, Lesson | None]:
    """The outline, and of its lessons the one at this address with its text, at no more cost."""
    seen = _Seen.of([enrolment] if enrolment else [])
    html = Case(When(slug=slug, then=F("html")), default=Value(""), output_field=TextField())
    lessons = list(_lessons([edition.pk]).annotate(read=html))
    here: Any = next((lesson for lesson in lessons if lesson.slug == slug), None)
    if here is not None:
        here.html, here.edition = here.read, edition
    found = _outline(edition, lessons, list(_quizzes([edition.pk])), seen.by(enrolment))
    return found, here


def _lessons(editions: Iterable[int]) -> QuerySet[Lesson]:
    rows = Lesson.objects.filter(edition__in=editions).select_related("module")
    rows = rows.annotate(letters=Length("html")).defer("text", "html")
    return rows.order_by("module__position", "position")


def _quizzes(editions: Iterable[int]) -> QuerySet[Quiz]:
    rows = Quiz.objects.filter(edition__in=editions).select_related("module")
    return rows.order_by("module__position", "position")


@dataclass
class _Seen:
    """What learners did, by enrolment and then by lesson or quiz."""

    lessons: dict[int, dict[int, Completion]] = field(default_factory=lambda: defaultdict(dict))
    quizzes: dict[int, dict[int, list[Attempt]]] = field(default_factory=dict)

    @classmethod
    def of(cls, enrolments: Sequence[Enrolment]) -> _Seen:
        seen = cls()
        if not enrolments:
            return seen
        for completion in Completion.objects.filter(enrolment__in=enrolments):
            seen.lessons[completion.enrolment_id][completion.lesson_id] = completion
        attempts = Attempt.objects.filter(enrolment__in=enrolments).order_by("submitted_at")
        for attempt in attempts.only("enrolment", "quiz", "submitted_at", "is_passed"):
            of_quizzes = seen.quizzes.setdefault(attempt.enrolment_id, {})
            of_quizzes.setdefault(attempt.quiz_id, []).append(attempt)
        return seen

    def by(
        self, enrolment: Enrolment | None
    ) -> tuple[dict[int, Completion], dict[int, list[Attempt]]]:
        if enrolment is None:
            return {}, {}
        return self.lessons.get(enrolment.pk, {}), self.quizzes.get(enrolment.pk, {})


def _outline(
    edition: Edition,
    lessons: Sequence[Lesson],
    quizzes: list[Quiz],
    seen: tuple[dict[int, Completion], dict[int, list[Attempt]]],
) -> Outline:
    slug = edition.course.slug
    rows: list[Lesson | Quiz] = [*lessons, *quizzes]
    modules = {row.module_id: row.module for row in rows}
    items: dict[int | None, list[Item]] = defaultdict(list)
    for lesson in lessons:
        items[lesson.module_id].append(_lesson_item(slug, lesson, seen[0].get(lesson.pk)))
    for quiz in quizzes:
        items[quiz.module_id].append(_quiz_item(slug, quiz, seen[1].get(quiz.pk, [])))
    ordered = sorted(filter(None, modules.values()), key=lambda module: module.position)
    parts = [
        Part(module.key, module.title, number, tuple(items[module.pk]))
        for number, module in enumerate(ordered, start=1)
    ]
    first = tuple(item for item in items[None] if item.is_pretest)
    last = tuple(item for item in items[None] if not item.is_pretest)
    if first:
        parts.insert(0, Part("", _("Before you start"), None, first))
    if last:
        parts.append(Part("", _("At the end"), None, last))
    return Outline(tuple(parts))


def _lesson_item(slug: str, lesson: Any, completion: Completion | None) -> Item:
    done_at = completion.done_at if completion else None
    state = State.DONE if done_at else State.OPEN if completion else State.NOT_BEGUN
    return Item(
        kind="lesson",
        pk=lesson.pk,
        key=lesson.key,
        title=lesson.title,
        address=reverse("courses:lesson", args=[slug, lesson.slug]),
        minutes=lesson.minutes,
        kb=page_kb(lesson.letters),
        pictures_kb=lesson.pictures_kb,
        rule=lesson.get_rule_display(),
        is_required=lesson.is_required,
        state=state,
        done_at=done_at,
    )


def _quiz_item(slug: str, quiz: Quiz, attempts: list[Attempt]) -> Item:
    """Done by the first attempt that passed, or where there is no mark, that was handed in."""
    moments = [
        attempt.submitted_at
        for attempt in attempts
        if attempt.is_passed or (quiz.pass_mark is None and attempt.submitted_at)
    ]
    state = State.DONE if moments else State.OPEN if attempts else State.NOT_BEGUN
    return Item(
        kind="quiz",
        pk=quiz.pk,
        key=quiz.key,
        title=quiz.title,
        address=reverse("courses:quiz", args=[slug, quiz.slug]),
        minutes=quiz.minutes,
        kb=None,
        rule=_quiz_rule(quiz),
        is_required=quiz.is_required,
        state=state,
        done_at=moments[0] if moments else None,
        is_pretest=quiz.plan == Quiz.Plan.PRETEST,
    )


def _quiz_rule(quiz: Quiz) -> str:
    if quiz.pass_mark is None:
        return _("handed in")
    return _("passed with %(mark)s %%") % {"mark": f"{quiz.pass_mark * 100:.0f}"}


def _place(found: Outline, enrolment: Enrolment) -> Place | None:
    lesson = enrolment.lesson
    html = lesson.html if lesson is not None and enrolment.block else ""
    return place_of(found, lesson=enrolment.lesson_id, block=enrolment.block, html=html)


def _due(user: Any, at: datetime) -> QuerySet[Attempt]:
    """Quizzes that were begun and can still be handed in, the next deadline first."""
    rows = Attempt.objects.of(user).open().exclude(deadline_at__lte=at)
    rows = rows.select_related("quiz__edition__course")
    return rows.order_by(F("deadline_at").asc(nulls_last=True), "started_at")


def _new(enrolments: list[Enrolment]) -> list[Edition]:
    """Newer editions of what somebody learns, then courses never joined; the latest first."""
    known: dict[int, int] = {}
    for one in enrolments:
        course = one.edition.course_id
        known[course] = max(known.get(course, 0), one.edition.number)
    rows = Edition.objects.newest().select_related("course").order_by("-published_at", "pk")
    fresh = [row for row in rows if known.get(row.course_id, 0) < row.number]
    return sorted(fresh, key=lambda row: row.course_id not in known)[:NEW_AT_MOST]


def _waiting(user: Any) -> int:
    if user.name_confirmed_at is not None:
        return 0
    return requirements.without_certificate(Enrolment.objects.of(user)).count()
