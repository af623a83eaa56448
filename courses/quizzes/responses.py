"""What a device sends as an answer: checked against the paper's tokens, then stored as it is.

Forms: {"chosen": [...]} for choices, {"pairs": {left: right}}, {"order": [...]}, and
{"text": "...", "unit": "...", "language": "en"} for numbers and short texts. An empty one is an
answer that was cleared. No database, clock or request.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from courses.quizzes.grading import Chosen, Order, Pairs, Response, Typed
from partnership.lib.errors import Refusal

LONGEST_TEXT = 500
LONGEST_UNIT = 60
CHOICES = ("single", "true_false", "multiple")
TYPED = ("number", "short_text")


class WrongShape(Refusal):
    """Not the form that an answer to this kind of question has."""

    code = "wrong_shape"


class UnknownOption(Refusal):
    """It names an option that this question of this paper does not have."""

    code = "unknown_option"


class ChosenTwice(Refusal):
    """The same option twice, or several where one may be chosen."""

    code = "chosen_twice"


class TooLong(Refusal):
    code = "too_long"


class NotText(Refusal):
    """Signs that no database stores."""

    code = "not_text"


# What `parse_response` may say.
NO_ANSWER = (WrongShape, UnknownOption, ChosenTwice, TooLong, NotText)


@dataclass(frozen=True)
class Tokens:
    """The options that an answer may name."""

    choices: Set[str] = frozenset()
    left: Set[str] = frozenset()
    right: Set[str] = frozenset()


def parse_response(
    kind: str, raw: object, tokens: Tokens, *, language: str = "en"
) -> dict[str, Any]:
    """The answer in its one stored form, so that equal answers are equal; or a Refusal."""
    if not isinstance(raw, dict):
        raise WrongShape("An answer is an object with named parts.")
    if kind in CHOICES:
        return _chosen(kind, raw, tokens)
    if kind == "matching":
        return _pairs(raw, tokens)
    if kind == "ordering":
        _only(raw, {"order"})
        return {"order": _named(raw.get("order"), tokens.choices)}
    if kind in TYPED:
        return _typed(kind, raw, language)
    raise WrongShape("There is no such kind of question.")


def _only(raw: Mapping[Any, Any], names: Set[str]) -> None:
    if not raw.keys() <= names:
        raise WrongShape(f"An answer to this question has: {', '.join(sorted(names))}.")


def _chosen(kind: str, raw: Mapping[Any, Any], tokens: Tokens) -> dict[str, Any]:
    _only(raw, {"chosen"})
    chosen = _named(raw.get("chosen"), tokens.choices)
    if kind != "multiple" and len(chosen) > 1:
        raise ChosenTwice("Only one answer can be chosen here.")
    return {"chosen": sorted(chosen)}


def _pairs(raw: Mapping[Any, Any], tokens: Tokens) -> dict[str, Any]:
    _only(raw, {"pairs"})
    pairs = raw.get("pairs")
    if not isinstance(pairs, dict):
        raise WrongShape("Pairs are an object: left side to right side.")
    _named(list(pairs.keys()), tokens.left)
    for match in pairs.values():
        _named([match], tokens.right)
    return {"pairs": dict(sorted(pairs.items()))}


def _named(raw: object, known: Set[str]) -> list[str]:
    if not isinstance(raw, list) or not all(isinstance(token, str) for token in raw):
        raise WrongShape("A list of options is expected.")
    if not set(raw) <= known:
        raise UnknownOption("This question does not have that option.")
    if len(set(raw)) != len(raw):
        raise ChosenTwice("An option can be named once only.")
    return list(raw)


def _typed(kind: str, raw: Mapping[Any, Any], language: str) -> dict[str, Any]:
    _only(raw, {"text", "unit", "language"} if kind == "number" else {"text"})
    text = _text(raw.get("text", ""), LONGEST_TEXT)
    if kind == "short_text":
        return {"text": text}
    unit = _text(raw.get("unit", ""), LONGEST_UNIT)
    # The language decides what 1,234 is: it stays with the answer, whoever reads it later.
    return {"text": text, "unit": unit, "language": language}


def _text(raw: object, longest: int) -> str:
    if not isinstance(raw, str):
        raise WrongShape("A text is expected.")
    if len(raw) > longest:
        raise TooLong(f"An answer may have {longest} letters at most.")
    if any(unicodedata.category(sign) == "Cs" or sign == "\0" for sign in raw):
        raise NotText("There are signs in it that cannot be stored.")
    return raw.strip()


def understood(kind: str, stored: Mapping[str, Any] | None, ids: Mapping[str, int]) -> Response:
    """A stored answer in the terms of the answer sheet: options by their own ids."""
    stored = stored or {}
    if kind in CHOICES:
        return Chosen(frozenset(ids[token] for token in stored.get("chosen", ())))
    if kind == "matching":
        pairs = stored.get("pairs", {})
        return Pairs({ids[left]: ids[right] for left, right in pairs.items()})
    if kind == "ordering":
        return Order(tuple(ids[token] for token in stored.get("order", ())))
    return Typed(
        stored.get("text", ""), stored.get("unit", ""), language=stored.get("language", "en")
    )


def is_empty(stored: Mapping[str, Any] | None) -> bool:
    """Nothing was answered, or what was answered has been cleared."""
    parts = {name: part for name, part in (stored or {}).items() if name != "language"}
    return not any(parts.values())
