from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from courses.catalogue import queries
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
from partnership.audit.admin import AuditedAdmin, AuditedInline, ReadOnlyAdmin
from partnership.search import services as search


class DraftAdmin(AuditedAdmin):
    """Rows of an edition. They can be changed while it is a draft, and never afterwards.

    They come and go with whole editions, which services open and publish.
    """

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        is_draft = obj is None or self.edition_of(obj).is_draft
        return is_draft and super().has_change_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def edition_of(self, obj: Any) -> Edition:
        return obj.edition


class PathStepInline(AuditedInline):
    model = PathStep
    autocomplete_fields = ("course",)


class CourseTrainerInline(AuditedInline):
    model = CourseTrainer
    autocomplete_fields = ("person",)


@admin.register(Course)
class CourseAdmin(AuditedAdmin):
    list_display = ("code", "area", "level", "position", "retired_on")
    list_filter = ("level", "area")
    list_select_related = ("area",)
    search_fields = ("code",)
    inlines = (CourseTrainerInline,)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        # A retired course is found no more, and neither are its lessons.
        search.replace("course", queries.course_entries())
        search.replace("lesson", queries.lesson_entries())

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """A course is retired: learners keep what they learnt in it."""
        return False


@admin.register(Edition)
class EditionAdmin(DraftAdmin):
    list_display = ("title", "course", "number", "language", "rules_as_of", "published_at")
    list_filter = ("course", "language")
    list_select_related = ("course",)
    search_fields = ("title", "course__code")
    readonly_fields = ("course", "number", "published_at")

    def edition_of(self, obj: Any) -> Edition:
        return obj


@admin.register(Module)
class ModuleAdmin(DraftAdmin):
    list_display = ("title", "edition", "position")
    list_filter = ("edition__course",)
    list_select_related = ("edition",)
    search_fields = ("title",)
    readonly_fields = ("edition", "key")


@admin.register(Lesson)
class LessonAdmin(DraftAdmin):
    list_display = ("title", "edition", "module", "position", "minutes")
    list_filter = ("edition__course",)
    list_select_related = ("edition", "module")
    search_fields = ("title", "text")
    readonly_fields = ("edition", "module", "key")


@admin.register(LessonRevision)
class LessonRevisionAdmin(ReadOnlyAdmin):
    list_display = ("lesson", "at", "by", "reason")
    list_select_related = ("lesson", "by")
    date_hierarchy = "at"


@admin.register(LearningPath)
class LearningPathAdmin(AuditedAdmin):
    list_display = ("title", "position")
    prepopulated_fields = {"slug": ("title",)}
    inlines = (PathStepInline,)


@admin.register(Translation)
class TranslationAdmin(AuditedAdmin):
    """Who has read a translation a second time says so here, by name."""

    list_display = ("object_key", "language", "text", "second_reader")
    list_filter = ("language",)
    search_fields = ("object_key", "text")
    readonly_fields = ("object_key", "segment", "language")
