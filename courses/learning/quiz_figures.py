"""The figures of a quiz, added up by the database in seven queries whatever their number.

They are of closed attempts and of the grading that counts, which an attempt repeats. A quiz that
stays from edition to edition is one quiz here, and versions of a question that mean the same are
one question.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, FilteredRelation, FloatField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Cast

from courses.learning import statistics
from courses.learning.models import Attempt, ChosenOption, PaperQuestion
from courses.learning.statistics import Band, Choice, Tally
from courses.quizzes.models import Key, Option, QuestionVersion, Quiz, QuizQuestion
from courses.quizzes.responses import CHOICES


@dataclass(frozen=True)
class QuestionFigures:
    """One question: versions that mean the same, the newest of them with its words."""

    version: QuestionVersion
    numbers: tuple[int, ...]  # of the versions that were asked
    tally: Tally
    choices: tuple[Choice, ...]
    wrong: Choice | None  # chosen most of what is wrong
    discrimination: float | None

    @property
    def is_few(self) -> bool:
        return self.tally.asked < statistics.FEW


@dataclass(frozen=True)
class QuizFigures:
    count: int  # attempts that these figures are of
    closed: int  # all that were handed in or closed
    open: int
    learners: int
    passed: int | None  # None: there is no mark to pass
    mean: Decimal | None
    bands: tuple[Band, ...]
    questions: tuple[QuestionFigures, ...]

    @property
    def is_few(self) -> bool:
        return self.count < statistics.FEW

    @property
    def pass_share(self) -> float | None:
        return self.passed / self.count if self.count and self.passed is not None else None


@dataclass(frozen=True)
class _Counted:
    """Which attempts are added up. Told along a path, since a subquery would read them twice."""

    quizzes: Sequence[Quiz]
    first_only: bool

    def by(self, path: str = "") -> Q:
        wanted = {f"{path}quiz__in": self.quizzes, f"{path}submitted_at__isnull": False}
        if self.first_only:
            # Numbers count from 1 and one attempt is open at a time: number 1 was closed first.
            wanted[f"{path}number"] = 1
        return Q(**wanted)


def figures(quizzes: Sequence[Quiz], *, first_only: bool) -> QuizFigures:
    """Of one quiz in some of its editions; of all attempts or of each learner's first."""
    counted = _Counted(quizzes, first_only)
    closed = Attempt.objects.filter(counted.by())
    scores = list(closed.order_by().values_list("score", "is_passed").annotate(times=Count("pk")))
    all_of_it = Attempt.objects.filter(quiz__in=quizzes).aggregate(
        closed=Count("submitted_at"),
        open=Count("pk", filter=Q(submitted_at__isnull=True)),
        learners=Count("enrolment", distinct=True),
    )
    told = [(score, times) for score, _passed, times in scores if score is not None]
    count = sum(times for _score, _passed, times in scores)
    has_mark = any(is_passed is not None for _score, is_passed, _times in scores)
    return QuizFigures(
        count=count,
        passed=sum(times for _s, passed, times in scores if passed) if has_mark else None,
        mean=statistics.mean_score(told),
        bands=tuple(statistics.bands(told)) if told else (),
        questions=tuple(_questions(quizzes, counted, count)),
        **all_of_it,
    )


_SUMS = ("shares", "share_squares", "scores", "score_squares", "products")
# Of an answer that was cleared its shell is left.
_CLEARED = (
    Q(answer__response__chosen=[])
    | Q(answer__response__pairs={})
    | Q(answer__response__order=[])
    | Q(answer__response__text="", answer__response__unit="")
    | Q(answer__response={"text": ""})
)


@dataclass(frozen=True)
class _Counts:
    """What was added up: by version, and how often each option was chosen."""

    tallies: dict[int, Tally]
    times: dict[int, int]


