from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal

import factory

from courses.catalogue.models import (
    Course,
    CourseTrainer,
    Edition,
    LearningPath,
    Lesson,
    LessonRevision,
    Module,
    PathStep,
    Translation,
)
from courses.learning.models import Enrolment
from courses.quizzes.models import (
    Key,
    Option,
    Question,
    QuestionCase,
    QuestionVersion,
    Quiz,
    QuizGroup,
    QuizQuestion,
)
from partnership.accounts.models import Role
from partnership.lib.markdown import name_of
from partnership.members.models import AreaOfWork
from tests.factories.accounts import UserFactory, person_with
from tests.factories.sources import SourceFactory

PUBLISHED = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
JOINED = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)


class AreaOfWorkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AreaOfWork
        django_get_or_create = ("number",)

    number = 1
    slug = factory.LazyAttribute(lambda row: f"area-{row.number}")
    title = factory.LazyAttribute(lambda row: f"Area {row.number}")
    active_from = date(2022, 11, 16)
    source = factory.SubFactory(SourceFactory, slug="areas")


class CourseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Course

    code = factory.Sequence(lambda n: f"T-{n:05}")
    slug = factory.LazyAttribute(lambda row: row.code.lower())
    area = factory.SubFactory(AreaOfWorkFactory)
    level = Course.Level.INTRODUCTORY


class CourseTrainerFactory(factory.django.DjangoModelFactory):
    """A trainer, by role and in one course."""

    class Meta:
        model = CourseTrainer

    course = factory.SubFactory(CourseFactory)
    person = factory.LazyFunction(lambda: person_with(Role.TRAINER))
    since = date(2026, 1, 1)


class EditionFactory(factory.django.DjangoModelFactory):
    """A published first edition; `published_at=None` makes a draft."""

    class Meta:
        model = Edition

    course = factory.SubFactory(CourseFactory)
    number = 1
    title = factory.LazyAttribute(lambda row: f"Course {row.course.code}")
    outcomes = ["Tell one thing from another"]
    authors = "The editors"
    rules_as_of = date(2024, 11, 30)
    published_at = PUBLISHED


class ModuleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Module

    edition = factory.SubFactory(EditionFactory)
    position = factory.Sequence(lambda n: n % 10_000 + 1)
    key = factory.LazyAttribute(lambda row: f"module-{row.position}")
    title = factory.LazyAttribute(lambda row: f"Module {row.position}")


class LessonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Lesson

    module = factory.SubFactory(ModuleFactory)
    edition = factory.SelfAttribute("module.edition")
    position = factory.Sequence(lambda n: n % 10_000 + 1)
    key = factory.LazyAttribute(lambda row: f"lesson-{row.position}")
    slug = factory.SelfAttribute("key")
    title = factory.LazyAttribute(lambda row: f"Lesson {row.position}")
    minutes = 10
    text = "A tonne is counted **once**."


class LessonRevisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LessonRevision

    lesson = factory.SubFactory(LessonFactory)
    at = JOINED
    reason = "A word was missing"
    before = "A tonne is counted."


class TranslationFactory(factory.django.DjangoModelFactory):
    """Of some words of a course, `source`, into French."""

    class Meta:
        model = Translation
        exclude = ("source",)

    source = "A tonne is counted **once**."
    object_key = "a6-101/edition"
    segment = factory.LazyAttribute(lambda row: name_of(row.source))
    language = "fr"
    text = "Une tonne est comptée **une fois**."
    translator = "The editors"


class LearningPathFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LearningPath

    slug = factory.Sequence(lambda n: f"path-{n}")
    title = factory.LazyAttribute(lambda row: row.slug.capitalize())
    summary = "For those who begin."
    position = factory.Sequence(lambda n: n % 10_000 + 1)


class PathStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PathStep

    path = factory.SubFactory(LearningPathFactory)
    course = factory.SubFactory(CourseFactory)
    position = factory.Sequence(lambda n: n % 10_000 + 1)


