from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from partnership.jobs.models import Job
from tests.constraints import refused_by
from tests.factories.accounts import UserFactory
from tests.factories.jobs import START, JobFactory

pytestmark = pytest.mark.django_db
LATER = START + timedelta(minutes=1)


@pytest.mark.parametrize("second", [{}, {"running": True}])
def test_one_kind_and_key_has_one_live_job(second):
    JobFactory(key="a")

    with refused_by("job_one_live_per_key"):
        JobFactory(key="a", **second)


def test_a_job_that_ended_makes_room_for_the_next_of_its_key():
    JobFactory(key="a", ended=True)
    JobFactory(key="a", ended=True)

    assert JobFactory(key="a").state == "queued"


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("job_done_within_total", {"done": 3, "total": 2}),
        ("done", {"done": -1}),
        ("job_finished_has_a_time", {"state": "done"}),
        ("job_finished_has_a_time", {"state": "queued", "finished_at": LATER}),
        ("job_finished_has_a_time", {"state": "asleep"}),
        ("job_finished_has_a_time", {"state": "asleep", "finished_at": LATER}),
        ("job_running_has_a_lease", {"state": "running"}),
        ("job_waiting_is_not_cancelled", {"cancel_asked_at": LATER}),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(constraint, fields):
    with refused_by(constraint):
        JobFactory(**fields)


def test_people_see_their_own_jobs_and_those_who_run_the_site_see_all():
    alice, bob = UserFactory(), UserFactory()
    own = JobFactory(requested_by=alice)
    other = JobFactory(requested_by=bob)

    assert list(Job.objects.of(alice)) == [own]
    assert list(Job.objects.of(alice, sees_all=True)) == [other, own]
    assert list(Job.objects.of(AnonymousUser(), sees_all=True)) == []


@pytest.mark.parametrize(
    ("waited", "silent", "is_rung_for"),
    [
        pytest.param(0, 10, False, id="the worker has just been told"),
        pytest.param(0, 11, True, id="nobody came for ten seconds"),
        pytest.param(60, 59, False, id="after a minute, again after another minute"),
        pytest.param(60, 61, True, id="it has waited twice as long"),
        pytest.param(86_400, 299, False, id="five minutes have not passed"),
        pytest.param(86_400, 301, True, id="at least every five minutes"),
    ],
)
def test_the_longer_a_job_waits_the_rarer_it_is_rung_for(waited, silent, is_rung_for):
    rung_at = START + timedelta(seconds=waited)
    JobFactory(run_at=START, rung_at=rung_at)

    found = Job.objects.unheard(rung_at + timedelta(seconds=silent))

    assert found.exists() == is_rung_for


def test_what_waits_longest_is_rung_for_first():
    second = JobFactory(run_at=START - timedelta(minutes=1), rung_at=None)
    first = JobFactory(run_at=START - timedelta(minutes=2), rung_at=None)
    JobFactory(run_at=LATER, rung_at=None)

    assert list(Job.objects.unheard(START)) == [first, second]
