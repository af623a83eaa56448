"""Who learns in a course, how far they are, where they work: for its trainers.

A page costs the same number of queries for one learner or for five thousand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Course, Edition, Lesson
from courses.learning.models import (
    Attempt,
    AttemptRequest,
    Certificate,
    Completion,
    Enrolment,
    OtherAnswer,
)
from courses.learning.requirements import PASSING
from courses.quizzes.models import Quiz
from partnership.members.models import Affiliation


class State(TextChoices):
    """Where an enrolment stands. Somebody who completed and left has completed."""

    JOINED = "joined", _("joined, nothing read yet")
    READING = "reading", _("reading")
    DONE = "done", _("completed")
    LEFT = "left", _("left")


@dataclass(frozen=True)
class Learner:
    """One line of the list."""

    enrolment: Any
    state: State
    done: int
    required: int
    posts: tuple[Affiliation, ...]
    certificate: Certificate | None

    @property
    def percent(self) -> int:
        return 100 * self.done // self.required if self.required else 0

    @property
    def places(self) -> list[str]:
        """Countries and institutions of the posts held today."""
        named = [place for post in self.posts for place in (post.country, post.institution)]
        return list(dict.fromkeys(str(place) for place in named if place))


def enrolments(course: Course) -> QuerySet[Any]:
    """Every enrolment in the course but those that went on in a newer edition, with its state."""
    has_begun = Exists(Completion.objects.filter(enrolment=OuterRef("pk"))) | Exists(
        Attempt.objects.filter(enrolment=OuterRef("pk"))
    )
    state = Case(
        When(completed_at__isnull=False, then=Value(State.DONE.value)),
        When(left_at__isnull=False, then=Value(State.LEFT.value)),
        When(has_begun, then=Value(State.READING.value)),
        default=Value(State.JOINED.value),
        output_field=CharField(),
    )
    rows = Enrolment.objects.filter(edition__course=course).not_moved_on()
    return rows.annotate(state=state).select_related("learner", "edition")


def narrowed(rows: QuerySet[Any], wanted: dict[str, Any], *, on: date) -> QuerySet[Any]:
    """Only those who have all that was asked for."""
    if state := wanted.get("state"):
        rows = rows.filter(state=state)
    if edition := wanted.get("edition"):
        rows = rows.filter(edition__number=edition)
    if asked := wanted.get("q"):
        rows = rows.filter(
            Q(learner__name__icontains=asked) | Q(learner__latin_name__icontains=asked)
        )
    posts = Affiliation.objects.on(on).filter(person=OuterRef("learner"))
    if country := wanted.get("country"):
        rows = rows.filter(Exists(posts.filter(country=country)))
    if institution := wanted.get("institution"):
        rows = rows.filter(Exists(posts.filter(institution__slug=institution)))
    if certificate := wanted.get("certificate"):
        held = Certificate.objects.standing().filter(
            learner=OuterRef("learner"), edition=OuterRef("edition")
        )
        rows = rows.filter(Exists(held) if certificate == "yes" else ~Exists(held))
    return rows.order_by(*ORDERS[wanted.get("ordering") or ""])


ORDERS = {
    "": ("-active_at", "pk"),
    "active_at": ("active_at", "pk"),
    "name": ("learner__name", "pk"),
    "-joined_at": ("-joined_at", "pk"),
}


def with_progress(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The number of required lessons done and required quizzes passed, counted by the database."""
    lessons = Completion.objects.filter(
        enrolment=OuterRef("pk"), lesson__is_required=True, done_at__isnull=False
    )
    quizzes = Attempt.objects.filter(PASSING, enrolment=OuterRef("pk"), quiz__is_required=True)
    return rows.annotate(
        lessons_done=_number(lessons, Count("lesson", distinct=True)),
        quizzes_done=_number(quizzes, Count("quiz", distinct=True)),
    )


def _number(rows: QuerySet[Any], count: Count, *, by: str = "enrolment") -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=count).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def learners(page: Iterable[Enrolment], *, on: date) -> list[Learner]:
    """The lines of enrolments that carry their progress, in three queries."""
    found: list[Any] = list(page)
    people = {row.learner_id for row in found}
    editions = {row.edition_id for row in found}
    required = required_of(editions)
    posts: dict[int, list[Affiliation]] = defaultdict(list)
    held = Affiliation.objects.on(on).filter(person__in=people)
    for post in held.select_related("country", "institution").order_by("-begins_on", "pk"):
        posts[post.person_id].append(post)
    rows = Certificate.objects.filter(learner__in=people, edition__in=editions)
    certificates = rows.by_learner_and_edition()
    return [
        Learner(
            enrolment=row,
            state=State(row.state),
            done=row.lessons_done + row.quizzes_done,
            required=required[row.edition_id],
            posts=tuple(posts[row.learner_id]),
            certificate=certificates.get((row.learner_id, row.edition_id)),
        )
        for row in found
    ]


