"""Letters as tests write them."""

from __future__ import annotations

from datetime import date
from typing import Any

from partnership.accounts.models import User
from partnership.jobs.models import Job
from partnership.lib import clock
from partnership.mail.models import OutboxMessage
from partnership.members.letters import services, tasks
from partnership.members.letters.groups import group_of
from partnership.members.models import Letter
from tests.factories.letters import ReplyDeskFactory

assert tasks  # it tells workers what the job is
TEXTS = {"en": ("The next round", "It begins on Monday.")}


def draft(by: User, circle: str = "people", *, wanted: Any = None, **more: Any) -> Letter:
    """A letter that nobody has sent, by somebody who may."""
    texts = more.pop("texts", TEXTS)
    written = services.Written(texts, "en", ReplyDeskFactory(), wanted or {}, **more)
    return services.begin(circle, written, by=by, at=clock.now())


def sent(letter: Letter, by: User) -> Job:
    letter.refresh_from_db()
    group = group_of(letter, by, date.today())
    return services.send(letter, group.seal, by=by, at=clock.now())


def mails() -> dict[str, OutboxMessage]:
    return {one.to: one for one in OutboxMessage.objects.filter(key__startswith="letter:")}
