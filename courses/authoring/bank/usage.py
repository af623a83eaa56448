"""Which versions somebody depends on. They stay word for word: a change is the next one."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from courses.learning.models import PaperQuestion
from courses.quizzes.bank import VERSIONS
from courses.quizzes.models import Question, QuestionVersion, QuizQuestion
from partnership.sources.models import LoadedRow


def used(*, by_drafts: bool = True) -> Q:
    """A quiz pins it, a paper holds it, a lesson shows it or a course file wrote it."""
    pins = QuizQuestion.objects.filter(version=OuterRef("pk"))
    if not by_drafts:
        pins = pins.filter(group__quiz__edition__published_at__isnull=False)
    papers = PaperQuestion.objects.filter(version=OuterRef("pk"))
    written = LoadedRow.objects.filter(kind=VERSIONS, key=OuterRef("name_in_files"))
    is_shown = Q(question__state=Question.State.SELF_CHECK)
    return is_shown | Q(Exists(pins)) | Q(Exists(papers)) | Q(Exists(written))


def named_in_files(rows: QuerySet[QuestionVersion]) -> QuerySet[QuestionVersion]:
    """Each version under the name that a course file gives it."""
    parts = ("question__course__code", "question__key", Cast(F("number"), CharField()))
    code, key, number = parts
    name = Concat(code, Value("/"), key, Value("/"), number, output_field=CharField())
    return rows.annotate(name_in_files=name)


def with_use(rows: QuerySet[QuestionVersion]) -> QuerySet[Any]:
    """Versions that know whether they are used."""
    return named_in_files(rows).annotate(is_used=used())
