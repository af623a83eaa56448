"""Which queue each kind of work waits in, so that a long import never holds a mail.

A queue is for work that may wait for one another. Workers say which queues they take.
"""

from __future__ import annotations

QUICK, MAIL, HEAVY, HARVEST = "quick", "mail", "heavy", "harvest"
# The most urgent first.
QUEUES = (QUICK, MAIL, HEAVY, HARVEST)

JOBS = {
    "jobs.trial": HEAVY,
    "search.rebuild": HEAVY,
    "courses.regrade_trial": HEAVY,
    "courses.regrade": HEAVY,
    "parcels.read": HEAVY,
    "questions.read": HEAVY,
    "imports.try": HEAVY,
    "imports.apply": HEAVY,
    "imports.undo": HEAVY,
    "library.fetch": HARVEST,
    "library.draw": HEAVY,
    "library.index": HEAVY,
    "letters.send": MAIL,
    "alerts.round": HEAVY,
    "feeds.round": HARVEST,
    "figures.take": HEAVY,
    "links.round": HARVEST,
    "links.copies": HARVEST,
    "data.export": HEAVY,
    "data.erase": HEAVY,
    "data.sweep": HEAVY,
}

# `jobs.run` is the bell of every job: it goes where its job waits.
TASKS = {
    "courses.close_overdue": QUICK,
    "courses.publish_due": QUICK,
    "courses.remind": MAIL,
    "information.ring_copies": QUICK,
    "information.ring_digests": QUICK,
    "information.ring_feeds": QUICK,
    "information.ring_links": QUICK,
    "jobs.run": HEAVY,
    "jobs.sweep": QUICK,
    "mail.deliver": MAIL,
    "members.pass_on": MAIL,
    "members.remind": MAIL,
    "site.clear_sessions": HEAVY,
    "site.gather_links": HARVEST,
    "site.look_after_data": QUICK,
    "site.refresh_search": QUICK,
    "site.ring_figures": QUICK,
    "site.sweep_data": QUICK,
}


def queue_of(kind: str) -> str:
    """Where a job of a kind waits; one that is gone waits with the long ones."""
    return JOBS.get(kind, HEAVY)


def kinds_of(queue: str) -> list[str]:
    """The kinds of jobs that wait in a queue."""
    return [kind for kind, name in JOBS.items() if name == queue]
