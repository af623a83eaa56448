"""Mails that come back: how each is named to the servers on its way, and what their reports say.

A report (RFC 3464) is written by any server of the world, so nothing in it is believed but the
number of one of our mails, which only its recipient and the servers before them have seen.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from typing import Any
from uuid import UUID

from django.conf import settings

log = logging.getLogger(__name__)

# A report is a few kilobytes, with the mail that it is about perhaps a hundred.
MOST_BYTES, MOST_PARTS = 1_000_000, 50
MOST_LETTERS = 250
NUMBER = r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}"
# Headers in which servers keep the address that a report was sent to.
ADDRESSED = ("To", "Delivered-To", "X-Original-To", "Envelope-To")


@dataclass(frozen=True)
class Report:
    """That one of our mails could not be delivered, and why, in the words of the server."""

    number: UUID
    reason: str


def message_id(number: UUID) -> str:
    """The same at each try: a server that got a mail twice shows it once."""
    return f"<{number}@{_domain()}>"


def return_address(number: UUID) -> str:
    """Where a report about this mail goes, or nothing where no address takes them."""
    box, _at, domain = settings.MAIL_BOUNCES.partition("@")
    return f"{box}+{number.hex}@{domain}" if domain else ""


def read(raw: bytes) -> Report | None:
    """The report that this message is; None for every other message, and for garbage."""
    try:
        return _read(message_from_bytes(raw[:MOST_BYTES]))
    except Exception:
        # Whatever it was, it must not stop those behind it.
        log.warning("a message that came back could not be read", exc_info=True)
        return None


def _read(message: Message) -> Report | None:
    failed, number = None, _number_in(_addresses(message), _returned())
    for part in _parts(message):
        match part.get_content_type():
            case "message/delivery-status":
                failed = failed or _failed(part)
            case "message/rfc822" | "message/global" | "text/rfc822-headers":
                number = number or _number_in(_original_id(part), _named())
    return Report(number, _told(failed)) if failed is not None and number else None


def _parts(message: Message) -> Iterator[Message]:
    """Those of the report itself: what lies inside the mail that came back is not part of it."""
    payload: Any = message.get_payload() if message.is_multipart() else []
    yield from payload[:MOST_PARTS]


def _failed(part: Message) -> Message | None:
    """The block of the recipient whom the mail did not reach. One that is only late is none."""
    blocks: Any = part.get_payload() if part.is_multipart() else []
    for block in blocks[:MOST_PARTS]:
        if str(block.get("Action", "")).strip().lower() == "failed":
            return block
    return None


def _original_id(part: Message) -> str:
    payload: Any = part.get_payload()
    if isinstance(payload, list):
        original = payload[0] if payload else Message()
    else:
        written: Any = part.get_payload(decode=True)
        original = message_from_bytes(written or b"")
    return str(original.get("Message-ID", ""))


def _addresses(message: Message) -> str:
    return " ".join(str(value) for name in ADDRESSED for value in message.get_all(name, []))


def _told(block: Message) -> str:
    """One line: the status, and what the server said."""
    _kind, _semicolon, said = str(block.get("Diagnostic-Code", "")).partition(";")
    words = f"{block.get('Status', '')} {said}"
    line = "".join(letter if letter.isprintable() else " " for letter in words)
    return " ".join(line.split())[:MOST_LETTERS] or "failed"


def _named() -> str:
    return rf"<({NUMBER})@{re.escape(_domain())}>"


def _returned() -> str:
    box, _at, domain = settings.MAIL_BOUNCES.partition("@")
    return rf"(?<![\w.+-]){re.escape(box)}\+({NUMBER})@{re.escape(domain)}" if domain else r"(?!)"


def _number_in(text: str, pattern: str) -> UUID | None:
    found = re.search(pattern, text[:MOST_BYTES], re.IGNORECASE)
    return UUID(found[1]) if found else None


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
