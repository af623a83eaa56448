"""A whole course is written into a draft: its parts under their keys, its questions in the bank.

Inside the transaction of whoever takes it in, who holds the draft.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from courses.authoring import parts
from courses.authoring.bank.refusals import NotWhole
from courses.authoring.bank.rows import item_of, with_answers
from courses.authoring.bank.services.questions import Writing, keys_of, write_all
from courses.authoring.parcels import archives
from courses.authoring.shelf.models import Picture
from courses.catalogue.models import Course, Edition, Lesson, Module
from courses.quizzes.exchange.items import Item
from courses.quizzes.models import (
    Question,
    QuestionCase,
    QuestionVersion,
    Quiz,
    QuizGroup,
    QuizQuestion,
)
from partnership.lib.text.slugs import free_slug

Told = dict[str, Any]
OF_A_QUIZ = (
    *("title", "plan", "attempts_allowed", "wait_minutes", "minutes", "is_required"),
    *("time_limit_minutes", "time_limit_reason"),
)
ABOUT = ("language", "title", "summary", "audience", "outcomes", "authors", "what_changed")


def write(
    draft: Edition, whole: Told, texts: Mapping[str, str], shown: Mapping[str, Picture]
) -> list[str]:
    """Everything behind what the draft has; the names of the parts that were made.

    An empty draft becomes what the file says of the course, too.
    """
    whole = archives.with_texts(whole, named(shown))
    if not draft.modules.exists() and not draft.quizzes.exists():
        _describe(draft, whole["about"])
    versions = _questions(draft.course, whole)
    writing = _Writing(draft, versions)
    for module in whole["modules"]:
        writing.module(module, {path: named(shown)(text) for path, text in texts.items()})
    for number, quiz in enumerate(whole["quizzes"], start=_last(draft.quizzes, module=None) + 1):
        writing.quiz(quiz, None, number)
    return writing.made


def named(shown: Mapping[str, Picture]) -> Callable[[str], str]:
    """Texts name the pictures by where they lie on the shelf now."""

    def moved(found: Any) -> str:
        row = shown.get(found[1])
        return row.address.replace(f"/{row.width}.", f"/{found[2]}.") if row else found[0]

    return lambda text: archives.NAMED.sub(moved, text)


def _describe(draft: Edition, about: Told) -> None:
    for name in ABOUT:
        setattr(draft, name, about[name])
    draft.rules_as_of = date.fromisoformat(about["rules_as_of"])
    draft.save(update_fields=[*ABOUT, "rules_as_of"])


def _last(rows: Any, **where: Any) -> int:
    return rows.filter(**where).aggregate(last=Max("position"))["last"] or 0


def _questions(course: Course, whole: Told) -> dict[str, QuestionVersion]:
    """A version for each key of the file: what the bank has word for word, or a new question."""
    cases = {one["key"]: _case(course, one) for one in whole["cases"]}
    known = _known(course, [one["key"] for one in whole["questions"]])
    keys, found = keys_of(course), {}
    lines: dict[str, Writing] = {}
    for one in whole["questions"]:
        key, case = one["key"], cases.get(one["case"])
        item, before = _item(one), known.get(key)
        if before and before.case == case and _asked(before) == item:
            found[key] = before
            continue
        told = {name: one[name] for name in ("topic", "state", "note")}
        free = keys.free(key) if key.lower() in keys.taken else key
        keys.taken.add(free.lower())
        question = Question(course=course, key=free, **told)
        lines[key] = Writing(question, 1, item, case_id=case.pk if case else None)
    Question.objects.bulk_create([line.question for line in lines.values()])
    return found | dict(zip(lines, write_all(lines.values()), strict=True))


def _item(told: Told) -> Item:
    """As it was looked at when the file was read; only the addresses of its pictures are longer."""
    item = archives.item_of(told)
    if item is None:
        raise NotWhole(_("The question “%(key)s” has no room for its pictures.") % told)
    return item


def _known(course: Course, keys: list[str]) -> dict[str, QuestionVersion]:
    """The newest version of each question that has one of these keys."""
    rows = with_answers(QuestionVersion.objects.filter(question__course=course))
    rows = rows.filter(question__key__in=keys).select_related("question", "case")
    return {row.question.key: row for row in rows.order_by("number")}


def _asked(version: QuestionVersion) -> Item | None:
    """What it asks, with figures as the bank is given them."""
    told = archives.packed_item(item_of(version))
    return archives.item_of({"key": version.question.key, "item": told})


def _case(course: Course, told: Told) -> QuestionCase:
    """The text that questions share, as it is there, or under a key of its own."""
    rows = QuestionCase.objects.filter(course=course, title=told["title"], text=told["text"])
    if found := rows.order_by("pk").first():
        return found
    taken = set(QuestionCase.objects.filter(course=course).values_list("key", flat=True))
    key = told["key"] if told["key"] not in taken else free_slug(told["key"], taken, instead="case")
    return QuestionCase.objects.create(
        course=course, key=key, title=told["title"], text=told["text"]
    )


class _Writing:
    """Parts on their way into a draft, each under its key or, where that is taken, another."""

    def __init__(self, draft: Edition, versions: Mapping[str, QuestionVersion]):
        self.draft, self.versions = draft, versions
        self.made: list[str] = []
        self.used = {kind: parts.used_keys(draft, kind) for kind in parts.MODELS}

    def _free(self, kind: str, word: str) -> str:
        used = self.used[kind]
        return word if word not in used else free_slug(word, used, instead=kind)

    def _names(self, kind: str, told: Told) -> dict[str, str]:
        key, slug = self._free(kind, told["key"]), self._free(kind, told["slug"])
        self.used[kind] |= {key, slug}
        return {"key": key, "slug": slug}

    def module(self, told: Told, texts: Mapping[str, str]) -> None:
        key = self._free("module", told["key"])
        self.used["module"].add(key)
        place = _last(self.draft.modules) + 1
        row = Module.objects.create(
            edition=self.draft, position=place, key=key, title=told["title"]
        )
        self.made.append(f"module:{key}")
        for number, one in enumerate(told["lessons"], start=1):
            Lesson.objects.create(
                edition=self.draft,
                module=row,
                position=number,
                text=texts[one["file"]],
                **self._names("lesson", one),
                **{name: one[name] for name in ("title", "minutes", "rule", "is_required")},
            )
        for number, quiz in enumerate(told["quizzes"], start=1):
            self.quiz(quiz, row, number)

    def quiz(self, told: Told, module: Module | None, position: int) -> None:
        names = self._names("quiz", told)
        row = Quiz.objects.create(
            edition=self.draft,
            module=module,
            position=position,
            pass_mark=Decimal(told["pass_mark"]) if told["pass_mark"] else None,
            **names,
            **{name: told[name] for name in OF_A_QUIZ},
        )
        if module is None:
            self.made.append(f"quiz:{names['key']}")
        for number, one in enumerate(told["groups"], start=1):
            group = QuizGroup.objects.create(
                quiz=row, position=number, title=one["title"], quota=one["quota"]
            )
            QuizQuestion.objects.bulk_create(
                QuizQuestion(group=group, position=n, version=self.versions[key])
                for n, key in enumerate(one["questions"], start=1)
            )
