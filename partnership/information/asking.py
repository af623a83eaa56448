"""Many hosts asked side by side, politely: of one host one thing in a round.

The threads know no database; what comes is kept by the caller's own thread, as it comes. A host
that is slow holds one thread for as long as the client allows, and nobody else.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db.models import QuerySet

# Asked side by side; a round has time for three of each, and what is left comes in the next.
THREADS, MOST = 8, 24
# Nobody else asks it meanwhile, and whoever finds it after a worker died may.
CLAIM = timedelta(minutes=10)


def take_up(due: QuerySet[Any], *, at: datetime) -> list[Any]:
    """Rows for one round, of each host one. A row is claimed by moving its next try."""
    found: dict[str, Any] = {}
    for row in due.iterator(chunk_size=200):
        found.setdefault(urlsplit(row.address).hostname or "", row)
        if len(found) == MOST:
            break
    return [row for row in found.values() if _claimed(due, row, at)]


def _claimed(due: QuerySet[Any], row: Any, at: datetime) -> bool:
    mine = due.filter(pk=row.pk, next_try_at=row.next_try_at)
    row.next_try_at = at + CLAIM
    return bool(mine.update(next_try_at=row.next_try_at))


def side_by_side(
    rows: list[Any], ask: Callable[[Any], Any], keep: Callable[[Any, Any, int], None]
) -> None:
    """Ask of each row; `keep` is given the row, what came of it, and the how manieth that is."""
    with ThreadPoolExecutor(THREADS, thread_name_prefix="asking") as threads:
        asked = {threads.submit(ask, row): row for row in rows}
        for number, future in enumerate(as_completed(asked), start=1):
            keep(asked[future], future.result(), number)
