"""The outline of a draft is changed: parts are added, named, moved and copied.

Every change holds the draft first, so that two who move at once do it one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Max, PositiveSmallIntegerField, Value, When
from django.utils.translation import gettext as _

from courses.authoring import parts
from courses.authoring.drafts import locked
from courses.authoring.refusals import NotThere, TooMuch
from courses.authoring.services.saving import rename_lesson
from courses.catalogue.models import Edition, Lesson, Module
from courses.quizzes.copying import copy_rows
from courses.quizzes.models import Quiz, QuizQuestion
from partnership.accounts.models import User
from partnership.audit import services as audit
from partnership.lib.text.slugs import free_slug

# No course is as long. An outline of so many parts is still drawn in a moment.
MOST_PARTS = 600
# Beyond every place there is: where rows wait while their order is written.
ASIDE, LAST = 10_000, 21_000
MINUTES = 10


@transaction.atomic
def add(
    edition: Edition, kind: str, title: str, *, module: str = "", by: User, at: datetime
) -> Any:
    """A new module at the end, a new lesson or quiz at the end of a module."""
    draft = locked(edition)
    if kind not in parts.MODELS:
        raise NotThere(_("There is no such kind of part."))
    inside = None
    if kind == "lesson" or module:
        inside = _module(draft, module)
    row = _made(draft, kind, _title(title), inside)
    _note(draft, "draft.add", row, by, at)
    return row


@transaction.atomic
def rename(edition: Edition, name: str, title: str, *, by: User, at: datetime) -> None:
    draft = locked(edition)
    row, title = parts.part_of(draft, name), _title(title)
    if isinstance(row, Lesson):
        rename_lesson(row, title, by=by, at=at)
    else:
        type(row)._default_manager.filter(pk=row.pk).update(title=title)
    _note(draft, "draft.rename", row, by, at)


@transaction.atomic
def set_minutes(edition: Edition, name: str, minutes: int) -> None:
    """How long a lesson or quiz usually takes."""
    row = parts.part_of(locked(edition), name)
    if isinstance(row, Module) or not 1 <= minutes <= 999:
        raise NotThere(_("A lesson takes from 1 to 999 minutes."))
    type(row)._default_manager.filter(pk=row.pk).update(minutes=minutes)


@transaction.atomic
def move(edition: Edition, name: str, way: str) -> None:
    """One place up or down among its like, or into the module before or after."""
    draft = locked(edition)
    row = parts.part_of(draft, name)
    if way in ("up", "down"):
        rows = _beside(draft, row)
        at = [one.pk for one in rows].index(row.pk)
        to = at + (1 if way == "down" else -1)
        if 0 <= to < len(rows):
            rows.insert(to, rows.pop(at))
            _number(rows)
        return
    slots = _slots(draft, row)
    here = [slot.pk if slot else None for slot in slots].index(row.module_id)
    to = here + (1 if way == "next" else -1)
    if 0 <= to < len(slots):
        _into(row, slots[to], first=way == "next")


@transaction.atomic
def place(edition: Edition, name: str, *, module: str = "", before: str = "") -> None:
    """Put a part where it was dropped: before another of its kind, or at the end of a module."""
    draft = locked(edition)
    row = parts.part_of(draft, name)
    target = parts.part_of(draft, before) if before else None
    if target is not None and type(target) is not type(row):
        raise NotThere(_("It cannot stand there."))
    if not isinstance(row, Module):
        inside = target.module if target else _module(draft, module) if module else None
        if inside is None and inside not in _slots(draft, row):
            raise NotThere(_("It cannot stand there."))
        if row.module != inside:
            _into(row, inside)
    rows = [one for one in _beside(draft, row) if one.pk != row.pk]
    pks = [one.pk for one in rows]
    rows.insert(pks.index(target.pk) if target and target.pk in pks else len(rows), row)
    _number(rows)


@transaction.atomic
def copy(edition: Edition, name: str, *, by: User, at: datetime) -> Any:
    """The same once more behind it, under keys of its own; a module with all that is in it."""
    draft = locked(edition)
    row = parts.part_of(draft, name)
    made = _copied(draft, row, title=_("%(title)s (copy)") % {"title": row.title})
    rows = [one for one in _beside(draft, made) if one.pk != made.pk]
    rows.insert([one.pk for one in rows].index(row.pk) + 1, made)
    _number(rows)
    _note(draft, "draft.copy", made, by, at)
    return made


def _title(title: str) -> str:
    title = " ".join(title.replace("\0", "").split())[:200]
    if not title:
        raise NotThere(_("A part of a course has a title."))
    return title


def _module(draft: Edition, key: str) -> Module:
    found = parts.part_of(draft, f"module:{key}")
    assert isinstance(found, Module)
    return found


def _made(draft: Edition, kind: str, title: str, module: Module | None) -> Any:
    refuse_too_many(draft)
    key = free_slug(title, parts.used_keys(draft, kind), instead=kind)
    told: dict[str, Any] = {"edition": draft, "key": key, "title": title}
    if kind == "module":
        return Module.objects.create(**told, position=_end(draft.modules))
    told |= {"slug": key, "module": module}
    if kind == "lesson":
        end = _end(Lesson.objects.filter(module=module))
        return Lesson.objects.create(**told, position=end, minutes=MINUTES, text="")
    end = _end(Quiz.objects.filter(edition=draft, module=module))
    return Quiz.objects.create(**told, position=end, plan=Quiz.Plan.CHECK, pass_mark=Decimal("0.7"))


def refuse_too_many(draft: Edition, *, more: int = 1) -> None:
    """Refuses TooMuch where so many more parts are more than a course has."""
    there = sum(rows.count() for rows in (draft.modules, draft.lessons, draft.quizzes))
    if there + more > MOST_PARTS:
        raise TooMuch(_("A course of this length is several courses: divide it."))


def _end(rows: Any) -> int:
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


def _beside(draft: Edition, row: Any) -> list[Any]:
    """A part and its like, in their order: what it is moved among."""
    rows = type(row)._default_manager.filter(edition=draft)
    if not isinstance(row, Module):
        rows = rows.filter(module=row.module_id)
    return list(rows.order_by("position", "pk"))


def _slots(draft: Edition, row: Any) -> list[Module | None]:
    """What a lesson or a quiz can be in. A quiz may also be of the whole course, at its end."""
    if isinstance(row, Module):
        raise NotThere(_("A module is in no other module."))
    modules: list[Module | None] = [*draft.modules.order_by("position")]
    return [*modules, None] if isinstance(row, Quiz) else modules


def _into(row: Any, module: Module | None, *, first: bool = False) -> None:
    """Into another module, at its end or its beginning."""
    type(row)._default_manager.filter(pk=row.pk).update(module=module, position=LAST)
    row.module = module
    rows = _beside(row.edition, row)
    if first:
        rows.insert(0, rows.pop([one.pk for one in rows].index(row.pk)))
    _number(rows)


def _number(rows: Sequence[Any]) -> None:
    """Number rows from 1 in this order. In two steps: at no moment do two stand at one place."""
    places = [When(pk=row.pk, then=Value(n)) for n, row in enumerate(rows, start=1)]
    these = type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows])
    these.update(position=F("position") + ASIDE)
    these.update(position=Case(*places, output_field=PositiveSmallIntegerField()))


def _copied(draft: Edition, row: Any, *, title: str, module: Module | None = None) -> Any:
    """A twin at the end of where it belongs; `module` is the copy that it goes into."""
    made = _made(draft, parts.kind_of(row), title[:200], module or getattr(row, "module", None))
    if isinstance(row, Lesson):
        made.text, made.minutes = row.text, row.minutes
        made.rule, made.is_required = row.rule, row.is_required
        made.save()
    elif isinstance(row, Quiz):
        _copy_quiz(row, made)
    else:
        for lesson in row.lessons.order_by("position"):
            _copied(draft, lesson, title=lesson.title, module=made)
        for quiz in row.quizzes.order_by("position"):
            _copied(draft, quiz, title=quiz.title, module=made)
    return made


OF_A_QUIZ = (
    *("plan", "pass_mark", "attempts_allowed", "wait_minutes", "time_limit_minutes"),
    *("time_limit_reason", "minutes", "is_required"),
)


def _copy_quiz(row: Quiz, made: Quiz) -> None:
    for name in OF_A_QUIZ:
        setattr(made, name, getattr(row, name))
    made.save()
    groups = copy_rows(list(row.groups.all()), quiz=made)
    copy_rows(list(QuizQuestion.objects.filter(group__quiz=row)), group=groups)


def _note(draft: Edition, verb: str, row: Any, by: User, at: datetime) -> None:
    of = ("edition", f"{draft.course.code}/{draft.number}")
    changes = {"part": parts.name_of(row), "title": row.title}
    audit.record(verb, at=at, by=by, of=of, changes=changes)
