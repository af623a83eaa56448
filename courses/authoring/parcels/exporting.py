"""An edition with its questions and pictures, gathered for one ZIP in a fixed number of queries."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Max

from courses.authoring.bank.rows import item_of, with_answers
from courses.authoring.parcels import archives, schema
from courses.authoring.shelf.models import Picture
from courses.catalogue.models import Edition, Lesson
from courses.catalogue.pictures import NAMED, named_in
from courses.quizzes.exchange.building import told as plain
from courses.quizzes.models import QuestionVersion, Quiz, QuizQuestion

OF_THE_EDITION = ("language", "title", "summary", "audience", "outcomes", "authors", "what_changed")
OF_A_QUIZ = (
    *("key", "slug", "title", "plan", "attempts_allowed", "wait_minutes", "minutes"),
    *("time_limit_minutes", "time_limit_reason", "is_required"),
)
OF_A_LESSON = ("key", "slug", "title", "minutes", "rule", "is_required")


def exported(edition: Edition) -> bytes:
    """The whole course as it stands in this edition. The same again gives the same bytes."""
    modules = list(edition.modules.order_by("position"))
    lessons = list(edition.lessons.order_by("module__position", "position"))
    asked = _asked(edition)
    versions = _versions(edition, asked)
    pictures = _named(edition, lessons, versions)
    files = _picture_files(pictures.values())
    names = {str(row.uuid): row.digest[:16] for row in pictures.values()}
    told: dict[str, Any] = {
        "format": schema.FORMAT,
        "version": schema.VERSION,
        "about": {
            **{name: getattr(edition, name) for name in OF_THE_EDITION},
            "rules_as_of": edition.rules_as_of.isoformat(),
        },
        "modules": [{"key": row.key, "title": row.title} for row in modules],
        "questions": [_question(row) for row in versions],
        "cases": _cases(versions),
        "pictures": [_picture(row) for row in sorted(pictures.values(), key=lambda r: r.digest)],
    }
    quizzes = _quizzes(edition, asked)
    for number, (row, module) in enumerate(zip(modules, told["modules"], strict=True), start=1):
        own = [lesson for lesson in lessons if lesson.module_id == row.pk]
        module["lessons"] = [_lesson(one, number, n) for n, one in enumerate(own, start=1)]
        module["quizzes"] = quizzes[row.pk]
        for lesson, line in zip(own, module["lessons"], strict=True):
            files[line["file"]] = lesson.text.encode()
    told["quizzes"] = quizzes[None]
    return archives.written(*_beside(told, files, names))


def _asked(edition: Edition) -> list[QuizQuestion]:
    rows = QuizQuestion.objects.filter(group__quiz__edition=edition)
    return list(rows.select_related("version__question").order_by("group", "position"))


def _versions(edition: Edition, asked: Iterable[QuizQuestion]) -> list[QuestionVersion]:
    """Of each question of the course what the edition asks, else its newest version."""
    pinned = {row.version.question_id: row.version_id for row in asked}
    rows = QuestionVersion.objects.filter(question__course=edition.course_id)
    rows = rows.annotate(newest=Max("question__versions__number"))
    found: Any = with_answers(rows).select_related("question", "case").order_by("question__key")
    return [
        row
        for row in found
        if row.pk == pinned.get(row.question_id)
        or (row.question_id not in pinned and row.number == row.newest)
    ]


def _named(
    edition: Edition, lessons: Iterable[Lesson], versions: Iterable[QuestionVersion]
) -> dict[str, Picture]:
    texts = [row.text for row in lessons]
    for row in versions:
        texts += [row.prompt, row.explanation, row.case.text if row.case else ""]
        texts += [part for one in row.options.all() for part in (one.text, one.feedback)]
    uuids = {uuid for text in texts for uuid in named_in(text)}
    rows = Picture.objects.filter(course=edition.course_id, uuid__in=uuids)
    return {str(row.uuid): row for row in rows}


def _picture_files(pictures: Iterable[Picture]) -> dict[str, bytes]:
    found = {}
    for row in pictures:
        for one in row.files:
            with default_storage.open(one["key"]) as file:
                found[archives.path_of(row.digest[:16], one["width"])] = file.read()
    return found


def _picture(row: Picture) -> dict[str, Any]:
    size = {"width": row.width, "height": row.height}
    return {"name": row.digest[:16], "file": row.name, "alt": row.alt, **size}


def _lesson(row: Lesson, module: int, number: int) -> dict[str, Any]:
    file = f"lessons/{module:02}-{number:02}-{_in_a_path(row.key)}.md"
    return {**{name: getattr(row, name) for name in OF_A_LESSON}, "file": file}


def _in_a_path(key: str) -> str:
    return key.lower().replace("_", "-")


def _quizzes(
    edition: Edition, asked: Iterable[QuizQuestion]
) -> dict[int | None, list[dict[str, Any]]]:
    """By the module that they are in; the course's own under nothing."""
    lines: dict[int, list[str]] = defaultdict(list)
    for row in asked:
        lines[row.group_id].append(row.version.question.key)
    found: dict[int | None, list[dict[str, Any]]] = defaultdict(list)
    quizzes = edition.quizzes.prefetch_related("groups").order_by("position", "pk")
    for quiz in quizzes:
        groups = sorted(quiz.groups.all(), key=lambda group: group.position)
        found[quiz.module_id].append(
            {
                **{name: getattr(quiz, name) for name in OF_A_QUIZ},
                "pass_mark": _mark(quiz),
                "groups": [
                    {"title": one.title, "quota": one.quota, "questions": lines[one.pk]}
                    for one in groups
                ],
            }
        )
    return found


def _mark(quiz: Quiz) -> str:
    return "" if quiz.pass_mark is None else plain(Decimal(quiz.pass_mark))


def _question(row: QuestionVersion) -> dict[str, Any]:
    question = row.question
    return {
        "key": question.key,
        "topic": question.topic,
        "state": question.state,
        "note": question.note,
        "case": row.case.key if row.case else "",
        "item": archives.packed_item(item_of(row)),
    }


def _cases(versions: Iterable[QuestionVersion]) -> list[dict[str, Any]]:
    rows = {row.case.key: row.case for row in versions if row.case}
    return [{"key": key, "title": rows[key].title, "text": rows[key].text} for key in sorted(rows)]


def _beside(
    told: dict[str, Any], files: dict[str, bytes], names: dict[str, str]
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Every text names its pictures by where they lie in the ZIP."""

    def moved(found: re.Match[str]) -> str:
        name = names.get(found[1])
        return f"{archives.PICTURES}{name}-{found[2]}.webp" if name else found[0]

    texts = {
        path: NAMED.sub(moved, data.decode()).encode()
        for path, data in files.items()
        if path.endswith(".md")
    }
    words = archives.with_texts(told, lambda text: NAMED.sub(moved, text))
    return words, {**files, **texts}
