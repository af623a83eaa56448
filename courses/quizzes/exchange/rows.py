"""Items from the questions of the course files, and such questions from items."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from courses.quizzes.exchange.building import HUNDRED, told
from courses.quizzes.exchange.items import Choice, Item, Kind, Number, Pair, ShortText

RELATIVE = "relative"


def of_row(row: Mapping[str, Any], *, language: str = "en") -> Item:
    """What a course file asks. Its state and note are no part of the question."""
    options = row.get("options", ())
    number: tuple[Number, ...] = ()
    if "number" in row:
        is_relative = row.get("tolerance_kind") == RELATIVE
        number = (Number(Decimal(row["number"]), Decimal(row["tolerance"]), is_relative),)
    return Item(
        Kind(row["kind"]),
        row["prompt"],
        choices=tuple(
            Choice(one["text"], one.get("is_right", False), one.get("feedback", ""))
            for one in options
        ),
        pairs=tuple(Pair(left, right) for left, right in row.get("pairs", ())),
        order=tuple(row.get("order", ())),
        numbers=number,
        unit=row.get("unit", ""),
        texts=tuple(ShortText(text) for text in row.get("accepted", ())),
        explanation=row.get("explanation", ""),
        key=row["key"],
        category=(row["topic"],) if row.get("topic") else (),
        language=language,
        points=Decimal(str(row.get("points", 1))),
        has_partial_credit=row.get("has_partial_credit", True),
        basis=row.get("basis", ""),
    )


def as_row(item: Item) -> dict[str, Any]:
    """The question as course files hold it; `lost` names what it leaves out."""
    row: dict[str, Any] = {
        "key": item.key,
        "topic": "/".join(item.category),
        "kind": str(item.kind),
    }
    row |= {"prompt": item.prompt, "points": _points(item.points)}
    if item.choices:
        row["options"] = [_option(choice) for choice in item.choices]
    if item.pairs:
        row["pairs"] = [[pair.left, pair.right] for pair in item.pairs]
    if item.order:
        row["order"] = list(item.order)
    accepted = [text.text for text in item.texts if _is_whole(text)]
    if accepted:
        row["accepted"] = accepted
    for number in item.numbers[:1]:
        row |= {"number": told(number.number), "tolerance": told(number.tolerance)}
        if number.is_relative:
            row["tolerance_kind"] = RELATIVE
    for name in ("unit", "explanation", "basis"):
        if text := getattr(item, name):
            row[name] = text
    if not item.has_partial_credit:
        row["has_partial_credit"] = False
    return row


def lost(item: Item) -> list[str]:
    """The parts of an item that a course file has no place for."""
    parts = {
        "title": item.title,
        "tags": item.tags,
        "pictures": item.pictures,
        "others": item.others,
        "otherwise": item.otherwise,
        "percent": any(choice.percent is not None for choice in item.choices),
        "numbers": item.numbers[1:],
        "texts": not all(_is_whole(text) for text in item.texts),
        "feedback": [
            *filter(None, [*(n.feedback for n in item.numbers), *(t.feedback for t in item.texts)])
        ],
    }
    return [name for name, part in parts.items() if part]


def _is_whole(text: ShortText) -> bool:
    return text.percent == HUNDRED and not text.is_pattern


def _option(choice: Choice) -> dict[str, Any]:
    option: dict[str, Any] = {"text": choice.text}
    if choice.is_right:
        option["is_right"] = True
    if choice.feedback:
        option["feedback"] = choice.feedback
    return option


def _points(points: Decimal) -> int | str:
    return int(points) if points == points.to_integral_value() else told(points)
