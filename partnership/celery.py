"""The Celery application. A message is only a doorbell: the job row is the truth."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from celery import Celery
from django.conf import settings
from kombu import Exchange, Queue

from partnership.jobs.queues import HEAVY, TASKS

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")

# Named one by one: a task that nobody lists is never run, and a test compares this with the files.
TASK_MODULES = [
    "courses.authoring.bank.tasks",
    "courses.authoring.parcels.tasks",
    "courses.authoring.review.tasks",
    "courses.learning.tasks",
    "partnership.information.alerts.tasks",
    "partnership.information.feeds.tasks",
    "partnership.information.links.tasks",
    "partnership.information.library.tasks",
    "partnership.jobs.tasks",
    "partnership.mail.tasks",
    "partnership.members.imports.tasks",
    "partnership.members.letters.tasks",
    "partnership.members.tasks",
    "partnership.site.figures.tasks",
    "partnership.site.mydata.tasks",
    "partnership.site.tasks",
]

# Rings that nobody heard are not made up for. A worker judges that by its own clock, which may be
# minutes off: with a shorter time it would take every ring for an old one.
STALE = {"expires": 300}


def _redis(url: str) -> dict[str, Any]:
    # One second is the most that a request may ever wait for a Redis that hangs.
    timeouts = {"socket_timeout": 1.0, "socket_connect_timeout": 1.0, "max_retries": 0}
    transport = "partnership.jobs.broker:Transport"
    return {
        "broker_url": url,
        "broker_transport": transport,
        "broker_transport_options": timeouts,
    }


def _files(folder: Path) -> dict[str, Any]:
    for name in ("queue", "control", "done"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    return {
        "broker_url": "filesystem://localhost//",
        "broker_transport_options": {
            "data_folder_in": str(folder / "queue"),
            "data_folder_out": str(folder / "queue"),
            "control_folder": str(folder / "control"),
            "processed_folder": str(folder / "done"),
            "polling_interval": 0.1,
        },
    }


app = Celery("partnership")
app.conf.update(
    imports=TASK_MODULES,
    task_ignore_result=True,
    task_default_queue=HEAVY,
    task_routes={name: {"queue": queue} for name, queue in TASKS.items()},
    # What a worker takes that is not told by -Q. Whoever rings reaches every queue all the same.
    task_queues=[Queue(name, Exchange(name), name) for name in settings.WORKER_QUEUES],
    task_publish_retry=False,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_enable_remote_control=False,
    broker_connection_retry_on_startup=True,
    # A worker that gave up after an hour without broker would stay away when it is back.
    broker_connection_max_retries=None,
    timezone="UTC",
    beat_schedule={
        "sweep-jobs": {"task": "jobs.sweep", "schedule": 15.0, "options": STALE},
        "deliver-mail": {"task": "mail.deliver", "schedule": 20.0, "options": STALE},
        "close-overdue": {"task": "courses.close_overdue", "schedule": 60.0, "options": STALE},
        "publish-due": {"task": "courses.publish_due", "schedule": 60.0, "options": STALE},
        "remind-learners": {"task": "courses.remind", "schedule": 3600.0, "options": STALE},
        "ring-feeds": {"task": "information.ring_feeds", "schedule": 300.0, "options": STALE},
        "ring-digests": {"task": "information.ring_digests", "schedule": 60.0, "options": STALE},
        "ring-links": {"task": "information.ring_links", "schedule": 600.0, "options": STALE},
        "ring-copies": {"task": "information.ring_copies", "schedule": 3600.0, "options": STALE},
        "gather-links": {"task": "site.gather_links", "schedule": 3600.0},
        "pass-on-requests": {"task": "members.pass_on", "schedule": 3600.0},
        "remind-delegations": {"task": "members.remind", "schedule": 3600.0},
        "look-after-data": {"task": "site.look_after_data", "schedule": 3600.0},
        "sweep-data": {"task": "site.sweep_data", "schedule": 86_400.0},
        "ring-figures": {"task": "site.ring_figures", "schedule": 3600.0, "options": STALE},
        "clear-sessions": {"task": "site.clear_sessions", "schedule": 86_400.0},
        "refresh-search": {"task": "site.refresh_search", "schedule": 86_400.0},
    },
    **(_redis(settings.REDIS_URL) if settings.REDIS_URL else _files(settings.BROKER_DIR)),
)
# Named, not imported: models are there only when a worker starts.
app.steps["worker"].add("partnership.jobs.pulses:Pulsing")
