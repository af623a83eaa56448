"""Messages that a restarted broker lost: their jobs are rung for again while a worker lives."""

from __future__ import annotations

from datetime import timedelta

import pytest

from partnership.jobs import pulses, services
from partnership.jobs.models import Job
from tests.factories.jobs import START, JobFactory

pytestmark = pytest.mark.django_db


LIVES = {"only beat lives": (pulses.BEAT, ""), "only one of other queues": ("mail@host", "mail")}


def after(seconds: float):
    return START + timedelta(seconds=seconds)


def waiting_long() -> Job:
    """It was rung for two minutes after it was asked for, and would be again after two more."""
    return JobFactory(run_at=START - timedelta(minutes=2), rung_at=START)


@pytest.mark.parametrize("is_overtaken", [False, True])
def test_bells_that_were_lost_with_their_broker_are_rung_again_soon(bell, is_overtaken):
    if is_overtaken:
        services.claim(JobFactory(rung_at=after(5)).pk, at=after(15))
    jobs = [waiting_long() for _ in range(services.FEW + 1)]
    pulses.note("work@host", at=after(20), queues="heavy")

    assert [services.sweep(at=after(second)) for second in (19, 21)] == [0, services.FEW]
    assert bell == [job.pk for job in jobs[: services.FEW]]


@pytest.mark.parametrize("how", ["nobody lives", "one takes jobs", *LIVES])
def test_what_waits_long_is_left_where_nobody_lives_or_somebody_takes_jobs(bell, how):
    waiting_long()
    if how != "nobody lives":
        name, queues = LIVES.get(how, ("work@host", "heavy harvest"))
        pulses.note(name, at=after(20), queues=queues)
    if how == "one takes jobs":
        in_turn = JobFactory(run_at=START - timedelta(minutes=3), rung_at=after(5))
        services.claim(in_turn.pk, at=after(15))

    assert services.sweep(at=after(30)) == 0
    assert bell == []
