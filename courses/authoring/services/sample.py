"""The sample course is copied: written anew by the same services that a trainer's forms call."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from courses.authoring.bank.services import questions, quizzes
from courses.authoring.bank.services.questions import About
from courses.authoring.refusals import NotThere
from courses.authoring.services import outline
from courses.authoring.services.saving import Sent, save_lesson
from courses.authoring.services.starting import Plan, describe, start_course
from courses.catalogue.models import Course, Edition
from courses.quizzes.models import Quiz
from partnership.accounts.models import User
from partnership.members.models import AreaOfWork
from partnership.sources.loading import read

FOLDER = Path(__file__).parent.parent / "sample"
LANGUAGES = ("en", "fr")
CODE = "SAMPLE-{}"


@transaction.atomic
def copy_sample(*, by: User, at: datetime, language: str) -> Edition:
    """A draft of one's own with two lessons, a drawing and a quiz, ready to be taken apart.

    In English where there is no sample in the language that is wanted.
    """
    wanted = language if language in LANGUAGES else LANGUAGES[0]
    told = read(FOLDER / wanted / "about.json")
    area = AreaOfWork.objects.order_by("number").first()
    if area is None:
        raise NotThere(_("There is no area of work yet that a course could belong to."))
    level = Course.Level.INTRODUCTORY
    plan = Plan(_free_code(), told["title"], area, level, wanted)
    draft = start_course(plan, by=by, at=at)
    about = {name: told[name] for name in ("summary", "outcomes", "audience")}
    draft = describe(draft, about, by=by, at=at)
    module = outline.add(draft, "module", told["module"], by=by, at=at)
    for one in told["lessons"]:
        lesson = outline.add(draft, "lesson", one["title"], module=module.key, by=by, at=at)
        text = (FOLDER / wanted / f"{one['file']}.md").read_text(encoding="utf-8")
        save_lesson(lesson, Sent(one["title"], text, 0, ""), by=by, at=at)
    quiz = outline.add(draft, "quiz", told["quiz"], module=module.key, by=by, at=at)
    _ask(quiz, wanted, by, at)
    return draft


def _free_code() -> str:
    """The next one that no course has. Who presses at the same moment is told that it is taken."""
    taken = set(Course.objects.values_list("slug", flat=True))
    number = 1
    while CODE.format(number).lower() in taken:
        number += 1
    return CODE.format(number)


def _ask(quiz: Quiz, language: str, by: User, at: datetime) -> None:
    # Its grammar's library is slow to import, and files are read in a process of their own.
    from courses.quizzes.exchange import gift_reader  # noqa: PLC0415

    text = (FOLDER / language / "questions.gift").read_text(encoding="utf-8")
    items = gift_reader.read(text, language=language).items
    course = quiz.edition.course
    added = [questions.add(course, item, About(), by=by, at=at) for item in items]
    keys = [version.question.key for version in added]
    quizzes.put_in(quiz, keys, group=None, by=by, at=at)
