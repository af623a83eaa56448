"""Answers and right answers as one line of text. No database, clock or request."""

from __future__ import annotations

from collections.abc import Mapping

from courses.quizzes.grading import (
    ChoiceSheet,
    Chosen,
    MatchingSheet,
    NumberSheet,
    Order,
    OrderingSheet,
    Pairs,
    Response,
    Sheet,
    TextSheet,
)
from courses.quizzes.notation import write_number


def of_response(response: Response, texts: Mapping[int, str]) -> str:
    """What was answered; `texts` are those of the options by id."""
    match response:
        case Chosen():
            # In the order of the paper, which is that of `texts`.
            return "; ".join(text for option, text in texts.items() if option in response.options)
        case Pairs():
            return _pairs(response.pairs, texts)
        case Order():
            return _order(response.order, texts)
    return f"{response.text} {response.unit}".strip()


def of_sheet(sheet: Sheet, texts: Mapping[int, str]) -> str:
    """What is right; of several accepted texts the first."""
    match sheet:
        case ChoiceSheet():
            return "; ".join(text for option, text in texts.items() if option in sheet.right)
        case MatchingSheet():
            return _pairs(sheet.pairs, texts)
        case OrderingSheet():
            return _order(sheet.order, texts)
        case TextSheet():
            return sheet.accepted[0] if sheet.accepted else ""
    return _number(sheet)


def _pairs(pairs: Mapping[int, int], texts: Mapping[int, str]) -> str:
    return "; ".join(f"{texts[left]} → {texts[right]}" for left, right in pairs.items())


def _order(order: tuple[int, ...], texts: Mapping[int, str]) -> str:
    return "; ".join(f"{place}. {texts[option]}" for place, option in enumerate(order, start=1))


def _number(sheet: NumberSheet) -> str:
    if not sheet.accepted:
        return ""
    first = sheet.accepted[0]
    told = write_number(first.number, language="en")
    if first.tolerance and first.is_relative:
        told += f" ± {write_number(first.tolerance * 100, language='en')} %"
    elif first.tolerance:
        told += f" ± {write_number(first.tolerance, language='en')}"
    return f"{told} {sheet.unit}".strip()
