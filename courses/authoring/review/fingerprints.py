"""The text of an edition as one word: it is another one when anything of it is another one."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet

from courses.catalogue.models import Edition
from courses.quizzes.models import Key, Option, QuestionVersion, QuizGroup, QuizQuestion

OF_EDITION = (
    *("language", "title", "summary", "audience", "outcomes", "authors"),
    *("rules_as_of", "what_changed"),
)
OF_MODULES = ("position", "key", "title")
OF_LESSONS = (
    *("module__key", "position", "key", "slug", "title", "minutes", "rule", "is_required", "text"),
)
OF_QUIZZES = (
    *("module__key", "position", "key", "slug", "title", "plan", "pass_mark", "attempts_allowed"),
    *("wait_minutes", "time_limit_minutes", "time_limit_reason", "minutes", "is_required"),
)
OF_GROUPS = ("quiz__key", "position", "title", "quota")
OF_LINES = ("group__quiz__key", "group__position", "position", "version")
OF_VERSIONS = (
    *("pk", "question__key", "number", "kind", "case__text", "language", "prompt", "points"),
    *("has_partial_credit", "unit", "explanation", "basis"),
)
OF_OPTIONS = ("version", "side", "position", "text", "feedback")
OF_KEYS = (
    *("version", "option__side", "option__position", "match__side", "match__position", "place"),
    *("text", "number", "tolerance", "tolerance_kind"),
)


def fingerprint(edition: Edition) -> str:
    """What is taught and asked, in nine queries. Who holds the draft has it of this moment."""
    asked = QuizQuestion.objects.filter(group__quiz__edition=edition)
    versions = asked.order_by().values("version")
    parts = {
        "edition": _rows(Edition.objects.filter(pk=edition.pk), OF_EDITION),
        "modules": _rows(edition.modules.order_by("position"), OF_MODULES),
        "lessons": _rows(edition.lessons.order_by("key"), OF_LESSONS),
        "quizzes": _rows(edition.quizzes.order_by("key"), OF_QUIZZES),
        "groups": _rows(QuizGroup.objects.filter(quiz__edition=edition), OF_GROUPS),
        "lines": _rows(asked, OF_LINES),
        "versions": _rows(QuestionVersion.objects.filter(pk__in=versions), OF_VERSIONS),
        "options": _rows(Option.objects.filter(version__in=versions), OF_OPTIONS),
        "key": _rows(Key.objects.filter(version__in=versions), OF_KEYS),
    }
    told = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _rows(rows: QuerySet[Any], names: tuple[str, ...]) -> list[Any]:
    """In an order that both databases give alike: by what the rows say."""
    found = [list(row) for row in rows.order_by().values_list(*names)]
    return sorted(found, key=lambda row: json.dumps(row, ensure_ascii=False, default=str))
