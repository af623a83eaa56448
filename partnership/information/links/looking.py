"""Look at an address: HEAD, then GET where that says too little. No database: runs in threads."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from partnership.information.feeds.addresses import LONGEST, key_of
from partnership.information.feeds.faults import of_status
from partnership.lib.outbound import (
    Answer,
    BadCertificate,
    Limits,
    NotFetched,
    PrivateAddress,
    TooLarge,
    WrongAddress,
    fetch,
)
from partnership.sources.models import Link

State = Link.State
LIMITS = Limits(seconds=20.0, size=300_000)
PERMANENT = {301, 308}
TITLE = re.compile(rb"<title[^>]*>(.{0,300}?)</title", re.IGNORECASE | re.DOTALL)
NOT_THERE = re.compile(
    r"\b404\b|not found|page introuvable|n’existe (pas|plus)|n'existe (pas|plus)|does not exist"
    r"|no longer (available|exists)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Seen:
    """What an address turned out to be; a fault has a code, a move an address."""

    state: str
    error: str = ""
    moved_to: str = ""


def look(link: Link) -> Seen:
    """Ask for the head, and for the page where there is no head or it is a page of text."""
    head = _asked(link.address, "HEAD")
    if isinstance(head, Answer) and head.status < 400 and not _is_text(head):
        return of_answer(link.address, head)
    if isinstance(head, WrongAddress | PrivateAddress | BadCertificate):
        return of_refusal(head)
    page = _asked(link.address, "GET")
    if isinstance(page, Answer):
        return of_answer(link.address, page)
    # The head was good: a page that is too large or too slow for us is there all the same.
    if isinstance(head, Answer) and head.status < 400:
        return of_answer(link.address, head)
    return Seen(State.GOOD) if isinstance(page, TooLarge) else of_refusal(page)


def _asked(address: str, method: str) -> Answer | NotFetched:
    try:
        return fetch(address, method=method, limits=LIMITS)
    except NotFetched as refusal:
        return refusal


def _is_text(answer: Answer) -> bool:
    return "html" in answer.headers.get("content-type", "html")


def of_refusal(refusal: NotFetched) -> Seen:
    match refusal:
        case WrongAddress() | PrivateAddress():
            return Seen(State.WRONG, refusal.code)
        case BadCertificate():
            return Seen(State.CERTIFICATE, refusal.code)
    return Seen(State.SILENT, refusal.code)


def of_answer(address: str, answer: Answer) -> Seen:
    """What a host's answer says of the address that was asked."""
    code = of_status(answer.status)
    match answer.status:
        case 404 | 410:
            return Seen(State.GONE, code)
        case 401 | 403 | 405 | 406 | 429 | 451:
            return Seen(State.CLOSED, code)
        case status if status >= 300:
            return Seen(State.SILENT, code)
    if _says_not_there(answer) or _leads_to_the_front(address, answer):
        return Seen(State.SOFT, "soft_404")
    is_for_good = answer.hops and all(status in PERMANENT for status, _ in answer.hops)
    is_elsewhere = key_of(answer.address) != key_of(address.partition("#")[0])
    if is_for_good and is_elsewhere and len(answer.address) <= LONGEST:
        return Seen(State.MOVED, moved_to=answer.address)
    return Seen(State.GOOD)


def _says_not_there(answer: Answer) -> bool:
    """The title of a page that is there does not say that it is not."""
    found = TITLE.search(answer.body)
    title = html.unescape(found[1].decode("utf-8", "replace")) if found else ""
    return bool(NOT_THERE.search(title))


def _leads_to_the_front(address: str, answer: Answer) -> bool:
    """A page that is gone is often answered with the front page."""
    asked, given = urlsplit(address), urlsplit(answer.address)
    return bool(answer.hops) and given.path.strip("/") == "" and asked.path.strip("/") != ""
