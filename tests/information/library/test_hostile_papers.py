"""Each kind of hostile PDF under the limits of the site: told in time, kept, nobody waits long."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from tempfile import TemporaryFile
from time import monotonic

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from partnership.accounts.models import Role
from partnership.celery import app
from partnership.information.drawing import reading
from partnership.information.library import files, services, working
from partnership.information.models import Document, DocumentVersion
from partnership.jobs import runner
from partnership.jobs import services as jobs
from partnership.jobs.models import Job
from partnership.lib import clock
from tests.factories.accounts import person_with
from tests.information.library.test_drawing import built, paper

CATALOGUE = "<</Type/Catalog/Pages 2 0 R>>"
RESOURCES = "/Resources<</Font<</F1 5 0 R>>>>"
PAGE = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R{RESOURCES}>>"
FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def many(pages: int, packed: bytes) -> bytes:
    """A PDF that says that all its pages are this one, with packed words upon it."""
    kids = f"<</Type/Pages/Count {pages}/Kids[{'3 0 R ' * pages}]>>"
    hexed = packed.hex() + ">"
    filters = "[/ASCIIHexDecode/FlateDecode]"
    stream = f"<</Filter{filters}/Length {len(hexed)}>>stream\n{hexed}\nendstream "
    return built(CATALOGUE, kids, PAGE, stream, FONT)


def zeros(number: int) -> bytes:
    """So many of them, as a packer leaves them."""
    packer = zlib.compressobj(9)
    parts = [packer.compress(bytes(10_000_000)) for _ in range(number // 10_000_000)]
    return b"".join([*parts, packer.flush()])


def tree(depth: int) -> bytes:
    """Each part of the tree of pages holds the next one twice."""
    parts = [
        f"<</Type/Pages/Count {2 ** (depth - n)}/Kids[{n + 3} 0 R {n + 3} 0 R]>>"
        for n in range(depth)
    ]
    return built(CATALOGUE, *parts, "<</Type/Page/MediaBox[0 0 9 9]>>")


def kinds() -> Iterator[tuple[str, bytes]]:
    words = zlib.compress(b"BT /F1 9 Tf (x) Tj ET ")
    yield "a page of a billion letters", many(1, zeros(1_000_000_000))
    yield "a page of five million words", many(1, zlib.compress(b"(x) Tj " * 5_000_000))
    yield "a million pages that are one", many(1_000_000, words)
    yield "a tree of a million pages", tree(20)
    yield "five hundred pages that unpack", many(500, zeros(1_000_000_000))
    yield "locked with a password", paper("secret", password="a long one")
    yield "rubbish", b"%PDF-1.7 and then nothing of one"


def add(name: str, file: File, by) -> DocumentVersion:
    words, version = {"title": name, "kind": "report"}, {"address": ""}
    row = services.add_document(words, version, file, by=by, at=clock.now())
    return row.versions.get()


def next_in_line() -> float:
    """What the one worker does next; how long that took. Without the thread that says it lives,
    which would wait for the transaction of this test."""
    job = Job.objects.filter(kind=services.DRAW, state="queued").order_by("pk").first()
    claimed = jobs.claim(job.pk, at=clock.now())
    began = monotonic()
    working.draw(runner.Progress(claimed))
    return monotonic() - began


@contextmanager
def largest() -> Iterator[File]:
    """As many bytes as are taken, of which no page can be made."""
    with TemporaryFile() as file:
        file.write(b"%PDF-1.4\n")
        file.truncate(files.MOST_BYTES)
        file.seek(0)
        yield File(file, name="largest.pdf")


@pytest.mark.audit
@pytest.mark.django_db
def test_a_hostile_paper_is_told_within_twenty_seconds_and_the_one_behind_it_is_drawn():
    app.loader.import_default_modules()
    by = person_with(Role.DATA_EDITOR)
    sent = {name: ContentFile(data, name="x.pdf") for name, data in kinds()}
    took = {}
    with largest() as large:
        for name, file in {**sent, "two hundred megabytes": large}.items():
            hostile = add(name, file, by)
            good = add("Letter", ContentFile(paper("Letter"), name="l.pdf"), by)
            took[name], behind = next_in_line(), next_in_line()
            hostile.refresh_from_db()
            good.refresh_from_db()

            assert (hostile.drawn, good.drawn) == ("not", "whole"), name
            assert behind < 10
            given = b"".join(files.given(hostile).streaming_content)
            assert (len(given), given[:5]) == (hostile.size, b"%PDF-")
            default_storage.delete(hostile.key)

    assert max(took.values()) < 20, took
    assert Document.objects.count() == 2 * len(took)


def test_pages_that_take_long_and_give_nothing_use_up_what_is_waited_for_them_together(monkeypatch):
    monkeypatch.setattr(reading, "LONG_PAGE", 0.0)
    waited: list[float] = []

    class Told:
        """A child that says four pages: two empty ones, one of text, an empty one."""

        said = iter([{"pages": 4}, *map(page, ("", "", "x", "")), {"end": True}])

        def next(self, patience: float) -> dict:
            waited.append(patience)
            return next(self.said)

    found = reading.Drawn(Told(), 15.0)
    monkeypatch.setattr(reading, "monotonic", count(step=7).__next__)

    assert len(list(found)) == 4
    assert waited == [15.0, 15.0, 8.0, 1.0, 1.0, -6.0]


def page(text: str) -> dict:
    return {"page": 1, "text": text, "heading": "", "problem": ""}
