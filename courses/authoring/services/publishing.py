"""A draft is published from its desk: what keeps it back, and what it means for who learns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from courses.authoring import queries
from courses.authoring.drafts import locked
from courses.authoring.models import LessonSave, Removed, Writing
from courses.authoring.review.services import approving
from courses.catalogue.models import Edition
from courses.learning.models import Completion, Enrolment
from courses.quizzes import services as quizzes
from courses.quizzes.readiness import problems
from partnership.accounts.models import User


@dataclass(frozen=True)
class Change:
    """A lesson between the last published edition and the draft."""

    title: str
    state: str
    done: int  # of those who are in the middle


@dataclass(frozen=True)
class Effect:
    """What publishing means: how many learn now in an older text, and what differs for them."""

    learners: int
    changes: tuple[Change, ...]
    counts: Mapping[str, int]


def keeps_back(draft: Edition, found: list[queries.Checked]) -> list[str]:
    """All that has to be mended before the draft can be published, in sentences."""
    told = problems(draft)
    rows = LessonSave.objects.filter(lesson__edition=draft, state=LessonSave.State.BESIDE)
    for title in rows.values_list("lesson__title", flat=True).distinct().order_by("lesson"):
        told.append(_("Two texts of “%(title)s” wait for a choice.") % {"title": title})
    for one in found:
        for finding in one.findings:
            if finding.is_blocking:
                # The title may run the other way than the sentence.
                told.append(f"“\u2068{one.lesson.title}\u2069”: {finding.sentence}")
    return told + approving.keeps_back(draft)


@transaction.atomic
def publish_draft(edition: Edition, *, by: User, at: datetime) -> Edition:
    """Make the draft the edition that learners join from now on, if nothing keeps it back."""
    draft = locked(edition)
    if found := keeps_back(draft, queries.checked(draft)):
        raise quizzes.NotReady(found)
    quizzes.publish(draft, at=at, by=by)
    Writing.objects.filter(lesson__edition=draft).delete()
    Removed.objects.filter(edition=draft).delete()
    return draft


def effect(draft: Edition) -> Effect:
    """What differs from the last published edition, lesson by lesson, in five queries."""
    last = draft.course.editions.published().order_by("-number").first()  # type: ignore[attr-defined]
    rows = draft.lessons.order_by("module__position", "position")
    new = {row.key: row for row in rows.only("key", "title", "text", "edition_id")}
    old_rows = last.lessons.order_by("module__position", "position") if last else ()
    old = {row.key: row for row in old_rows}
    done = _done(draft)
    changes = [
        Change(row.title, _state(old.get(key), row), done.get(key, 0)) for key, row in new.items()
    ]
    changes += [
        Change(row.title, "gone", done.get(key, 0)) for key, row in old.items() if key not in new
    ]
    counts = {
        state: sum(one.state == state for one in changes)
        for state in ("unchanged", "changed", "new", "gone")
    }
    return Effect(_in_the_middle(draft).count(), tuple(changes), counts)


def _state(before: object, after: object) -> str:
    if before is None:
        return "new"
    same = all(getattr(before, name) == getattr(after, name) for name in ("title", "text"))
    return "unchanged" if same else "changed"


def _in_the_middle(draft: Edition) -> QuerySet[Enrolment]:
    rows = Enrolment.objects.filter(edition__course=draft.course_id, completed_at__isnull=True)
    return rows.filter(left_at__isnull=True)


def _done(draft: Edition) -> dict[str, int]:
    rows = Completion.objects.filter(enrolment__in=_in_the_middle(draft), done_at__isnull=False)
    counted = rows.order_by().values("lesson__key").annotate(n=Count("enrolment", distinct=True))
    return dict(counted.values_list("lesson__key", "n"))
