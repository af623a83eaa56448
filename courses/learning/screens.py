"""A question as its page draws it: fields with what stands in them now. No database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from courses.learning.papers import Paper, ShownQuestion
from courses.quizzes import notation

FIRST_PARAGRAPH = re.compile(r"\s*<p\b[^>]*>(.*?)</p>\s*", re.DOTALL)


@dataclass(frozen=True)
class Line:
    """One option: to choose, to match or to place."""

    token: str
    text: str
    is_chosen: bool = False
    match: str = ""
    place: int | None = None


@dataclass(frozen=True)
class Beside:
    """An answer of another device, in words, next to the one that stands."""

    pk: int
    theirs: str
    standing: str
    device: str
    received_at: Any


@dataclass(frozen=True)
class Screen:
    question: ShownQuestion
    lines: tuple[Line, ...]
    # Its first paragraph stands in the legend, what follows below it.
    legend: str
    rest: str
    text: str
    unit: str
    read_as: str
    problem: str
    others: tuple[Beside, ...]
    case_number: int
    is_same_case: bool


def screens(paper: Paper) -> list[Screen]:
    found: list[Screen] = []
    number, before = 0, None
    for question in paper.questions:
        is_same = question.case == before
        number, before = number + (not is_same), question.case
        found.append(screen(question, case_number=number, is_same_case=is_same))
    return found


def screen(question: ShownQuestion, *, case_number: int = 0, is_same_case: bool = False) -> Screen:
    response = question.response or {}
    paragraph = FIRST_PARAGRAPH.match(question.prompt_html)
    read_as, problem = _as_read(question, response)
    return Screen(
        question=question,
        lines=tuple(_lines(question, response)),
        legend=paragraph[1] if paragraph else "",
        rest=question.prompt_html[paragraph.end() :] if paragraph else question.prompt_html,
        text=response.get("text", ""),
        unit=response.get("unit", ""),
        read_as=read_as,
        problem=problem,
        others=besides(question),
        case_number=case_number,
        is_same_case=is_same_case,
    )


def besides(question: ShownQuestion) -> tuple[Beside, ...]:
    standing = in_words(question, question.response)
    return tuple(
        Beside(
            other.pk,
            in_words(question, other.response),
            standing,
            other.device,
            other.received_at,
        )
        for other in question.others
    )


def _lines(question: ShownQuestion, response: dict[str, Any]) -> list[Line]:
    match question.kind:
        case "matching":
            pairs = response.get("pairs", {})
            return [Line(o.token, o.text, match=pairs.get(o.token, "")) for o in question.left]
        case "ordering":
            places = {token: n for n, token in enumerate(response.get("order", []), start=1)}
            lines = [Line(o.token, o.text, place=places.get(o.token)) for o in question.choices]
            return sorted(lines, key=lambda line: line.place or len(lines) + 1)
    chosen = response.get("chosen", [])
    return [Line(o.token, o.text, is_chosen=o.token in chosen) for o in question.choices]


def _as_read(question: ShownQuestion, response: dict[str, Any]) -> tuple[str, str]:
    """How a number was understood, or why it was not."""
    text, language = response.get("text", ""), response.get("language", "en")
    if question.kind != "number" or not text:
        return "", ""
    try:
        number = notation.read_number(text, language=language)
    except notation.Unreadable as refusal:
        return "", str(refusal)
    written = notation.write_number(number, language=language)
    return " ".join(filter(None, (written, response.get("unit", "")))), ""


def in_words(question: ShownQuestion, response: dict[str, Any] | None) -> str:
    """An answer as one line of text; nothing for an empty one."""
    response = response or {}
    options = (*question.choices, *question.left, *question.right)
    names = {option.token: option.text for option in options}
    if pairs := response.get("pairs"):
        return "; ".join(f"{names[left]} → {names[right]}" for left, right in pairs.items())
    if order := response.get("order"):
        return "; ".join(f"{n}. {names[token]}" for n, token in enumerate(order, start=1))
    if chosen := response.get("chosen"):
        return "; ".join(names[token] for token in chosen)
    return " ".join(filter(None, (response.get("text", ""), response.get("unit", ""))))
