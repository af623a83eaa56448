"""Answer sheets of versions. Only grading, results and trainers' pages ask for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from courses.quizzes.grading import (
    Accepted,
    ChoiceSheet,
    MatchingSheet,
    NumberSheet,
    OrderingSheet,
    Sheet,
    TextSheet,
)
from courses.quizzes.models import Key, QuestionVersion


def sheets(versions: Iterable[QuestionVersion]) -> dict[int, Sheet]:
    """The sheet of each version by its id, in one query."""
    asked = {version.pk: version for version in versions}
    lines: dict[int, list[Key]] = defaultdict(list)
    for key in Key.objects.filter(version__in=asked).order_by("version", "place", "pk"):
        lines[key.version_id].append(key)
    return {pk: _sheet(version, lines[pk]) for pk, version in asked.items()}


def _sheet(version: QuestionVersion, lines: list[Key]) -> Sheet:
    partly = version.has_partial_credit
    match version.kind:
        case "multiple":
            return ChoiceSheet(_options(lines), partly)
        case "matching":
            pairs = {line.option_id: line.match_id for line in lines}
            return MatchingSheet(
                {left: right for left, right in pairs.items() if left and right}, partly
            )
        case "ordering":
            placed = sorted(lines, key=lambda line: line.place or 0)
            return OrderingSheet(tuple(line.option_id for line in placed if line.option_id), partly)
        case "number":
            accepted = tuple(
                Accepted(
                    line.number, line.tolerance or Decimal(0), line.tolerance_kind == "relative"
                )
                for line in lines
                if line.number is not None
            )
            return NumberSheet(accepted, version.unit)
        case "short_text":
            return TextSheet(tuple(line.text for line in lines))
    return ChoiceSheet(_options(lines))


def _options(lines: list[Key]) -> frozenset[int]:
    return frozenset(line.option_id for line in lines if line.option_id)
