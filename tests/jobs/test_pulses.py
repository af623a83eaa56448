from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from celery.bootsteps import Blueprint
from django.db import OperationalError

from partnership.celery import app
from partnership.jobs import pulses, tasks
from partnership.jobs.models import Pulse
from partnership.lib import clock
from tests.factories.jobs import START

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def seen() -> dict[str, tuple]:
    return {one.name: (one.started_at, one.seen_at) for one in Pulse.objects.all()}


def test_a_pulse_moves_and_a_new_start_is_told():
    for hours in (0, 1):
        pulses.note("work@host", at=START + hours * HOUR)
    assert seen() == {"work@host": (START, START + HOUR)}

    pulses.note("work@host", at=START + 2 * HOUR, is_start=True)

    assert seen() == {"work@host": (START + 2 * HOUR, START + 2 * HOUR)}


def test_who_starts_forgets_those_who_were_silent_for_a_day():
    pulses.note("work@gone", at=START)
    pulses.note("work@late", at=START + 2 * HOUR)

    pulses.note("work@host", at=START + 25 * HOUR, is_start=True)

    assert set(seen()) == {"work@late", "work@host"}


def test_a_sweep_is_the_pulse_of_beat():
    before = clock.now()

    tasks.sweep()

    assert seen()["beat"][1] >= before


@pytest.mark.parametrize(("seconds", "silent"), [(60, False), (61, True)])
def test_three_missed_beats_are_silence(seconds, silent):
    pulses.note("work@host", at=START)

    assert Pulse.objects.get().is_silent(START + timedelta(seconds=seconds)) is silent


class Timer:
    """A worker's timer that is wound by hand."""

    def call_repeatedly(self, seconds, call, arguments):
        self.seconds, self.ring = seconds, lambda: call(*arguments)
        return SimpleNamespace(cancel=lambda: setattr(self, "ring", None))


def test_each_worker_has_a_pulse_from_its_start_to_its_stop(monkeypatch):
    monkeypatch.setattr(pulses.connection, "close", lambda: None)
    (name,) = app.steps["worker"]
    queues = SimpleNamespace(consume_from={"mail": None, "quick": None})
    app_of_it = SimpleNamespace(amqp=SimpleNamespace(queues=queues))
    worker = SimpleNamespace(hostname="work@host", timer=Timer(), app=app_of_it)
    step = Blueprint(steps=[name]).load_step(name)[1](worker)

    step.start(worker)
    (first,) = seen().values()
    assert Pulse.objects.get().queues == "quick mail"
    worker.timer.ring()
    (later,) = seen().values()
    step.stop(worker)

    assert worker.timer.seconds == pulses.SECONDS
    assert later[0] == first[0] < later[1]
    assert worker.timer.ring is None


def test_a_database_that_is_away_takes_the_pulse_and_not_the_worker(monkeypatch, caplog):
    def gone(*args: object, **kwargs: object) -> None:
        raise OperationalError

    monkeypatch.setattr(pulses, "note", gone)
    monkeypatch.setattr(pulses.connection, "close", lambda: None)

    pulses._note_quietly("work@host", False, "heavy")

    assert "no pulse of work@host" in caplog.text
