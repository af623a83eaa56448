"""What the readers of all formats share: weights, kinds, and whether a question is whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from courses.quizzes.exchange.items import CHOICES, Choice, Item, Kind, Number, ShortText
from courses.quizzes.exchange.report import Notes

HUNDRED = Decimal(100)
# Weights are written with five decimals, as Moodle writes them.
PLACES = Decimal("0.00001")
# As many digits as the database keeps before the point, and as many behind it.
DECIMAL = re.compile(
    r"[+-]?(?:\d{1,14}(?:\.\d{0,20})?|\.\d{1,20})(?:[eE][+-]?\d{1,2})?\Z", re.ASCII
)
MOST_DIGITS, MOST_PLACES = 14, 6
LONGEST_OPTION, LONGEST_ACCEPTED = 500, 200


def decimal_of(text: str) -> Decimal | None:
    """A number as programs write it: 12, 12.5, 1e3. It must fit into the database."""
    text = text.strip()
    if not DECIMAL.match(text):
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    exponent = number.as_tuple().exponent
    if number.adjusted() >= MOST_DIGITS or not isinstance(exponent, int):
        return None
    return number if exponent >= -20 else None


def told(number: Decimal) -> str:
    """A number without idle zeros: 50, 33.33333, -0.5."""
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def places(number: Decimal) -> int:
    """How many digits stand behind the point."""
    return len(told(number).partition(".")[2])


def _figures(number: Number) -> tuple[Decimal, Decimal]:
    return number.number, number.tolerance


def share(rights: int) -> Decimal:
    """What each right answer earns by this site's rule, in percent."""
    return (HUNDRED / rights).quantize(PLACES)


def weighed(choices: Sequence[Choice], notes: Notes) -> tuple[Choice, ...]:
    """Choices of a question with several right ones, their weights only where they are others'."""
    rights = sum((choice.percent or 0) > 0 for choice in choices)
    if not rights:
        return tuple(replace(choice, is_right=False) for choice in choices)
    even = share(rights)

    def is_ours(choice: Choice) -> bool:
        given = (choice.percent or Decimal(0)).quantize(PLACES)
        return abs(abs(given) - even) <= PLACES * 2

    ours = all(is_ours(choice) for choice in choices)
    if not ours:
        told_weights = ", ".join(told(choice.percent or Decimal(0)) for choice in choices)
        notes.warn("weights", weights=told_weights)
    return tuple(
        replace(
            choice,
            is_right=(choice.percent or 0) > 0,
            percent=None if ours else choice.percent or Decimal(0),
        )
        for choice in choices
    )


def checked(item: Item, notes: Notes) -> Item | None:
    """The item if it can be asked; otherwise what is missing has been told."""
    if not item.prompt:
        notes.fail("no_prompt")
    if item.kind in CHOICES:
        _check_choices(item, notes)
    elif item.kind is Kind.MATCHING:
        _check_parts([pair.left for pair in item.pairs], notes)
        _check_texts([pair.right for pair in item.pairs], notes)
    elif item.kind is Kind.ORDERING:
        _check_parts(item.order, notes)
    elif item.kind is Kind.SHORT_TEXT:
        _check_texts([text.text for text in item.texts], notes, LONGEST_ACCEPTED)
        _check_accepted([text.percent for text in item.texts], notes)
    else:
        _check_accepted([number.percent for number in item.numbers], notes)
    _tell_of_answers(item, notes)
    return None if notes.has_failed else item


def _check_choices(item: Item, notes: Notes) -> None:
    rights = sum(choice.is_right for choice in item.choices)
    _check_parts([choice.text for choice in item.choices], notes)
    if not rights:
        notes.fail("no_right", expected="=, *, 100 %")
    elif rights > 1 and item.kind is not Kind.MULTIPLE:
        notes.fail("several_right")
    if item.kind is Kind.SINGLE:
        for choice in item.choices:
            if choice.percent is not None:
                notes.warn("partly", text=choice.text, percent=told(choice.percent))


def _check_parts(texts: Sequence[str], notes: Notes) -> None:
    _check_texts(texts, notes)
    if len(texts) < 2:
        notes.fail("too_few")
    seen: set[str] = set()
    for text in texts:
        if text in seen:
            notes.fail("twice", text=text)
        seen.add(text)


def _check_texts(texts: Sequence[str], notes: Notes, most: int = LONGEST_OPTION) -> None:
    if not all(texts):
        notes.fail("no_text")
    for text in texts:
        if len(text) > most:
            notes.fail("text_too_long", text=text[:40], most=most)


def _check_accepted(percents: Sequence[Decimal], notes: Notes) -> None:
    if HUNDRED not in percents:
        notes.fail("no_right", expected="100 %")


def _tell_of_answers(item: Item, notes: Notes) -> None:
    """What is kept here, and has no place in the database."""
    lines: tuple[Number | ShortText, ...] = (*item.numbers, *item.texts)
    for accepted in lines:
        text = told(accepted.number) if isinstance(accepted, Number) else accepted.text
        if accepted.percent != HUNDRED:
            notes.warn("partly", text=text, percent=told(accepted.percent))
        if accepted.feedback:
            notes.warn("answer_feedback", text=text)
        if not isinstance(accepted, Number) and accepted.is_pattern:
            notes.warn("pattern", text=text)
        if isinstance(accepted, Number) and max(map(places, _figures(accepted))) > MOST_PLACES:
            notes.warn("places", text=text, most=MOST_PLACES)
    if item.otherwise:
        notes.warn("otherwise")


def short_text(text: str, percent: Decimal, feedback: str) -> ShortText:
    r"""Where `*` stands for anything it is a pattern; `\*` is a star."""
    if re.search(r"(?<!\\)\*", text):
        return ShortText(text, percent, feedback, is_pattern=True)
    return ShortText(text.replace("\\*", "*"), percent, feedback)


def starred(text: ShortText) -> str:
    """The way back of `short_text`."""
    return text.text if text.is_pattern else text.text.replace("*", "\\*")


def category_of(path: str) -> tuple[str, ...]:
    """`$course$/top/Article 6/Units` without where it stood; `//` is a stroke in a name."""
    parts = [part.replace("//", "/").strip() for part in re.split(r"(?<!/)/(?!/)", path.strip())]
    if parts and re.fullmatch(r"\$\w{1,20}\$", parts[0]):
        parts = parts[2:] if parts[1:2] == ["top"] else parts[1:]
    return tuple(part for part in parts if part)


def path_of(category: Iterable[str]) -> str:
    return "/".join(["$course$", "top", *(name.replace("/", "//") for name in category)])
