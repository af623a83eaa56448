"""Read a feed as its host sent it: Atom, RSS 2.0 and RSS 1.0. No database, no clock.

What is no feed is refused as a whole; an entry without an address of a public page is left out.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import nh3
from lxml import etree

from partnership.information.feeds.addresses import canonical, hashed, key_of
from partnership.lib.errors import Refusal

MOST_ENTRIES = 200
# Of one text before it is cleaned; and as it is kept.
MOST_LETTERS, TITLE, SUMMARY = 20_000, 300, 600
# Controls, and signs that turn or hide what follows; joiners and marks of direction are letters.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ufeff]+")
ROOTS = {"rss", "feed", "RDF"}
SUMMARIES = ("description", "summary", "content", "encoded")
DAYS = ("published", "pubDate", "issued", "date", "updated")


class NotAFeed(Refusal):
    code = "not_a_feed"


@dataclass(frozen=True)
class Entry:
    """What a feed says of one page, as plain text; the keys tell one page from another."""

    title: str
    address: str
    summary: str
    published_at: datetime | None
    identity: str

    @property
    def address_key(self) -> str:
        return key_of(self.address)

    @property
    def content_key(self) -> str:
        """Of the words and their day. A title alone may stand over many pages: it tells nothing."""
        if not self.summary or not self.published_at:
            return ""
        return hashed(self.title, self.summary, self.published_at.isoformat())


def read(body: bytes, base: str) -> list[Entry]:
    """The entries as they stand, of one page one. An id that several pages bear is no id."""
    found = [
        (_id(element), entry)
        for element in _elements(_root(body))
        if (entry := _entry(element, base))
    ]
    pages = Counter(name for name, _ in {(name, entry.address_key) for name, entry in found})
    entries: dict[str, Entry] = {}
    for name, entry in found:
        is_an_id = name and pages[name] == 1
        identity = hashed("id", name) if is_an_id else hashed("address", entry.address_key)
        entries.setdefault(entry.address_key, Entry(**{**vars(entry), "identity": identity}))
    return list(entries.values())


def _root(body: bytes) -> etree._Element:
    # Nothing is fetched and no entity resolved; depth and length stay at what libxml2 allows.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise NotAFeed from None
    declared = root.getroottree().docinfo.internalDTD
    if _name(root) not in ROOTS or (declared is not None and any(declared.iterentities())):
        raise NotAFeed
    return root


def _elements(root: etree._Element) -> list[etree._Element]:
    named = (one for one in root.iter() if _name(one) in ("item", "entry"))
    return [one for one, _ in zip(named, range(MOST_ENTRIES), strict=False)]


def _entry(element: etree._Element, base: str) -> Entry | None:
    address = canonical(_link(element), base) if _link(element) else ""
    if not address:
        return None
    title, summary = (
        _plain(_text(element, "title"), TITLE),
        _plain(_text(element, *SUMMARIES), SUMMARY),
    )
    return Entry(title or address[:TITLE], address, summary, _day(_text(element, *DAYS)), "")


def _link(element: etree._Element) -> str:
    """The page an entry is about; an id that is an address stands for a link that is missing."""
    for child in _children(element, "link"):
        if child.get("rel", "alternate") == "alternate" and (
            link := child.get("href") or child.text
        ):
            return link.strip()
    for child in _children(element, "guid", "id"):
        if child.get("isPermaLink") != "false" and (child.text or "").strip().startswith("http"):
            return (child.text or "").strip()
    return ""


def _id(element: etree._Element) -> str:
    about = next((value for name, value in element.attrib.items() if name.endswith("}about")), "")
    return (_text(element, "id", "guid") or about).strip()


def _text(element: etree._Element, *names: str) -> str:
    """What the first of these that says anything says."""
    for name in names:
        for child in _children(element, name):
            if text := "".join(child.itertext(tag=etree.Element)) if len(child) else child.text:
                return text.strip()[:MOST_LETTERS]
    return ""


def _children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    return (child for child in element if _name(child) in names)


def _name(element: etree._Element) -> str:
    """Without its namespace; comments have none."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _plain(text: str, longest: int) -> str:
    """Text without marks, on one line, and with a sign where it was cut."""
    bare = html.unescape(nh3.clean(text, tags=set()))
    words = " ".join(CONTROL.sub(" ", bare).split())
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def _day(text: str) -> datetime | None:
    """A moment as either format writes it; one without a zone is taken for UTC."""
    for read_as in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read_as(text)
            found = found if found.tzinfo else found.replace(tzinfo=UTC)
            return found.astimezone(UTC)
        except (ValueError, OverflowError, IndexError, TypeError):
            continue
    return None
