"""Answers that a trainer loads from a learner's file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from courses.learning import answers_file, attempt_notices
from courses.learning.answers_file import AnswersFile, Line
from courses.learning.models import Attempt, OtherAnswer
from courses.learning.services.attempts import settle
from courses.learning.services.grading import hold
from partnership.audit import services as audit
from partnership.mail import services as mail
from partnership.mail.models import Kind
from partnership.mail.stops import Stoppable


def keep_filed(attempt: Attempt, file: AnswersFile, *, by: Any, at: datetime) -> int:
    """Keep what the server does not have beside what stands, as answers that came late; how many.

    Nothing that stands is touched: each waits for a trainer to take it or leave it aside. While
    the attempt runs they are kept all the same and can be taken only after its end: until then
    the learner alone answers, and may still say something else from any device. The same file
    again keeps nothing. The learner is told by mail. `attempt` comes from `attempt_of`.
    """
    attempt = settle(attempt, at=at)
    with transaction.atomic():
        # The same file sent twice at once: the second looks when the first is done.
        hold(Attempt.objects.filter(pk=attempt.pk))
        added = [line for line in answers_file.lines(attempt, file) if line.is_added]
        if not added:
            return 0
        _keep(attempt, added, file, at)
        told = {"answers": len(added), "made_at": file.made_at and file.made_at.isoformat()}
        of = ("attempt", str(attempt.uuid))
        audit.record("answers.load", at=at, by=by, of=of, changes=told)
        _tell(attempt, added, at=at)
    return len(added)


def _keep(attempt: Attempt, added: Iterable[Line], file: AnswersFile, at: datetime) -> None:
    ids = dict(attempt.paper.order_by().values_list("token", "pk"))
    OtherAnswer.objects.bulk_create(
        OtherAnswer(
            question_id=ids[line.question.token],
            reason=OtherAnswer.Reason.LATE,
            response=line.response,
            saw_revision=line.revision,
            device=f"{file.device[:31]} (file)".strip(),
            save_key=line.key,
            received_at=at,
        )
        for line in added
    )


def _tell(attempt: Attempt, added: list[Line], *, at: datetime) -> None:
    keys = hashlib.sha256(" ".join(line.key for line in added).encode()).hexdigest()[:16]
    subject, body = attempt_notices.file_loaded(attempt, len(added))
    learner, key = attempt.enrolment.learner, f"answers-file:{attempt.uuid}:{keys}"
    kind = Stoppable(Kind.LEARNING, learner)
    mail.queue(key, to=learner.email, subject=subject, body=body, at=at, stoppable=kind)
