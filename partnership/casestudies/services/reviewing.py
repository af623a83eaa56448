"""The secretariat answers a proposal: sends it back with a comment, sets it aside, publishes it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partnership.casestudies import notices
from partnership.casestudies.models import CaseDraft, CaseStudy, CaseVersion
from partnership.casestudies.refusals import NotHandedIn, OwnText
from partnership.casestudies.services import drafts, versions
from partnership.casestudies.telling import Told

State = CaseDraft.State


@transaction.atomic
def send_back(draft: CaseDraft, text: str, *, by: Any, at: datetime) -> None:
    """What is still missing, by mail to whoever proposed it."""
    row = _handed_in(draft)
    drafts.comment(row, text, by=by, at=at)
    CaseDraft.objects.filter(pk=row.pk).update(state=State.RETURNED, changed_at=at)
    drafts.note("case.send_back", row, {}, by, at)
    notices.tell_the_writer(row, "back", text, at=at)


@transaction.atomic
def say(draft: CaseDraft, text: str, *, by: Any, at: datetime) -> None:
    """A comment; by somebody else than its writer it is mailed to them."""
    drafts.comment(draft, text, by=by, at=at)
    if draft.by_id != by.pk:
        notices.tell_the_writer(draft, "comment", text, at=at)


@transaction.atomic
def decline(draft: CaseDraft, text: str, *, by: Any, at: datetime) -> None:
    """It is not to be published, and why. Its texts stay with whoever wrote them."""
    row = _handed_in(draft)
    drafts.comment(row, text, by=by, at=at)
    written = {"state": State.SET_ASIDE, "changed_at": at, "decided_at": at, "decided_by": by}
    CaseDraft.objects.filter(pk=row.pk).update(**written)
    drafts.note("case.decline", row, {}, by, at)
    notices.tell_the_writer(row, "declined", text, at=at)


@transaction.atomic
def publish(draft: CaseDraft, told: Told, *, saw: int, by: Any, at: datetime) -> CaseVersion:
    """The text that was looked at becomes the case, or its next version.

    `told` is what the checked form of save `saw` means. Refuses whoever proposed or wrote it.
    """
    row = _handed_in(draft)
    text = drafts.standing(row)
    if text.number != saw:
        raise drafts.text_moved()
    if by.pk in (row.by_id, text.by_id):
        raise OwnText(_("You wrote this yourself: another person of the secretariat publishes it."))
    case = row.case or versions.new_case(told, at=at)
    version = versions.write(case, told, draft=row, at=at, by=by)
    written = {"state": State.PUBLISHED, "case": case, "decided_at": at, "decided_by": by}
    CaseDraft.objects.filter(pk=row.pk).update(**written, changed_at=at)
    drafts.note("case.publish", row, {"case": case.slug, "version": version.number}, by, at)
    row.case = case
    notices.tell_the_writer(row, "published", "", at=at)
    return version


def may_publish(draft: CaseDraft, text: Any, user: Any) -> bool:
    """Whether it is somebody else's proposal and text."""
    return user.pk not in (draft.by_id, text.by_id)


def _handed_in(draft: CaseDraft) -> CaseDraft:
    row = drafts.held(draft)
    if row.state != State.HANDED_IN:
        raise NotHandedIn(_("It is not handed in now: somebody answered it or took it back."))
    return row


@transaction.atomic
def withdraw(case: CaseStudy, reason: str, *, by: Any, at: datetime) -> None:
    """Nobody sees the case nor any of its versions until it is put back."""
    if CaseStudy.objects.filter(pk=case.pk, withdrawn_at__isnull=True).update(withdrawn_at=at):
        versions.note("case.withdraw", case, {"reason": reason}, by, at)
        versions.let_it_be_found()


@transaction.atomic
def put_back(case: CaseStudy, *, by: Any, at: datetime) -> None:
    """A withdrawn case is shown again as it was."""
    if CaseStudy.objects.filter(pk=case.pk, withdrawn_at__isnull=False).update(withdrawn_at=None):
        versions.note("case.put_back", case, {}, by, at)
        versions.let_it_be_found()
