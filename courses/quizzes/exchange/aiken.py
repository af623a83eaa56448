"""Questions from and as Aiken: a line of text, lettered answers, and one letter that is right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from string import ascii_uppercase

from courses.quizzes.exchange import markup
from courses.quizzes.exchange.building import checked
from courses.quizzes.exchange.carrying import carried, without
from courses.quizzes.exchange.items import CHOICES, Choice, Item, Kind
from courses.quizzes.exchange.opening import MOST_LETTERS, MOST_MARKS, read_each
from courses.quizzes.exchange.report import Notes, Report, Verdict, Written

OPTION = re.compile(r"\s*([A-Z])[.)]\s+(\S.*)\Z")
ANSWER = re.compile(r"\s*ANSWER:\s*(.*)\Z", re.IGNORECASE)
NO_PLACE = (
    "explanation", "title", "key", "category", "tags", "points", "has_partial_credit", "basis",
    "pictures", "language",
)  # fmt: skip


@dataclass
class _Question:
    """The lines of one question as they come."""

    notes: Notes
    prompt: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    right: str | None = None

    def take(self, line: str, number: int) -> None:
        self.source.append(line)
        if answer := ANSWER.match(line):
            self._answer(answer[1].strip().upper(), number)
        elif (option := OPTION.match(line)) and option[1] == self.next_letter:
            self.options.append(option[2].strip())
        elif self.options:
            expected = f"{self.next_letter}) …, ANSWER: A"
            self.notes.fail("unexpected", line=number, found=line.strip(), expected=expected)
        else:
            self.prompt.append(line.strip())

    @property
    def next_letter(self) -> str:
        return ascii_uppercase[len(self.options)] if len(self.options) < 26 else ""

    def _answer(self, letter: str, number: int) -> None:
        self.right = letter
        if letter not in ascii_uppercase[: len(self.options)] or len(letter) != 1:
            self.notes.fail("no_such_answer", line=number, found=letter)

    def verdict(self, language: str) -> Verdict:
        notes, prompt = self.notes, "\n".join(self.prompt)
        if self.right is None:
            notes.fail("no_right", expected="ANSWER: A")
        if len(prompt) > MOST_LETTERS:
            notes.fail("too_long", most=MOST_LETTERS, marks=MOST_MARKS)
        item = None
        if not notes.has_failed:
            choices = zip(ascii_uppercase, self.options, strict=False)
            made = tuple(Choice(text, letter == self.right) for letter, text in choices)
            text = markup.escaped(prompt)
            item = Item(Kind.SINGLE, text, made, language=language, line=notes.line)
            item = checked(item, notes)
        title = self.prompt[0] if self.prompt else ""
        return Verdict(notes.line, title[:80], item, tuple(notes.found), "\n".join(self.source))


def read(given: bytes | str, *, language: str = "en") -> Report:
    """Every question of an Aiken file, or why not."""
    return read_each(
        given,
        lambda text: ((one.notes.line, partial(one.verdict, language)) for one in _questions(text)),
    )


def _questions(text: str) -> Iterator[_Question]:
    """An empty line ends a question that has answers, and the right letter ends any."""
    question: _Question | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            if question is not None and question.options:
                yield question
                question = None
            continue
        question = question or _Question(Notes(number))
        question.take(line, number)
        if question.right is not None:
            yield question
            question = None
    if question is not None:
        yield question


def write(items: Sequence[Item]) -> Written:
    """The file, and what it does not carry of each question."""
    kept, problems = carried(items, carry)
    return Written("\n".join("\n".join(_lines(item)) + "\n" for item in kept), problems)


def carry(item: Item, notes: Notes) -> Item | None:
    """The item as Aiken holds it, or nothing."""
    if item.kind not in CHOICES or item.kind is Kind.MULTIPLE:
        notes.fail("kind", kind=item.kind)
        return None
    if item.kind is not Kind.SINGLE:
        notes.warn("other_kind", kind=Kind.SINGLE)
    bare = without(item, NO_PLACE, notes)
    lost = [name for name in ("feedback", "percent") if any(getattr(c, name) for c in item.choices)]
    if lost:
        notes.warn("left_out", names=", ".join(lost))
    choices = tuple(Choice(_line(one.text, notes), one.is_right) for one in bare.choices)
    prompt = _prompt(bare.prompt, notes)
    bare = replace(bare, kind=Kind.SINGLE, prompt=markup.escaped(prompt), choices=choices)
    first = OPTION.match(prompt)
    if (first and first[1] == "A") or ANSWER.match(prompt) or len(choices) > 26:
        notes.fail("not_written", why=prompt)
        return None
    return checked(bare, notes)


def _prompt(markdown: str, notes: Notes) -> str:
    text = markup.plain(markdown)
    if text is None:
        notes.warn("plain")
    return _line(markdown if text is None else text, notes)


def _line(text: str, notes: Notes) -> str:
    lines = [line.strip() for line in text.split("\n")]
    if len(lines) > 1:
        notes.warn("lines")
    return " ".join(line for line in lines if line)


def _lines(item: Item) -> Iterator[str]:
    yield markup.plain(item.prompt) or ""
    right = ""
    for letter, choice in zip(ascii_uppercase, item.choices, strict=False):
        yield f"{letter}) {choice.text}"
        right = letter if choice.is_right else right
    yield f"ANSWER: {right}"
