"""The round of a morning, done by a worker: one mail for each reader to whom something is new.

A batch is read and put into words first, and written in one transaction that begins with the job's
step: a worker that was thought dead writes nothing of it. The mail, what it told and when the next
one comes stand in that transaction together, so a worker may be killed anywhere. The key of a mail
names its reader and its morning.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnership.information.alerts import choosing, mornings, queries
from partnership.information.alerts.reading import Batch, Letterbox, batch
from partnership.information.models import Digest, DigestHit
from partnership.jobs.kinds import Steps
from partnership.mail import services as mail
from partnership.mail import texts
from partnership.mail.models import Kind, OutboxMessage
from partnership.mail.stops import Stoppable

log = logging.getLogger(__name__)

BATCH = 100
# What was written at the moment of a mail may be seen only after it: the next one looks again.
OVERLAP = timedelta(days=2)
NAMED = 3
LONGEST_NAME = 40


@dataclass(frozen=True)
class Group:
    """What is new in one thing, as a mail tells it."""

    name: str
    address: str
    lines: list[dict[str, str]]
    more: int


def go_round(steps: Steps, *, at: datetime) -> dict[str, Any]:
    """Until nobody is left whose morning has come."""
    written, done = 0, steps.done
    while (found := batch(at, BATCH)).boxes:
        mails = {box.digest.pk: one for box in found.boxes if (one := _mail(box, found, at))}
        left = Digest.objects.due(at).count() - len(found.boxes)
        done += len(found.boxes)
        with transaction.atomic():
            told = _("Looked for news for %(n)s of %(all)s people")
            steps.step(done, done + left, told % {"n": done, "all": done + left})
            written += _write(found.boxes, mails, at)
    return {"mails": written}


def _write(boxes: Sequence[Letterbox], mails: dict[int, OutboxMessage], at: datetime) -> int:
    """Each mail with what it told and when the next comes. Who chose anew meanwhile is left."""
    rows = {box.digest.pk: box.digest.next_at for box in boxes}
    held = Digest.objects.select_for_update(of=("self",)).filter(pk__in=list(rows))
    still = {row.pk for row in held if row.next_at == rows[row.pk]}
    boxes = [box for box in boxes if box.digest.pk in still]
    OutboxMessage.objects.bulk_create(mails[pk] for pk in sorted(mails.keys() & still))
    DigestHit.objects.bulk_create(
        DigestHit(person_id=box.digest.person_id, kind=one.kind, key=one.key, at=at)
        for box in boxes
        if box.digest.pk in mails
        for part in box.chosen
        for one in part.news
    )
    for box in boxes:
        _move_on(box, at, is_lost=bool(box.chosen) and box.digest.pk not in mails)
    Digest.objects.bulk_update([box.digest for box in boxes], ["since", "next_at", "zone"])
    return len(mails.keys() & still)


def _move_on(box: Letterbox, at: datetime, *, is_lost: bool) -> None:
    """Set the next mail. What could not be put into words is still new then."""
    digest = box.digest
    digest.zone = box.person.time_zone
    digest.next_at = mornings.after(at, digest.rhythm, digest.zone)
    if not is_lost:
        digest.since = max(digest.since, at if box.is_silent else at - OVERLAP)


def _mail(box: Letterbox, found: Batch, at: datetime) -> OutboxMessage | None:
    """One that cannot be put into words must not keep those of all others back."""
    if not box.chosen:
        return None
    try:
        with translation.override(box.person.language or settings.LANGUAGE_CODE):
            return mail_to(box, found.things, at)
    except Exception:
        log.exception("no digest for %s", box.person.uuid)
        return None


def mail_to(box: Letterbox, things: dict[str, queries.Thing], at: datetime) -> OutboxMessage:
    """The mail in the language that is spoken now, not kept anywhere yet."""
    most = choosing.most_of_each(len(box.chosen))
    groups = [_group(part, things, most) for part in box.chosen]
    context = {
        "name": box.person.name,
        "groups": groups,
        "page": settings.SITE_ADDRESS + reverse("alerts:mine"),
        "rhythm": box.digest.rhythm,
    }
    assert box.digest.next_at is not None
    return mail.unwritten(
        f"digest:{box.person.uuid}:{box.digest.next_at.isoformat()}",
        to=box.person.email,
        subject=_subject(groups, sum(len(part.news) for part in box.chosen)),
        body=texts.write("information/alerts/mail/digest.txt", context),
        at=at,
        stoppable=Stoppable(Kind.ALERTS, box.person),
    )


def _group(part: choosing.Chosen, things: dict[str, queries.Thing], most: int) -> Group:
    thing = queries.thing_of(part.alert, things) or queries.Thing(part.alert.key, "/")
    shown = part.news if len(part.news) <= most + 1 else part.news[:most]
    return Group(
        _line(thing.name),
        settings.SITE_ADDRESS + thing.address,
        [
            {
                "title": _line(one.title),
                "note": _line(one.note),
                "address": settings.SITE_ADDRESS + one.address,
            }
            for one in shown
        ],
        len(part.news) - len(shown),
    )


def _line(words: Any) -> str:
    """On one line: titles are written by others."""
    return " ".join(str(words).split())


def _subject(groups: Sequence[Group], count: int) -> str:
    names = ", ".join(Truncator(group.name).chars(LONGEST_NAME) for group in groups[:NAMED])
    more = "…" if len(groups) > NAMED else ""
    told = ngettext("%(count)s new item: %(names)s", "%(count)s new items: %(names)s", count)
    return told % {"count": count, "names": names + more}
