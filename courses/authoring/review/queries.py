"""What is said of a draft, who wrote in it, who may read it, and whether its text is approved."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from courses.authoring.bank.models import QuestionImportRow
from courses.authoring.models import LessonSave
from courses.authoring.review.fingerprints import fingerprint
from courses.authoring.review.models import Approval, Comment, PlannedPublishing, Review
from courses.catalogue.models import Course, CourseTrainer, Edition, Lesson
from courses.quizzes.models import QuizQuestion
from partnership.accounts.models import Role, RoleGrant, User
from partnership.audit.models import AuditEntry

# Nobody looks through a longer list.
MOST_COLLEAGUES = 500
# What the log says of parts of a draft that are written in no lesson.
WRITTEN = ("draft.describe", "draft.add", "draft.rename", "draft.copy", "draft.remove")
ASKED = ("question.add", "question.change")


def colleagues(draft: Edition, user: User, on: date) -> QuerySet[User]:
    """Who may be asked to read: trainers and administrators of today, those of the course first."""
    held = RoleGrant.objects.on(on).filter(role__in=[Role.TRAINER, Role.ADMINISTRATOR])
    of_course = CourseTrainer.objects.filter(course=draft.course_id, since__lte=on)
    rows = User.objects.filter(is_active=True, pk__in=held.order_by().values("person"))
    rows = rows.exclude(pk=user.pk).annotate(
        is_near=Exists(of_course.filter(person=OuterRef("pk")))
    )
    return rows.order_by("-is_near", "name", "pk")


def owner_of(course: Course) -> User | None:
    """The trainer who has been in the course for longest."""
    rows = course.trainers.select_related("person").order_by("since", "pk")
    first = rows.first()
    return first.person if first else None


def reviews(draft: Edition) -> QuerySet[Review]:
    """Whom the draft is with, the first asked first."""
    rows = Review.objects.filter(edition=draft, ended_at__isnull=True)
    return rows.select_related("reviewer", "asked_by").order_by("asked_at", "pk")


def asked_of(user: User) -> QuerySet[Review]:
    """The drafts that somebody was asked to read and that are drafts still; unread ones first."""
    rows = Review.objects.filter(
        reviewer=user, ended_at__isnull=True, edition__published_at__isnull=True
    )
    rows = rows.select_related("edition__course", "asked_by")
    return rows.order_by("read_at", "-asked_at", "pk")


@dataclass
class Thread:
    """A comment with its answers."""

    comment: Comment
    answers: list[Comment] = field(default_factory=list)
    stands: int | None = None  # the number of the text that stands now, of a lesson
    address: str = ""  # where it is read
    key: UUID | None = None  # of the form that answers it

    @property
    def is_open(self) -> bool:
        return self.comment.resolved_at is None

    @property
    def last(self) -> Comment:
        return self.answers[-1] if self.answers else self.comment

    @property
    def is_of_an_earlier_text(self) -> bool:
        number = self.comment.number
        return number is not None and self.stands is not None and number != self.stands


def threads(draft: Edition, part: str | None = None) -> list[Thread]:
    """All that is said of a draft or of one part, open ones first, in three queries."""
    answers = Comment.objects.select_related("by").order_by("at", "pk")
    rows = Comment.objects.filter(edition=draft, thread__isnull=True)
    rows = rows.select_related("by", "resolved_by").order_by("at", "pk")
    rows = rows if part is None else rows.filter(part=part)
    found = list(rows.prefetch_related(Prefetch("answers", queryset=answers)))
    numbers = numbers_of(draft) if any(row.number is not None for row in found) else {}
    made = [Thread(row, list(row.answers.all()), numbers.get(row.part)) for row in found]
    return sorted(made, key=lambda one: not one.is_open)


def with_keys(found: list[Thread], key: UUID) -> list[Thread]:
    """Each with a key for its answer, so that one that is sent twice is one."""
    for one in found:
        one.key = uuid5(key, str(one.comment.pk))
    return found


def last_save(draft: Edition) -> LessonSave | None:
    """What was written last, for who is about to approve."""
    rows = LessonSave.objects.filter(lesson__edition=draft, state=LessonSave.State.STANDS)
    rows = rows.exclude(how=LessonSave.How.BEGAN).select_related("by").defer("text")
    return rows.order_by("-at", "-pk").first()


def numbers_of(draft: Edition) -> dict[str, int]:
    """Under which number the text of each lesson was saved; 0 before the first save."""
    saves = LessonSave.objects.filter(lesson__edition=draft, state=LessonSave.State.STANDS)
    found = {f"lesson:{key}": 0 for key in draft.lessons.values_list("key", flat=True)}
    for key, number in saves.order_by("number").values_list("lesson__key", "number"):
        found[f"lesson:{key}"] = number
    return found


def is_commented(lesson: Lesson, number: int) -> bool:
    """Whether somebody said something of the text that was saved under this number."""
    part = {"edition": lesson.edition_id, "part": f"lesson:{lesson.key}"}
    return Comment.objects.filter(**part, number=number).exists()


def open_counts(draft: Edition) -> dict[str, int]:
    """How many comments wait for something, by part, in one query."""
    rows = Comment.objects.filter(edition=draft, thread__isnull=True, resolved_at__isnull=True)
    return dict(rows.order_by().values_list("part").annotate(n=Count("pk")))


def writers(draft: Edition) -> set[UUID]:
    """Everybody who wrote in this draft: its lessons, its outline, its quizzes, their questions.

    Moving parts about and saying how long they take is not writing.
    """
    saves = LessonSave.objects.filter(lesson__edition=draft, by__isnull=False)
    found = set(saves.exclude(how=LessonSave.How.BEGAN).values_list("by__uuid", flat=True))
    rows = AuditEntry.objects.filter(_said_of(draft)).exclude(actor="")
    return found | {UUID(actor) for actor in rows.order_by().values_list("actor", flat=True)}


def _said_of(draft: Edition) -> Q:
    name = f"{draft.course.code}/{draft.number}"
    outline = Q(kind="edition", key=name, verb__in=WRITTEN)
    quizzes = Q(kind="quiz", key__startswith=f"{name}/", verb="quiz.change")
    asked = QuizQuestion.objects.filter(group__quiz__edition=draft).order_by()
    pinned = dict(asked.values_list("version__question", "version__question__key"))
    named = [f"{draft.course.code}/{key}" for key in pinned.values()]
    questions = Q(kind="question", key__in=named, verb__in=ASKED)
    rows = QuestionImportRow.objects.filter(question__in=pinned, taken_at__isnull=False).order_by()
    files = [str(uuid) for uuid in rows.values_list("question_import__uuid", flat=True).distinct()]
    questions |= Q(kind="question_import", key__in=files, verb="questions.take_in")
    if began := _began(draft):
        questions &= Q(at__gt=began)
    return outline | quizzes | questions


def _began(draft: Edition) -> datetime | None:
    """When the edition before was published: what was written until then stands in it."""
    before = draft.course.editions.filter(number__lt=draft.number, published_at__isnull=False)
    return before.order_by("-number").values_list("published_at", flat=True).first()


@dataclass(frozen=True)
class Standing:
    """Whether the text of a draft is approved, as it is at this moment."""

    fingerprint: str
    needs_approval: bool
    holds: tuple[Approval, ...]  # of this very text, by people who did not write in it
    void: tuple[Approval, ...]  # of a text that is another one by now, or by its writers

    @property
    def is_approved(self) -> bool:
        return bool(self.holds)

    @property
    def lacks(self) -> bool:
        return self.needs_approval and not self.holds


def standing(draft: Edition) -> Standing:
    """Read while the draft is held, it is what publishing may rely on."""
    rule = getattr(draft.course, "publishing_rule", None)
    word = fingerprint(draft)
    rows = Approval.objects.filter(edition=draft, taken_back_at__isnull=True)
    given = list(rows.select_related("by").order_by("-at", "-pk"))
    wrote = writers(draft) if given else set()
    holds = [one for one in given if one.fingerprint == word and _is_another(one, wrote)]
    return Standing(
        fingerprint=word,
        needs_approval=bool(rule and rule.needs_approval),
        holds=tuple(holds),
        void=tuple(one for one in given if one not in holds),
    )


def _is_another(approval: Approval, wrote: set[UUID]) -> bool:
    """Whoever is not known any more may have written: their word counts no longer."""
    return approval.by is not None and approval.by.uuid not in wrote


def plan_of(draft: Edition) -> PlannedPublishing | None:
    """When the draft is to be published, if somebody said so."""
    rows = PlannedPublishing.objects.filter(edition=draft, state=PlannedPublishing.State.WAITING)
    return rows.select_related("by").first()


def last_plan(draft: Edition) -> PlannedPublishing | None:
    """The plan that waits, or else the one that ended last."""
    rows = PlannedPublishing.objects.filter(edition=draft).select_related("by")
    return plan_of(draft) or rows.order_by("-ended_at", "-pk").first()


def by_part(found: list[Thread]) -> dict[str, list[Thread]]:
    """Threads by the part that they are of."""
    told: dict[str, list[Thread]] = defaultdict(list)
    for one in found:
        told[one.comment.part].append(one)
    return dict(told)
