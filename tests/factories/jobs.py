from __future__ import annotations

from datetime import UTC, datetime, timedelta

import factory

from partnership.jobs.models import Job

START = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)


class JobFactory(factory.django.DjangoModelFactory):
    """A waiting job, due at `START`."""

    class Meta:
        model = Job

    class Params:
        running = factory.Trait(
            state=Job.State.RUNNING,
            started_at=START,
            lease_until=START + timedelta(seconds=20),
            fence=1,
            tries=1,
        )
        ended = factory.Trait(state=Job.State.DONE, finished_at=START)

    kind = "jobs.trial"
    key = factory.Sequence(lambda n: f"job-{n}")
    created_at = START
    run_at = START
    rung_at = START
