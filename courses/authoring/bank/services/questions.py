"""A question is written: the form, the fast box and files all come through here.

What a quiz pins, a paper holds or a course file wrote is never changed: the next version is added,
and a draft's quiz that asked the one before asks the new one. What nobody has used yet is
written again in place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from courses.authoring.bank.holding import LONGEST_KEY, held, key_of, topic_of
from courses.authoring.bank.refusals import ChangedMeanwhile, KeyTaken, NotWhole
from courses.authoring.bank.rows import answers_of, words_of
from courses.authoring.bank.usage import with_use
from courses.catalogue.models import Course, Edition
from courses.quizzes.exchange.building import checked
from courses.quizzes.exchange.items import Item
from courses.quizzes.exchange.report import Notes
from courses.quizzes.models import Key, Option, Question, QuestionVersion, QuizQuestion
from partnership.audit import services as audit


@dataclass(frozen=True)
class About:
    """What is said of a question beside what it asks; nothing leaves it as it is."""

    key: str = ""
    topic: str | None = None
    state: str = ""
    note: str | None = None


def whole(item: Item) -> Item:
    """The item as it will stand in the bank. Refuses NotWhole with all that is missing."""
    notes = Notes(0)
    kept = held(checked(item, notes) or item, notes)
    if kept is None or notes.has_failed:
        raise NotWhole(" ".join(problem.said for problem in notes.found if problem.level == 2))
    return kept


def add(course: Course, item: Item, about: About, *, by: Any, at: datetime) -> QuestionVersion:
    """A new question. Refuses NotWhole, KeyTaken."""
    kept = whole(item)
    key = about.key or free_key(course, kept.key or item.title or item.prompt)
    question = Question(
        course=course,
        key=key,
        topic=topic_of(kept) if about.topic is None else about.topic,
        state=about.state or Question.State.ACTIVE,
        note=about.note or "",
    )
    try:
        with transaction.atomic():
            question.save(force_insert=True)
            (version,) = write_all([Writing(question, 1, kept)])
            _note("question.add", question, {"version": [None, 1]}, by=by, at=at)
    except IntegrityError:
        raise KeyTaken(_("Another question of this course has this key.")) from None
    return version


@transaction.atomic
def change(
    version: QuestionVersion,
    item: Item,
    about: About,
    *,
    by: Any,
    at: datetime,
    has_same_meaning: bool = False,
) -> QuestionVersion:
    """Write a question anew, and return the version that is asked from now on.

    Refuses NotWhole, and ChangedMeanwhile where `version` is not the newest any more.
    """
    kept = whole(item)
    hold_drafts(version.question.course_id)
    question = Question.objects.select_for_update().get(pk=version.question_id)
    newest = question.versions.order_by("-number").values_list("number", flat=True).first()
    if newest != version.number:
        raise ChangedMeanwhile.told()
    _say(question, about)
    if is_used(version):
        writing = Writing(question, version.number + 1, kept, has_same_meaning, version.case_id)
        (made,) = write_all([writing])
        repin({version.pk: made})
    else:
        version.has_same_meaning = has_same_meaning and version.number > 1
        made = _write_again(version, kept)
    told = {"version": [version.number, made.number]}
    _note("question.change", question, told, by=by, at=at)
    return made


@transaction.atomic
def describe(question: Question, about: About, *, by: Any, at: datetime) -> None:
    """Say another topic, state or note. What the question asks stays."""
    if before := _say(question, about):
        told = {name: [value, getattr(question, name)] for name, value in before.items()}
        # A note is an editor's free text: the log says that it changed.
        told = {name: value for name, value in told.items() if name != "note"}
        _note("question.describe", question, told, by=by, at=at)


def _say(question: Question, about: About) -> dict[str, Any]:
    """The values before of what is another one now."""
    told = {"topic": about.topic, "state": about.state or None, "note": about.note}
    before = {name: getattr(question, name) for name, value in told.items() if value is not None}
    before = {name: value for name, value in before.items() if value != told[name]}
    for name in before:
        setattr(question, name, told[name])
    question.save(update_fields=list(before))
    return before


def is_used(version: QuestionVersion) -> bool:
    return with_use(QuestionVersion.objects.filter(pk=version.pk)).filter(is_used=True).exists()


def _write_again(version: QuestionVersion, item: Item) -> QuestionVersion:
    version.key.all().delete()
    version.options.all().delete()
    for name, value in words_of(item).items():
        setattr(version, name, value)
    version.save()
    options, keys = answers_of(version, item)
    Option.objects.bulk_create(options)
    Key.objects.bulk_create(keys)
    return version


@dataclass(frozen=True)
class Writing:
    """A version that is to be written."""

    question: Question
    number: int
    item: Item
    has_same_meaning: bool = False
    case_id: int | None = None


def write_all(lines: Iterable[Writing]) -> list[QuestionVersion]:
    """Versions with their answers, in three queries."""
    versions, options, keys = [], [], []
    for line in lines:
        version = QuestionVersion(
            question=line.question,
            number=line.number,
            has_same_meaning=line.has_same_meaning,
            case_id=line.case_id,
            **words_of(line.item),
        )
        versions.append(version)
        more_options, more_keys = answers_of(version, line.item)
        options += more_options
        keys += more_keys
    QuestionVersion.objects.bulk_create(versions)
    Option.objects.bulk_create(options)
    Key.objects.bulk_create(keys)
    return versions


def hold_drafts(course_id: int) -> None:
    """Before any question, as who fills a quiz holds them: so nobody waits for each other."""
    drafts = Edition.objects.select_for_update().filter(published_at__isnull=True)
    list(drafts.filter(course=course_id).values_list("pk", flat=True))


def repin(newer: dict[int, QuestionVersion]) -> None:
    """Quizzes of drafts that ask a version ask the one after it, by the id of the one before.

    A draft that is published in this moment keeps what it has.
    """
    lines = QuizQuestion.objects.filter(
        version__in=newer, group__quiz__edition__published_at__isnull=True
    )
    drafts = Edition.objects.filter(pk__in=lines.values("group__quiz__edition"))
    held_back = drafts.select_for_update().filter(published_at__isnull=True)
    mine = list(held_back.values_list("pk", flat=True))
    rows = list(lines.filter(group__quiz__edition__in=mine))
    for row in rows:
        row.version = newer[row.version_id]
    QuizQuestion.objects.bulk_update(rows, ["version"], batch_size=500)


@dataclass
class Keys:
    """Gives out keys of a course that no question has."""

    taken: set[str] = field(default_factory=set)

    def free(self, named: str) -> str:
        words = "-".join(slugify(named).split("-")[:6])
        key = key_of(named) or words[: LONGEST_KEY - 5].strip("-_") or "question"
        key = key if len(key) <= LONGEST_KEY - 5 else key[: LONGEST_KEY - 5].rstrip("-_")
        found, n = key, 1
        while found.lower() in self.taken:
            n += 1
            found = f"{key}-{n}"
        self.taken.add(found.lower())
        return found


def keys_of(course: Course) -> Keys:
    keys = Question.objects.filter(course=course).values_list("key", flat=True)
    return Keys({key.lower() for key in keys})


def free_key(course: Course, named: str) -> str:
    return keys_of(course).free(named)


def _note(verb: str, question: Question, changes: dict[str, Any], *, by: Any, at: datetime) -> None:
    of = ("question", f"{question.course.code}/{question.key}")
    audit.record(verb, at=at, by=by, of=of, changes=changes)
