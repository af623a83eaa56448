"""A lesson's text is saved as it is typed, under a number; two texts at once are both kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from courses.authoring.drafts import locked_lesson
from courses.authoring.models import LessonSave
from courses.authoring.refusals import NotThere, TooMuch
from courses.authoring.review.queries import is_commented
from courses.catalogue.models import Lesson
from partnership.accounts.models import User
from partnership.audit import services as audit

# What one page saves within so long is one row of the history.
ONE_ROW = timedelta(minutes=10)
MOST_LETTERS = 200_000
STANDS, BESIDE = LessonSave.State.STANDS, LessonSave.State.BESIDE

Outcome = Literal["saved", "same", "beside", "late"]


@dataclass(frozen=True)
class Sent:
    """A text on its way: over which number it was written, and by which opened page."""

    title: str
    text: str
    saw: int
    sitting: str
    # 0: a form, which is sent once.
    turn: int = 0


@dataclass(frozen=True)
class Saved:
    """What became of it. `number` is what the next save has to name as seen."""

    outcome: Outcome
    number: int
    at: datetime


@transaction.atomic
def save_lesson(lesson: Lesson, sent: Sent, *, by: User, at: datetime) -> Saved:
    """Make this the lesson's text, or keep it beside one that its writer has not seen.

    Each save of one page follows the one before, acknowledged or not: only what another page
    saved since stands against it.
    """
    _refuse_too_long(sent.text)
    row = locked_lesson(lesson)
    sent = _tidied(sent, row)
    stands = row.saves.filter(state=STANDS).first()
    own = row.saves.filter(sitting=sent.sitting).first() if sent.sitting else None
    number = stands.number if stands else 0
    if own and sent.turn and sent.turn <= own.turn:
        return Saved("late", own.number, own.at)
    if own and own.state == BESIDE:
        return _kept_beside(row, own, sent, by, at)
    if (sent.title, sent.text) == (row.title, row.text):
        return Saved("same", number, stands.at if stands else at)
    strange = row.saves.filter(state=STANDS, number__gt=sent.saw).exclude(sitting=sent.sitting)
    if strange.exists():
        return _kept_beside(row, None, sent, by, at)
    last = own if own and stands and own.pk == stands.pk else None
    return Saved("saved", _standing(row, last, sent, by, at), at)


@transaction.atomic
def restore(lesson: Lesson, number: int, *, by: User, at: datetime) -> LessonSave:
    """Make an earlier text the lesson's again. What stood until now stays in the history."""
    row = locked_lesson(lesson)
    earlier = row.saves.filter(number=number).first()
    if earlier is None:
        raise NotThere(_("There is no such text in the history of this lesson."))
    _note(row, "lesson.restore", number, by, at)
    return _again(row, earlier, LessonSave.How.RESTORED, by, at)


@transaction.atomic
def choose(lesson: Lesson, number: int, *, take: bool, by: User, at: datetime) -> None:
    """Decide on a text that lies beside: it becomes the lesson's, or stays in the history."""
    row = locked_lesson(lesson)
    beside = row.saves.filter(number=number, state=BESIDE).first()
    if beside is None:
        raise NotThere(_("This was decided already. Look at the lesson again."))
    row.saves.filter(pk=beside.pk).update(state=LessonSave.State.DECIDED)
    if take:
        _again(row, beside, LessonSave.How.CHOSEN, by, at)
    _note(row, "lesson.choose", number, by, at)


def rename_lesson(lesson: Lesson, title: str, *, by: User, at: datetime) -> None:
    """Another title over the text that stands; who is writing finds both."""
    with transaction.atomic():
        row = locked_lesson(lesson)
        newest = row.saves.aggregate(last=Max("number"))["last"] or 0
        save_lesson(row, Sent(title, row.text, newest, ""), by=by, at=at)


def _refuse_too_long(text: str) -> None:
    if len(text) > MOST_LETTERS:
        raise TooMuch(_("A lesson of this length is a book: divide it."))


def _tidied(sent: Sent, row: Lesson) -> Sent:
    """Line ends as they are kept; a title that was emptied stays what it was until there is one."""
    text = sent.text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    title = " ".join(sent.title.replace("\0", "").split())[:200] or row.title
    return Sent(title, text, sent.saw, sent.sitting, sent.turn)


def _next(row: Lesson) -> int:
    """A number that no row of this lesson has. The draft is held: nobody draws the same one."""
    last = row.saves.aggregate(last=Max("number"))["last"]
    return 1 if last is None else last + 1


def _standing(row: Lesson, last: LessonSave | None, sent: Sent, by: User, at: datetime) -> int:
    _keep_how_it_began(row, at)
    number = _next(row)
    is_short = last and last.how == LessonSave.How.TYPED and at - last.began_at < ONE_ROW
    # What somebody has commented on stays in the history as they saw it.
    if last and is_short and not is_commented(row, last.number):
        _written_on(last, number, sent, at)
    else:
        _add(row, number, sent, by, at)
    _write(row, sent.title, sent.text)
    return number


def _kept_beside(row: Lesson, own: LessonSave | None, sent: Sent, by: User, at: datetime) -> Saved:
    number = _next(row)
    if own:
        _written_on(own, number, sent, at)
    else:
        _add(row, number, sent, by, at, state=BESIDE)
    return Saved("beside", number, at)


def _written_on(save: LessonSave, number: int, sent: Sent, at: datetime) -> None:
    written = {"title": sent.title, "text": sent.text, "turn": sent.turn}
    LessonSave.objects.filter(pk=save.pk).update(number=number, at=at, **written)


def _add(row: Lesson, number: int, sent: Sent, by: User, at: datetime, **more: str) -> LessonSave:
    of_page = {"sitting": sent.sitting, "turn": sent.turn}
    told = {"title": sent.title, "text": sent.text, "by": by, "began_at": at, "at": at}
    return row.saves.create(number=number, **told, **of_page, **more)


def _keep_how_it_began(row: Lesson, at: datetime) -> None:
    """Before the first save: the text that the draft came with."""
    if row.text and not row.saves.exists():
        told = {"title": row.title, "text": row.text, "began_at": at, "at": at}
        row.saves.create(number=0, how=LessonSave.How.BEGAN, **told)


def _again(row: Lesson, save: LessonSave, how: str, by: User, at: datetime) -> LessonSave:
    sent = Sent(save.title, save.text, 0, "")
    made = _add(row, _next(row), sent, by, at, how=how)
    _write(row, save.title, save.text)
    return made


def _write(row: Lesson, title: str, text: str) -> None:
    row.title, row.text = title, text
    row.save(update_fields=["title", "text", "html", "renderer_version", "pictures_kb"])


def _note(row: Lesson, verb: str, number: int, by: User, at: datetime) -> None:
    of = ("lesson", f"{row.edition.course.slug}/{row.key}")
    audit.record(verb, at=at, by=by, of=of, changes={"number": number})
