"""The questions of a draft's quiz: put in, taken out, grouped, ordered, drawn.

Each begins by holding the draft: one that is published in this moment does not change any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from courses.authoring.bank import queries
from courses.authoring.bank.refusals import NotADraft, NotToBeAsked
from courses.catalogue.models import Edition
from courses.quizzes.models import Question, Quiz, QuizGroup, QuizQuestion
from partnership.audit import services as audit

# Positions are unique: rows step aside before they take their new places.
ASIDE = 10_000
MOST_GROUPS = 50


def hold(quiz: Quiz) -> None:
    drafts = Edition.objects.select_for_update().filter(published_at__isnull=True)
    if not drafts.filter(pk=quiz.edition_id).exists():
        raise NotADraft(_("This edition is published by now, and does not change any more."))


@transaction.atomic
def put_in(quiz: Quiz, keys: Iterable[str], *, group: int | None, by: Any, at: datetime) -> int:
    """Ask these questions in this order, at the end of a group; those that it asks already stay.

    Refuses NotADraft, and NotToBeAsked for a self-check or what waits for its subject check.
    """
    hold(quiz)
    place = {key: n for n, key in enumerate(keys)}
    wanted = Question.objects.select_for_update().filter(
        course=quiz.edition.course_id, key__in=place
    )
    held = list(wanted)
    if odd := [question.key for question in held if question.state != Question.State.ACTIVE]:
        told = _("Only questions that are in use can be asked in a quiz. These are not: %s.")
        raise NotToBeAsked(told % ", ".join(odd))
    there = set(_lines(quiz).values_list("version__question", flat=True))
    versions = queries.newest(quiz.edition.course).filter(question__in=held)
    new = [
        version
        for version in sorted(versions, key=lambda one: place[one.question.key])
        if version.question_id not in there
    ]
    into = _group(quiz, group)
    last = into.questions.aggregate(last=models.Max("position"))["last"] or 0
    QuizQuestion.objects.bulk_create(
        QuizQuestion(group=into, version=version, position=n)
        for n, version in enumerate(new, start=last + 1)
    )
    _note(quiz, {"in": [version.question.key for version in new]}, by, at)
    return len(new)


def _group(quiz: Quiz, position: int | None) -> QuizGroup:
    groups = quiz.groups.order_by("position")
    found = groups.filter(position=position).first() if position else groups.last()
    return found or QuizGroup.objects.create(quiz=quiz, position=1)


def _lines(quiz: Quiz) -> models.QuerySet[QuizQuestion]:
    return QuizQuestion.objects.filter(group__quiz=quiz)


def line_of(quiz: Quiz, key: str) -> QuizQuestion:
    """The line that asks a question. Refuses NotToBeAsked where it was taken out meanwhile."""
    lines = _lines(quiz).select_related("group", "version__question")
    line = lines.filter(version__question__key=key).first()
    if line is None:
        raise NotToBeAsked(_("This quiz does not ask that question any more."))
    return line


@transaction.atomic
def take_out(quiz: Quiz, key: str, *, by: Any, at: datetime) -> None:
    """The question stays in the bank."""
    hold(quiz)
    line_of(quiz, key).delete()
    _note(quiz, {"out": [key]}, by, at)


@transaction.atomic
def move(quiz: Quiz, key: str, by_places: int) -> None:
    """Up or down by one; beyond the end of its group it goes into the next one."""
    hold(quiz)
    line = line_of(quiz, key)
    lines = list(line.group.questions.order_by("position"))
    at = next(n for n, other in enumerate(lines) if other.pk == line.pk)
    to = at + by_places
    if 0 <= to < len(lines):
        lines.insert(to, lines.pop(at))
        _place(lines)
        return
    groups = list(quiz.groups.order_by("position"))
    here = next(n for n, group in enumerate(groups) if group.pk == line.group_id)
    beside = here + (1 if by_places > 0 else -1)
    if 0 <= beside < len(groups):
        _into(line, groups[beside], is_first=by_places > 0)


def _into(line: QuizQuestion, group: QuizGroup, *, is_first: bool) -> None:
    others = list(group.questions.order_by("position"))
    line.group, line.position = group, ASIDE + len(others)
    line.save(update_fields=["group", "position"])
    _place([line, *others] if is_first else [*others, line])


def _place(rows: Sequence[Any]) -> None:
    """Give rows the places 1, 2, 3, each place being taken once at any time."""
    for start in (ASIDE * 2, 1):
        for n, row in enumerate(rows):
            row.position = start + n
        type(rows[0])._default_manager.bulk_update(rows, ["position"])


@transaction.atomic
def renew(quiz: Quiz, key: str, *, by: Any, at: datetime) -> None:
    """Ask the newest version of a question."""
    hold(quiz)
    line = line_of(quiz, key)
    newest = queries.newest(quiz.edition.course).get(question=line.version.question_id)
    told = [line.version.number, newest.number]
    line.version = newest
    line.save(update_fields=["version"])
    _note(quiz, {"version": told, "question": key}, by, at)


@transaction.atomic
def add_group(quiz: Quiz) -> QuizGroup:
    hold(quiz)
    last = quiz.groups.aggregate(last=models.Max("position"))["last"] or 0
    if quiz.groups.count() >= MOST_GROUPS:
        raise NotToBeAsked(_("A quiz has %(n)s groups at most.") % {"n": MOST_GROUPS})
    return QuizGroup.objects.create(quiz=quiz, position=last + 1)


@transaction.atomic
def say_group(
    quiz: Quiz, position: int, *, title: str, quota: int | None, by: Any, at: datetime
) -> None:
    """Its title, and how many of its questions each paper draws."""
    hold(quiz)
    group = quiz.groups.filter(position=position).first()
    if group is None:
        raise NotToBeAsked(_("This quiz has no such group any more."))
    if quota and quota > group.questions.count():
        raise NotToBeAsked(_("It cannot draw more questions than the group has."))
    told = {"draws": [group.quota, quota], "group": position}
    group.title, group.quota = title, quota
    group.save(update_fields=["title", "quota"])
    _note(quiz, told, by, at)


@transaction.atomic
def drop_group(quiz: Quiz, position: int, *, by: Any, at: datetime) -> None:
    """Its questions go into the group before it, or after it where it is the first."""
    hold(quiz)
    groups = list(quiz.groups.order_by("position"))
    at_place = next((n for n, one in enumerate(groups) if one.position == position), None)
    if at_place is None or len(groups) < 2:
        raise NotToBeAsked(_("The last group of a quiz stays."))
    group = groups.pop(at_place)
    beside = groups[max(0, at_place - 1)]
    for line in group.questions.order_by("position"):
        _into(line, beside, is_first=False)
    group.delete()
    _place(groups)
    _note(quiz, {"group": [position, None]}, by, at)


def _note(quiz: Quiz, changes: dict[str, Any], by: Any, at: datetime) -> None:
    of = ("quiz", f"{quiz.edition.course.code}/{quiz.edition.number}/{quiz.slug}")
    audit.record("quiz.change", at=at, by=by, of=of, changes=changes)
