"""Found and close working groups, give and end seats, add and withdraw documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from partnership.accounts.models import User
from partnership.audit import services as audit
from partnership.lib.errors import Refusal
from partnership.lib.storage import stored
from partnership.lib.text.slugs import free_slug
from partnership.mail import services as mail
from partnership.members import notices
from partnership.members.delegations import is_secretariat
from partnership.members.groups.files import kind_of
from partnership.members.models import GroupDocument, GroupSeat, WorkingGroup
from partnership.members.refusals import FileRefused, NotYours


class NameTaken(Refusal):
    """Two groups of one name could not be told apart."""

    code = "name_taken"


class GroupClosed(Refusal):
    code = "group_closed"


class SeatHeld(Refusal):
    code = "seat_held"


class DocumentThere(Refusal):
    """The same bytes are shown in this group already, or a newer version is."""

    code = "document_there"


@dataclass(frozen=True)
class Described:
    """What is said of a file: `replaces` is the version that it takes the place of."""

    title: str
    language: str = ""
    what_changed: str = ""
    replaces: GroupDocument | None = None


def may_write(group: WorkingGroup, user: Any, *, at: datetime) -> bool:
    """Whether somebody may add documents: who chairs today, and the secretariat."""
    chairs = GroupSeat.objects.on(at.date()).filter(group=group, person=user, is_chair=True)
    return is_secretariat(user, at) or chairs.exists()


@transaction.atomic
def found(name: str, purpose: str, *, by: User, at: datetime) -> WorkingGroup:
    """A new group; its address is drawn from its name and stays."""
    _refuse_others(by, at)
    name = " ".join(name.split())
    if WorkingGroup.objects.filter(name__iexact=name).exists():
        raise NameTaken(_("There is a working group of this name already."))
    taken = set(WorkingGroup.objects.values_list("slug", flat=True))
    slug = free_slug(name, taken, instead="group", longest=50)
    group = WorkingGroup.objects.create(
        slug=slug, name=name, purpose=purpose.strip(), founded_on=at.date()
    )
    audit.record("group.found", at=at, by=by, of=_key(group), changes={"name": [None, name]})
    return group


@transaction.atomic
def close(group: WorkingGroup, *, by: User, at: datetime) -> None:
    """Nobody is seated and nothing added any more; who has a seat still reads it."""
    _refuse_others(by, at)
    open_still = WorkingGroup.objects.filter(pk=group.pk, closed_on__isnull=True)
    if not open_still.update(closed_on=at.date()):
        raise GroupClosed(_("This working group is closed."))
    changes = {"closed_on": [None, at.date().isoformat()]}
    audit.record("group.close", at=at, by=by, of=_key(group), changes=changes)


@transaction.atomic
def seat(group: WorkingGroup, person: User, *, is_chair: bool, by: User, at: datetime) -> GroupSeat:
    """Give a seat from today and tell the person; a seat that ended today goes on."""
    _refuse_others(by, at)
    _refuse_closed(group)
    day = at.date()
    held = GroupSeat.objects.between(day, None).filter(group=group, person=person)
    row = held.select_for_update().first()
    if row is None:
        row = GroupSeat(group=group, person=person, begins_on=day)
    elif row.ends_on is None and row.is_chair == is_chair:
        raise SeatHeld(_("%s has a seat in this working group already.") % person)
    is_new = row.pk is None or row.ends_on is not None
    row.ends_on, row.is_chair = None, is_chair
    row.save()
    changes = {"person": [None, str(person.uuid)], "is_chair": [None, is_chair]}
    audit.record("group.seat", at=at, by=by, of=_key(group), changes=changes)
    if is_new:
        subject, body = notices.seated(row)
        key = f"group-seat:{row.pk}:{day.isoformat()}"
        mail.queue(key, to=person.email, subject=subject, body=body, at=at)
    return row


@transaction.atomic
def end_seat(row: GroupSeat, *, by: User, at: datetime) -> None:
    """The seat ends with today. Ending an ended one again changes nothing."""
    _refuse_others(by, at)
    if not GroupSeat.objects.filter(pk=row.pk, ends_on__isnull=True).update(ends_on=at.date()):
        return
    changes = {"person": [str(row.person.uuid), None]}
    audit.record("group.end_seat", at=at, by=by, of=_key(row.group), changes=changes)


def add_document(
    group: WorkingGroup, file: File[Any], about: Described, *, by: User, at: datetime
) -> GroupDocument:
    """Keep the file under a key of ours, then its row; without the row the file goes too."""
    if not may_write(group, by, at=at):
        raise NotYours(_("Who chairs the group, and the secretariat, add documents."))
    _refuse_closed(group)
    kind = kind_of(file)
    digest = sha256()
    for part in file.chunks():
        digest.update(part)
    file.seek(0)
    with stored(file, f"groups/{uuid4().hex}", no_room=FileRefused) as key:
        row = GroupDocument(
            group=group,
            title=" ".join(about.title.split()),
            language=about.language,
            what_changed=" ".join(about.what_changed.split()),
            kind=kind,
            key=key,
            size=file.size,
            sha256=digest.hexdigest(),
            added_at=at,
            added_by=by,
            replaces=about.replaces,
        )
        _keep(row, by=by, at=at)
    return row


@transaction.atomic
def _keep(row: GroupDocument, *, by: User, at: datetime) -> None:
    """Two who add at once go one after the other: the row of the group is held."""
    WorkingGroup.objects.select_for_update().get(pk=row.group_id)
    shown = GroupDocument.objects.filter(group=row.group_id, withdrawn_at__isnull=True)
    if shown.filter(sha256=row.sha256).exists():
        raise DocumentThere(_("This very file is in the list already."))
    if row.replaces_id and GroupDocument.objects.filter(replaces=row.replaces_id).exists():
        raise DocumentThere(_("There is a newer version of this document already. Replace that."))
    row.save()
    changes = {"title": [None, row.title], "sha256": [None, row.sha256]}
    audit.record("group.add_document", at=at, by=by, of=_key(row.group), changes=changes)


@transaction.atomic
def withdraw(row: GroupDocument, *, by: User, at: datetime) -> None:
    """Nobody of the group sees it any more; the secretariat does. Again changes nothing."""
    if not may_write(row.group, by, at=at):
        raise NotYours(_("Who chairs the group, and the secretariat, withdraw documents."))
    shown = GroupDocument.objects.filter(pk=row.pk, withdrawn_at__isnull=True)
    if shown.update(withdrawn_at=at):
        changes = {"title": [row.title, None]}
        audit.record("group.withdraw_document", at=at, by=by, of=_key(row.group), changes=changes)


def _refuse_others(by: User, at: datetime) -> None:
    if not is_secretariat(by, at):
        raise NotYours(_("The secretariat founds working groups and says who sits in them."))


def _refuse_closed(group: WorkingGroup) -> None:
    if group.closed_on is not None:
        raise GroupClosed(_("This working group is closed."))


def _key(group: WorkingGroup) -> tuple[str, str]:
    return ("group", group.slug)
