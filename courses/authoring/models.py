"""What is kept while a draft is written: each saved text, who writes, what was removed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Edition, Lesson

__all__ = ["LessonSave", "Removed", "Writing"]


class LessonSave(models.Model):
    """The text of a draft's lesson as somebody left it.

    Of those that stand the highest number is the lesson. What was written over a text that its
    writer had not seen lies beside it until somebody chooses; it is never dropped.
    """

    class How(models.TextChoices):
        BEGAN = "began", _("as the draft began")
        TYPED = "typed", _("written")
        RESTORED = "restored", _("restored")
        CHOSEN = "chosen", _("chosen of two texts")

    class State(models.TextChoices):
        STANDS = "stands", _("stands")
        BESIDE = "beside", _("lies beside, not decided yet")
        DECIDED = "decided", _("lay beside, decided")

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="saves")
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    began_at = models.DateTimeField(_("begun"))
    at = models.DateTimeField(_("saved"))
    how = models.CharField(_("how"), max_length=10, choices=How, default=How.TYPED)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.STANDS)
    # Of the opened page: what it saves within some minutes is one row, and its own saves never
    # stand against each other. `turn` counts them, so that one that comes late is known.
    sitting = models.CharField(max_length=32, blank=True, default="", editable=False)
    turn = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("saved text of a lesson")
        verbose_name_plural = _("saved texts of lessons")
        ordering = ["lesson", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["lesson", "number"], name="lesson_save_number_once"),
            models.CheckConstraint(condition=~Q(title=""), name="lesson_save_has_a_title"),
            models.CheckConstraint(
                condition=Q(at__gte=F("began_at")), name="lesson_save_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.number}"


class Writing(models.Model):
    """That a person has a lesson open to write. It counts for a minute after it was last seen."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="writers")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="writes"
    )
    seen_at = models.DateTimeField(_("seen"))

    class Meta:
        verbose_name = _("writer of a lesson")
        verbose_name_plural = _("writers of lessons")
        constraints = [
            models.UniqueConstraint(fields=["lesson", "person"], name="writing_person_once")
        ]

    def __str__(self) -> str:
        return f"{self.lesson}: {self.person}"


class Removed(models.Model):
    """Something that was taken out of a draft, with all that hung on it, to be put back whole."""

    class Kind(models.TextChoices):
        MODULE = "module", _("module")
        LESSON = "lesson", _("lesson")
        QUIZ = "quiz", _("quiz")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="removed")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    key = models.SlugField(_("key"), max_length=80)
    title = models.CharField(_("title"), max_length=200)
    rows = models.JSONField(_("rows"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("removed"))

    class Meta:
        verbose_name = _("removed part of a draft")
        verbose_name_plural = _("removed parts of drafts")
        ordering = ["edition", "-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(rows=[]), name="removed_holds_something")
        ]

    def __str__(self) -> str:
        return self.title
