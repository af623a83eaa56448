"""Items from rows, in three queries whatever their number, and the rows of an item."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from courses.quizzes.exchange.building import told
from courses.quizzes.exchange.items import CHOICES, Choice, Item, Kind, Number, Pair, ShortText
from courses.quizzes.models import Key, Option, QuestionVersion

Side, Tolerance = Option.Side, Key.Tolerance


def with_answers(versions: QuerySet[QuestionVersion]) -> QuerySet[QuestionVersion]:
    """Versions with all that makes an item of them."""
    return versions.select_related("question").prefetch_related("options", "key")


def item_of(version: QuestionVersion) -> Item:
    """What a version asks. Its question says the key and the topic."""
    options, lines = list(version.options.all()), list(version.key.all())
    question = version.question
    return Item(
        Kind(version.kind),
        version.prompt,
        **_answers(version, options, lines),
        unit=version.unit,
        explanation=version.explanation,
        key=question.key,
        category=(question.topic,) if question.topic else (),
        language=version.language,
        points=_plain(version.points),
        has_partial_credit=version.has_partial_credit,
        basis=version.basis,
    )


def _answers(
    version: QuestionVersion, options: Iterable[Option], lines: list[Key]
) -> dict[str, Any]:
    sides: dict[str, list[Option]] = {Side.CHOICE: [], Side.LEFT: [], Side.RIGHT: []}
    for option in sorted(options, key=lambda option: option.position):
        sides[option.side].append(option)
    texts: dict[int | None, str] = {
        option.pk: option.text for side in sides.values() for option in side
    }
    match version.kind:
        case kind if kind in CHOICES:
            right = {line.option_id for line in lines}
            made = (Choice(one.text, one.pk in right, one.feedback) for one in sides[Side.CHOICE])
            return {"choices": tuple(made)}
        case Kind.MATCHING:
            matches = {line.option_id: line.match_id for line in lines}
            pairs = (Pair(o.text, texts.get(matches.get(o.pk), "")) for o in sides[Side.LEFT])
            used = set(matches.values())
            others = (o.text for o in sides[Side.RIGHT] if o.pk not in used)
            return {"pairs": tuple(pairs), "others": tuple(others)}
        case Kind.ORDERING:
            placed = sorted(lines, key=lambda line: line.place or 0)
            return {"order": tuple(texts.get(line.option_id, "") for line in placed)}
        case Kind.NUMBER:
            return {"numbers": tuple(_number(line) for line in lines if line.number is not None)}
    return {"texts": tuple(ShortText(line.text) for line in lines if line.text)}


def _number(line: Key) -> Number:
    is_relative = line.tolerance_kind == Tolerance.RELATIVE
    figures = _plain(line.number or Decimal(0)), _plain(line.tolerance or Decimal(0))
    return Number(*figures, is_relative=is_relative)


def _plain(number: Decimal) -> Decimal:
    """Without the zeros that a column puts behind it."""
    return Decimal(told(number))


def words_of(item: Item) -> dict[str, Any]:
    """The columns of a version."""
    return {
        "kind": str(item.kind),
        "prompt": item.prompt,
        "language": item.language,
        "points": item.points,
        "has_partial_credit": item.has_partial_credit,
        "unit": item.unit,
        "explanation": item.explanation,
        "basis": item.basis,
    }


def answers_of(version: QuestionVersion, item: Item) -> tuple[list[Option], list[Key]]:
    """Options and right answers, not saved yet. One right side may belong to several left ones."""
    options: list[Option] = []
    keys: list[Key] = []

    def option(text: str, position: int, side: str = Side.CHOICE, feedback: str = "") -> Option:
        made = Option(version=version, text=text, position=position, side=side, feedback=feedback)
        options.append(made)
        return made

    for position, choice in enumerate(item.choices, start=1):
        made = option(choice.text, position, feedback=choice.feedback)
        if choice.is_right:
            keys.append(Key(version=version, option=made))
    rights = dict.fromkeys([*(pair.right for pair in item.pairs), *item.others])
    for_right = {text: option(text, n, Side.RIGHT) for n, text in enumerate(rights, start=1)}
    for position, pair in enumerate(item.pairs, start=1):
        left = option(pair.left, position, Side.LEFT)
        keys.append(Key(version=version, option=left, match=for_right[pair.right]))
    for place, text in enumerate(item.order, start=1):
        keys.append(Key(version=version, option=option(text, place), place=place))
    keys += [Key(version=version, text=line.text) for line in item.texts]
    keys += [Key(version=version, **_figures(line)) for line in item.numbers]
    return options, keys


def _figures(line: Number) -> dict[str, Any]:
    kind = Tolerance.RELATIVE if line.is_relative else Tolerance.ABSOLUTE
    return {"number": line.number, "tolerance": line.tolerance, "tolerance_kind": kind}
