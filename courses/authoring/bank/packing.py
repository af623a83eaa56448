"""Items and problems as plain values, so that JSON can carry them, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from courses.quizzes.exchange.items import (
    Choice,
    Item,
    Kind,
    Number,
    Pair,
    Picture,
    ShortText,
)
from courses.quizzes.exchange.report import Level, Problem, Report, Verdict

Told = dict[str, Any]
LINES: dict[str, Callable[..., Any]] = {
    "choices": Choice,
    "pairs": Pair,
    "numbers": Number,
    "texts": ShortText,
    "pictures": Picture,
}
DECIMALS = ("percent", "number", "tolerance", "points")


def packed(part: Any) -> Any:
    """The same as lists, objects and texts; what is as usual is left out of an object."""
    if isinstance(part, Decimal):
        return str(part)
    if isinstance(part, tuple):
        return [packed(one) for one in part]
    if not is_dataclass(part) or isinstance(part, type):
        return part
    values = {one.name: (getattr(part, one.name), one.default) for one in fields(part)}
    return {name: packed(value) for name, (value, usual) in values.items() if value != usual}


def unpacked(told: Mapping[str, Any]) -> Item:
    values: Told = dict(told)
    for name, make in LINES.items():
        if name in values:
            values[name] = tuple(make(**_numbers(line)) for line in values[name])
    for name in ("others", "order", "category", "tags"):
        if name in values:
            values[name] = tuple(values[name])
    return Item(**{**_numbers(values), "kind": Kind(values["kind"])})


def _numbers(told: Mapping[str, Any]) -> Told:
    return {
        name: Decimal(value) if name in DECIMALS and value is not None else value
        for name, value in told.items()
    }


def packed_problem(problem: Problem) -> list[Any]:
    return [problem.code, problem.line, int(problem.level), [list(fact) for fact in problem.facts]]


def unpacked_problem(told: list[Any]) -> Problem:
    code, line, level, facts = told
    return Problem(code, line, Level(level), tuple((name, value) for name, value in facts))


def packed_verdict(verdict: Verdict) -> Told:
    return {
        "line": verdict.line,
        "title": verdict.title,
        "item": None if verdict.item is None else packed(verdict.item),
        "problems": [packed_problem(problem) for problem in verdict.problems],
        "source": verdict.source,
    }


def unpacked_verdict(told: Mapping[str, Any]) -> Verdict:
    return Verdict(
        told["line"],
        told["title"],
        None if told["item"] is None else unpacked(told["item"]),
        tuple(unpacked_problem(problem) for problem in told["problems"]),
        told["source"],
    )


def packed_report(report: Report) -> Told:
    return {
        "verdicts": [packed_verdict(verdict) for verdict in report.verdicts],
        "problems": [packed_problem(problem) for problem in report.problems],
    }


def unpacked_report(told: Mapping[str, Any]) -> Report:
    return Report(
        tuple(unpacked_verdict(verdict) for verdict in told["verdicts"]),
        tuple(unpacked_problem(problem) for problem in told["problems"]),
    )
