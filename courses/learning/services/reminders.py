"""One mail to whoever has stopped in the middle of a course, which its reader can stop."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from courses.learning import notices
from courses.learning.models import Enrolment
from partnership.mail import services as mail
from partnership.mail.models import Kind
from partnership.mail.stops import Stoppable

# The rest waits for the next hour: one round does not hold the worker.
MOST = 500


def remind(*, at: datetime) -> int:
    """Remind those who are still; how many. Of two rounds at once each reminds other people."""
    rows = Enrolment.objects.still(at).order_by("active_at", "pk")
    rows = rows.select_related("learner", "edition__course", "lesson").defer("lesson__text")
    return sum(_reminded(row, at=at) for row in rows[:MOST])


@transaction.atomic
def _reminded(row: Enrolment, *, at: datetime) -> bool:
    """Only while it is still so: somebody may have come back a moment ago."""
    if not Enrolment.objects.still(at).filter(pk=row.pk).update(reminded_at=at):
        return False
    subject, body = notices.still(row)
    mail.queue(
        f"learning.still:{row.pk}:{row.active_at.isoformat()}",
        to=row.learner.email,
        subject=subject,
        body=body,
        at=at,
        stoppable=Stoppable(Kind.LEARNING, row.learner),
    )
    return True
