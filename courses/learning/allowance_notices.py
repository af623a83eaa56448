"""Mails about what a trainer granted or declined, each in its reader's language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from courses.learning.models import Allowance, AttemptRequest, Enrolment
from courses.quizzes.models import Quiz
from partnership.mail import texts


def granted(allowance: Allowance) -> tuple[str, str]:
    """Subject and text: how much more, why, where the quiz is."""
    more = {"minutes": allowance.extra_minutes, "attempts": allowance.extra_attempts}
    return _told(allowance.enrolment, allowance.quiz, {**more, "reason": allowance.reason})


def declined(request: AttemptRequest, reason: str) -> tuple[str, str]:
    """Subject and text: that there is no other attempt, and why."""
    return _told(request.enrolment, request.quiz, {"reason": reason, "is_declined": True})


def _told(enrolment: Enrolment, quiz: Quiz, more: dict[str, Any]) -> tuple[str, str]:
    learner = enrolment.learner
    with translation.override(learner.language or settings.LANGUAGE_CODE):
        context = {
            "name": learner.name,
            "quiz": quiz.title,
            "address": settings.SITE_ADDRESS + quiz.get_absolute_url(),
            **more,
        }
        subject = _("More for you: %(quiz)s")
        if more.get("is_declined"):
            subject = _("Your request for another attempt: %(quiz)s")
        text = texts.write("courses/desk/mail/allowance.txt", context)
        return subject % {"quiz": quiz.title}, text