def required_of(editions: Iterable[int]) -> dict[int, int]:
    """How many lessons and quizzes each edition requires, in one query."""
    parts = (Lesson.objects.all(), Quiz.objects.all())
    lessons, quizzes = (
        _number(rows.filter(edition=OuterRef("pk"), is_required=True), Count("pk"), by="edition")
        for rows in parts
    )
    counted = Edition.objects.filter(pk__in=editions).order_by()
    return dict(counted.values_list("pk").annotate(n=lessons + quizzes))


def places(course: Course, *, on: date) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Countries and institutions in which learners of the course hold a post, to choose from."""
    held = Affiliation.objects.on(on).filter(person__enrolments__edition__course=course)
    countries = held.filter(country__isnull=False).order_by("country__sort_key")
    institutions = held.filter(institution__isnull=False).order_by("institution__sort_key")
    return (
        list(countries.values_list("country", "country__name").distinct()),
        list(institutions.values_list("institution__slug", "institution__name").distinct()),
    )


@dataclass
class CourseLine:
    """A course of the desk in figures."""

    course: Course
    edition: Edition | None  # the newest that is published
    draft: Edition | None = None
    editions: int = 0
    joined: int = 0
    active: int = 0
    done: int = 0
    certified: int = 0
    requests: int = 0
    late: int = 0


def course_lines(courses: Sequence[Course]) -> list[CourseLine]:
    """The courses with their editions and counts, in five queries."""
    lines = {course.pk: CourseLine(course, None) for course in courses}
    rows = Edition.objects.filter(course__in=lines).order_by("course", "number")
    for edition in rows.defer("summary", "what_changed"):
        line = lines[edition.course_id]
        if edition.is_draft:
            line.draft = edition
        else:
            line.edition, line.editions = edition, line.editions + 1
    running = Q(left_at__isnull=True, completed_at__isnull=True)
    counted = Enrolment.objects.filter(edition__course__in=lines).not_moved_on().order_by()
    for row in counted.values("edition__course").annotate(
        joined=Count("pk"),
        active=Count("pk", filter=running),
        done=Count("pk", filter=Q(completed_at__isnull=False)),
    ):
        line = lines[row["edition__course"]]
        line.joined, line.active, line.done = row["joined"], row["active"], row["done"]
    waiting: tuple[tuple[str, QuerySet[Any], str], ...] = (
        ("certified", Certificate.objects.standing(), "edition__course"),
        (
            "requests",
            AttemptRequest.objects.filter(answered_at__isnull=True),
            "quiz__edition__course",
        ),
        ("late", waiting_late(), "question__attempt__quiz__edition__course"),
    )
    for name, rows_of, path in waiting:
        of_these = rows_of.filter(**{f"{path}__in": lines}).order_by()
        for course, count in of_these.values_list(path).annotate(n=Count("pk")):
            setattr(lines[course], name, count)
    return list(lines.values())


def waiting_late() -> QuerySet[OtherAnswer]:
    """Late answers to be decided on: of several from one device to one question the last."""
    late = OtherAnswer.objects.filter(
        reason=OtherAnswer.Reason.LATE, outcome=OtherAnswer.Outcome.WAITING
    )
    later = late.filter(
        Q(received_at__gt=OuterRef("received_at"))
        | Q(received_at=OuterRef("received_at"), pk__gt=OuterRef("pk")),
        question=OuterRef("question"),
        device=OuterRef("device"),
    )
    return late.filter(~Exists(later))


@dataclass
class QuizLine:
    """A quiz of a course over all its editions; `quiz` is the newest of them."""

    quiz: Quiz
    closed: int = 0
    passed: int = 0
    learners: int = 0


def quiz_lines(course: Course) -> list[QuizLine]:
    """The quizzes that are published, in the order of the newest edition, in two queries."""
    lines: dict[str, QuizLine] = {}
    rows = Quiz.objects.filter(edition__course=course, edition__published_at__isnull=False)
    quizzes = rows.select_related("edition__course", "module").order_by(
        "-edition__number", "module__position", "position"
    )
    keys = {}
    for quiz in quizzes:
        keys[quiz.pk] = quiz.key
        lines.setdefault(quiz.key, QuizLine(quiz))
    counted = Attempt.objects.filter(quiz__in=keys, submitted_at__isnull=False).order_by()
    for row in counted.values("quiz").annotate(
        closed=Count("pk"),
        passed=Count("pk", filter=Q(is_passed=True)),
        learners=Count("enrolment", distinct=True),
    ):
        line = lines[keys[row["quiz"]]]
        line.closed += row["closed"]
        line.passed += row["passed"]
        line.learners += row["learners"]
    return list(lines.values())
