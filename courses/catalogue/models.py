"""Courses and their editions. A course is an identity, its text an edition that stays."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.catalogue.columns import PicturesField
from partnership.lib.fields import RenderedField, RendererVersionField
from partnership.members.models import AreaOfWork

__all__ = [
    "Course",
    "CourseTrainer",
    "Edition",
    "LearningPath",
    "Lesson",
    "LessonRevision",
    "Module",
    "PathStep",
    "Translation",
]


class CourseQuerySet(models.QuerySet["Course"]):
    def of(self, user: Any, *, on: date, sees_all: bool = False) -> CourseQuerySet:
        """The courses that a person trains in on a day; those who run the site see all of them."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        own = CourseTrainer.objects.filter(course=models.OuterRef("pk"), person=user)
        return self if sees_all else self.filter(models.Exists(own.filter(since__lte=on)))


class Course(models.Model):
    """What stays the same from edition to edition: the code, the area of work, the level."""

    class Level(models.TextChoices):
        INTRODUCTORY = "introductory", _("introductory")
        INTERMEDIATE = "intermediate", _("intermediate")
        ADVANCED = "advanced", _("advanced")

    slug = models.SlugField(_("code in addresses"), max_length=30, unique=True)
    code = models.CharField(_("code"), max_length=30, unique=True)
    area = models.ForeignKey(
        AreaOfWork, on_delete=models.PROTECT, related_name="courses", verbose_name=_("area of work")
    )
    level = models.CharField(_("level"), max_length=15, choices=Level)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["position", "code"]
        constraints = [
            # `attempts` and `paths` are addresses of their own below /courses/.
            models.CheckConstraint(
                condition=~Q(slug__in=["attempts", "paths", "mine"]),
                name="course_slug_not_reserved",
            )
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("courses:course", args=[self.slug])


class CourseTrainer(models.Model):
    """Who trains in a course: sees its learners and results, and decides on what they ask for.

    It opens the desk of the course only to somebody who holds the role of a trainer as well.
    """

    course = models.ForeignKey(
        Course, on_delete=models.CASCADE, related_name="trainers", verbose_name=_("course")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="trained_courses",
        verbose_name=_("person"),
    )
    since = models.DateField(_("since"))

    class Meta:
        verbose_name = _("trainer of a course")
        verbose_name_plural = _("trainers of courses")
        ordering = ["course", "person"]
        constraints = [
            models.UniqueConstraint(fields=["course", "person"], name="course_trainer_once")
        ]

    def __str__(self) -> str:
        return f"{self.course}: {self.person}"


class EditionQuerySet(models.QuerySet["Edition"]):
    def published(self) -> EditionQuerySet:
        return self.filter(published_at__isnull=False)

    def newest(self) -> EditionQuerySet:
        """The newest edition of each course that is open: published, and not withdrawn again."""
        later = Edition.objects.filter(
            course=models.OuterRef("course"),
            published_at__isnull=False,
            withdrawn_at__isnull=True,
            number__gt=models.OuterRef("number"),
        )
        open_ones = self.published().filter(withdrawn_at__isnull=True)
        return open_ones.filter(~models.Exists(later), course__retired_on__isnull=True)


class Edition(models.Model):
    """One complete, numbered text of a course. Learners join an edition; a published one stays."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(_("number"))
    language = models.CharField(_("language"), max_length=12, default="en")
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    audience = models.JSONField(_("who it is for"), default=list, blank=True)
    outcomes = models.JSONField(_("what one can do afterwards"), default=list)
    authors = models.CharField(_("written by"), max_length=200)
    rules_as_of = models.DateField(_("rules as of"))
    what_changed = models.TextField(_("what changed"), blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    withdrawn_because = models.CharField(
        _("why it was withdrawn"), max_length=300, blank=True, default="", editable=False
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["course", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="edition_number_once"),
            models.UniqueConstraint(
                fields=["course"],
                condition=Q(published_at__isnull=True),
                name="edition_one_draft_per_course",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="edition_number_from_one"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="")
                | Q(withdrawn_at__isnull=False, published_at__isnull=False)
                & ~Q(withdrawn_because=""),
                name="edition_withdrawn_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def get_absolute_url(self) -> str:
        return reverse("courses:course", args=[self.course.slug])

    @property
    def is_draft(self) -> bool:
        return self.published_at is None


class Module(models.Model):
    """A chapter of an edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="modules")
    position = models.PositiveSmallIntegerField(_("position"))
    key = models.SlugField(_("key"), max_length=80)
    title = models.CharField(_("title"), max_length=200)

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="module_position_once"),
            models.UniqueConstraint(fields=["edition", "key"], name="module_key_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Lesson(models.Model):
    """One text to read. `key` stays from edition to edition: progress is carried over by it."""

    class Rule(models.TextChoices):
        READ = "read", _("opened and read to its end")
        MARKED = "marked", _("marked by you")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="lessons")
    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="lessons")
    position = models.PositiveSmallIntegerField(_("position"))
    key = models.SlugField(_("key"), max_length=80)
    slug = models.SlugField(_("slug"), max_length=80)
    title = models.CharField(_("title"), max_length=200)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    rule = models.CharField(_("done when"), max_length=10, choices=Rule, default=Rule.READ)
    is_required = models.BooleanField(_("required"), default=True)
    text = models.TextField(_("text"))
    html = RenderedField(of="text")
    renderer_version = RendererVersionField(of="text")
    pictures_kb = PicturesField(of="text", default=0)

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["module__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["module", "position"], name="lesson_position_once"),
            models.UniqueConstraint(fields=["edition", "slug"], name="lesson_slug_once"),
            models.UniqueConstraint(fields=["edition", "key"], name="lesson_key_once"),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="lesson_takes_a_minute"),
            models.CheckConstraint(
                condition=~Q(slug__in=["quizzes", "modules", "join", "leave", "move"]),
                name="lesson_slug_not_reserved",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("courses:lesson", args=[self.edition.course.slug, self.slug])


class LessonRevision(models.Model):
    """A correction of spelling in a published lesson: what stood there, who changed it and why."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="revisions")
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=200)
    before = models.TextField(_("text before"))

    class Meta:
        verbose_name = _("correction of a lesson")
        verbose_name_plural = _("corrections of lessons")
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="lesson_revision_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.lesson}: {self.reason}"


class LearningPath(models.Model):
    """Courses in the order that suits one kind of person."""

    slug = models.SlugField(_("slug"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=100)
    summary = models.TextField(_("who it is for"))
    position = models.PositiveSmallIntegerField(_("position"), unique=True)

    class Meta:
        verbose_name = _("learning path")
        verbose_name_plural = _("learning paths")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("courses:path", args=[self.slug])


class PathStep(models.Model):
    path = models.ForeignKey(LearningPath, on_delete=models.CASCADE, related_name="steps")
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="path_steps")
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("step of a learning path")
        verbose_name_plural = _("steps of learning paths")
        ordering = ["path", "position"]
        constraints = [
            models.UniqueConstraint(fields=["path", "position"], name="path_step_position_once"),
            models.UniqueConstraint(fields=["path", "course"], name="path_step_course_once"),
        ]

    def __str__(self) -> str:
        return f"{self.path}, {self.position}"


class Translation(models.Model):
    """Some words of the content in another language, for as long as the source says the same.

    The row stands beside the content and changes no edition. `segment` names the source by its
    words, as blocks of a text are named: once they are others, the translation is not shown.
    """

    object_key = models.CharField(_("of"), max_length=200)  # "a6-101/lesson/ambition-gap"
    segment = models.CharField(_("words of the source"), max_length=10)
    language = models.CharField(_("language"), max_length=12)
    text = models.TextField(_("text"))
    html = RenderedField(of="text")
    renderer_version = RendererVersionField(of="text")
    translator = models.CharField(_("translated by"), max_length=200)
    second_reader = models.CharField(_("checked by a second reader"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        ordering = ["object_key", "language", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["object_key", "language", "segment"], name="translation_once"
            ),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(translator=""), name="translation_says_by_whom"
            ),
            models.CheckConstraint(
                condition=~Q(second_reader=models.F("translator")),
                name="translation_second_reader_is_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.object_key}, {self.language}: {self.text[:40]}"
