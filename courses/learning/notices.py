"""Mails to learners, each in its reader's language."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from courses.learning.models import Certificate, Enrolment
from partnership.accounts.models import User
from partnership.mail import texts


def certificate_issued(certificate: Certificate, to: User) -> tuple[str, str]:
    """Subject and text: what was reached, where the certificate is, where others check it."""
    with translation.override(to.language or settings.LANGUAGE_CODE):
        context = {
            "certificate": certificate,
            "name": to.name,
            "record": settings.SITE_ADDRESS + reverse("courses:record"),
            "check": settings.SITE_ADDRESS + certificate.get_absolute_url(),
        }
        subject = _("Your certificate: %(course)s") % {"course": certificate.course_title}
        return subject, texts.write("courses/learning/mail/certificate.txt", context)


def still(enrolment: Enrolment) -> tuple[str, str]:
    """Subject and text: which course waits, where it was left, and that nothing is lost."""
    learner, course = enrolment.learner, enrolment.edition.course
    with translation.override(learner.language or settings.LANGUAGE_CODE):
        named = {"course": enrolment.edition.title}
        context = {
            "name": learner.name,
            "course": enrolment.edition.title,
            "lesson": enrolment.lesson.title if enrolment.lesson else "",
            "address": settings.SITE_ADDRESS + course.get_absolute_url(),
        }
        subject = _("Your course waits for you: %(course)s") % named
        return subject, texts.write("courses/learning/mail/still.txt", context)
