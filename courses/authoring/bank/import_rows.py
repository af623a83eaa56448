"""What the pages of an import show, each in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from courses.authoring.bank.models import QuestionImport, QuestionImportRow
from courses.catalogue.models import Course
from courses.quizzes.models import QuestionVersion


def imports(course: Course) -> QuerySet[QuestionImport]:
    rows = QuestionImport.objects.filter(course=course).order_by("-pk")
    return rows.annotate(
        questions=Count("rows"), taken=Count("rows", filter=Q(rows__taken_at__isnull=False))
    )


def rows_of(one: QuestionImport, verdict: str) -> QuerySet[QuestionImportRow]:
    rows = one.rows.select_related("question").order_by("number")
    if verdict == "warning":
        return rows.filter(has_warning=True)
    return rows.filter(verdict=verdict) if verdict else rows


def counted(one: QuestionImport) -> dict[str, int]:
    """How many questions there are of each verdict, with a warning, and taken in."""
    found = one.rows.order_by().values("verdict").annotate(
        n=Count("pk"), warning=Count("pk", filter=Q(has_warning=True)), taken=Count("taken_at"),
        back=Count("undone_at"),
    )  # fmt: skip
    others = ("warning", "taken", "back")
    counts = dict.fromkeys([*QuestionImportRow.Verdict.values, *others], 0)
    for line in found:
        counts[line["verdict"]] = line["n"]
        for name in others:
            counts[name] += line[name]  # type: ignore[literal-required]
    return counts


def same_file(one: QuestionImport) -> QuestionImport | None:
    """The import before that took in the very same bytes."""
    rows = QuestionImport.objects.filter(course=one.course_id, fingerprint=one.fingerprint)
    return rows.filter(state="done").exclude(pk=one.pk).order_by("-pk").first()


def last_taken(course: Course) -> int | None:
    """The import that can be taken back: the last one that wrote into the bank."""
    rows = QuestionImport.objects.filter(course=course, state="done").order_by("-done_at", "-pk")
    return rows.values_list("pk", flat=True).first()


def prompts(questions: Iterable[int | None]) -> dict[int, str]:
    """What each question asks now."""
    rows = QuestionVersion.objects.filter(question__in=[pk for pk in questions if pk])
    return dict(rows.order_by("number").values_list("question", "prompt"))
