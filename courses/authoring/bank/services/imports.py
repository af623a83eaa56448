"""What a trainer does with a file of questions: send or paste it, look, take it in.

    waiting → tried → done        (waiting may end in refused)

Nothing of the bank is written before somebody has seen the list. Each step is a conditional update
that one caller wins; a worker reads the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from typing import IO, Any
from uuid import uuid4

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courses.authoring.bank import judging, reading, sniffing
from courses.authoring.bank.models import QuestionImport, QuestionImportRow
from courses.authoring.bank.packing import packed, packed_problem, unpacked
from courses.authoring.bank.refusals import NoRoom, NotNow
from courses.authoring.bank.services.questions import (
    Writing,
    hold_drafts,
    keys_of,
    repin,
    write_all,
)
from courses.catalogue.models import Course
from courses.quizzes.exchange.report import Level, Notes, Verdict
from courses.quizzes.models import Question, QuestionVersion
from partnership.audit import services as audit
from partnership.jobs import services as jobs
from partnership.jobs.kinds import Steps
from partnership.lib.storage import stored

State, Outcome = QuestionImport.State, QuestionImportRow.Verdict
READ = "questions.read"
KEPT = timedelta(days=60)
Row = QuestionImportRow


@dataclass(frozen=True)
class Wanted:
    """What is said of the questions of a file that do not say it themselves."""

    language: str = "en"
    topic: str = ""
    form: str = ""


def send(
    course: Course, file: IO[bytes], name: str, wanted: Wanted, *, by: Any, at: datetime
) -> QuestionImport:
    """Keep a file and let a worker read it. Refuses NoRoom."""
    forget_old(course, at)
    form = wanted.form or sniffing.named(name)
    content = file.read()
    one = _made(course, content, name, wanted, at)
    one.form = form
    with (
        stored(File(BytesIO(content)), f"questions/{uuid4().hex}", no_room=NoRoom) as key,
        transaction.atomic(),
    ):
        one.key = key
        one.save(force_insert=True)
        one.job = jobs.enqueue(READ, at=at, key=str(one.uuid), payload={"import": one.pk}, by=by)
        one.save(update_fields=["job"])
        _note("questions.send", one, by, at, {"file": [None, one.name]})
    return one


def paste(course: Course, text: str, wanted: Wanted, *, by: Any, at: datetime) -> QuestionImport:
    """Read what was pasted at once: it is short, and whoever pasted it waits."""
    forget_old(course, at)
    content = text.encode("utf-8", "replace")
    one = _made(course, content, _("pasted text"), wanted, at)
    found = reading.read(BytesIO(content), "pasted.txt", form=wanted.form, language=wanted.language)
    with transaction.atomic():
        one.form, one.state = found.form, State.TRIED
        one.save(force_insert=True)
        keep(one, found)
        _note("questions.paste", one, by, at)
    return one


def _made(
    course: Course, content: bytes, name: str, wanted: Wanted, at: datetime
) -> QuestionImport:
    return QuestionImport(
        course=course,
        name=" ".join(name.split())[-150:],
        fingerprint=sha256(content).hexdigest(),
        language=wanted.language,
        topic=wanted.topic,
        made_at=at,
    )


def look(steps: Steps) -> dict[str, Any]:
    """Read the file of a job. Killed and run again it begins anew: it writes once, at the end."""
    rows = QuestionImport.objects.select_related("course")
    one = rows.filter(pk=steps.payload["import"], state=State.WAITING).first()
    if one is None:
        return {}
    steps.step(0, 1)
    with default_storage.open(one.key) as file:
        found = reading.read(file, one.name, form=one.form, language=one.language)
    with transaction.atomic():
        steps.step(1, 1)
        moved = QuestionImport.objects.filter(pk=one.pk, state=State.WAITING)
        if not moved.update(state=State.TRIED, form=found.form, key=""):
            return {}
        kept, one.key = one.key, ""
        one.form, one.state = found.form, State.TRIED
        counts = keep(one, found)
    default_storage.delete(kept)
    return counts


def keep(one: QuestionImport, found: reading.Reading) -> dict[str, int]:
    """The questions of the file as rows, each with what would come of it."""
    verdicts = found.report.verdicts
    told = judging.judged(one.course, verdicts, found.form)
    Row.objects.bulk_create(
        (
            _row(one, number, verdict, line)
            for number, (verdict, line) in enumerate(zip(verdicts, told, strict=True), start=1)
        ),
        batch_size=500,
    )
    notes = Notes(1, list(found.report.problems))
    items = found.report.items
    if any(item.title or item.tags for item in items):
        notes.warn("file_names")
    one.problems = [packed_problem(problem) for problem in notes.found]
    if not verdicts:
        one.state = State.REFUSED
    one.save(update_fields=["problems", "state", "form"])
    return {outcome: sum(line.outcome == outcome for line in told) for outcome in Outcome.values}


def _row(one: QuestionImport, number: int, verdict: Verdict, line: judging.Judged) -> Row:
    return Row(
        question_import=one,
        number=number,
        line=verdict.line,
        title=verdict.title[:200],
        verdict=line.outcome,
        has_warning=any(problem.level == Level.WARNING for problem in line.problems),
        problems=[packed_problem(problem) for problem in line.problems],
        item=None if line.item is None else packed(line.item),
        source=verdict.source,
        question=line.newest.question if line.newest else None,
    )


def take_in(one: QuestionImport, *, by: Any, at: datetime) -> dict[str, int]:
    """Write what was shown, all of it or nothing. What the bank has by now is not written again.

    Refuses NotNow if it was taken in before, or if nothing would change.
    """
    try:
        with transaction.atomic():
            course = Course.objects.select_for_update().get(pk=one.course_id)
            moved = QuestionImport.objects.filter(pk=one.pk, state=State.TRIED)
            if not moved.update(state=State.DONE, done_at=at):
                raise NotNow(_("This was taken in already, or is not read yet."))
            hold_drafts(course.pk)
            counts = _written(one, course, at)
            if not counts[Outcome.NEW] + counts[Outcome.CHANGED]:
                raise NotNow(_("No question would change anything."))
            _note("questions.take_in", one, by, at, counts)
    except IntegrityError:
        told = _("The bank changed in this moment. Nothing was written: try again.")
        raise NotNow(told) from None
    one.state, one.done_at = State.DONE, at
    return counts


def _written(one: QuestionImport, course: Course, at: datetime) -> dict[str, int]:
    rows = list(one.rows.exclude(verdict=Outcome.WRONG).order_by("number"))
    verdicts = [Verdict(row.line, row.title, unpacked(row.item or {})) for row in rows]
    told = judging.judged(course, verdicts, one.form)
    keys, lines, topics = keys_of(course), [], []
    newer: list[tuple[int, int]] = []
    writers: list[Row] = []
    for row, line in zip(rows, told, strict=True):
        row.verdict = Outcome.SAME if line.outcome == Outcome.WRONG else line.outcome
        if line.item is None or line.outcome not in Row.TO_TAKE:
            continue
        row.taken_at = at
        if line.newest is None:
            named = line.item.key or row.title or line.item.prompt
            topic = "/".join(line.item.category) or one.topic
            question = Question(course=course, key=keys.free(named), topic=topic)
            lines.append(Writing(question, 1, line.item))
        else:
            question = line.newest.question
            row.topic_before = question.topic
            row.item = packed(line.item)
            if line.item.category and line.item.key:
                question.topic = "/".join(line.item.category)
                topics.append(question)
            newer.append((line.newest.pk, len(lines)))
            number, case = line.newest.number + 1, line.newest.case_id
            lines.append(Writing(question, number, line.item, case_id=case))
        row.question = question
        writers.append(row)
    _save(writers, lines, topics, newer)
    Row.objects.bulk_update(rows, ["verdict"], batch_size=500)
    return {outcome: sum(row.verdict == outcome for row in rows) for outcome in Outcome.values}


def _save(
    writers: Sequence[Row],
    lines: list[Writing],
    topics: list[Question],
    newer: list[tuple[int, int]],
) -> None:
    Question.objects.bulk_create([line.question for line in lines if line.question.pk is None])
    Question.objects.bulk_update(topics, ["topic"], batch_size=500)
    versions: list[QuestionVersion] = write_all(lines)
    if newer:
        repin({before: versions[at] for before, at in newer})
    for row, version in zip(writers, versions, strict=True):
        row.question_id, row.version = version.question_id, version
    told = ["taken_at", "question", "version", "topic_before"]
    Row.objects.bulk_update(writers, told, batch_size=300)
    # What the format has no place for was put in again: a row says what it wrote.
    changed = [row for row in writers if row.verdict == Outcome.CHANGED]
    Row.objects.bulk_update(changed, ["item"], batch_size=300)


def forget_old(course: Course, at: datetime) -> None:
    """Imports of a course that nobody asks about any more."""
    old = QuestionImport.objects.filter(course=course, made_at__lt=at - KEPT)
    for key in old.exclude(key="").values_list("key", flat=True):
        default_storage.delete(key)
    old.delete()


def _note(
    verb: str,
    one: QuestionImport,
    by: Any,
    at: datetime,
    changes: dict[str, Any] | None = None,
) -> None:
    of = ("question_import", str(one.uuid))
    audit.record(verb, at=at, by=by, of=of, changes={"course": one.course.code, **(changes or {})})
