"""An edition as a whole, text and quizzes: the next draft is opened, a draft is published."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courses.catalogue import queries as catalogue
from courses.catalogue.models import Course, Edition
from courses.quizzes.copying import copy_rows
from courses.quizzes.models import QuizGroup, QuizQuestion
from courses.quizzes.readiness import problems
from partnership.accounts.models import User
from partnership.audit import services as audit
from partnership.lib.errors import Refusal
from partnership.search import services as search


class AlreadyPublished(Refusal):
    """A published edition stays as it is: what is new is the next edition."""

    code = "edition_published"


class NotReady(Refusal):
    """Something is missing; `problems` names each of it."""

    code = "edition_not_ready"

    def __init__(self, problems: list[str]):
        super().__init__(_("This edition cannot be published yet.") + " " + " ".join(problems))
        self.problems = problems


class DraftExists(Refusal):
    """A course has one draft."""

    code = "draft_exists"


class NothingToCopy(Refusal):
    """The course has no edition from which a draft could start."""

    code = "nothing_to_copy"


@transaction.atomic
def publish(edition: Edition, *, at: datetime, by: User | None = None) -> Edition:
    """Make a draft the edition that learners join from now on; it never changes again.

    Raises NotReady with all that is missing, AlreadyPublished if it was published before: of two
    who publish it at once one succeeds.
    """
    if found := problems(edition):
        raise NotReady(found)
    drafts = Edition.objects.filter(pk=edition.pk, published_at__isnull=True)
    if not drafts.update(published_at=at):
        raise AlreadyPublished(_("This edition is published. Open the next draft to change it."))
    edition.published_at = at
    audit.record("edition.publish", at=at, by=by, of=("edition", _name(edition)))
    search.replace("course", catalogue.course_entries())
    search.replace("lesson", catalogue.lesson_entries())
    return edition


def open_draft(
    course: Course, *, at: datetime, by: User | None = None, source: Edition | None = None
) -> Edition:
    """Start the next edition as a full copy of the last one, or of `source`, an earlier one, in a
    fixed number of queries.

    Questions are not copied: the draft pins the same versions until somebody writes the next one.
    """
    last = course.editions.order_by("-number").first()
    if last is None:
        raise NothingToCopy(_("This course has no edition yet."))
    if last.is_draft:
        raise DraftExists(_("There is a draft of this course already."))
    try:
        with transaction.atomic():
            return _copied(source or last, last.number + 1, at, by)
    except IntegrityError as error:
        # Somebody else was a moment faster: one draft per course, says the database.
        raise DraftExists(_("There is a draft of this course already.")) from error


def _copied(last: Edition, number: int, at: datetime, by: User | None) -> Edition:
    lines = QuizQuestion.objects.filter(group__quiz__edition=last)
    groups = QuizGroup.objects.filter(quiz__edition=last)
    sources = [last.modules.all(), last.lessons.all(), last.quizzes.all(), groups, lines]
    of_modules, of_lessons, of_quizzes, of_groups, of_lines = map(list, sources)
    fresh = {"number": number, "published_at": None, "what_changed": ""}
    fresh |= {"withdrawn_at": None, "withdrawn_because": ""}
    (draft,) = copy_rows([last], course=last.course, **fresh).values()
    modules = copy_rows(of_modules, edition=draft)
    copy_rows(of_lessons, edition=draft, module=modules)
    quizzes = copy_rows(of_quizzes, edition=draft, module=modules)
    copy_rows(of_lines, group=copy_rows(of_groups, quiz=quizzes))
    audit.record("edition.open_draft", at=at, by=by, of=("edition", _name(draft)))
    return draft


def _name(edition: Edition) -> str:
    return f"{edition.course.code}/{edition.number}"
