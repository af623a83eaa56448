"""Two accounts of one person become one, and two again within thirty days.

What moves is written in `MOVES`; what would stand beside its twin there is kept aside, with the
account that is closed, and nothing is deleted. Tables of subjects above this one are found by the
keys to people that they declare.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from partnership.accounts import endings
from partnership.accounts.models import User
from partnership.audit import services as audit
from partnership.lib.errors import Refusal
from partnership.lib.values import as_json
from partnership.members.models import DeskAct, DeskChange
from partnership.members.people import journal
from partnership.members.refusals import NothingToUndo


@dataclass(frozen=True)
class Move:
    """How the rows of one key to a person move. Of twins by `same` the further one wins."""

    also: dict[str, Any] = field(default_factory=dict)
    same: str = ""
    further: tuple[str, str] = ("", "")


MOVES: dict[str, Move] = {
    "account.EmailAddress.user": Move(also={"primary": False}),
    "partnership.Affiliation.person": Move(),
    "partnership.JoinRequest.person": Move(),
    "partnership.GroupSeat.person": Move(),
    "partnership.MailStop.person": Move(),
    **{f"partnership.{name}.person": Move() for name in ("Alert", "Digest", "DigestHit")},
    "partnership.CaseDraft.by": Move(),
    "courses.Enrolment.learner": Move(same="edition_id", further=("completed_at", "completions")),
    "courses.Certificate.learner": Move(),
}
# How somebody signs in, what gives rights, and what was said or asked for with that account: never
# given to another by the way.
STAYS = frozenset(
    {
        *("admin.LogEntry.user", "mfa.Authenticator.user", "partnership.RoleGrant.person"),
        *("partnership.MailedCode.person", "partnership.AddressChange.person"),
        "partnership.Recovery.person",
        *("partnership.FactorTries.person", "partnership.SignIn.person"),
        *("partnership.FocalTerm.person", "partnership.KnownColumns.person"),
        *("partnership.Handover.giver", "partnership.Handover.taker"),
        *("partnership.ApiToken.person", "partnership.Consent.person"),
        *("partnership.DataExport.person", "partnership.OutboxMessage.reader"),
        "partnership.LetterRecipient.person",
        *("courses.CourseTrainer.person", "courses.Writing.person"),
        "courses.Review.reviewer",
    }
)


class NotToBeMerged(Refusal):
    code = "not_to_be_merged"


@dataclass
class Part:
    """What becomes of the rows of one key: those that move, and those kept aside."""

    name: str
    moved: list[str]
    aside: list[str]


def keys_to_people() -> Iterator[models.ForeignKey]:
    """Every key to a person that is more than a note of who did something."""
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            is_note = getattr(column.remote_field, "on_delete", None) is models.SET_NULL
            if column.related_model is User and not (is_note and _name(column) not in MOVES):
                yield column  # type: ignore[misc]


def _name(column: Any) -> str:
    return f"{column.model._meta.label}.{column.name}"


def preview(keep: User, gone: User, *, by: User, at: datetime) -> list[Part]:
    """What a merge would do: it is done, looked at and taken back."""
    with transaction.atomic():
        _act, parts = _merge(keep, gone, by, at)
        transaction.set_rollback(True)
    return parts


@transaction.atomic
def merge(keep: User, gone: User, *, by: User, at: datetime) -> DeskAct:
    """Move what `gone` has to `keep`, and close `gone`."""
    act, _parts = _merge(keep, gone, by, at)
    _note("person.merge", act, gone, by, at)
    return act


def _merge(keep: User, gone: User, by: User, at: datetime) -> tuple[DeskAct, list[Part]]:
    if keep == gone or by in (keep, gone):
        raise NotToBeMerged(
            _("Choose two different accounts, and neither of them your own: that is for another.")
        )
    if unknown := [_name(one) for one in keys_to_people() if _name(one) not in {*MOVES, *STAYS}]:
        raise NotToBeMerged(_("It is not decided what becomes of %(what)s.") % {"what": unknown[0]})
    # In one order, so that two merges of the same accounts wait for each other.
    list(User.objects.select_for_update().filter(pk__in=[keep.pk, gone.pk]).order_by("pk"))
    act = DeskAct.objects.create(kind=DeskAct.Kind.MERGE, at=at, by=by, into=keep, number=0)
    parts = [_part(act, one, keep, gone) for one in keys_to_people() if _name(one) in MOVES]
    _close(act, keep, gone, at)
    DeskAct.objects.filter(pk=act.pk).update(number=sum(len(part.moved) for part in parts))
    return act, parts


def _part(act: DeskAct, column: Any, keep: User, gone: User) -> Part:
    """Move the rows of one key, each for itself: the database says which cannot."""
    found, rows = Part(str(column.model._meta.verbose_name_plural), [], []), column.model
    for row in rows._base_manager.filter(**{column.name: gone}).order_by("pk"):
        told = str(_told(row))
        moved = _moved(act, column, row, keep)
        (found.moved if moved else found.aside).append(told)
    return found


def _told(row: Any) -> Any:
    """A row in words that do not name its person."""
    for name in ("email", "edition", "shown_code"):
        if hasattr(row, name):
            return getattr(row, name)
    return getattr(row, "institution", None) or getattr(row, "country", None) or row


def _moved(act: DeskAct, column: Any, row: Any, keep: User) -> bool:
    rule = MOVES[_name(column)]
    try:
        with transaction.atomic():
            _give(act, column, row, keep, rule.also)
    except IntegrityError:
        return bool(rule.same) and _took_the_place(act, column, row, keep, rule)
    return True


def _give(act: DeskAct, column: Any, row: Any, to: User, also: dict[str, Any]) -> None:
    after = {column.attname: to.pk, **also}
    journal.write(act, [row], after)
    row.__class__._base_manager.filter(pk=row.pk).update(**after)


def _took_the_place(act: DeskAct, column: Any, row: Any, keep: User, rule: Move) -> bool:
    """Of twins the one that got further is kept; the other goes aside in its place."""
    rows = column.model._base_manager
    twin = rows.filter(**{column.name: keep, rule.same: getattr(row, rule.same)}).first()
    if twin is None or _how_far(row, rule) <= _how_far(twin, rule):
        return False
    gone = getattr(row, column.name)
    with transaction.atomic(), _parking() as nobody:
        rows.filter(pk=twin.pk).update(**{column.attname: nobody.pk})
        _give(act, column, row, keep, {})
        _give(act, column, twin, gone, {})
    return True


def _how_far(row: Any, rule: Move) -> tuple[bool, int]:
    end, steps = rule.further
    return getattr(row, end) is not None, getattr(row, steps).count()


@contextmanager
def _parking() -> Iterator[User]:
    """Nobody's account, for the moment in which two rows change places."""
    nobody = User.objects.create(email=f"{uuid4()}@invalid", is_active=False)
    yield nobody
    nobody.delete()


