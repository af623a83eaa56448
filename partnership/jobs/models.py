"""Work that takes longer than a request. The row is the truth; a broker message is a doorbell."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.utils.translation import gettext_lazy as _

__all__ = ["Job", "Pulse"]

LIVE = ("queued", "running")
ENDED = ("done", "failed", "cancelled")
# A pulse each fifteen seconds.
SILENCE = timedelta(seconds=60)
RING_AGAIN, RING_AT_LEAST = timedelta(seconds=10), timedelta(minutes=5)


class JobQuerySet(models.QuerySet["Job"]):
    def of(self, user, *, sees_all: bool = False) -> JobQuerySet:
        """A person's own jobs; those who run the site see all of them."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self if sees_all else self.filter(requested_by=user)

    def live(self) -> JobQuerySet:
        return self.filter(state__in=LIVE)

    def unheard(self, at: datetime) -> JobQuerySet:
        """Due ones for which nobody rang, or nobody came: longest waiting first.

        The longer a job has waited the rarer the bell, or a day without workers fills the broker.
        """
        silence = Value(at, models.DateTimeField()) - F("rung_at")
        return (
            self.filter(state="queued", run_at__lte=at)
            .annotate(silence=silence, waited=F("rung_at") - F("run_at"))
            .filter(
                Q(rung_at__isnull=True)
                | Q(silence__gt=RING_AGAIN, silence__gte=F("waited"))
                | Q(silence__gt=RING_AT_LEAST)
            )
            .order_by("run_at", "pk")
        )


class Job(models.Model):
    """One piece of work, claimed by one worker at a time, resumed when that worker dies."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=60)
    key = models.CharField(_("key"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    payload = models.JSONField(default=dict, blank=True)
    result = models.JSONField(_("result"), default=dict, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="jobs",
        verbose_name=_("asked for by"),
    )
    # Each claim counts up: a worker that was thought dead and comes back writes nothing more.
    fence = models.PositiveIntegerField(default=0, editable=False)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    done = models.PositiveIntegerField(_("steps done"), default=0)
    total = models.PositiveIntegerField(_("steps in all"), null=True, blank=True)
    sentence = models.CharField(_("what happens now"), max_length=200, blank=True)
    error = models.TextField(_("error"), blank=True)
    created_at = models.DateTimeField(_("asked for"))
    run_at = models.DateTimeField(_("not before"))
    rung_at = models.DateTimeField(null=True, blank=True, editable=False)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    cancel_asked_at = models.DateTimeField(_("cancel asked for"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "run_at"], name="job_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=Q(state__in=LIVE), name="job_one_live_per_key"
            ),
            models.CheckConstraint(
                condition=Q(total__isnull=True) | Q(done__lte=F("total")),
                name="job_done_within_total",
            ),
            models.CheckConstraint(
                condition=Q(state__in=LIVE, finished_at__isnull=True)
                | Q(state__in=ENDED, finished_at__isnull=False),
                name="job_finished_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(lease_until__isnull=False),
                name="job_running_has_a_lease",
            ),
            models.CheckConstraint(
                condition=~Q(state="queued") | Q(cancel_asked_at__isnull=True),
                name="job_waiting_is_not_cancelled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}".strip()

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def worked_on(self) -> timedelta | None:
        """From asking to the end, as whoever asked has waited."""
        return self.finished_at - self.created_at if self.finished_at else None

    def left(self, at: datetime) -> timedelta | None:
        """How long it takes still, judged by the steps so far; None when nothing tells.

        A later try goes on where an earlier one stopped: its steps would be counted too fast.
        """
        if self.state != "running" or not self.total or not self.done or self.tries != 1:
            return None
        assert self.started_at is not None
        return (at - self.started_at) * (self.total - self.done) / self.done


class Pulse(models.Model):
    """When a worker, or the clock that rings for the workers, was last heard."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    # Of a worker: the queues that it takes, with spaces.
    queues = models.CharField(_("queues"), max_length=120, blank=True, db_default="")
    started_at = models.DateTimeField(_("started"))
    seen_at = models.DateTimeField(_("last heard"))

    class Meta:
        verbose_name = _("pulse")
        verbose_name_plural = _("pulses")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seen_at__gte=F("started_at")), name="pulse_seen_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_silent(self, at: datetime) -> bool:
        """Three beats were missed."""
        return at - self.seen_at > SILENCE
