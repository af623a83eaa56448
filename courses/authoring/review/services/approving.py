"""The text of a draft is approved by somebody who did not write in it; a course may require it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courses.authoring.drafts import locked
from courses.authoring.review import queries
from courses.authoring.review.fingerprints import fingerprint
from courses.authoring.review.models import Approval, PublishingRule
from courses.authoring.review.refusals import NotOurs, OwnText, TextChanged
from courses.catalogue.models import Course, Edition
from partnership.accounts.models import User
from partnership.audit import services as audit


@transaction.atomic
def approve(edition: Edition, *, saw: str, by: User, at: datetime) -> Approval:
    """Approve the text whose fingerprint the reader saw. Refuses TextChanged, OwnText.

    Whoever writes waits meanwhile: what is approved is what was read.
    """
    draft = locked(edition)
    word = fingerprint(draft)
    if word != saw:
        raise TextChanged(
            _("The draft was changed after you opened this page. Look at it again, then approve.")
        )
    if by.uuid in queries.writers(draft):
        raise OwnText(_("You wrote in this draft: somebody else has to approve it."))
    approval, is_new = Approval.objects.get_or_create(
        edition=draft, fingerprint=word, by=by, taken_back_at=None, defaults={"at": at}
    )
    if is_new:
        _note("draft.approve", draft, {"fingerprint": word[:12]}, by, at)
    return approval


@transaction.atomic
def take_back(edition: Edition, *, by: User, at: datetime) -> None:
    """A person's own approvals of this draft count no longer."""
    draft = locked(edition)
    own = Approval.objects.filter(edition=draft, by=by, taken_back_at__isnull=True)
    if own.update(taken_back_at=at):
        _note("draft.take_approval_back", draft, {}, by, at)


@transaction.atomic
def set_rule(
    course: Course, *, needs_approval: bool, is_administrator: bool, by: User, at: datetime
) -> PublishingRule:
    """Say whether the course needs an approval. Its owner may, and an administrator."""
    owner = queries.owner_of(course)
    if not is_administrator and (owner is None or owner.pk != by.pk):
        raise NotOurs(_("Only the owner of the course or an administrator can set this."))
    before = getattr(course, "publishing_rule", None)
    was = bool(before and before.needs_approval)
    given = {"needs_approval": needs_approval, "by": by, "at": at}
    rule, _made = PublishingRule.objects.update_or_create(course=course, defaults=given)
    course.publishing_rule = rule
    if was != needs_approval:
        changes = {"needs_approval": [was, needs_approval]}
        audit.record("course.rule", at=at, by=by, of=("course", course.slug), changes=changes)
    return rule


def keeps_back(draft: Edition) -> list[str]:
    """What is to be said where an approval is required and this text has none. The draft is held
    by whoever publishes, so that nothing is written in between.
    """
    rule = PublishingRule.objects.filter(course=draft.course_id, needs_approval=True)
    if not rule.exists() or queries.standing(draft).is_approved:
        return []
    if Approval.objects.filter(edition=draft, taken_back_at__isnull=True).exists():
        return [_("The text was changed after it was approved: it needs another approval.")]
    return [_("This course is published once somebody who did not write in it has approved it.")]


def _note(verb: str, draft: Edition, changes: dict[str, object], by: User, at: datetime) -> None:
    of = ("edition", f"{draft.course.code}/{draft.number}")
    audit.record(verb, at=at, by=by, of=of, changes=changes)
