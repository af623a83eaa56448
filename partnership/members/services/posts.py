"""Posts as a delegation keeps them: begun, ended, put back, found right. Nothing deletes a line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partnership.accounts.models import User
from partnership.audit import services as audit
from partnership.audit.changes import plain
from partnership.members.models import Affiliation, Leaving
from partnership.members.refusals import AlreadyThere, DayWrong, NothingToUndo

UNDO_FOR = timedelta(days=7)
# Further ahead nobody knows when somebody leaves.
LATEST = timedelta(days=366)


@transaction.atomic
def begin_post(
    person: Any, where: dict[str, Any], *, title: str, begins_on: date, at: datetime
) -> Affiliation:
    """The post from a day on. Whoever holds it already keeps the line that there is."""
    # One at a time for each person: of two lines that exclude each other PostgreSQL lets both wait.
    User.objects.select_for_update(no_key=True).filter(pk=person.pk).first()
    place = {"country": where.get("country"), "institution": where.get("institution")}
    mine = Affiliation.objects.filter(person=person, **place)
    held = mine.between(begins_on, None).order_by("-begins_on").first()
    if held is not None and held.ends_on is None:
        return held
    if held is not None:
        begins_on = max(begins_on, held.ends_on + timedelta(days=1))
    try:
        with transaction.atomic():
            return Affiliation.objects.create(
                person=person, title=title, begins_on=begins_on, confirmed_on=at.date(), **place
            )
    except IntegrityError:
        # The same person was let in twice at once: the other line is as good.
        found = mine.between(begins_on, None).first()
        if found is None:
            raise
        return found


@transaction.atomic
def end_post(post: Affiliation, *, last_day: date, by: Any, at: datetime) -> Leaving:
    """End the line with its last day, today or before or some time ahead."""
    if last_day < post.begins_on:
        raise DayWrong(
            _("This post began on %(day)s: its last day cannot be before.")
            % {"day": post.begins_on}
        )
    if last_day > at.date() + LATEST:
        raise DayWrong(_("Name a last day within the next twelve months."))
    mine = Affiliation.objects.filter(pk=post.pk, ends_on=post.ends_on)
    if not mine.update(ends_on=last_day):
        raise AlreadyThere(_("This line was changed meanwhile. Look at the list again."))
    Leaving.objects.filter(affiliation=post, undone_at__isnull=True).update(undone_at=at)
    leaving = Leaving.objects.create(
        affiliation=post, last_day=last_day, was_until=post.ends_on, at=at, by=by
    )
    _note("post.end", post, by, at, {"ends_on": [plain(post.ends_on), plain(last_day)]})
    return leaving


@transaction.atomic
def undo_end(leaving: Leaving, *, by: Any, at: datetime) -> Affiliation:
    """Put the line back as it was, as long as nobody changed it since."""
    post = leaving.affiliation
    mine = Leaving.objects.filter(pk=leaving.pk, undone_at__isnull=True, at__gt=at - UNDO_FOR)
    if not mine.update(undone_at=at):
        raise NothingToUndo(_("This can no longer be put back: seven days have passed, or it was."))
    line = Affiliation.objects.filter(pk=post.pk, ends_on=leaving.last_day)
    try:
        with transaction.atomic():
            changed = line.update(ends_on=leaving.was_until)
    except IntegrityError:
        changed = 0
    if not changed:
        raise NothingToUndo(_("The line was changed since, or a newer one stands beside it."))
    _note(
        "post.undo_end",
        post,
        by,
        at,
        {"ends_on": [plain(leaving.last_day), plain(leaving.was_until)]},
    )
    return post


def undoable(lines: Iterable[Affiliation], at: datetime) -> set[int]:
    """Of these posts, those whose end can still be put back."""
    ended = Leaving.objects.filter(
        affiliation__in=lines, undone_at__isnull=True, at__gt=at - UNDO_FOR
    )
    return set(ended.values_list("affiliation", flat=True))


def confirm_post(post: Affiliation, *, by: Any, at: datetime) -> None:
    """The delegation says that this line is right today."""
    day = at.date()
    if Affiliation.objects.on(day).filter(pk=post.pk).update(confirmed_on=day):
        _note(
            "post.confirm", post, by, at, {"confirmed_on": [plain(post.confirmed_on), plain(day)]}
        )


def _note(verb: str, post: Affiliation, by: Any, at: datetime, changes: dict[str, Any]) -> None:
    audit.record(verb, at=at, by=by, of=("affiliation", str(post.pk)), changes=changes)
