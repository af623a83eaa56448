"""What may be done to a text that is published: a mistake of spelling is corrected, and logged."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courses.catalogue import queries
from courses.catalogue.models import Lesson, LessonRevision
from courses.catalogue.pictures import kb_of
from partnership.accounts.models import User
from partnership.audit import services as audit
from partnership.lib import markdown
from partnership.lib.errors import Refusal
from partnership.search import services as search


class NotPublished(Refusal):
    """A draft is edited, not corrected."""

    code = "lesson_not_published"


class NotACorrection(Refusal):
    """No reason, no text, or nothing that differs."""

    code = "not_a_correction"


class ChangedMeanwhile(Refusal):
    """Somebody else corrected the lesson after it was read."""

    code = "lesson_changed_meanwhile"


@transaction.atomic
def correct_lesson(
    lesson: Lesson, *, text: str, reason: str, by: User | None, at: datetime
) -> LessonRevision:
    """Replace the text of a published lesson and keep what stood there.

    Only for mistakes that change no meaning: what is taught otherwise is a new edition. The lesson
    is given as it was read: a correction that somebody else made since is not overwritten.
    """
    reason, before = reason.strip(), lesson.text
    if lesson.edition.is_draft:
        raise NotPublished(_("This lesson is still a draft: edit it."))
    if not reason or not text.strip() or text == before:
        raise NotACorrection(_("A correction needs a reason, and a text that differs."))
    written = {
        "text": text,
        "html": markdown.render(text),
        "renderer_version": markdown.RENDERER_VERSION,
        "pictures_kb": kb_of(text),
    }
    if not Lesson.objects.filter(pk=lesson.pk, text=before).update(**written):
        raise ChangedMeanwhile(_("Somebody else has corrected this lesson. Look at it again."))
    for name, value in written.items():
        setattr(lesson, name, value)
    revision = LessonRevision.objects.create(
        lesson=lesson, at=at, by=by, reason=reason, before=before
    )
    audit.record(
        "lesson.correct", at=at, by=by, of=("lesson", str(lesson.pk)), changes={"reason": reason}
    )
    search.replace("lesson", queries.lesson_entries())
    return revision
