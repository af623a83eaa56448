"""What a delegation says of itself: a draft that the secretariat publishes as it was read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from partnership.audit import services as audit
from partnership.members.delegations import Delegation, delegation_of, is_secretariat
from partnership.members.models import ProfileRevision
from partnership.members.refusals import NotYours, TextChanged
from partnership.members.services.terms import refuse_stranger


@transaction.atomic
def save_draft(
    delegation: Delegation,
    words: dict[str, str],
    *,
    hands_in: bool,
    seen: int,
    by: Any,
    at: datetime,
) -> ProfileRevision:
    """Write the one draft, from what was read. `seen` is its revision then, 0 if there was none."""
    refuse_stranger(delegation, by, at)
    kept: dict[str, Any] = {name: words[name] for name in ("text", "contact", "website")}
    kept |= {"edited_by": by, "edited_at": at, "submitted_at": at if hands_in else None}
    draft = ProfileRevision.objects.drafts().filter(**delegation.where).first()
    if (draft.revision if draft else 0) != seen:
        raise TextChanged(_("Somebody else saved this draft meanwhile. Look at theirs first."))
    if draft is None:
        try:
            with transaction.atomic():
                draft = ProfileRevision.objects.create(**kept, **delegation.where)
        except IntegrityError:
            raise TextChanged(_("Somebody else began a draft at the same moment.")) from None
    else:
        mine = ProfileRevision.objects.drafts().filter(pk=draft.pk, revision=seen)
        if not mine.update(revision=F("revision") + 1, note="", **kept):
            raise TextChanged(_("Somebody else saved this draft meanwhile. Look at theirs first."))
        draft.refresh_from_db()
    _note("profile.hand_in" if hands_in else "profile.save", draft, by, at)
    return draft


@transaction.atomic
def publish_profile(draft: ProfileRevision, *, seen: int, by: Any, at: datetime) -> None:
    """Show it to everybody, if it is still the text that was read."""
    _refuse_others(by, at)
    mine = ProfileRevision.objects.drafts().filter(pk=draft.pk, revision=seen)
    if not mine.filter(submitted_at__isnull=False).update(
        published_at=at, published_by=by, note=""
    ):
        raise TextChanged(_("The text was changed since you read it, or published already."))
    _note("profile.publish", draft, by, at)


@transaction.atomic
def return_profile(draft: ProfileRevision, *, note: str, by: Any, at: datetime) -> None:
    """Back to the delegation, with what is still missing."""
    _refuse_others(by, at)
    mine = ProfileRevision.objects.drafts().filter(pk=draft.pk, submitted_at__isnull=False)
    if not mine.update(submitted_at=None, note=note[:300], revision=F("revision") + 1):
        raise TextChanged(_("The text was published or taken back already."))
    _note("profile.return", draft, by, at)


def _refuse_others(by: Any, at: datetime) -> None:
    if not is_secretariat(by, at):
        raise NotYours(_("The secretariat publishes profiles."))


def _note(verb: str, row: ProfileRevision, by: Any, at: datetime) -> None:
    changes = {"of": [None, delegation_of(row).handle]}
    audit.record(verb, at=at, by=by, of=("profilerevision", str(row.pk)), changes=changes)
