"""Mails about attempts, each in its reader's language."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from courses.learning.models import Attempt
from partnership.mail import texts


def closed_at_the_deadline(attempt: Attempt) -> tuple[str, str]:
    """Subject and text: that the time was over, that what was saved counts, where the result is."""
    learner, quiz = attempt.enrolment.learner, attempt.quiz
    with translation.override(learner.language or settings.LANGUAGE_CODE):
        context = {
            "name": learner.name,
            "quiz": quiz.title,
            "attempt": attempt,
            "address": settings.SITE_ADDRESS + attempt.get_absolute_url(),
        }
        subject = _("The time is over: %(quiz)s") % {"quiz": quiz.title}
        return subject, texts.write("courses/learning/mail/attempt_closed.txt", context)


def file_loaded(attempt: Attempt, count: int) -> tuple[str, str]:
    """Subject and text: that a trainer loaded the learner's file, and what becomes of it."""
    learner, quiz = attempt.enrolment.learner, attempt.quiz
    with translation.override(learner.language or settings.LANGUAGE_CODE):
        context = {
            "name": learner.name,
            "quiz": quiz.title,
            "count": count,
            "is_open": attempt.is_open,
            "address": settings.SITE_ADDRESS + attempt.get_absolute_url(),
        }
        subject = _("Your file of answers was loaded: %(quiz)s") % {"quiz": quiz.title}
        return subject, texts.write("courses/desk/mail/answers_file.txt", context)
