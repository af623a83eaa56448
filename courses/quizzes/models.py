"""Quizzes and their questions. A question's version never changes; a quiz pins versions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Course, Edition, Module
from partnership.lib.fields import RenderedField, RendererVersionField

__all__ = [
    "Key",
    "Option",
    "Question",
    "QuestionCase",
    "QuestionVersion",
    "Quiz",
    "QuizGroup",
    "QuizQuestion",
]


class Quiz(models.Model):
    """Questions under one of five plans, at the end of a module or of the whole edition.

    A pre-test stands before the edition. Its groups have the titles and quotas of the quiz that
    counts, so that both can be compared.
    """

    class Plan(models.TextChoices):
        PRACTISE = "practise", _("practise: feedback at once, no limit")
        CHECK = "check", _("check: feedback at the end")
        EXAM = "exam", _("exam: a time limit, the server's clock")
        SURVEY = "survey", _("survey: no right or wrong")
        PRETEST = "pretest", _("pre-test: before the course, counts for nothing")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="quizzes")
    module = models.ForeignKey(
        Module, on_delete=models.CASCADE, null=True, blank=True, related_name="quizzes"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    key = models.SlugField(_("key"), max_length=80)
    slug = models.SlugField(_("slug"), max_length=80)
    title = models.CharField(_("title"), max_length=200)
    plan = models.CharField(_("plan"), max_length=10, choices=Plan)
    pass_mark = models.DecimalField(
        _("pass mark"), max_digits=5, decimal_places=4, null=True, blank=True
    )
    attempts_allowed = models.PositiveSmallIntegerField(_("attempts"), null=True, blank=True)
    wait_minutes = models.PositiveIntegerField(_("wait between attempts, minutes"), default=0)
    time_limit_minutes = models.PositiveSmallIntegerField(
        _("time limit, minutes"), null=True, blank=True
    )
    time_limit_reason = models.CharField(_("why there is a limit"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes it usually takes"), default=15)
    is_required = models.BooleanField(_("required"), default=True)

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        ordering = ["edition", "module__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="quiz_slug_once"),
            models.UniqueConstraint(fields=["edition", "key"], name="quiz_key_once"),
            models.CheckConstraint(
                condition=Q(plan__in=["survey", "practise", "pretest"])
                | Q(pass_mark__isnull=False),
                name="quiz_checked_has_a_pass_mark",
            ),
            models.CheckConstraint(
                condition=~Q(plan="pretest")
                | Q(pass_mark__isnull=True, is_required=False, module__isnull=True),
                name="quiz_pretest_counts_for_nothing",
            ),
            models.CheckConstraint(
                condition=Q(pass_mark__isnull=True) | Q(pass_mark__gt=0, pass_mark__lte=1),
                name="quiz_pass_mark_in_range",
            ),
            models.CheckConstraint(
                condition=Q(time_limit_minutes__isnull=True)
                | Q(plan="exam", time_limit_minutes__gte=1) & ~Q(time_limit_reason=""),
                name="quiz_time_limit_of_an_exam_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(attempts_allowed__isnull=True) | Q(attempts_allowed__gte=1),
                name="quiz_at_least_one_attempt",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("courses:quiz", args=[self.edition.course.slug, self.slug])


class QuestionCase(models.Model):
    """A text that several questions share. It is part of their versions: it never changes."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="question_cases")
    key = models.SlugField(_("key"), max_length=80)
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("text"))
    html = RenderedField(of="text")
    renderer_version = RendererVersionField(of="text")

    class Meta:
        verbose_name = _("case of questions")
        verbose_name_plural = _("cases of questions")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "key", "number"], name="question_case_version_once"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """An identity in a course's bank. What is asked stands in its versions."""

    class State(models.TextChoices):
        ACTIVE = "active", _("in use")
        RESERVE = "reserve", _("in reserve: needs a subject check")
        SELF_CHECK = "self_check", _("self-check in a lesson")

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="questions")
    key = models.SlugField(_("key"), max_length=80)
    topic = models.CharField(_("topic"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ACTIVE)
    note = models.TextField(_("note for the subject check"), blank=True)
    # Of another course's bank. Its answers are counted there, those of the copy here.
    copied_from = models.ForeignKey(
        "QuestionVersion",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="copies",
        verbose_name=_("copied from"),
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["course", "key"]
        constraints = [
            models.UniqueConstraint(fields=["course", "key"], name="question_key_once"),
            models.UniqueConstraint(fields=["course", "copied_from"], name="question_copied_once"),
        ]

    def __str__(self) -> str:
        return self.key


class QuestionVersion(models.Model):
    """What is asked, word for word. Never changed once a quiz pins it: a change is the next one."""

    class Kind(models.TextChoices):
        SINGLE = "single", _("one right answer")
        MULTIPLE = "multiple", _("several right answers")
        TRUE_FALSE = "true_false", _("true or false")
        NUMBER = "number", _("a number")
        SHORT_TEXT = "short_text", _("a short text")
        MATCHING = "matching", _("matching")
        ORDERING = "ordering", _("putting in order")

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    case = models.ForeignKey(
        QuestionCase, on_delete=models.PROTECT, null=True, blank=True, related_name="versions"
    )
    language = models.CharField(_("language"), max_length=12, default="en")
    prompt = models.TextField(_("question"))
    prompt_html = RenderedField(of="prompt")
    renderer_version = RendererVersionField(of="prompt")
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2, default=1)
    has_partial_credit = models.BooleanField(_("partial credit"), default=True)
    unit = models.CharField(_("unit, asked apart"), max_length=40, blank=True)
    explanation = models.TextField(_("explanation"), blank=True)
    explanation_html = RenderedField(of="explanation")
    basis = models.CharField(_("basis"), max_length=200, blank=True)
    has_same_meaning = models.BooleanField(_("same meaning as the version before"), default=False)

    class Meta:
        verbose_name = _("version of a question")
        verbose_name_plural = _("versions of questions")
        ordering = ["question", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "number"], name="question_version_number_once"
            ),
            models.CheckConstraint(condition=Q(points__gt=0), name="question_version_has_points"),
            models.CheckConstraint(
                condition=Q(unit="") | Q(kind="number"), name="question_version_unit_of_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}, {self.number}"


class Option(models.Model):
    """Something to choose, to match or to put in order. Which one is right stands in `Key`."""

    class Side(models.TextChoices):
        CHOICE = "choice", _("to choose or to put in order")
        LEFT = "left", _("left side of a matching")
        RIGHT = "right", _("right side of a matching")

    version = models.ForeignKey(QuestionVersion, on_delete=models.CASCADE, related_name="options")
    side = models.CharField(_("side"), max_length=6, choices=Side, default=Side.CHOICE)
    position = models.PositiveSmallIntegerField(_("position as written"))
    text = models.CharField(_("text"), max_length=500)
    feedback = models.TextField(_("feedback"), blank=True)

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["version", "side", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "side", "position"], name="option_position_once"
            )
        ]

    def __str__(self) -> str:
        return self.text


