"""What the secretariat does to many accounts or posts at once, and how it takes that back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from partnership.accounts import endings
from partnership.accounts.models import User
from partnership.audit import services as audit
from partnership.audit.changes import plain
from partnership.lib.errors import Refusal
from partnership.members.models import Affiliation, DeskAct
from partnership.members.people import journal
from partnership.members.refusals import DayWrong, NothingToUndo
from partnership.members.services.posts import LATEST

Kind = DeskAct.Kind
# More than this at once is a mistake more often than a wish.
MOST = 5000


class TooManyAtOnce(Refusal):
    code = "too_many_at_once"


class OwnAccount(Refusal):
    code = "own_account"


class NobodyChosen(Refusal):
    code = "nobody_chosen"


# --- Which rows an act would change --------------------------------------------------------


def to_disable(people: QuerySet[User], *, by: User) -> QuerySet[User]:
    """Of these people, the accounts that are open; never the own one."""
    return people.filter(is_active=True).exclude(pk=by.pk)


def to_enable(people: QuerySet[User]) -> QuerySet[User]:
    return people.filter(is_active=False)


def to_end(people: QuerySet[User], *, last_day: date, at: datetime, where: Q) -> Any:
    """The posts of these people that run beyond a day, at one place or everywhere."""
    if last_day > at.date() + LATEST:
        raise DayWrong(_("Name a last day within the next twelve months."))
    beyond = Q(ends_on__isnull=True) | Q(ends_on__gt=last_day)
    mine = Affiliation.objects.filter(where, beyond, begins_on__lte=last_day)
    return mine.filter(person__in=people.order_by().values("pk"))


# --- Acts --------------------------------------------------------------------------------


@transaction.atomic
def disable(people: QuerySet[User], *, by: User, at: datetime) -> DeskAct:
    """Nobody of these signs in any more; their sessions end."""
    act, rows = _begin(Kind.DISABLE, to_disable(people, by=by), {"is_active": False}, by, at)
    keys = [row.pk for row in rows]
    User.objects.filter(pk__in=keys).update(is_active=False)
    endings.end_all_of(keys, at=at)
    return act


@transaction.atomic
def enable(people: QuerySet[User], *, by: User, at: datetime) -> DeskAct:
    """These may sign in again."""
    act, rows = _begin(Kind.ENABLE, to_enable(people), {"is_active": True}, by, at)
    User.objects.filter(pk__in=[row.pk for row in rows]).update(is_active=True)
    return act


@transaction.atomic
def end_posts(posts: Any, *, last_day: date, by: User, at: datetime) -> DeskAct:
    """End the posts that `to_end` found with their last day. Nothing deletes a line."""
    act, rows = _begin(Kind.END_POSTS, posts, {"ends_on": last_day}, by, at)
    Affiliation.objects.filter(pk__in=[row.pk for row in rows]).update(ends_on=last_day)
    return act


VERBS = {
    Kind.DISABLE: "person.disable",
    Kind.ENABLE: "person.enable",
    Kind.END_POSTS: "post.end",
}


def _begin(
    kind: DeskAct.Kind, found: Any, after: dict[str, Any], by: User, at: datetime
) -> tuple[DeskAct, list[Any]]:
    """Lock the rows, and write down the act with what they hold, in the log too."""
    rows = list(found.order_by().select_for_update(of=("self",))[: MOST + 1])
    if not rows:
        raise NobodyChosen(_("There is nothing to change: choose people to whom this applies."))
    if len(rows) > MOST:
        raise TooManyAtOnce(
            _("More than %(most)s at once are not changed. Narrow the list by its filters.")
            % {"most": MOST}
        )
    act = DeskAct.objects.create(kind=kind, at=at, by=by, number=len(rows))
    journal.write(act, rows, after)
    audit.record(f"desk.{kind}", at=at, by=by, of=_act(act), changes={"rows": len(rows)})
    audit.record_each(VERBS[kind], at=at, by=by, of=[_line(row, after, act) for row in rows])
    return act, rows


def _act(act: DeskAct) -> tuple[str, str]:
    return ("act", str(act.uuid))


def _line(row: Any, after: dict[str, Any], act: DeskAct) -> tuple[str, str, dict[str, Any]]:
    """One row's line in the log: old and new, and the act that it was part of."""
    changes = {name: [plain(getattr(row, name)), plain(new)] for name, new in after.items()}
    return (*_name(row), {**changes, "act": str(act.uuid)})


def _name(row: Any) -> tuple[str, str]:
    is_person = isinstance(row, User)
    return ("person", str(row.uuid)) if is_person else ("affiliation", str(row.pk))


# --- Taking back --------------------------------------------------------------------------


@transaction.atomic
def undo(act: DeskAct, *, by: User, at: datetime) -> int:
    """Put back what is as the act left it; says how many rows. What changed since stays."""
    mine = DeskAct.objects.filter(
        pk=act.pk, undone_at__isnull=True, at__gt=at - DeskAct.UNDO_FOR
    ).exclude(kind=Kind.MERGE)
    if not mine.update(undone_at=at, undone_by=by):
        raise NothingToUndo(_("This can no longer be put back: seven days have passed, or it was."))
    if act.kind == Kind.ENABLE and act.changes.filter(table="user", key=str(by.pk)).exists():
        raise OwnAccount(_("This would disable your own account: somebody else has to do it."))
    restored = journal.put_back(act)
    if not restored:
        raise NothingToUndo(_("Each of these rows was changed since: nothing is left to put back."))
    _end_sessions(restored, at)
    told = {"rows": len(restored), "kind": act.kind}
    audit.record("desk.undo", at=at, by=by, of=_act(act), changes=told)
    named = [(*_name(row), {"act": str(act.uuid)}) for row in restored]
    audit.record_each("desk.undone", at=at, by=by, of=named)
    return len(restored)


def _end_sessions(restored: list[Model], at: datetime) -> None:
    """Of those who are disabled again."""
    closed = [row.pk for row in restored if isinstance(row, User) and not row.is_active]
    if closed:
        endings.end_all_of(closed, at=at)
