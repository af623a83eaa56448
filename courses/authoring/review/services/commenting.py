"""Comments on a draft: said, answered, resolved, opened again. None is ever written over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from courses.authoring import parts
from courses.authoring.drafts import locked
from courses.authoring.refusals import TooMuch
from courses.authoring.review import queries
from courses.authoring.review.models import Comment
from courses.authoring.review.refusals import AnsweredMeanwhile, ThreadGone
from courses.catalogue.models import Edition
from partnership.accounts.models import User

MOST_LETTERS = 4_000
MOST_COMMENTS = 2_000


@dataclass(frozen=True)
class About:
    """What a comment is of: a part, or the draft as a whole; and the text that its writer saw."""

    part: str = ""
    saw: int | None = None


@transaction.atomic
def say(edition: Edition, body: str, about: About, *, key: UUID, by: User, at: datetime) -> Comment:
    """Begin a thread. The same form again adds nothing."""
    draft = locked(edition)
    row = parts.part_of(draft, about.part) if about.part else None
    number = None
    if about.part.startswith("lesson:"):
        stands = queries.numbers_of(draft)[about.part]
        number = stands if about.saw is None else min(about.saw, stands)
    given = {"part": about.part, "title": row.title if row else "", "number": number}
    return _kept(draft, body, given, key=key, by=by, at=at)


@transaction.atomic
def answer(
    edition: Edition, thread: int, body: str, *, key: UUID, by: User, at: datetime
) -> Comment:
    """Answer a comment. One that was resolved is open again: somebody has more to say."""
    draft = locked(edition)
    head = _thread(draft, thread)
    said = _kept(draft, body, {"thread": head}, key=key, by=by, at=at)
    if said.at == at:
        Comment.objects.filter(pk=head.pk).update(resolved_at=None, resolved_by=None)
    return said


@transaction.atomic
def resolve(edition: Edition, thread: int, *, saw: int, by: User, at: datetime) -> Comment:
    """Nothing more is to be done about it. `saw` is the last comment that was read.

    Refuses AnsweredMeanwhile: what nobody has read is not resolved by the way.
    """
    draft = locked(edition)
    head = _thread(draft, thread)
    if head.answers.filter(pk__gt=saw).exists():
        raise AnsweredMeanwhile(_("Somebody has answered meanwhile. Read it, then resolve it."))
    open_ones = Comment.objects.filter(pk=head.pk, resolved_at__isnull=True)
    open_ones.update(resolved_at=at, resolved_by=by)
    head.refresh_from_db()
    return head


@transaction.atomic
def reopen(edition: Edition, thread: int) -> Comment:
    draft = locked(edition)
    head = _thread(draft, thread)
    Comment.objects.filter(pk=head.pk).update(resolved_at=None, resolved_by=None)
    head.resolved_at = head.resolved_by = None
    return head


def _thread(draft: Edition, pk: int) -> Comment:
    head = Comment.objects.filter(edition=draft, pk=pk, thread__isnull=True).first()
    if head is None:
        raise ThreadGone(_("There is no such comment on this draft."))
    return head


def _kept(
    draft: Edition, body: str, given: dict[str, object], *, key: UUID, by: User, at: datetime
) -> Comment:
    body = body.replace("\r\n", "\n").replace("\0", "").strip()
    if not body:
        raise ThreadGone(_("Nothing was written."))
    if len(body) > MOST_LETTERS or draft.comments.count() >= MOST_COMMENTS:  # type: ignore[attr-defined]
        raise TooMuch(_("This is too long for a comment, or there are too many of them."))
    before = Comment.objects.filter(key=key).first()
    if before is not None and before.body == body:
        return before
    # Other words from a page that was gone back to are another comment.
    fresh = uuid4() if before else key
    return Comment.objects.create(key=fresh, edition=draft, body=body, by=by, at=at, **given)
