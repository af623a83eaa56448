"""Documents from a list: each row that is right becomes a draft, the others are told.

Whoever sends the same list again changes nothing: what lies here already is known by its address,
or by its title and publisher, and is left as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from partnership.information.library import services
from partnership.information.library.fields import languages
from partnership.information.likeness import address_key
from partnership.information.models import Document, DocumentVersion
from partnership.lib.dating import Precision, read_day
from partnership.lib.errors import Refusal
from partnership.lib.fields import fold
from partnership.lib.forms import is_web
from partnership.lib.languages import in_english
from partnership.lib.sheets import Limits, SheetRow, open_sheet, problem_text
from partnership.members.country_fields import countries_in
from partnership.members.imports.judging import CellWrong
from partnership.members.imports.labels import Labels
from partnership.members.models import AreaOfWork
from partnership.sources.models import Sector

MOST_ROWS = 500
LIMITS = Limits(rows=MOST_ROWS, columns=40)
TEXTS = {"title": 300, "authors": 300, "publisher": 200, "summary": 5000, "licence": 200}
COLUMNS = (*TEXTS, "kind", "language", "published", "address", "countries", "topics")


class ListRefused(Refusal):
    """The list names no column from which a document could be made."""

    code = "list_refused"


@dataclass
class Brought:
    """What came of a list: the drafts, what lay here before, and what is wrong, by its row."""

    made: list[tuple[int, Document]] = field(default_factory=list)
    known: list[tuple[int, Document]] = field(default_factory=list)
    wrong: list[tuple[int, str, list[str]]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@transaction.atomic
def bring(file: IO[bytes], name: str, *, fetch: bool = False, by: Any, at: datetime) -> Brought:
    """Take in a list of documents; a worker fetches their files where that is asked for.

    Refuses SheetRefused or ListRefused.
    """
    brought, known = Brought(), Known()
    with open_sheet(file, name, limits=LIMITS) as sheet:
        heads = [fold(column) for column in sheet.columns]
        if "title" not in heads:
            told = _("A list of documents has a column “title”. Others are: %s.")
            raise ListRefused(told % ", ".join(COLUMNS[1:]))
        brought.left_out = [
            column for column, head in zip(sheet.columns, heads, strict=True) if head not in COLUMNS
        ]
        for row in sheet:
            _take(row, heads, known, brought, fetch=fetch, given={"by": by, "at": at})
    return brought


def _take(
    row: SheetRow,
    heads: list[str],
    known: Known,
    brought: Brought,
    *,
    fetch: bool,
    given: dict[str, Any],
) -> None:
    cells = dict(zip(heads, map(str.strip, row.cells), strict=False))
    problems = [
        f"{heads[at]}: {problem_text(code)}" for at, code in row.problems if at < len(heads)
    ]
    words, version = _words(cells, known.labels, problems)
    title = cells.get("title", "")
    if problems:
        brought.wrong.append((row.number, title[:120], problems))
    elif found := known.find(words, version):
        brought.known.append((row.number, found))
    else:
        made = services.add_document(words, {**version, "fetch": fetch}, None, **given)
        known.note(made, version["address"])
        brought.made.append((row.number, made))


class Known:
    """What lies here already, and what the words of a list may mean; read once."""

    def __init__(self) -> None:
        self.labels = Words()
        rows = DocumentVersion.objects.select_related("document")
        self._by_address = {row.address_key: row.document for row in rows if row.address_key}
        self._by_title = {_named(row): row for row in Document.objects.order_by()}

    def find(self, words: dict[str, Any], version: dict[str, Any]) -> Document | None:
        by_title = self._by_title.get((fold(words["title"]), fold(words["publisher"])))
        return self._by_address.get(address_key(version["address"]) or "-") or by_title

    def note(self, row: Document, address: str) -> None:
        self._by_title[_named(row)] = row
        if key := address_key(address):
            self._by_address[key] = row


def _named(row: Document) -> tuple[str, str]:
    return fold(row.title), fold(row.publisher)


class Words:
    """Countries, topics, kinds and languages by what people call them."""

    def __init__(self) -> None:
        self.countries = Labels()
        self.areas = {
            fold(x): row for row in AreaOfWork.objects.all() for x in (row.slug, row.title)
        }
        self.sectors = {fold(x): row for row in Sector.objects.all() for x in (row.slug, row.name)}
        self.kinds = {fold(str(x)): key for key, name in Document.Kind.choices for x in (key, name)}
        self.languages = {
            fold(said): code
            for code, name in languages()
            for said in (code, name, in_english(code))
            if code
        }


def _words(
    cells: dict[str, str], words: Words, problems: list[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a row says of its document and of its version; what is wrong goes to the problems."""
    found: dict[str, Any] = {name: " ".join(cells.get(name, "").split()) for name in TEXTS}
    for name, most in TEXTS.items():
        if len(found[name]) > most:
            problems.append(_("%(name)s: at most %(n)s letters") % {"name": name, "n": most})
    problems += [_("%s: is empty") % name for name in ("title", "kind") if not cells.get(name)]
    found["kind"] = _one_of(cells, "kind", words.kinds, problems)
    found["language"] = _one_of(cells, "language", words.languages, problems)
    found["areas"], found["sectors"] = _topics(cells.get("topics", ""), words, problems)
    try:
        found["countries"] = countries_in(cells.get("countries", ""), words.countries)
    except CellWrong as wrong:
        problems.append(f"countries: {wrong}")
    on, precision = _day(cells.get("published", ""), problems)
    address = cells.get("address", "")
    try:
        if address:
            is_web(address)
    except ValidationError:
        problems.append(_("address: is none of a page"))
    return found, {"on": on, "precision": precision, "address": address}


def _one_of(cells: dict[str, str], name: str, known: dict[str, str], problems: list[str]) -> str:
    text = fold(cells.get(name, ""))
    if text and text not in known:
        problems.append(_("%(name)s: “%(text)s” is not known here") % {"name": name, "text": text})
    return known.get(text, "")


def _topics(text: str, words: Words, problems: list[str]) -> tuple[list[Any], list[Any]]:
    named = list(filter(None, map(fold, text.split(";"))))
    problems += [
        _("topics: “%s” is not known here") % word[:80]
        for word in named
        if word not in words.areas and word not in words.sectors
    ]
    areas = [words.areas[word] for word in named if word in words.areas]
    return areas, [words.sectors[word] for word in named if word in words.sectors]


def _day(text: str, problems: list[str]) -> tuple[Any, str]:
    if not text:
        return None, Precision.DAY
    try:
        return read_day(text)
    except ValueError:
        problems.append(_("published: write 2024-05-27, 2024-05 or 2024"))
        return None, Precision.DAY
