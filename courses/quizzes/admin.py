from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

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
from partnership.audit.admin import AuditedAdmin, AuditedInline, ReadOnlyAdmin


class ReadOnlyInline(AuditedInline):
    """Parts of a row that never changes."""

    show_change_link = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    has_delete_permission = has_change_permission


class OptionInline(ReadOnlyInline):
    model = Option


class KeyInline(ReadOnlyInline):
    model = Key


class QuizGroupInline(ReadOnlyInline):
    model = QuizGroup


class QuizQuestionInline(ReadOnlyInline):
    model = QuizQuestion


@admin.register(Question)
class QuestionAdmin(AuditedAdmin):
    """Where a question stands in the bank. What it asks stands in its versions."""

    list_display = ("key", "course", "topic", "state", "note")
    list_filter = ("state", "course")
    list_select_related = ("course",)
    search_fields = ("key", "topic", "note")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("course", "key") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Quizzes pin its versions, and answers were given to them."""
        return False


@admin.register(QuestionVersion)
class QuestionVersionAdmin(ReadOnlyAdmin):
    list_display = ("question", "number", "kind", "points", "prompt")
    list_filter = ("kind", "question__course")
    list_select_related = ("question",)
    search_fields = ("question__key", "prompt")
    inlines = (OptionInline, KeyInline)


@admin.register(QuestionCase)
class QuestionCaseAdmin(ReadOnlyAdmin):
    list_display = ("title", "course", "number")
    list_select_related = ("course",)


@admin.register(Quiz)
class QuizAdmin(ReadOnlyAdmin):
    list_display = ("title", "edition", "plan", "pass_mark", "attempts_allowed")
    list_filter = ("plan", "edition__course")
    list_select_related = ("edition",)
    inlines = (QuizGroupInline,)


@admin.register(QuizGroup)
class QuizGroupAdmin(ReadOnlyAdmin):
    list_display = ("quiz", "position", "quota")
    list_select_related = ("quiz",)
    inlines = (QuizQuestionInline,)
