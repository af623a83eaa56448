"""One address for one page, however a feed writes it."""

from __future__ import annotations

import re
from hashlib import sha256
from urllib.parse import urljoin

from partnership.lib.outbound import NotFetched
from partnership.lib.outbound.places import read

LONGEST = 1000
# Of these a page does not depend: they tell its owner which mail or feed a reader came from.
TRACKING = re.compile(r"(utm_\w+|fbclid|gclid|mc_[ce]id|mkt_tok|at_\w+)(=.*)?", re.IGNORECASE)


def canonical(address: str, base: str = "") -> str:
    """The address of a page without what does not matter in it; empty where there is none."""
    try:
        place = read(urljoin(base, address.strip()))
    except (NotFetched, ValueError):
        return ""
    path, _mark, query = place.target.partition("?")
    kept = [part for part in query.split("&") if part and not TRACKING.fullmatch(part)]
    target = f"{path}?{'&'.join(kept)}" if kept else path
    found = f"{place.scheme}://{place.authority}{target}"
    return found if len(found) <= LONGEST else ""


def key_of(address: str) -> str:
    """The same for two ways to write one address: with or without TLS, www and a last slash."""
    rest = address.partition("://")[2].removeprefix("www.")
    path, mark, query = rest.partition("?")
    return hashed(f"{path.rstrip('/')}{mark}{query}")


def hashed(*words: str) -> str:
    return sha256("\0".join(words).encode("utf-8", "replace")).hexdigest()