class QuizFactory(factory.django.DjangoModelFactory):
    """A check with a pass mark of 70 % and three attempts, at the end of its edition."""

    class Meta:
        model = Quiz

    edition = factory.SubFactory(EditionFactory)
    key = factory.Sequence(lambda n: f"quiz-{n:05}")
    position = factory.Sequence(lambda n: n % 10_000 + 1)
    slug = factory.SelfAttribute("key")
    title = "What you know now"
    plan = Quiz.Plan.CHECK
    pass_mark = Decimal("0.7")
    attempts_allowed = 3


class QuizGroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = QuizGroup

    quiz = factory.SubFactory(QuizFactory)
    position = factory.Sequence(lambda n: n % 10_000 + 1)


class QuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Question

    course = factory.SubFactory(CourseFactory)
    key = factory.Sequence(lambda n: f"question-{n:05}")


class QuestionCaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = QuestionCase

    course = factory.SubFactory(CourseFactory)
    key = factory.Sequence(lambda n: f"case-{n}")
    title = "A host Party and its partner"
    text = "XAA transfers to XBB."


class QuestionVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = QuestionVersion

    question = factory.SubFactory(QuestionFactory)
    number = 1
    kind = QuestionVersion.Kind.SINGLE
    prompt = "Which one is right?"
    explanation = "The first one is."


class OptionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Option

    version = factory.SubFactory(QuestionVersionFactory)
    position = factory.Sequence(lambda n: n % 10_000 + 1)
    text = factory.LazyAttribute(lambda row: f"Option {row.position}")


class EnrolmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Enrolment

    learner = factory.SubFactory(UserFactory)
    edition = factory.SubFactory(EditionFactory)
    joined_at = JOINED
    active_at = JOINED


def asked(
    quiz: Quiz, kind: str = "single", *, group: QuizGroup | None = None, **fields
) -> QuestionVersion:
    """A question of the kind in a quiz, with options and a key that fit it.

    single, multiple, true_false: options right, (also right,) wrong. matching: left 1-3 to right
    1-3. ordering: first, second, third. number: 100 ± 1 t. short_text: OIMP.
    """
    question = QuestionFactory(course=quiz.edition.course)
    version = _version(question, kind, **fields)
    group = group or quiz.groups.first() or QuizGroupFactory(quiz=quiz)
    QuizQuestion.objects.create(group=group, version=version, position=group.questions.count() + 1)
    return version


def self_check(lesson: Lesson, kind: str = "single", **fields) -> QuestionVersion:
    """A self-check of the lesson, filled like a question of a quiz."""
    question = QuestionFactory(
        course=lesson.edition.course, topic=lesson.key, state=Question.State.SELF_CHECK
    )
    return _version(question, kind, **fields)


# The texts of the options of each kind, in their order, and how many of the first are right.
CHOICES = {
    "single": (("right", "wrong"), 1),
    "true_false": (("right", "wrong"), 1),
    "multiple": (("right", "also right", "wrong", "also wrong"), 2),
    "ordering": (("first", "second", "third"), 3),
}


def _version(question: Question, kind: str, **fields) -> QuestionVersion:
    unit = {"unit": "t"} if kind == "number" else {}
    version = QuestionVersionFactory(question=question, kind=kind, **{**unit, **fields})
    match kind:
        case "matching":
            lefts, rights = (
                _options(version, [f"{side} {n}" for n in (1, 2, 3)], side)
                for side in ("left", "right")
            )
            pairs = zip(lefts, rights, strict=True)
            keys = [Key(version=version, option=left, match=right) for left, right in pairs]
        case "number":
            keys = [Key(version=version, number=Decimal(100), tolerance=Decimal(1))]
        case "short_text":
            keys = [Key(version=version, text="OIMP")]
        case _ if kind in CHOICES:
            texts, right = CHOICES[kind]
            options = _options(version, texts)[:right]
            keys = [Key(version=version, option=option) for option in options]
            for place, key in enumerate(keys if kind == "ordering" else (), start=1):
                key.place = place
        case _:
            keys = []
    Key.objects.bulk_create(keys)
    return version


def _options(version: QuestionVersion, texts: Iterable[str], side: str = "choice") -> list[Option]:
    return Option.objects.bulk_create(
        Option(version=version, text=text, position=position, side=side)
        for position, text in enumerate(texts, start=1)
    )
