"""What the pages of the bank show, each in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Avg,
    Count,
    Exists,
    F,
    FloatField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Cast, Coalesce

from courses.authoring.bank import quality
from courses.authoring.bank.rows import item_of, with_answers
from courses.authoring.bank.usage import with_use
from courses.catalogue.models import Course
from courses.learning import statistics
from courses.learning.models import PaperQuestion
from courses.quizzes.exchange.items import Item
from courses.quizzes.models import Question, QuestionVersion, Quiz, QuizGroup, QuizQuestion

# Below this share of the points a question is weak: it misleads, or nobody was taught it.
WEAK = 0.4
MOST_WEAK = 2_000


@dataclass(frozen=True)
class Figures:
    """Of the versions that mean what the newest means; `is_earlier`: of the ones before."""

    asked: int
    mean: float
    is_earlier: bool = False

    @property
    def is_few(self) -> bool:
        return self.asked < statistics.FEW

    @property
    def is_weak(self) -> bool:
        return not self.is_few and not self.is_earlier and self.mean < WEAK

    @property
    def percent(self) -> int:
        return round(self.mean * 100)


@dataclass(frozen=True)
class Place:
    """A quiz that asks a question, and which version of it."""

    title: str
    slug: str
    edition: int
    is_draft: bool
    version: int


@dataclass(frozen=True)
class Line:
    """A question of the bank as a list shows it."""

    version: QuestionVersion
    figures: Figures | None
    places: tuple[Place, ...]

    @property
    def is_in_draft(self) -> bool:
        return any(place.is_draft for place in self.places)


def newest(course: Course) -> QuerySet[QuestionVersion]:
    """The version of each question that is asked from now on."""
    return newest_in([course])


def newest_in(courses: Iterable[Course]) -> QuerySet[QuestionVersion]:
    """The same of the questions of any courses."""
    newer = QuestionVersion.objects.filter(
        question=OuterRef("question"), number__gt=OuterRef("number")
    )
    rows = QuestionVersion.objects.filter(~Exists(newer), question__course__in=courses)
    return rows.select_related("question__course")


def whole(course: Course) -> QuerySet[QuestionVersion]:
    """The same with where each comes from, and whether it is used."""
    rows = with_use(newest(course))
    return rows.select_related("question__course", "question__copied_from__question__course")


def topics(course: Course) -> list[str]:
    rows = Question.objects.filter(course=course).exclude(topic="").order_by("topic")
    return list(rows.values_list("topic", flat=True).distinct())


def narrowed(course: Course, wanted: Mapping[str, Any]) -> QuerySet[QuestionVersion]:
    """The questions that the filters of the bank leave, in a total order."""
    return narrowed_in([course], wanted).order_by(*ordered(wanted))


def ordered(wanted: Mapping[str, Any]) -> list[str]:
    order = {"topic": ["question__topic"], "-pk": ["-question__pk"]}.get(wanted["ordering"], [])
    return [*order, "question__key"]


def narrowed_in(courses: Sequence[Course], wanted: Mapping[str, Any]) -> QuerySet[QuestionVersion]:
    """What these filters leave of the questions of any courses, in no order."""
    rows = newest_in(courses)
    if words := wanted["q"]:
        rows = rows.filter(Q(prompt__icontains=words) | Q(question__key__icontains=words))
    for name in ("kind", "language"):
        if wanted[name]:
            rows = rows.filter(**{name: wanted[name]})
    for name in ("state", "topic"):
        if wanted[name]:
            rows = rows.filter(**{f"question__{name}": wanted[name]})
    rows = _used(rows, wanted["used"])
    return _figured(rows, courses, wanted["figures"])


def _used(rows: QuerySet[QuestionVersion], where: str) -> QuerySet[QuestionVersion]:
    asked = QuizQuestion.objects.filter(version__question=OuterRef("question"))
    if where == "nowhere":
        return rows.filter(~Exists(asked))
    if where:
        is_draft = {"group__quiz__edition__published_at__isnull": where == "draft"}
        return rows.filter(Exists(asked.filter(**is_draft)))
    return rows


def _figured(
    rows: QuerySet[QuestionVersion], courses: Sequence[Course], which: str
) -> QuerySet[QuestionVersion]:
    if which == "none":
        asked = PaperQuestion.objects.filter(
            version__question=OuterRef("question"), attempt__submitted_at__isnull=False
        )
        return rows.filter(~Exists(asked))
    if which == "weak":
        found = figures(Q(version__question__in=_perhaps_weak(courses)))
        weak = [question for question, told in found.items() if told.is_weak]
        return rows.filter(question__in=weak[:MOST_WEAK])
    return rows


def _perhaps_weak(courses: Sequence[Course]) -> QuerySet[Any]:
    """Questions with a version that earned little: of a weak run one of them did."""
    closed = PaperQuestion.objects.filter(
        version__question__course__in=courses, attempt__submitted_at__isnull=False
    )
    sums = closed.filter(attempt__number=1).order_by().values("version").annotate(
        mean=Avg(Coalesce(Cast("answer__share", FloatField()), 0.0))
    )  # fmt: skip
    return sums.filter(mean__lt=WEAK).values("version__question")


def figures(which: Q) -> dict[int, Figures]:
    """By question, of the first attempts that are closed: so nobody counts twice."""
    closed = PaperQuestion.objects.filter(
        which, attempt__submitted_at__isnull=False, attempt__number=1
    )
    sums = closed.order_by().values("version", question=F("version__question")).annotate(
        asked=Count("pk"), shares=Sum(Cast("answer__share", FloatField()))
    )  # fmt: skip
    tallies = {row["version"]: row for row in sums}
    questions = {row["question"] for row in tallies.values()}
    versions: dict[int, list[statistics.Version]] = defaultdict(list)
    rows = QuestionVersion.objects.filter(question__in=questions).order_by()
    for pk, question, number, is_same in rows.values_list(
        "pk", "question", "number", "has_same_meaning"
    ):
        versions[question].append(statistics.Version(pk, number, is_same))
    return {
        question: told
        for question, found in versions.items()
        if (told := _newest_run(found, tallies)) is not None
    }


def _newest_run(
    versions: Iterable[statistics.Version], tallies: Mapping[int, Mapping[str, Any]]
) -> Figures | None:
    """The figures of the last run of one meaning that anybody was asked."""
    runs = statistics.same_meaning(versions)
    for run in reversed(runs):
        told = [tallies[version.pk] for version in run if version.pk in tallies]
        asked = sum(row["asked"] for row in told)
        if asked:
            shares = sum(row["shares"] or 0.0 for row in told)
            return Figures(asked, shares / asked, is_earlier=run is not runs[-1])
    return None


def figures_of(version: QuestionVersion) -> Figures | None:
    return figures(Q(version__question=version.question_id)).get(version.question_id)


def places(version: QuestionVersion) -> list[Place]:
    return _places([version.question_id])[version.question_id]


def _places(questions: list[int]) -> dict[int, list[Place]]:
    rows = QuizQuestion.objects.filter(version__question__in=questions).order_by(
        "-group__quiz__edition__number", "group__quiz__position", "pk"
    )
    found: dict[int, list[Place]] = defaultdict(list)
    told: list[tuple[Any, ...]] = list(
        rows.values_list(
            "version__question",
            "group__quiz__edition__published_at",
            "group__quiz__title",
            "group__quiz__slug",
            "group__quiz__edition__number",
            "version__number",
        )
    )
    for question, published_at, title, slug, edition, number in told:
        found[question].append(Place(title, slug, edition, published_at is None, number))
    return found


def listed(versions: Iterable[QuestionVersion]) -> list[Line]:
    """The questions of one page of the list, in three queries more."""
    rows = list(versions)
    questions = [version.question_id for version in rows]
    told, where = figures(Q(version__question__in=questions)), _places(questions)
    return [
        Line(version, told.get(version.question_id), tuple(where[version.question_id]))
        for version in rows
    ]


@dataclass(frozen=True)
class Asked:
    """A question of a draft's quiz: its line, whether a newer version is there, its figures."""

    line: QuizQuestion
    newer: int | None
    figures: Figures | None
    item: Item

    @property
    def advice(self) -> tuple[str, ...]:
        return quality.advice(self.item)