def _counts(counted: _Counted, versions: Sequence[QuestionVersion]) -> _Counts:
    """Both by one walk over the answers, where an answer has one chosen option at most.

    Answers are the widest rows there are and to find them is what a page of figures costs. Those
    with several options would be added up several times, so their options are counted apart.
    Versions are named, since papers are found by these sooner than by their attempts.
    """
    several = [version.pk for version in versions if version.kind == QuestionVersion.Kind.MULTIPLE]
    rows = PaperQuestion.objects.filter(counted.by("attempt__"), version__in=versions).order_by()
    rows = rows.annotate(
        picked=FilteredRelation("answer__chosen", condition=~Q(version__in=several))
    )
    share, score = Cast("answer__share", FloatField()), Cast("attempt__score", FloatField())
    tallies: dict[int, Tally] = defaultdict(Tally)
    times: dict[int, int] = {}
    sums: Any = rows.values("version", "picked__option").annotate(
        asked=Count("pk"),
        given=Count("answer"),
        cleared=Count("answer", filter=_CLEARED),
        right=Count("answer", filter=Q(answer__share=1)),
        shares=Sum(share),
        share_squares=Sum(share * share),
        scores=Sum(score),
        score_squares=Sum(score * score),
        products=Sum(share * score),
    )
    for row in sums:
        added = {name: float(row[name] or 0) for name in _SUMS}
        answered = row["given"] - row["cleared"]
        tallies[row["version"]] += Tally(row["asked"], answered, row["right"], **added)
        if row["picked__option"]:
            times[row["picked__option"]] = row["given"]
    of_several = ChosenOption.objects.filter(
        counted.by("answer__question__attempt__"), answer__question__version__in=several
    )
    times |= of_several.order_by().values_list("option").annotate(times=Count("pk"))
    return _Counts(tallies, times)


def _choices(versions: Sequence[QuestionVersion], times: dict[int, int]) -> dict[int, list[Choice]]:
    """Every option of each version, with how often it was chosen."""
    right = Key.objects.filter(version=OuterRef("version"), option=OuterRef("pk"))
    options = Option.objects.filter(version__in=versions, version__kind__in=CHOICES)
    found: dict[int, list[Choice]] = defaultdict(list)
    for option in options.annotate(is_right=Exists(right)).order_by("version", "position"):
        choice = Choice(option.text, times.get(option.pk, 0), option.is_right)
        found[option.version_id].append(choice)
    return found


def _questions(quizzes: Sequence[Quiz], counted: _Counted, count: int) -> Iterable[QuestionFigures]:
    """In the order of the newest edition that asks them."""
    pinned = QuizQuestion.objects.filter(group__quiz__in=quizzes)
    newest = pinned.filter(version=OuterRef("pk")).order_by("-group__quiz__edition__number")
    asked_there = QuestionVersion.objects.filter(pk__in=pinned.values("version"))
    of_same = QuestionVersion.objects.filter(question__in=asked_there.values("question"))
    versions = list(
        of_same.select_related("question")
        .annotate(
            edition=Subquery(newest.values("group__quiz__edition__number")[:1]),
            group_place=Subquery(newest.values("group__position")[:1]),
            line_place=Subquery(newest.values("position")[:1]),
        )
        .order_by("question", "number")
    )
    # What a published edition pins is all that its papers ever asked.
    lines = [one for one in versions if one.edition is not None]
    lines.sort(key=lambda one: (-one.edition, one.group_place, one.line_place))
    place = {one.pk: n for n, one in enumerate(lines)}
    counts = _counts(counted, [version for version in versions if version.pk in place])
    choices = _choices(versions, counts.times)
    tallies = counts.tallies
    points = sum(float(one.points) * tallies[one.pk].asked for one in versions if one.pk in tallies)
    a_paper = points / count if count else 0.0
    of_question: dict[int, list[QuestionVersion]] = defaultdict(list)
    for version in versions:
        of_question[version.question_id].append(version)
    found = []
    for group in of_question.values():
        for run in _runs(group):
            asked = [version for version in run if version.pk in place]
            if asked:
                first = min(place[version.pk] for version in asked)
                found.append((first, _figures_of(asked, tallies, choices, a_paper)))
    return [figures for _place, figures in sorted(found, key=lambda pair: pair[0])]


def _runs(versions: list[QuestionVersion]) -> list[list[QuestionVersion]]:
    rows = {version.pk: version for version in versions}
    told = [statistics.Version(one.pk, one.number, one.has_same_meaning) for one in versions]
    return [[rows[one.pk] for one in run] for run in statistics.same_meaning(told)]


def _figures_of(
    run: list[QuestionVersion],
    tallies: dict[int, Tally],
    choices: dict[int, list[Choice]],
    a_paper: float,
) -> QuestionFigures:
    newest = run[-1]
    tally = sum((tallies.get(version.pk, Tally()) for version in run), Tally())
    lines = [choice for version in run for choice in choices.get(version.pk, ())]
    weight = float(newest.points) / a_paper if a_paper else 1.0
    return QuestionFigures(
        version=newest,
        numbers=tuple(version.number for version in run),
        tally=tally,
        choices=tuple(statistics.joined(lines)),
        wrong=statistics.most_chosen_wrong(lines),
        discrimination=statistics.discrimination(tally, weight),
    )
