"""What was gained between the pre-test and the quiz that counts, topic by topic.

Both are drawn by one blueprint: groups of the same title are one topic. A share is of the points
that a topic's questions had, as they are graded now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from courses.learning.models import Attempt, PaperQuestion
from courses.quizzes.models import Quiz, QuizQuestion

BEFORE = Quiz.Plan.PRETEST
AFTER = (Quiz.Plan.CHECK, Quiz.Plan.EXAM)


@dataclass(frozen=True)
class Gain:
    """Shares from 0 to 1 of the points of one topic, or of all of them."""

    title: str
    before: Decimal
    after: Decimal

    @property
    def points(self) -> int:
        """Gained, in percentage points; below zero where less was known afterwards."""
        return round(100 * self.after) - round(100 * self.before)


@dataclass(frozen=True)
class Gains:
    topics: tuple[Gain, ...]
    whole: Gain
    learners: int = 1


@dataclass(frozen=True)
class Earned:
    """Points of the questions that were asked, and how many of these were earned."""

    asked: Decimal = Decimal(0)
    earned: Decimal = Decimal(0)

    def __add__(self, other: Earned) -> Earned:
        return Earned(self.asked + other.asked, self.earned + other.earned)

    @property
    def share(self) -> Decimal:
        return self.earned / self.asked if self.asked else Decimal(0)


def gains(before: Mapping[str, Earned], after: Mapping[str, Earned], learners: int = 1) -> Gains:
    """Of topics that both tests asked about, in the order of the one that counts. Pure."""
    both = [title for title in after if title in before]
    topics = tuple(Gain(title, before[title].share, after[title].share) for title in both)
    sums = [sum((told[title] for title in both), Earned()).share for told in (before, after)]
    return Gains(topics, Gain("", *sums), learners)


def of_attempt(attempt: Attempt) -> Gains | None:
    """What this attempt shows beside the pre-test that its learner took before; else None.

    One query where there is no pre-test, four where there is.
    """
    quiz = attempt.quiz
    if not _counts(quiz) or attempt.score is None:
        return None
    taken = Attempt.objects.filter(
        enrolment=attempt.enrolment_id, quiz__plan=BEFORE, submitted_at__lte=attempt.started_at
    )
    earlier = taken.order_by("number").first()
    if earlier is None:
        return None
    titles = _titles([earlier.quiz_id, quiz.pk])
    before, after = (_earned(Q(attempt=one), titles) for one in (earlier, attempt))
    return gains(before, after)


def of_quizzes(quizzes: Sequence[Quiz]) -> Gains | None:
    """The average of a quiz that counts: each learner's pre-test and first attempt after it.

    In one query where nobody took both, in four where somebody did.
    """
    counting = [quiz.pk for quiz in quizzes if _counts(quiz)]
    first = Attempt.objects.filter(number=1, submitted_at__isnull=False).order_by()
    before, after = first.filter(quiz__plan=BEFORE), first.filter(quiz__in=counting)
    twin = {"enrolment": OuterRef("enrolment")}
    then = after.filter(**twin, started_at__gte=OuterRef("submitted_at"))
    earlier = before.filter(**twin, submitted_at__lte=OuterRef("started_at"))
    pretests, tests = before.filter(Exists(then)), after.filter(Exists(earlier))
    taken = list(pretests.values_list("quiz", flat=True)) if counting else []
    if not taken:
        return None
    titles = _titles([*set(taken), *counting])
    told = [_earned(Q(attempt__in=rows), titles) for rows in (pretests, tests)]
    return gains(told[0], told[1], learners=len(taken))


def _counts(quiz: Quiz) -> bool:
    """A pre-test is of the whole edition, and so is what is put beside it."""
    return quiz.module_id is None and quiz.plan in AFTER


def _titles(quizzes: Iterable[int]) -> dict[tuple[int, int], str]:
    """The topic of each question, by quiz and version, in the order of the groups."""
    lines = QuizQuestion.objects.filter(group__quiz__in=list(quizzes))
    lines = lines.exclude(group__title="").order_by("group__position")
    rows = lines.values_list("group__quiz", "version", "group__title")
    return {(quiz, version): title for quiz, version, title in rows}


def _earned(which: Q, titles: Mapping[tuple[int, int], str]) -> dict[str, Earned]:
    """By topic. What was not answered earned nothing."""
    share = Coalesce(F("answer__share"), Decimal(0))
    rows = PaperQuestion.objects.filter(which).order_by()
    sums = rows.values("attempt__quiz", "version").annotate(
        asked=Sum("version__points"), got=Sum(F("version__points") * share)
    )
    found: dict[str, Earned] = defaultdict(Earned)
    for row in sums:
        if title := titles.get((row["attempt__quiz"], row["version"])):
            found[title] += Earned(row["asked"], row["got"])
    order = {title: place for place, title in enumerate(dict.fromkeys(titles.values()))}
    return {title: found[title] for title in sorted(found, key=order.__getitem__)}
