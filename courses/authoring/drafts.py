"""The draft of a course: found, and held still while it is changed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from courses.authoring.refusals import NotADraft, NotThere
from courses.catalogue.models import Course, Edition, Lesson


def draft_of(course: Course) -> Edition | None:
    """The one draft of a course, if it has one."""
    draft = course.editions.filter(published_at__isnull=True).first()
    if draft is not None:
        draft.course = course
    return draft


def locked(edition: Edition) -> Edition:
    """The draft, held until the transaction ends: what changes it comes one after another.

    Publishing waits for it too, so nothing is written into an edition that is published meanwhile.
    """
    rows = Edition.objects.select_for_update().filter(pk=edition.pk, published_at__isnull=True)
    found = rows.first()
    if found is None:
        raise NotADraft(_("This edition is published. Open the next draft to change it."))
    found.course = edition.course
    return found


def locked_lesson(lesson: Lesson) -> Lesson:
    """A lesson of a draft that is held."""
    edition = locked(lesson.edition)
    found = Lesson.objects.filter(pk=lesson.pk).first()
    if found is None:
        raise removed_meanwhile()
    found.edition = edition
    return found


def removed_meanwhile() -> NotThere:
    """What is told to who still writes a lesson that is gone."""
    return NotThere(_("Somebody has removed this lesson. It can be put back in the outline."))
