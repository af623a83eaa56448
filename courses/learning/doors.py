"""Whose rows an address leads to, for pages and the API alike. Outside them nothing exists."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from courses.learning import papers, sittings
from courses.learning.models import Attempt, Enrolment
from courses.learning.papers import Place
from courses.learning.reading import Reading, reading
from courses.learning.services.attempts import NotEnrolled, settle
from courses.quizzes.models import Quiz


def own_attempt(user: Any, uuid: UUID | str, *, at: datetime) -> Attempt:
    """The attempt if it is this person's, as it is at this moment."""
    rows = Attempt.objects.of(user).select_related(
        "enrolment__learner", "quiz__edition__course", "quiz__module"
    )
    return settle(get_object_or_404(rows, uuid=uuid), at=at)


def to_hand_in(user: Any, uuid: UUID | str) -> Attempt:
    """A person's own attempt, not settled: closing it is the hand-in's own affair."""
    rows = Attempt.objects.of(user).select_related(
        "enrolment__learner", "enrolment__edition__course", "quiz"
    )
    return get_object_or_404(rows, uuid=uuid)


def place(user: Any, uuid: UUID | str, token: str) -> Place:
    """One question of a person's own paper."""
    found = papers.place(Attempt.objects.of(user).filter(uuid=uuid), token)
    if found is None:
        raise Http404
    return found


def course(user: Any, slug: str) -> Reading:
    """The course as this person reads it."""
    found = reading(slug, user)
    if found is None:
        raise Http404
    return found


def running(user: Any, slug: str) -> Enrolment:
    """The edition that this person learns from now."""
    found = course(user, slug)
    if found.enrolment is None:
        raise Http404
    return found.enrolment


def quiz_to_take(user: Any, slug: str, quiz: str) -> tuple[Enrolment, Quiz]:
    """A quiz of the edition that a person learns from. Refuses NotEnrolled."""
    enrolment = sittings.enrolment_in(slug, user)
    found = get_object_or_404(sittings.quizzes_of(slug, enrolment), slug=quiz)
    if enrolment is None:
        raise NotEnrolled(_("Join the course first: then its quizzes are yours to take."))
    return enrolment, found
