"""A draft is read by others: who was asked, what they say of it, who approves, when it goes out."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Course, Edition

__all__ = ["Approval", "Comment", "PlannedPublishing", "PublishingRule", "Review"]


def person(**more: Any) -> Any:
    """A key to somebody of whom the row tells; it stays when the person goes."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        **more,
    )


class Review(models.Model):
    """That somebody was asked to read a draft. While it lasts the draft is open to them to read."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reviews_asked_of"
    )
    asked_by = person(verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    note = models.CharField(_("what to look at"), max_length=500, blank=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    ended_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("review of a draft")
        verbose_name_plural = _("reviews of drafts")
        ordering = ["edition", "asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "reviewer"],
                condition=Q(ended_at__isnull=True),
                name="review_asked_once",
            ),
            models.CheckConstraint(
                condition=~Q(reviewer=F("asked_by")), name="review_is_by_another"
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(read_at__gte=F("asked_at")),
                name="review_read_after_it_was_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.reviewer}"


class Comment(models.Model):
    """What a reader says of a part of a draft, or an answer to it.

    The part is named as the outline names it, not by its row: a comment outlives a part that is
    removed and put back. `number` is the saved text of the lesson that its writer saw.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="comments")
    thread = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="answers"
    )
    part = models.CharField(_("part"), max_length=100, blank=True)  # "lesson:ambition-gap"
    title = models.CharField(_("title of the part"), max_length=200, blank=True)
    number = models.PositiveIntegerField(_("written on text"), null=True, blank=True)
    body = models.TextField(_("comment"))
    by = person(verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    # Of the form that it came from: sent twice it is one comment.
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolved_by = person(verbose_name=_("resolved by"))

    class Meta:
        verbose_name = _("comment on a draft")
        verbose_name_plural = _("comments on drafts")
        ordering = ["edition", "at", "pk"]
        indexes = [models.Index(fields=["edition", "part"], name="comment_of_a_part")]
        constraints = [
            models.CheckConstraint(condition=~Q(body=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(thread__isnull=True)
                | Q(part="", number__isnull=True, resolved_at__isnull=True),
                name="comment_answer_is_of_its_thread",
            ),
            models.CheckConstraint(
                condition=Q(resolved_by__isnull=True) | Q(resolved_at__isnull=False),
                name="comment_resolved_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title or self.edition}: {self.body[:40]}"


class PublishingRule(models.Model):
    """Whether a course is published only once somebody else has approved its text."""

    course = models.OneToOneField(Course, on_delete=models.CASCADE, related_name="publishing_rule")
    needs_approval = models.BooleanField(
        _("approved by somebody else than its writers"), default=False
    )
    by = person(verbose_name=_("set by"))
    at = models.DateTimeField(_("set"))

    class Meta:
        verbose_name = _("rule for publishing a course")
        verbose_name_plural = _("rules for publishing courses")

    def __str__(self) -> str:
        return f"{self.course}: {self.needs_approval}"


class Approval(models.Model):
    """That somebody approves this very text, which its fingerprint names; of another it says
    nothing.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="approvals")
    fingerprint = models.CharField(_("fingerprint of the text"), max_length=64, editable=False)
    by = person(verbose_name=_("approved by"))
    at = models.DateTimeField(_("approved"))
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("approval of a draft")
        verbose_name_plural = _("approvals of drafts")
        ordering = ["edition", "-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "fingerprint", "by"],
                condition=Q(taken_back_at__isnull=True),
                name="approval_once_of_one_text",
            ),
            models.CheckConstraint(
                condition=Q(fingerprint__regex=r"^[0-9a-f]{64}$"), name="approval_names_its_text"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True) | Q(taken_back_at__gte=F("at")),
                name="approval_taken_back_after_it_was_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.by}"


class PlannedPublishing(models.Model):
    """A draft that is to be published at a moment, said in the zone of whoever said it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("planned")
        DONE = "done", _("published")
        REFUSED = "refused", _("not published")
        TAKEN_BACK = "taken_back", _("taken back")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="plans")
    due_at = models.DateTimeField(_("to be published"))
    zone = models.CharField(_("time zone"), max_length=60)
    # Of the text when it was planned: so that a later change can be told.
    fingerprint = models.CharField(max_length=64, editable=False)
    by = person(verbose_name=_("planned by"))
    made_at = models.DateTimeField(_("planned"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    reason = models.TextField(_("why it was not published"), blank=True)

    class Meta:
        verbose_name = _("planned publishing")
        verbose_name_plural = _("planned publishings")
        ordering = ["edition", "-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(state="waiting"),
                name="planned_publishing_one_waits",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at__isnull=True)
                | ~Q(state="waiting") & Q(ended_at__isnull=False),
                name="planned_publishing_ended_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="refused") & ~Q(reason="") | ~Q(state="refused") & Q(reason=""),
                name="planned_publishing_refused_says_why",
            ),
            models.CheckConstraint(condition=~Q(zone=""), name="planned_publishing_has_a_zone"),
            models.CheckConstraint(
                condition=Q(due_at__gt=F("made_at")), name="planned_publishing_lies_ahead"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition}, {self.due_at:%Y-%m-%d %H:%M}"

    @property
    def there(self) -> datetime:
        """What the clocks in its zone show then; without the zone, as templates would move it."""
        return self.due_at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)

    @property
    def reasons(self) -> list[str]:
        return self.reason.split("\n") if self.reason else []
