"""A file as clean text: its size looked at first, its encoding found, its lines ended alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from courses.quizzes.exchange.report import Notes, Problem, Report, Verdict, refused
from partnership.lib.sheets.encodings import detect

MEGABYTE = 1024 * 1024
# A question takes about 500 bytes: four thousand of them, or some with their pictures.
MOST_TEXT, MOST_XML = 2 * MEGABYTE, 10 * MEGABYTE
MOST_QUESTIONS = 2_000
# Of one question: its letters, and the signs that mean something to a reader.
MOST_LETTERS, MOST_MARKS = 20_000, 300
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

Part = tuple[int, Callable[[], Verdict]]


@dataclass(frozen=True)
class Opened:
    text: str
    problems: tuple[Problem, ...] = ()


def opened(given: bytes | str, most: int = MOST_TEXT) -> Opened | Report:
    """The text, or a report that says why it is not read."""
    if len(given) > most:
        return refused("too_big", most=most // MEGABYTE)
    if isinstance(given, bytes):
        try:
            given = given.decode(detect(given))
        except UnicodeDecodeError:
            return refused("encoding")
    text = re.sub(r"\r\n?", "\n", given.removeprefix("\ufeff"))
    if not (sign := CONTROL.search(text)):
        return Opened(text)
    told = Problem("signs", text.count("\n", 0, sign.start()) + 1)
    return Opened(CONTROL.sub("", text), (told,))


def read_each(given: bytes | str, parts: Callable[[str], Iterable[Part]]) -> Report:
    """What becomes of each question of a text: its line, and how its verdict is reached."""
    text = opened(given)
    if isinstance(text, Report):
        return text
    notes = Notes(1, list(text.problems))
    verdicts: list[Verdict] = []
    for line, verdict in parts(text.text):
        if len(verdicts) == MOST_QUESTIONS:
            notes.fail("too_many", line=line, most=MOST_QUESTIONS)
            break
        verdicts.append(verdict())
    if not verdicts:
        notes.fail("empty")
    return Report(tuple(verdicts), tuple(notes.found))
