from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from partnership.jobs import services
from partnership.jobs.models import ENDED, LIVE, Job
from partnership.jobs.services import Breaker, JobFinished
from tests.factories.jobs import START
from tests.properties import examples

ACTS = st.one_of(
    st.tuples(st.just("enqueue"), st.sampled_from("ab")),
    st.tuples(st.just("claim"), st.integers(0, 3)),
    st.tuples(st.sampled_from(["beat", "step", "finish", "fail", "give_up"]), st.integers(0, 5)),
    st.tuples(st.just("cancel"), st.integers(0, 3)),
    st.tuples(st.just("sweep"), st.just(0)),
    st.tuples(st.just("wait"), st.sampled_from([1, 12, 25, 60])),
)


class World:
    """Workers, people and a clock that do what they like to a few jobs."""

    def __init__(self) -> None:
        self.at = START
        self.claims: list[Job] = []
        self.finished: list[int] = []
        self.ends: dict[int, tuple] = {}

    def act(self, verb: str, which: object) -> None:
        getattr(self, verb)(which)
        self.check()

    def enqueue(self, key: str) -> None:
        services.enqueue("jobs.trial", at=self.at, key=key)

    def claim(self, place: int) -> None:
        for pk in Job.objects.order_by("pk").values_list("pk", flat=True)[place : place + 1]:
            if claimed := services.claim(pk, at=self.at):
                self.claims.append(claimed)

    def beat(self, place: int) -> None:
        for job in self.worker(place):
            assert services.beat(job, at=self.at) == self.holds(job)

    def step(self, place: int) -> None:
        for job in self.worker(place):
            services.progress(job, done=1, total=2, sentence="", at=self.at)

    def finish(self, place: int) -> None:
        for job in self.worker(place):
            if services.finish(job, result={}, at=self.at):
                self.finished.append(job.pk)

    def fail(self, place: int) -> None:
        for job in self.worker(place):
            services.fail(job, error="no", at=self.at)

    def give_up(self, place: int) -> None:
        for job in self.worker(place):
            services.close_cancelled(job, at=self.at)

    def cancel(self, place: int) -> None:
        for job in Job.objects.order_by("pk")[place : place + 1]:
            try:
                services.cancel(job, at=self.at)
            except JobFinished:
                assert job.state in ENDED

    def sweep(self, _: object) -> None:
        services.sweep(at=self.at)

    def wait(self, seconds: int) -> None:
        self.at += timedelta(seconds=seconds)

    def worker(self, place: int) -> list[Job]:
        return self.claims[place : place + 1]

    def holds(self, job: Job) -> bool:
        return Job.objects.filter(pk=job.pk, state="running", fence=job.fence).exists()

    def check(self) -> None:
        """What must be true after every act."""
        fences = [(job.pk, job.fence) for job in self.claims]
        assert len(fences) == len(set(fences))
        assert len(self.finished) == len(set(self.finished))
        rows = list(Job.objects.values_list("pk", "state", "tries", "fence", "finished_at", "key"))
        live = [row[5] for row in rows if row[1] in LIVE]
        assert len(live) == len(set(live))
        for pk, state, tries, fence, *rest in rows:
            assert tries == fence <= services.TRIES
            if pk in self.ends:
                assert self.ends[pk] == (state, tries, fence, *rest)
            elif state in ENDED:
                self.ends[pk] = (state, tries, fence, *rest)

    def run_on(self) -> None:
        """Every worker of before is dead; new ones do what is there."""
        for _ in range(2 * services.TRIES):
            self.at += timedelta(minutes=1)
            services.sweep(at=self.at)
            for pk in Job.objects.live().values_list("pk", flat=True):
                if claimed := services.claim(pk, at=self.at):
                    assert services.finish(claimed, result={}, at=self.at)


@pytest.mark.django_db
@examples(
    40, database=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(st.lists(ACTS, max_size=25))
def test_whatever_happens_a_job_ends_once_and_never_hangs(acts):
    Breaker.open_until = float("inf")
    Job.objects.all().delete()
    world = World()

    world.enqueue("a")
    for verb, which in acts:
        world.act(verb, which)
    world.run_on()

    assert not Job.objects.live().exists()
