"""What became of letters: counted over the outbox, in one query for any number of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from partnership.mail.models import OutboxMessage
from partnership.members.models import Letter, LetterRecipient

Mail = OutboxMessage.State
Left = LetterRecipient.Left


@dataclass
class Outcome:
    """How many people of a letter stand where."""

    not_yet: int = 0  # not queued: the worker comes to them, or it was stopped
    mails: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    left: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    forgotten: int = 0  # the row of the mail is gone since

    @property
    def in_all(self) -> int:
        return self.not_yet + self.forgotten + sum(self.mails.values()) + sum(self.left.values())

    @property
    def gone(self) -> int:
        """Taken by the mail server, and not come back so far."""
        return self.mails[Mail.HANDED_OVER] + self.forgotten

    @property
    def back(self) -> int:
        return self.mails[Mail.BOUNCED] + self.mails[Mail.FAILED]

    @property
    def waiting(self) -> int:
        return self.mails[Mail.QUEUED] + self.mails[Mail.SENDING]

    @property
    def stopped(self) -> int:
        """By their readers, before it was queued or after."""
        return self.mails[Mail.STOPPED] + self.left[Left.STOPPED]

    @property
    def unreachable(self) -> int:
        return self.left[Left.DISABLED] + self.left[Left.UNCONFIRMED]


def outcomes(letters: Iterable[Letter]) -> dict[int, Outcome]:
    found: dict[int, Outcome] = defaultdict(Outcome)
    rows = LetterRecipient.objects.filter(letter__in=[one.pk for one in letters]).order_by()
    counted: Any = rows.values_list("letter", "left_out", "mail__state")
    for letter, left, state, n, queued in counted.annotate(n=Count("pk"), q=Count("queued_at")):
        one = found[letter]
        if left:
            one.left[left] += n
        elif state:
            one.mails[state] += n
        else:
            one.forgotten += queued
            one.not_yet += n - queued
    return found
