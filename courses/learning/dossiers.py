"""One learner in one course, for its trainers: attempts, gradings, allowances, certificates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from courses.catalogue.models import Course
from courses.learning.models import Allowance, Attempt, Certificate, Grading
from courses.quizzes.models import Quiz
from partnership.accounts.models import User


@dataclass(frozen=True)
class Sitting:
    attempt: Attempt
    gradings: list[Grading]  # the newest first: it counts


@dataclass(frozen=True)
class Granted:
    """What one learner has in one quiz beside its rule."""

    quiz: Quiz
    allowances: list[Allowance]

    @property
    def minutes(self) -> int:
        return sum(row.extra_minutes for row in self.allowances)

    @property
    def attempts(self) -> int:
        return sum(row.extra_attempts for row in self.allowances)

    @property
    def limit(self) -> int | None:
        """Minutes in all; None without a limit."""
        limit = self.quiz.time_limit_minutes
        return None if limit is None else limit + self.minutes


@dataclass(frozen=True)
class Dossier:
    sittings: list[Sitting]
    granted: list[Granted]
    certificates: list[Certificate]


def dossier(course: Course, person: User) -> Dossier:
    """In four queries. Scores and reasons; the answers stay with the learner."""
    attempts = Attempt.objects.filter(enrolment__learner=person, quiz__edition__course=course)
    rows = list(attempts.select_related("quiz__edition").order_by("-started_at", "-pk"))
    gradings: dict[int, list[Grading]] = defaultdict(list)
    of_these = Grading.objects.filter(attempt__in=rows).select_related("by")
    for grading in of_these.order_by("-number"):
        gradings[grading.attempt_id].append(grading)
    allowances = Allowance.objects.filter(enrolment__learner=person, quiz__edition__course=course)
    granted = allowances.select_related("quiz__edition", "granted_by").order_by("granted_at", "pk")
    certificates = Certificate.objects.filter(learner=person, edition__course=course)
    return Dossier(
        sittings=[Sitting(row, gradings[row.pk]) for row in rows],
        granted=by_quiz(granted),
        certificates=list(certificates.order_by("-issued_at", "-pk")),
    )


def by_quiz(allowances: Iterable[Allowance]) -> list[Granted]:
    """Allowances of one learner, added up for each quiz."""
    found: dict[int, list[Allowance]] = defaultdict(list)
    for row in allowances:
        found[row.quiz_id].append(row)
    return [Granted(rows[0].quiz, rows) for rows in found.values()]
