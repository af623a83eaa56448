"""What goes into one mail: a calculation over what is new, without a database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from partnership.information.alerts.news import News
from partnership.information.models import Alert

# In one mail: a list that nobody reads to its end is told by its number and its page.
MOST, FEWEST = 48, 2


@dataclass(frozen=True)
class Chosen:
    """What is new in one thing that somebody follows."""

    alert: Alert
    news: tuple[News, ...]


def chosen(
    alerts: Iterable[Alert],
    *,
    known: Mapping[int, Iterable[News]],
    told: Iterable[tuple[str, str]],
    since: datetime,
    audiences: frozenset[str],
) -> list[Chosen]:
    """Of each alert what its reader may see and was never told; each thing once in all of them.

    `known` has for each alert, by its number, what is new in it for anybody.
    """
    seen, found = set(told), []
    for alert in alerts:
        begins, fresh = max(since, alert.since), []
        for one in known.get(alert.pk, ()):
            if one.at > begins and one.audience in audiences and one.mark not in seen:
                seen.add(one.mark)
                fresh.append(one)
        if fresh:
            found.append(Chosen(alert, tuple(fresh)))
    return found


def most_of_each(groups: int) -> int:
    """How many things of each are listed, so that the whole mail stays short."""
    return max(FEWEST, MOST // max(groups, 1))