@dataclass(frozen=True)
class Group:
    group: QuizGroup
    lines: tuple[Asked, ...]


def draft_quiz(course: Course, slug: str) -> Quiz | None:
    rows = Quiz.objects.filter(edition__course=course, edition__published_at__isnull=True)
    return rows.select_related("edition__course", "module").filter(slug=slug).first()


def draft_quizzes(course: Course) -> list[Quiz]:
    rows = Quiz.objects.filter(edition__course=course, edition__published_at__isnull=True)
    return list(rows.order_by("module__position", "position"))


def groups(quiz: Quiz) -> list[Group]:
    """The groups of a quiz with their questions and answers, in six queries."""
    others = QuestionVersion.objects.filter(question=OuterRef("version__question"))
    newest_number = others.order_by("-number").values("number")[:1]
    lines_of = QuizQuestion.objects.select_related("version__question").order_by("position")
    asked_here = lines_of.annotate(newest=Subquery(newest_number)).prefetch_related(
        "version__options", "version__key"
    )
    rows = quiz.groups.prefetch_related(Prefetch("questions", queryset=asked_here))
    found = [(group, list[Any](group.questions.all())) for group in rows.order_by("position")]
    asked = [line.version.question_id for _group, some in found for line in some]
    told = figures(Q(version__question__in=asked))

    def seen(line: Any) -> Asked:
        newer = line.newest if line.newest > line.version.number else None
        return Asked(line, newer, told.get(line.version.question_id), item_of(line.version))

    return [Group(group, tuple(map(seen, some))) for group, some in found]


def any_quiz(course: Course, slug: str) -> Quiz | None:
    """The quiz of this address in the newest edition that has it, the draft before all."""
    rows = Quiz.objects.filter(edition__course=course, slug=slug)
    return rows.order_by("-edition__number").first()


def asked_by(quiz: Quiz) -> list[QuestionVersion]:
    """The versions that a quiz asks, in its order."""
    lines = QuizQuestion.objects.filter(group__quiz=quiz).order_by("group__position", "position")
    pinned = list(lines.values_list("version", flat=True))
    rows = {row.pk: row for row in with_answers(QuestionVersion.objects.filter(pk__in=pinned))}
    return [rows[pk] for pk in pinned]


def candidates(quiz: Quiz, there: Iterable[Group], words: str) -> QuerySet[QuestionVersion]:
    """What a quiz could ask and does not ask yet."""
    # By their numbers: as a condition on each row it took 0.7 s where the bank has 10,000.
    asked = [one.line.version.question_id for group in there for one in group.lines]
    rows = newest(quiz.edition.course).exclude(question__in=asked)
    rows = rows.filter(question__state=Question.State.ACTIVE)
    if words:
        rows = rows.filter(
            Q(prompt__icontains=words)
            | Q(question__key__icontains=words)
            | Q(question__topic__icontains=words)
        )
    return rows.order_by("question_id")
