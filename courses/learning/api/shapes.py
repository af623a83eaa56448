"""What the API tells of courses and learning. Of a paper what its page tells, and no more."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from courses.catalogue.models import Edition
from courses.learning.models import Attempt, Enrolment
from courses.learning.papers import is_past
from partnership.lib import clock
from partnership.lib.api import Number

# --- Courses ----------------------------------------------------------------------------


class CourseSerializer(serializers.Serializer[Edition]):
    """The newest edition of a course."""

    slug = serializers.CharField(source="course.slug")
    code = serializers.CharField(source="course.code")
    title = serializers.CharField()
    language = serializers.CharField()
    area = serializers.CharField(source="course.area.slug")
    area_title = serializers.CharField(source="course.area.title")
    level = serializers.CharField(source="course.level")
    edition = serializers.IntegerField(source="number")
    lesson_count = serializers.IntegerField()
    minutes = serializers.IntegerField()
    rules_as_of = serializers.DateField()
    summary = serializers.CharField()
    address = serializers.CharField(source="get_absolute_url")


class ItemSerializer(serializers.Serializer[Any]):
    """A lesson or a quiz. `slug` names a quiz to start."""

    kind = serializers.CharField()
    key = serializers.CharField()
    slug = serializers.SerializerMethodField()
    title = serializers.CharField()
    address = serializers.CharField()
    minutes = serializers.IntegerField()
    kb = serializers.IntegerField(allow_null=True)
    rule = serializers.CharField()
    is_required = serializers.BooleanField()

    def get_slug(self, item: Any) -> str:
        return item.address.rstrip("/").rpartition("/")[2]


class PartSerializer(serializers.Serializer[Any]):
    """A module; the quizzes of the whole course come last, without a number."""

    key = serializers.CharField()
    title = serializers.CharField()
    number = serializers.IntegerField(allow_null=True)
    minutes = serializers.IntegerField()
    kb = serializers.IntegerField()
    items = ItemSerializer(many=True)


class CourseDetailSerializer(CourseSerializer):
    """A course with its outline."""

    audience = serializers.ListField(child=serializers.CharField())
    outcomes = serializers.ListField(child=serializers.CharField())
    authors = serializers.CharField()
    what_changed = serializers.CharField()
    outline = PartSerializer(many=True)


# --- Enrolments -------------------------------------------------------------------------


class EnrolmentSerializer(serializers.Serializer[Enrolment]):
    """A person in an edition of a course."""

    course = serializers.CharField(source="edition.course.slug")
    title = serializers.CharField(source="edition.title")
    language = serializers.CharField(source="edition.language")
    edition = serializers.IntegerField(source="edition.number")
    joined_at = serializers.DateTimeField()
    left_at = serializers.DateTimeField(allow_null=True)
    completed_at = serializers.DateTimeField(allow_null=True)
    active_at = serializers.DateTimeField()


class OwnItemSerializer(ItemSerializer):
    """A lesson or a quiz, as the learner stands to it: `not_begun`, `open` or `done`."""

    state = serializers.CharField()
    done_at = serializers.DateTimeField(allow_null=True)


class OwnPartSerializer(PartSerializer):
    items = OwnItemSerializer(many=True)


class EnrolmentDetailSerializer(EnrolmentSerializer):
    """With what is done of what is required, where to go on, and the certificate's code."""

    newest_edition = serializers.IntegerField()
    done = serializers.IntegerField()
    required = serializers.IntegerField()
    goes_on_at = serializers.CharField(allow_blank=True)
    certificate = serializers.CharField(allow_blank=True)
    waits_for_name = serializers.BooleanField()
    outline = OwnPartSerializer(many=True)


# --- Attempts ---------------------------------------------------------------------------


