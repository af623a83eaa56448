"""Mails to learners, each in its reader's language."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from courses.learning.models import Certificate
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
