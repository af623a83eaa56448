"""A colleague is asked to read a draft, reads it, or is not asked any more."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from courses.authoring.drafts import locked
from courses.authoring.review import notices, queries
from courses.authoring.review.models import Review
from courses.authoring.review.refusals import NotOurs, NotToBeAsked
from courses.catalogue.models import Edition
from partnership.accounts.models import User
from partnership.audit import services as audit
from partnership.mail import services as mail
from partnership.mail.models import Kind
from partnership.mail.stops import Stoppable


@transaction.atomic
def ask(edition: Edition, reviewer: User, *, note: str = "", by: User, at: datetime) -> Review:
    """Ask a trainer or administrator to read the draft; they get a mail. Twice asks once."""
    draft = locked(edition)
    if not queries.colleagues(draft, by, at.date()).filter(pk=reviewer.pk).exists():
        raise NotToBeAsked(_("Only another trainer or administrator can be asked to read a draft."))
    review, is_new = Review.objects.get_or_create(
        edition=draft,
        reviewer=reviewer,
        ended_at=None,
        defaults={"asked_by": by, "asked_at": at, "note": note.strip()[:500]},
    )
    if is_new:
        subject, body = notices.asked(review)
        _mail(f"review:{review.pk}", reviewer, subject, body, at)
        _note("review.ask", review, by, at)
    return review


@transaction.atomic
def take_back(review: Review, *, by: User, at: datetime) -> None:
    """The draft is not open to them any more. What they said of it stays."""
    if Review.objects.filter(pk=review.pk, ended_at__isnull=True).update(ended_at=at):
        _note("review.take_back", review, by, at)


@transaction.atomic
def finish(review: Review, *, by: User, at: datetime) -> Review:
    """The reviewer has read the draft; whoever asked gets a mail with what is open."""
    if review.reviewer_id != by.pk:
        raise NotOurs(_("Only who was asked can say that the draft is read."))
    unread = Q(read_at__isnull=True, ended_at__isnull=True)
    if Review.objects.filter(unread, pk=review.pk).update(read_at=at):
        review.read_at = at
        _note("review.finish", review, by, at)
        if asker := review.asked_by:
            open_ones = sum(queries.open_counts(review.edition).values())
            subject, body = notices.read(review, open_ones)
            _mail(f"review-read:{review.pk}", asker, subject, body, at)
    return review


def _mail(key: str, to: User, subject: str, body: str, at: datetime) -> None:
    """The desk tells the same: whoever wants no mail about courses can do without."""
    kind = Stoppable(Kind.LEARNING, to)
    mail.queue(key, to=to.email, subject=subject, body=body, at=at, stoppable=kind)


def _note(verb: str, review: Review, by: User, at: datetime) -> None:
    edition = review.edition
    of = ("edition", f"{edition.course.code}/{edition.number}")
    audit.record(verb, at=at, by=by, of=of, changes={"reviewer": str(review.reviewer.uuid)})
