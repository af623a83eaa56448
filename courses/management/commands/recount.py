"""Complete what is complete by the events stored, and issue the certificates that are missing.

Nothing is ever taken away: a completion or a certificate stands, whatever was changed since.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Q, QuerySet

from courses.learning import requirements
from courses.learning.models import Enrolment
from courses.learning.services.completion import complete_if_met
from partnership.lib import clock


class Command(BaseCommand):
    help = "Count progress anew from what was done, and say what that changed."

    def handle(self, *args: Any, **options: Any) -> None:
        completed, issued = 0, 0
        for enrolment in _unfinished():
            was_completed = enrolment.completed_at is not None
            certificate = complete_if_met(enrolment, at=clock.now())
            if not was_completed and enrolment.completed_at is not None:
                completed += 1
                self.stdout.write(f"completed: {_named(enrolment)}")
            if certificate is not None:
                issued += 1
                self.stdout.write(f"certificate {certificate.shown_code}: {_named(enrolment)}")
        self.stdout.write(
            f"{Enrolment.objects.count()} enrolments, {completed} completed now, "
            f"{issued} certificates issued now."
        )


def _unfinished() -> QuerySet[Enrolment]:
    """What is complete without being marked so, and what is completed without a certificate."""
    met = requirements.met(Enrolment.objects.filter(completed_at__isnull=True))
    without = requirements.without_certificate(
        Enrolment.objects.filter(learner__name_confirmed_at__isnull=False)
    )
    rows = Enrolment.objects.filter(Q(pk__in=met.values("pk")) | Q(pk__in=without.values("pk")))
    return rows.select_related("learner", "edition__course").order_by("pk")


def _named(enrolment: Enrolment) -> str:
    # The log of a command names nobody: by the key that says nothing outside.
    return f"{enrolment.learner.uuid}, {enrolment.edition.course.code} {enrolment.edition.number}"
