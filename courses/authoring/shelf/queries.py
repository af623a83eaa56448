"""Where the pictures of a course are named, and who sees them for that."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.authoring.models import LessonSave, Removed
from courses.authoring.shelf.models import Picture
from courses.catalogue.models import Course, Lesson, Translation
from courses.catalogue.pictures import PLACE, named_in
from courses.quizzes.models import Option, QuestionCase, QuestionVersion, QuizQuestion


@dataclass(frozen=True)
class Place:
    """A text that names a picture; its address where it can be changed."""

    told: str
    address: str = ""


def places(course: Course) -> dict[str, list[Place]]:
    """Every place in which a picture of the course is named, by picture, in seven queries.

    A picture in what was removed from a draft, or in a text that lies beside, is named too: both
    can come back. One that stands only in the history of a lesson is not.
    """
    found: dict[str, list[Place]] = defaultdict(list)
    for text, place in [*_in_lessons(course), *_in_questions(course), *_put_aside(course)]:
        for uuid in named_in(text):
            if place not in found[uuid]:
                found[uuid].append(place)
    return found


def _in_lessons(course: Course) -> Iterator[tuple[str, Place]]:
    rows = Lesson.objects.filter(edition__course=course, text__contains=PLACE)
    rows = rows.select_related("edition").order_by(
        "-edition__number", "module__position", "position"
    )
    for row in rows.defer("html"):
        told = {"title": row.title, "number": row.edition.number}
        if row.edition.is_draft:
            address = reverse("courses:draft-lesson", args=[course.slug, row.slug])
            yield row.text, Place(_("draft: %(title)s") % told, address)
        else:
            yield row.text, Place(_("edition %(number)s: %(title)s") % told)
    words = Translation.objects.filter(object_key__startswith=f"{course.slug}/")
    for text in words.filter(text__contains=PLACE).order_by().values_list("text", flat=True):
        yield text, Place(_("a translation"))


def _in_questions(course: Course) -> Iterator[tuple[str, Place]]:
    versions: Any = QuestionVersion.objects.filter(question__course=course)
    versions = versions.filter(Q(prompt__contains=PLACE) | Q(explanation__contains=PLACE))
    rows = versions.values_list("prompt", "explanation", "question__key")
    for prompt, explanation, key in rows.order_by("question__key", "number"):
        yield f"{prompt} {explanation}", _of_question(course, key)
    options: Any = Option.objects.filter(version__question__course=course)
    options = options.filter(Q(text__contains=PLACE) | Q(feedback__contains=PLACE)).order_by("pk")
    for text, feedback, key in options.values_list("text", "feedback", "version__question__key"):
        yield f"{text} {feedback}", _of_question(course, key)
    cases = QuestionCase.objects.filter(course=course, text__contains=PLACE).order_by("pk")
    for row in cases:
        yield row.text, Place(_("case: %(title)s") % {"title": row.title})


def _of_question(course: Course, key: str) -> Place:
    address = reverse("courses:question", args=[course.slug, key])
    return Place(_("question %(key)s") % {"key": key}, address)


def _put_aside(course: Course) -> Iterator[tuple[str, Place]]:
    beside = LessonSave.objects.filter(lesson__edition__course=course, text__contains=PLACE)
    for row in beside.filter(state=LessonSave.State.BESIDE).order_by("pk"):
        yield row.text, Place(_("a text beside “%(title)s”") % {"title": row.title})
    removed = Removed.objects.annotate(words=Cast("rows", TextField()))
    for kept in removed.filter(edition__course=course, words__contains=PLACE).order_by("pk"):
        told = _("removed from the draft: %(title)s") % {"title": kept.title}
        yield json.dumps(kept.rows), Place(told)


def shelf(course: Course) -> QuerySet[Picture]:
    """What can be put into a lesson, the newest first."""
    return Picture.objects.filter(course=course, removed_at__isnull=True).order_by("-pk")


def names_of(course: Course) -> set[str]:
    """The pictures that a text of this course may name."""
    return {str(uuid) for uuid in shelf(course).values_list("uuid", flat=True)}


def is_read(picture: Picture) -> bool:
    """Whether a published lesson shows it: everybody may read it there."""
    rows = Lesson.objects.filter(edition__course=picture.course_id)
    rows = rows.filter(edition__published_at__isnull=False)
    return rows.filter(text__contains=f"{PLACE}{picture.uuid}/").exists()


def is_asked(picture: Picture) -> bool:
    """Whether a question of a published quiz shows it, to who is signed in."""
    rows: Any = QuizQuestion.objects.filter(
        group__quiz__edition__course=picture.course_id,
        group__quiz__edition__published_at__isnull=False,
    )
    named, of = f"{PLACE}{picture.uuid}/", ("prompt", "explanation", "case__text")
    asked = Q()
    for column in (*of, "options__text", "options__feedback"):
        asked |= Q(**{f"version__{column}__contains": named})
    return bool(rows.filter(asked).exists())


def is_in_draft(picture: Picture, edition: int) -> bool:
    """Whether a lesson of this draft shows it."""
    rows = Lesson.objects.filter(edition=edition, edition__published_at__isnull=True)
    return rows.filter(text__contains=f"{PLACE}{picture.uuid}/").exists()