def _close(act: DeskAct, keep: User, gone: User, at: datetime) -> None:
    """Nobody signs in to it any more; its addresses lead to the other account."""
    after: dict[str, Any] = {"is_active": False}
    journal.write(act, [gone], after)
    email = gone.email
    if EmailAddress.objects.filter(user=keep, email__iexact=email).exists():
        # The journal keeps no address: undone, the account has that of the row that comes back.
        after["email"] = f"merged-{gone.uuid}@invalid"
    User.objects.filter(pk=gone.pk).update(**after)
    endings.end_all(gone, at=at)


def _note(verb: str, act: DeskAct, gone: User, by: User, at: datetime) -> None:
    keep: Any = act.into
    both = {"kept": str(keep.uuid), "closed": str(gone.uuid), "act": str(act.uuid)}
    named = [("person", str(one.uuid), both) for one in (keep, gone)]
    audit.record_each(verb, at=at, by=by, of=named)


# --- Taking back ---------------------------------------------------------------------------


@transaction.atomic
def undo_merge(act: DeskAct, *, by: User, at: datetime) -> int:
    """Two accounts again, each with what it had; all of it or nothing."""
    mine = DeskAct.objects.filter(
        pk=act.pk, undone_at__isnull=True, at__gt=at - DeskAct.UNDO_MERGE_FOR
    )
    if not mine.update(undone_at=at, undone_by=by):
        raise NothingToUndo(
            _("This can no longer be put back: thirty days have passed, or it was.")
        )
    changes = list(act.changes.all())
    gone = _closed_by(act)
    if act.into is None or gone is None or any(not _is_as_left(one) for one in changes):
        raise NothingToUndo(
            _("One of these rows was changed since. Nothing was put back: it is all or nothing.")
        )
    try:
        with transaction.atomic(), _parking() as nobody:
            _back(changes, act.into, nobody)
            _open(gone)
    except IntegrityError:
        raise NothingToUndo(
            _("Something newer stands in the place of one of these rows. Nothing was put back.")
        ) from None
    endings.end_all(act.into, at=at)
    _note("person.unmerge", act, gone, by, at)
    return len(changes)


def _closed_by(act: DeskAct) -> User | None:
    change = act.changes.filter(table="user").first()
    return User.objects.filter(pk=change.key).first() if change else None


def moved_by(act: DeskAct) -> list[tuple[str, int]]:
    """How many rows of each table, in the words of lists."""
    found = act.changes.exclude(table="user").order_by().values_list("table")
    tables = _tables()
    counted = found.annotate(number=Count("pk"))
    return [(str(tables[table]._meta.verbose_name_plural), number) for table, number in counted]


def table_of(change: DeskChange) -> type[models.Model]:
    """The model of a changed row, by the name that the journal has."""
    return _tables()[change.table]


def _tables() -> dict[str, type[models.Model]]:
    moved = {name.rpartition(".")[0] for name in MOVES}
    found: list[type[models.Model]] = [User, *(apps.get_model(label) for label in moved)]
    return {model._meta.model_name or "": model for model in found}


def _is_as_left(change: DeskChange) -> bool:
    row = table_of(change)._base_manager.select_for_update().filter(pk=change.key).first()
    return row is not None and all(
        as_json(getattr(row, name)) == value for name, value in change.after.items()
    )


def _back(changes: list[DeskChange], keep: User, nobody: User) -> None:
    """Twins by way of nobody: first those that come back to the kept account give way."""
    returning = [(one, name) for one in changes for name in _columns_of(one, keep)]
    for change, name in returning:
        _set(change, {name: nobody.pk})
    later = {change.pk for change, _column in returning}
    for change in sorted(changes, key=lambda one: one.pk in later):
        _set(change, change.before)


def _columns_of(change: DeskChange, person: User) -> list[str]:
    """The columns in which this row named the person."""
    columns = table_of(change)._meta
    return [
        name
        for name, old in change.before.items()
        if columns.get_field(name).is_relation and old == person.pk
    ]


def _set(change: DeskChange, values: dict[str, Any]) -> None:
    table_of(change)._base_manager.filter(pk=change.key).update(**values)


def _open(gone: User) -> None:
    """Its own address again, where that went along with a row."""
    own = EmailAddress.objects.filter(user=gone).order_by("-primary", "pk").first()
    if own is not None and gone.email == f"merged-{gone.uuid}@invalid":
        User.objects.filter(pk=gone.pk).update(email=own.email)