class AttemptSerializer(serializers.Serializer[Attempt]):
    """A sitting. It has a score and a verdict when it is closed, a survey neither."""

    uuid = serializers.UUIDField()
    course = serializers.CharField(source="quiz.edition.course.slug")
    quiz = serializers.CharField(source="quiz.slug")
    title = serializers.CharField(source="quiz.title")
    plan = serializers.CharField(source="quiz.plan")
    number = serializers.IntegerField()
    started_at = serializers.DateTimeField()
    deadline_at = serializers.DateTimeField(allow_null=True)
    is_open = serializers.SerializerMethodField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    closed_by = serializers.CharField()
    score = Number(allow_null=True)
    is_passed = serializers.BooleanField(allow_null=True)

    def get_is_open(self, attempt: Attempt) -> bool:
        """Deadlines hold when read, whether or not the sweep has been there."""
        now = clock.of(self.context["request"]._request)
        return attempt.is_open and not is_past(attempt.deadline_at, now)


class OptionSerializer(serializers.Serializer[Any]):
    """Its token is what an answer names."""

    token = serializers.CharField()
    text = serializers.CharField()


class CaseSerializer(serializers.Serializer[Any]):
    """A text that several questions share."""

    title = serializers.CharField()
    html = serializers.CharField()


class OtherAnswerSerializer(serializers.Serializer[Any]):
    """An answer of another device. Save again with the standing revision as `saw` to decide."""

    response = serializers.JSONField()
    device = serializers.CharField()
    received_at = serializers.DateTimeField()


class QuestionSerializer(serializers.Serializer[Any]):
    """A question of one paper. Tokens mean nothing anywhere else.

    `choices` are to choose from or to put in order, `left` is matched to `right`. `revision` is
    what the next save of it names as `saw`.
    """

    token = serializers.CharField()
    position = serializers.IntegerField()
    kind = serializers.CharField()
    prompt = serializers.CharField()
    prompt_html = serializers.CharField()
    case = CaseSerializer(allow_null=True)
    choices = OptionSerializer(many=True)
    left = OptionSerializer(many=True)
    right = OptionSerializer(many=True)
    asks_unit = serializers.BooleanField()
    is_flagged = serializers.BooleanField()
    response = serializers.JSONField(allow_null=True)
    is_answered = serializers.BooleanField()
    revision = serializers.IntegerField()
    saved_at = serializers.DateTimeField(allow_null=True)
    others = OtherAnswerSerializer(many=True)


class PaperSerializer(AttemptSerializer):
    """An attempt with its paper, as it was fixed at the start."""

    limit_minutes = serializers.IntegerField(allow_null=True)
    extension_minutes = serializers.IntegerField()
    seconds_left = serializers.IntegerField(allow_null=True)
    questions = QuestionSerializer(many=True)


# --- Results ----------------------------------------------------------------------------


class ResultOptionSerializer(serializers.Serializer[Any]):
    """Of a question with choices; `is_right` is null until right answers are told."""

    text = serializers.CharField()
    is_chosen = serializers.BooleanField()
    is_right = serializers.BooleanField(allow_null=True)
    feedback = serializers.CharField()


class ResultQuestionSerializer(serializers.Serializer[Any]):
    """A question as it was seen. What is not to be told yet is empty or null."""

    token = serializers.CharField()
    position = serializers.IntegerField()
    kind = serializers.CharField()
    prompt_html = serializers.CharField()
    case_title = serializers.CharField()
    case_html = serializers.CharField()
    response = serializers.JSONField(allow_null=True)
    your_answer = serializers.CharField()
    verdict = serializers.CharField()
    share = Number(allow_null=True)
    options = ResultOptionSerializer(many=True)
    right_answer = serializers.CharField()
    explanation_html = serializers.CharField()


class ToReadSerializer(serializers.Serializer[Any]):
    """A lesson that the quiz is about, when it was not passed."""

    title = serializers.CharField()
    address = serializers.SerializerMethodField()
    minutes = serializers.IntegerField()

    @extend_schema_field(serializers.CharField())
    def get_address(self, lesson: Any) -> str:
        return reverse("courses:lesson", args=[self.context["course"], lesson.slug])


class ResultSerializer(AttemptSerializer):
    """What the quiz's plan lets a learner know, by the same rule as on the result page."""

    pass_mark = Number(allow_null=True)
    shows_feedback = serializers.BooleanField()
    shows_right_answers = serializers.BooleanField()
    attempts_left = serializers.IntegerField(allow_null=True)
    waits_until = serializers.DateTimeField(allow_null=True)
    questions = ResultQuestionSerializer(many=True)
    read_again = ToReadSerializer(many=True)
