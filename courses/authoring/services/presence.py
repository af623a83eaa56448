"""Who writes where: each opened page says now and then that it is there."""

from __future__ import annotations

from datetime import datetime, timedelta

from courses.authoring.models import Writing
from courses.catalogue.models import Lesson
from partnership.accounts.models import User

# What is older tells nothing any more.
FORGOTTEN = timedelta(days=1)


def be_seen(lesson: Lesson, by: User, at: datetime) -> None:
    """Say that this person has the lesson open."""
    Writing.objects.bulk_create(
        [Writing(lesson=lesson, person=by, seen_at=at)],
        update_conflicts=True,
        unique_fields=["lesson", "person"],
        update_fields=["seen_at"],
    )


def forget_older(lesson: Lesson, at: datetime) -> None:
    """Nobody needs to know who wrote here yesterday: the history says who saved."""
    Writing.objects.filter(lesson=lesson, seen_at__lt=at - FORGOTTEN).delete()
