from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from partnership.celery import TASK_MODULES, app
from partnership.jobs.kinds import HANDLERS
from partnership.jobs.queues import JOBS, MAIL, QUEUES, QUICK, TASKS

ROOT = Path(__file__).parents[1]
BROKER = """
import base64, json, os, pathlib, threading
os.environ["DJANGO_SETTINGS_MODULE"] = "partnership.settings"
import django
django.setup()
from partnership.jobs import services
from partnership.jobs.tasks import sweep
for call, args in (
    (services.ring, (7, "imports.apply")), (services.ring, (8, "letters.send")),
    (sweep.apply_async, ())):
    thread = threading.Thread(target=call, args=args)
    thread.start()
    thread.join()
folder = pathlib.Path(os.environ["PARTNERSHIP_VAR"], "broker", "queue")
for message in sorted(folder.iterdir()):
    properties = json.loads(message.read_text())
    body = json.loads(base64.b64decode(properties["body"]))
    queue = properties["properties"]["delivery_info"]["routing_key"]
    print(properties["headers"]["task"], body[0], queue)
"""


@pytest.fixture(autouse=True)
def _loaded() -> None:
    app.loader.import_default_modules()


def own_tasks() -> set[str]:
    return {name for name in app.tasks if not name.startswith("celery.")}


def test_every_task_module_is_named_to_the_workers():
    files = [*ROOT.glob("partnership/**/tasks.py"), *ROOT.glob("courses/**/tasks.py")]

    modules = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in files]

    assert sorted(TASK_MODULES) == sorted(modules)


def test_every_job_and_every_task_names_its_queue():
    assert (set(JOBS), set(TASKS)) == (set(HANDLERS), own_tasks())
    assert {*JOBS.values(), *TASKS.values()} == set(QUEUES)


def test_every_task_goes_to_the_queue_that_it_names():
    routed = {name: app.amqp.router.route({}, name)["queue"].name for name in own_tasks()}

    assert routed == TASKS


def test_beat_rings_for_these_tasks_that_often():
    rhythm = {entry["task"]: entry["schedule"] for entry in app.conf.beat_schedule.values()}

    assert rhythm == {
        "courses.close_overdue": 60.0,
        "courses.publish_due": 60.0,
        "courses.remind": 3600.0,
        "information.ring_copies": 3600.0,
        "information.ring_digests": 60.0,
        "information.ring_feeds": 300.0,
        "information.ring_links": 600.0,
        "jobs.sweep": 15.0,
        "mail.deliver": 20.0,
        "members.pass_on": 3600.0,
        "members.remind": 3600.0,
        "site.clear_sessions": 86_400.0,
        "site.gather_links": 3600.0,
        "site.look_after_data": 3600.0,
        "site.refresh_search": 86_400.0,
        "site.ring_figures": 3600.0,
        "site.sweep_data": 86_400.0,
    }
    assert set(rhythm) <= own_tasks()


def test_a_ring_that_nobody_heard_is_not_made_up_for_and_outlives_a_clock_that_is_minutes_off():
    often = [entry for entry in app.conf.beat_schedule.values() if entry["schedule"] < 60]

    assert [entry["options"]["expires"] for entry in often] == [300, 300]


def test_workers_listen_to_every_queue_there_is():
    from partnership.management.commands.run import children

    argv = [" ".join(child.argv) for child in children(8000, "http://localhost:8000/")]

    taken = [line.split(" -Q ")[1].split()[0].split(",") for line in argv if " -Q " in line]
    assert sorted(name for names in taken for name in names) == sorted(QUEUES)
    # None of these waits for one that takes long.
    assert [QUICK] in taken
    assert [MAIL] in taken


def test_a_worker_takes_the_queues_of_its_environment_and_no_other_hears_their_rings():
    found = [(queue.name, queue.exchange.name, queue.routing_key) for queue in app.conf.task_queues]

    # Two queues of one exchange and key would both be rung.
    assert found == [(name, name, name) for name in settings.WORKER_QUEUES]


def test_a_message_from_any_thread_goes_to_our_own_broker(tmp_path: Path):
    out = subprocess.run(
        [sys.executable, "-c", BROKER],
        cwd=ROOT,
        env={"PARTNERSHIP_VAR": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert sorted(out.stdout.splitlines()) == [
        "jobs.run [7] heavy",
        "jobs.run [8] mail",
        "jobs.sweep [] quick",
    ]


def test_a_worker_waits_for_its_broker_however_long_it_is_away():
    assert app.conf.broker_connection_max_retries is None
    assert app.conf.broker_connection_retry_on_startup
