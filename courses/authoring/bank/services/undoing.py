"""The last import of a course is taken back, as far as nobody depends on what it brought."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from courses.authoring.bank import import_rows
from courses.authoring.bank.models import QuestionImport, QuestionImportRow
from courses.authoring.bank.packing import unpacked
from courses.authoring.bank.refusals import NotNow
from courses.authoring.bank.rows import item_of, with_answers
from courses.authoring.bank.services.questions import hold_drafts, repin
from courses.authoring.bank.usage import named_in_files, used
from courses.authoring.models import Removed
from courses.catalogue.models import Course
from courses.quizzes.models import Question, QuestionVersion, QuizQuestion
from partnership.audit import services as audit

State = QuestionImport.State
Row = QuestionImportRow
Stays, Verdict = QuestionImportRow.Stays, QuestionImportRow.Verdict


@dataclass
class Undone:
    """Rows that were taken back, and those that stay, each saying why."""

    back: list[Row] = field(default_factory=list)
    left: list[Row] = field(default_factory=list)


def take_back(one: QuestionImport, *, by: Any, at: datetime) -> Undone:
    """Take out what an import wrote: new questions go, changed ones ask again what they asked.

    What is used, was copied or was changed since stays, and its row says so. Refuses NotNow if it
    is not the last import of its course, or if nothing of it could go.
    """
    with transaction.atomic():
        course = Course.objects.select_for_update().get(pk=one.course_id)
        hold_drafts(course.pk)
        if import_rows.last_taken(course) != one.pk:
            raise NotNow(_("Only the last import that was taken in can be taken back."))
        found = _judged(one, course)
        if not found.back:
            raise NotNow(_("Everything that it brought is used or was changed since: it stays."))
        moved = QuestionImport.objects.filter(pk=one.pk, state=State.DONE)
        moved.update(state=State.UNDONE, undone_at=at)
        _write(found, at)
        _note(one, found, by, at)
    return found


def _judged(one: QuestionImport, course: Course) -> Undone:
    rows = one.rows.filter(taken_at__isnull=False).select_related("question").order_by("number")
    versions = {version.pk: version for version in _versions(one)}
    removed = _in_removed_parts(course)
    found = Undone()
    for row in rows:
        row.stays = _why_it_stays(row, versions.get(row.version_id or 0), one.topic, removed)
        (found.left if row.stays else found.back).append(row)
    return found


def _versions(one: QuestionImport) -> QuerySet[Any]:
    """What the rows wrote, with all that could hold it."""
    own = Q(pk__in=one.rows.filter(taken_at__isnull=False).values("version"))
    newer = QuestionVersion.objects.filter(
        question=OuterRef("question"), number__gt=OuterRef("number")
    )
    rows = with_answers(named_in_files(QuestionVersion.objects.filter(own))).order_by("pk")
    return rows.annotate(
        is_held=used(by_drafts=False),
        is_pinned=Exists(QuizQuestion.objects.filter(version=OuterRef("pk"))),
        is_copied=Exists(Question.objects.filter(copied_from=OuterRef("pk"))),
        has_newer=Exists(newer),
    )


def _why_it_stays(row: Row, version: Any, topic: str, removed: set[int]) -> str:
    if version is None or version.has_newer or _is_changed(row, version, topic):
        return Stays.CHANGED
    is_asked = version.is_held or version.pk in removed
    # A draft that asked the question before asks it again as it was.
    if is_asked or version.is_copied or (row.verdict == Verdict.NEW and version.is_pinned):
        return Stays.USED
    return ""


def _is_changed(row: Row, version: QuestionVersion, topic: str) -> bool:
    """Whether what was written says something else by now, or something was said of it."""
    question, item = version.question, unpacked(row.item or {})
    wrote = "/".join(item.category) or topic
    if row.verdict == Verdict.NEW:
        about = question.topic, question.state, question.note
        if about != (wrote, Question.State.ACTIVE, ""):
            return True
    return _bare(item_of(version)) != _bare(item)


def _bare(item: Any) -> Any:
    return replace(item, key="", category=())


def _in_removed_parts(course: Course) -> set[int]:
    """Versions that a removed quiz of the draft asks, which may be put back."""
    kept = Removed.objects.filter(edition__course=course).values_list("rows", flat=True)
    lines = (line for rows in kept for line in rows if line["model"] == "courses.quizquestion")
    return {line["fields"]["version"] for line in lines}


def _write(found: Undone, at: datetime) -> None:
    changed = [row for row in found.back if row.verdict == Verdict.CHANGED]
    _ask_as_before(changed)
    for row in found.back:
        row.undone_at = at
    Row.objects.bulk_update([*found.back, *found.left], ["undone_at", "stays"], batch_size=300)
    new = [row.question_id or 0 for row in found.back if row.verdict == Verdict.NEW]
    Question.objects.filter(pk__in=new).delete()
    QuestionVersion.objects.filter(pk__in=[row.version_id or 0 for row in changed]).delete()


def _ask_as_before(rows: Iterable[Row]) -> None:
    """Drafts ask the version before, and the topic is the one of then."""
    of_question = {row.question_id: row for row in rows}
    versions = QuestionVersion.objects.filter(question__in=of_question).order_by("number")
    last: dict[int, list[QuestionVersion]] = {}
    for version in versions:
        last.setdefault(version.question_id, []).append(version)
    repin({some[-1].pk: some[-2] for some in last.values()})
    questions = []
    for row in of_question.values():
        question, item = row.question, unpacked(row.item or {})
        if question and question.topic == "/".join(item.category) != row.topic_before:
            question.topic = row.topic_before
            questions.append(question)
    Question.objects.bulk_update(questions, ["topic"], batch_size=500)


def _note(one: QuestionImport, found: Undone, by: Any, at: datetime) -> None:
    changes = {"course": one.course.code, "back": len(found.back), "left": len(found.left)}
    of = ("question_import", str(one.uuid))
    audit.record("questions.take_back", at=at, by=by, of=of, changes=changes)
