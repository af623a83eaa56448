"""A mistake of spelling in a published lesson is corrected without another edition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from courses.authoring import checks, queries
from courses.authoring.drafts import draft_of
from courses.authoring.review.refusals import NotSpelling
from courses.authoring.review.spelling import Difference, difference
from courses.authoring.services.saving import Sent, save_lesson
from courses.catalogue.models import Edition, Lesson, LessonRevision
from courses.catalogue.services import ChangedMeanwhile, correct_lesson
from partnership.accounts.models import User

# Both together are the reason that is kept with the correction.
LONGEST_REASON = 90


@dataclass(frozen=True)
class Correction:
    """A text on its way: over which one it was written, and why."""

    text: str
    saw: str
    reason: str
    why_meaning: str = ""


@dataclass(frozen=True)
class Corrected:
    """What was corrected, and whether the open draft had the same text and has it corrected too."""

    revision: LessonRevision
    in_draft: bool


def seal_of(text: str) -> str:
    """What a page says of the text that it was opened with."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def correct(lesson: Lesson, sent: Correction, *, by: User, at: datetime) -> Corrected:
    """Correct the lesson for everybody who reads it, and its twin in the draft.

    Refuses NotSpelling: much of it is another text, or a number or a word that turns a rule is
    another one and nobody says why. A question is never corrected so: its answers are graded.
    """
    text = sent.text.replace("\r\n", "\n").replace("\0", "")
    before, reason = lesson.text, _said(sent.reason, sent.why_meaning)
    if seal_of(before) != sent.saw:
        raise ChangedMeanwhile(_("Somebody else has corrected this lesson. Look at it again."))
    found = difference(before, text)
    _refuse_meaning(found, sent.why_meaning.strip())
    _refuse_mistakes(lesson, text)
    revision = correct_lesson(lesson, text=text, reason=reason, by=by, at=at)
    return Corrected(revision, _in_draft(lesson, before, by, at))


def _refuse_meaning(found: Difference, why: str) -> None:
    if found.is_large:
        told = {"n": found.words}
        raise NotSpelling(
            _("%(n)s words are others: that is more than spelling. Write the next edition.") % told
        )
    if found.touches_meaning and not why:
        words = ", ".join([*found.numbers, *found.turning])[:120]
        raise NotSpelling(
            _("This changes what the lesson says: %(words)s. Say why it is a slip of the pen.")
            % {"words": words}
        )


def _refuse_mistakes(lesson: Lesson, text: str) -> None:
    """What keeps a draft from being published is not brought in by a correction."""
    leads = queries.leads_in(lesson.edition)
    told = {one.sentence for one in checks.findings(lesson.text, "", leads) if one.is_blocking}
    new = [one for one in checks.findings(text, "", leads) if one.is_blocking]
    if fresh := [one.sentence for one in new if one.sentence not in told]:
        raise NotSpelling(" ".join(fresh))


def _said(reason: str, why_meaning: str) -> str:
    reason, why = reason.strip()[:LONGEST_REASON], why_meaning.strip()[:LONGEST_REASON]
    return f"{reason} ({why})" if reason and why else reason


def _in_draft(lesson: Lesson, before: str, by: User, at: datetime) -> bool:
    """Where the draft says the same, it says the corrected text too. Who is writing finds both."""
    draft = draft_of(lesson.edition.course)
    twin = draft.lessons.filter(key=lesson.key, text=before).first() if draft else None
    if draft is None or twin is None:
        return False
    twin.edition = draft
    sent = Sent(twin.title, lesson.text, queries.number_of(twin), "")
    return save_lesson(twin, sent, by=by, at=at).outcome == "saved"


def revisions(edition: Edition) -> dict[int, int]:
    """How often each lesson of an edition was corrected."""
    found: dict[int, int] = {}
    rows = LessonRevision.objects.filter(lesson__edition=edition)
    for pk in rows.values_list("lesson", flat=True):
        found[pk] = found.get(pk, 0) + 1
    return found
