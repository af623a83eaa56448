"""Mails about the reading and publishing of drafts, each in its reader's language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from courses.authoring.review.models import PlannedPublishing, Review
from courses.catalogue.models import Edition
from partnership.accounts.models import User
from partnership.mail import texts

FOLDER = "courses/authoring/review/mail"


def asked(review: Review) -> tuple[str, str]:
    """Subject and text: which draft, what to look at, where it is."""
    with _in_words_of(review.reviewer):
        context = {
            **_about(review.edition, review.reviewer),
            "asker": review.asked_by.name if review.asked_by else "",
            "note": review.note,
        }
        subject = _("Please read a draft: %(course)s") % {"course": review.edition.title}
        return subject, texts.write(f"{FOLDER}/asked.txt", context)


def read(review: Review, open_comments: int) -> tuple[str, str]:
    """Subject and text: that a draft is read, and how many comments are open."""
    asker = review.asked_by
    assert asker is not None
    with _in_words_of(asker):
        context = {
            **_about(review.edition, asker),
            "reviewer": review.reviewer.name,
            "open": open_comments,
        }
        subject = _("Your draft is read: %(course)s") % {"course": review.edition.title}
        return subject, texts.write(f"{FOLDER}/read.txt", context)


def planned(plan: PlannedPublishing) -> tuple[str, str]:
    """Subject and text: that the draft is published as planned; or why it is not."""
    author = plan.by
    assert author is not None
    with _in_words_of(author):
        context = {
            **_about(plan.edition, author),
            "number": plan.edition.number,
            "there": plan.there,
            "zone": plan.zone,
            "due_at": plan.due_at,
            "reasons": plan.reasons,
        }
        subject = _("Published: %(course)s")
        if plan.reason:
            subject = _("Not published: %(course)s")
        else:
            context["address"] = settings.SITE_ADDRESS + plan.edition.course.get_absolute_url()
        subject %= {"course": plan.edition.title}
        return subject, texts.write(f"{FOLDER}/planned.txt", context)


def _in_words_of(person: User) -> Any:
    return translation.override(person.language or settings.LANGUAGE_CODE)


def _about(edition: Edition, person: User) -> dict[str, Any]:
    page = reverse("courses:draft-review", args=[edition.course.slug])
    return {
        "name": person.name,
        "course": edition.title,
        "code": edition.course.code,
        "address": settings.SITE_ADDRESS + page,
    }