class Key(models.Model):
    """One line of the right answer. Kept apart, so that no page loads it by accident.

    Choices: one line for each right option. Matching: `option` on the left belongs to `match`.
    Ordering: `option` stands at `place`, from 1. Short text: one accepted `text` a line. Number:
    `number` with a `tolerance`, absolute or as a share of the number.
    """

    class Tolerance(models.TextChoices):
        ABSOLUTE = "absolute", _("absolute")
        RELATIVE = "relative", _("as a share of the number")

    version = models.ForeignKey(QuestionVersion, on_delete=models.CASCADE, related_name="key")
    option = models.ForeignKey(
        Option, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    match = models.ForeignKey(
        Option, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.CharField(max_length=200, blank=True)
    number = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    tolerance = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    tolerance_kind = models.CharField(
        max_length=10, choices=Tolerance, default=Tolerance.ABSOLUTE, blank=True
    )

    class Meta:
        verbose_name = _("key")
        verbose_name_plural = _("keys")
        ordering = ["version", "place", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(option__isnull=False) | ~Q(text="") | Q(number__isnull=False),
                name="key_says_something",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(tolerance__gte=0),
                name="key_number_has_a_tolerance",
            ),
            models.UniqueConstraint(
                fields=["version", "option"],
                condition=Q(option__isnull=False),
                name="key_option_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}"


class QuizGroup(models.Model):
    """Questions of a quiz of which `quota` are drawn for each paper; no quota takes all."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="groups")
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=100, blank=True)
    quota = models.PositiveSmallIntegerField(_("how many are drawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("group of questions")
        verbose_name_plural = _("groups of questions")
        ordering = ["quiz", "position"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "position"], name="quiz_group_position_once"),
            models.CheckConstraint(
                condition=Q(quota__isnull=True) | Q(quota__gte=1), name="quiz_group_draws_one"
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.quiz}, {self.position}"


class QuizQuestion(models.Model):
    """The version of a question that a quiz asks."""

    group = models.ForeignKey(QuizGroup, on_delete=models.CASCADE, related_name="questions")
    version = models.ForeignKey(
        QuestionVersion, on_delete=models.PROTECT, related_name="quiz_questions"
    )
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("question of a quiz")
        verbose_name_plural = _("questions of quizzes")
        ordering = ["group", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "position"], name="quiz_question_position_once"
            ),
            models.UniqueConstraint(fields=["group", "version"], name="quiz_question_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version}"
