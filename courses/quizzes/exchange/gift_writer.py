"""Questions as GIFT, and what of them GIFT has no place for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from courses.quizzes.exchange.building import HUNDRED, path_of, starred, told
from courses.quizzes.exchange.carrying import carried, weights, without, without_share
from courses.quizzes.exchange.gift_texts import (
    MARKDOWN,
    form_of,
    guarded,
    write_markdown,
    write_plain,
)
from courses.quizzes.exchange.items import Item, Kind, Number, ShortText
from courses.quizzes.exchange.report import Notes, Written

NO_PLACE = ("points", "has_partial_credit", "basis", "unit", "pictures", "language")


def write(items: Sequence[Item]) -> Written:
    """The file, and what it does not carry of each question."""
    kept, problems = carried(items, carry)
    lines: list[str] = []
    category: tuple[str, ...] = ()
    for item in kept:
        if item.category != category:
            category = item.category
            lines.append(f"$CATEGORY: {path_of(category)}\n")
        lines.append("\n".join(_question(item)) + "\n")
    return Written("\n".join(lines), problems)


def carry(item: Item, notes: Notes) -> Item | None:
    """The item as GIFT holds it, or nothing."""
    if item.kind is Kind.ORDERING:
        notes.fail("kind", kind=item.kind)
        return None
    if item.kind is Kind.MATCHING and any("->" in pair.left for pair in item.pairs):
        notes.fail("not_written", why="->")
        return None
    if item.kind is Kind.SHORT_TEXT and all("->" in text.text for text in item.texts):
        notes.fail("not_written", why="->")
        return None
    if item.kind is Kind.TRUE_FALSE and [one.text for one in item.choices] != ["True", "False"]:
        notes.warn("other_kind", kind=Kind.SINGLE)
        item = replace(item, kind=Kind.SINGLE)
    return without_share(without(item, NO_PLACE, notes), notes)


def _question(item: Item) -> Iterator[str]:
    names = [f"[id:{_named(item.key)}]"] if item.key else []
    names += [f"[tag:{_named(tag)}]" for tag in item.tags]
    if names:
        yield f"// {' '.join(names)}"
    form = form_of(item.prompt)
    title = f"::{guarded(item.title)}::" if item.title else ""
    prompt = write_markdown(item.prompt, "") if form != MARKDOWN else guarded(item.prompt)
    tag = f"[{MARKDOWN}]" if form == MARKDOWN else ""
    yield f"{title}{tag}{_at_start(prompt, title + tag)}{{{_head(item, form)}"
    yield from (f"\t{line}" for line in _answers(item, form))
    if item.explanation:
        yield f"\t####{write_markdown(item.explanation, form)}"
    yield "}"


def _at_start(prompt: str, before: str) -> str:
    """At the beginning of a line `//` and `$` mean something else."""
    return prompt if before or not prompt.startswith(("//", "$CATEGORY")) else f"[moodle]{prompt}"


def _named(name: str) -> str:
    return name.replace("\\", "\\\\").replace("]", "\\]")


def _head(item: Item, form: str) -> str:
    if item.kind is Kind.NUMBER:
        return "#"
    if item.kind is not Kind.TRUE_FALSE:
        return ""
    right = next(choice for choice in item.choices if choice.is_right)
    wrong = next(choice for choice in item.choices if not choice.is_right)
    feedback = _reply(wrong.feedback, form)
    if right.feedback:
        feedback = f"{feedback or '#'}{_reply(right.feedback, form)}"
    return f"{right.text.upper()}{feedback}"


def _answers(item: Item, form: str) -> Iterator[str]:
    if item.kind in (Kind.SINGLE, Kind.MULTIPLE):
        for choice, percent in zip(item.choices, weights(item), strict=True):
            is_right = item.kind is Kind.SINGLE and choice.is_right
            weight = (
                "" if is_right or (choice.percent is None and not percent) else _weight(percent)
            )
            sign = "=" if is_right else "~"
            yield f"{sign}{weight}{write_plain(choice.text, form)}{_reply(choice.feedback, form)}"
    elif item.kind is Kind.MATCHING:
        for pair in item.pairs:
            yield f"={write_plain(pair.left, form)} -> {write_plain(pair.right, form)}"
        for other in item.others:
            yield f"= -> {write_plain(other, form)}"
    elif item.kind is Kind.SHORT_TEXT:
        for text in item.texts:
            yield _text(text, form)
        if item.otherwise:
            yield f"=%0%*{_reply(item.otherwise, form)}"
    elif item.kind is Kind.NUMBER:
        for number in item.numbers:
            yield _number(number, form)
        if item.otherwise:
            yield f"~{_reply(item.otherwise, form)}"


def _text(text: ShortText, form: str) -> str:
    words = starred(text)
    weight = "" if text.percent == HUNDRED else _weight(text.percent)
    return f"={weight}{write_plain(words, form)}{_reply(text.feedback, form)}"


def _number(number: Number, form: str) -> str:
    weight = "" if number.percent == HUNDRED else _weight(number.percent)
    within = f":{told(number.tolerance)}" if number.tolerance else ""
    return f"={weight}{told(number.number)}{within}{_reply(number.feedback, form)}"


def _weight(percent: Decimal) -> str:
    return f"%{told(percent)}%"


def _reply(feedback: str, form: str) -> str:
    return f"#{write_plain(feedback, form)}" if feedback else ""
