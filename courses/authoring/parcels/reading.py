"""The one way in which a stranger's document is read: a child process makes a plan of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import IO, Any

from courses.authoring.parcels.sentences import REFUSED
from partnership.lib.children import has_told
from partnership.lib.errors import Refusal
from partnership.lib.storage import copied

CHILD = "courses.authoring.parcels.child"
MEGABYTE = 1024 * 1024
MOST_BYTES = 50 * MEGABYTE
# Of the child: megabytes, and seconds of a processor and of the clock.
MEMORY, SECONDS, PATIENCE = 900, 40, 120
FORMS = {".docx": "docx", ".pptx": "pptx", ".md": "md", ".markdown": "md", ".zip": "zip"}


class ParcelRefused(Refusal):
    """The document is not read. `code` names the reason, the text says what to do."""

    def __init__(self, code: str, **facts: Any):
        super().__init__(REFUSED[code] % facts)
        self.code, self.facts = code, facts


@dataclass(frozen=True)
class Sent:
    """A picture as it lay in the document."""

    name: str
    alt: str
    data: bytes


@dataclass(frozen=True)
class Reading:
    """The plan of a course, the pictures that it names by number, and what is not carried."""

    modules: list[dict[str, Any]]
    pictures: list[Sent]
    problems: list[dict[str, Any]]
    # Of a course that was taken out of this site: what its `course.json` says.
    whole: dict[str, Any] | None = None


def form_of(name: str) -> str:
    """By the name; the content has to agree with it."""
    form = FORMS.get(PurePath(name.lower()).suffix)
    if form is None:
        raise ParcelRefused("suffix")
    return form


def read(file: IO[bytes], name: str, form: str) -> Reading:
    """Refuses with ParcelRefused."""
    title = " ".join(PurePath(name).stem.replace("_", " ").split())[:200] or "1"
    asked = {"form": form, "name": title, "memory": MEMORY, "seconds": SECONDS}
    with TemporaryFile() as copy, TemporaryFile() as answer:
        if not copied(file, copy, most=MOST_BYTES):
            raise ParcelRefused("too_big", most=MOST_BYTES // MEGABYTE)
        if not has_told(CHILD, asked, copy, answer, patience=PATIENCE):
            raise ParcelRefused("too_much")
        told: dict[str, Any] = json.loads(answer.readline())
        if "refused" in told:
            raise ParcelRefused(told["refused"], **told["facts"])
        return understood(told, answer)


def understood(told: dict[str, Any], answer: IO[bytes]) -> Reading:
    pictures = [
        Sent(one["name"], one["alt"], answer.read(one["bytes"])) for one in told["pictures"]
    ]
    return Reading(told["modules"], pictures, told["problems"], told.get("whole"))
