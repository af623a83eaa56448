"""What a web archive says of one address: the copy nearest to a day. No database here.

It is asked by the availability interface of the Internet Archive, and believed only where all of
its answer holds: a copy of its own, of the very address, of a day that has been, that was good.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings

from partnership.information.feeds.addresses import key_of
from partnership.information.feeds.faults import of_status
from partnership.lib.outbound import BadAnswer, Limits, NotFetched, fetch, places
from partnership.sources.links import LONGEST_COPY

LIMITS = Limits(seconds=20.0, size=100_000)
COPY = re.compile(r"https?://([a-z0-9.-]+)/web/(\d{14})/(https?://\S+)", re.ASCII)


@dataclass(frozen=True)
class Copy:
    """Where an archive keeps a page as it was on a day."""

    address: str
    on: date


@dataclass(frozen=True)
class Said:
    """A copy, or that there is none; or the code of what kept the archive from saying so."""

    copy: Copy | None = None
    error: str = ""


def nearest(address: str, day: date | None, *, today: date) -> Said:
    """Ask for the copy nearest to a day, or for the newest. Whatever is answered gives a `Said`."""
    wanted = f"?url={quote(address.partition('#')[0], safe='')}"
    wanted += f"&timestamp={day:%Y%m%d}" if day else ""
    if len(settings.ARCHIVE_URL + wanted) > places.LONGEST:
        return Said()
    try:
        answer = fetch(settings.ARCHIVE_URL + wanted, limits=LIMITS)
    except NotFetched as refusal:
        return Said(error=refusal.code)
    if answer.status != 200:
        return Said(error=of_status(answer.status))
    try:
        told = json.loads(answer.body)
    except (ValueError, RecursionError):
        return Said(error=BadAnswer.code)
    return Said(copy_in(told, address, today=today))


def copy_in(told: Any, address: str, *, today: date) -> Copy | None:
    """The copy that an answer tells of, or nothing where any of it does not hold."""
    closest = _part(_part(told, "archived_snapshots"), "closest")
    if closest.get("available") is not True or closest.get("status") != "200":
        return None
    url, moment = closest.get("url"), closest.get("timestamp")
    found = COPY.fullmatch(url) if isinstance(url, str) else None
    if not found or found[2] != moment or not _is_its_own(found[1]):
        return None
    try:
        on = datetime.strptime(f"{found[2]}Z", "%Y%m%d%H%M%S%z").date()
        page = places.read(found[3]).address
        is_same = key_of(page) == key_of(places.read(address).address)
    except (NotFetched, ValueError):
        return None
    kept = f"https://{found[1]}/web/{found[2]}/{page}"
    return Copy(kept, on) if is_same and on <= today and len(kept) <= LONGEST_COPY else None


def _part(told: Any, name: str) -> dict[str, Any]:
    found = told.get(name) if isinstance(told, dict) else None
    return found if isinstance(found, dict) else {}


def _is_its_own(host: str) -> bool:
    """The host of the service, or one below it: archive.org answers of web.archive.org."""
    own = urlsplit(settings.ARCHIVE_URL).hostname or ""
    return host == own or host.endswith(f".{own}")
