"""The one way in which the text of a stranger's document is drawn out: a child reads, here it is
heard.

    with drawn(file, "pdf") as found:
        found.total
        for page in found: ...
        found.problems

Whatever the file is, this comes to an end. What was told before the child was overwhelmed is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from tempfile import TemporaryFile
from time import monotonic
from typing import IO, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnership.information.drawing.limits import Limits, Page
from partnership.lib.children import Gone, Lines, Silent, child
from partnership.lib.storage import copied

# Seconds. A page without text is as a rule a picture of one, and is passed over at once.
LONG_PAGE = 0.1
CHILD = "partnership.information.drawing.child"
SENTENCES: dict[str, Any] = {
    "locked": _("The file is locked with a password."),
    "damaged": _("The file is damaged, or not what its name says."),
    "too_big": _("The file is too large for its text to be drawn out."),
    "too_much": _("Reading took more memory or time than a document needs."),
    "too_slow": _("Reading came to a standstill."),
    "too_many_pages": _("There are more pages than are read."),
    "too_much_text": _("There is more text than is kept."),
    "page_damaged": _("could not be read"),
    "page_cut": _("holds more text than is kept of one page"),
    "page_empty": _("holds no text: perhaps a picture of one"),
    "arabic": _("is in Arabic, whose words cannot be drawn out of a PDF rightly"),
    "lost": _("The file does not lie where it was kept."),
    "no_text": _("No text was found: perhaps its pages are pictures."),
}


def sentence(code: str) -> Promise | str:
    """What went wrong; of a page it is the end of a sentence that begins with its number."""
    return SENTENCES.get(code, code)


class Drawn:
    """A document that is being read. Its pages are there once."""

    def __init__(self, lines: Lines, patience: float):
        self._lines = lines
        # Seconds that the next page is waited for; long pages without text use them up.
        self._patience = patience
        self.total = 0
        self.problems: list[dict[str, Any]] = []
        self._is_open = True
        self.total = int(self._next().get("pages", 0))

    def __iter__(self) -> Iterator[Page]:
        while self._is_open:
            began = monotonic()
            told = self._next()
            if "cut" in told:
                self.problems.append({"code": told["cut"], "page": told["page"]})
            elif "page" in told:
                page = Page(told["page"], told["text"], told["heading"], told["problem"])
                if page.problem:
                    self.problems.append({"code": page.problem, "page": page.number})
                self._tire(page, monotonic() - began)
                yield page

    def _tire(self, page: Page, seconds: float) -> None:
        if not page.text and (page.problem == "page_damaged" or seconds > LONG_PAGE):
            self._patience -= seconds

    def _next(self) -> dict[str, Any]:
        """What the child says next; its end, its refusal and its death all close the document."""
        try:
            told = self._lines.next(self._patience)
        except Silent:
            told = {"refused": "too_slow"}
        except Gone:
            told = {"refused": "too_much"}
        if "refused" in told:
            self.problems.append({"code": told["refused"]})
        self._is_open = not {"end", "refused"} & told.keys()
        return told


@contextmanager
def drawn(file: IO[bytes], kind: str, *, limits: Limits | None = None) -> Iterator[Drawn]:
    """Read a document in a child process. What is wrong with it stands in `problems`."""
    limits = limits or Limits()
    with TemporaryFile() as copy:
        # A file that is larger is cut by the copy, which no reader takes for a whole one.
        is_whole = copied(file, copy, most=limits.bytes)
        copy.seek(0)
        asked = {"kind": kind if is_whole else "", "limits": asdict(limits)}
        with child(CHILD, asked, copy, silence=limits.silence) as lines:
            yield Drawn(lines, limits.silence)
