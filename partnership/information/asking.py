"""Many hosts asked side by side, politely: of one host one thing in a round.

The threads know no database; what comes is kept by the caller's own thread, as it comes. A host
that is slow holds one thread for as long as the client allows, and nobody else.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db.models import QuerySet

from partnership.lib import clock

# Asked side by side, and taken up together; what comes meanwhile is taken up after them.
THREADS, MOST = 8, 24
# Nobody else asks it meanwhile, and whoever finds it after a worker died may.
CLAIM = timedelta(minutes=10)

Step = Callable[[int, int, str], None]


def go_round(
    due: Callable[[datetime], QuerySet[Any]],
    ask: Callable[[Any], Any],
    keep: Callable[[Any, Any], str],
    step: Step,
) -> int:
    """Ask whatever is due until nothing is left of other hosts; how many were asked.

    `keep` writes what came of asking, and says in a sentence what was done.
    """
    hosts: set[str] = set()
    done = 0
    while rows := take_up(due(at := clock.now()), at=at, but=hosts):
        hosts |= {host_of(row) for row in rows}
        with ThreadPoolExecutor(THREADS, thread_name_prefix="asking") as threads:
            asked = {threads.submit(ask, row): row for row in rows}
            for number, future in enumerate(as_completed(asked), start=1):
                told = keep(asked[future], future.result())
                step(done + number, done + len(rows), told)
        done += len(rows)
    return done


def take_up(due: QuerySet[Any], *, at: datetime, but: AbstractSet[str] = frozenset()) -> list[Any]:
    """Rows to be asked now, of each host one. A row is claimed by moving its next try."""
    found: dict[str, Any] = {}
    for row in due.iterator(chunk_size=200):
        if host_of(row) not in but:
            found.setdefault(host_of(row), row)
        if len(found) == MOST:
            break
    return [row for row in found.values() if _claimed(due, row, at)]


def host_of(row: Any) -> str:
    return urlsplit(row.address).hostname or ""


def _claimed(due: QuerySet[Any], row: Any, at: datetime) -> bool:
    mine = due.filter(pk=row.pk, next_try_at=row.next_try_at)
    row.next_try_at = at + CLAIM
    return bool(mine.update(next_try_at=row.next_try_at))
