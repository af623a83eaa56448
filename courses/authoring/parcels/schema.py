"""What `course.json` of a whole course holds: each name, and what may stand under it. Pure.

A shape is a kind of value, a list of one shape, or an object of shapes; nothing may be missing and
nothing may stand there beside.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from courses.authoring.parcels.found import Refused

FORMAT, VERSION = "article6-course", 1
KEY = re.compile(r"[-a-zA-Z0-9_]{1,80}\Z")
MOST_LINES = 2_000


@dataclass(frozen=True)
class Text:
    most: int
    like: re.Pattern[str] | None = None

    def has(self, value: Any) -> bool:
        if not isinstance(value, str) or len(value) > self.most or "\0" in value:
            return False
        return self.like is None or self.like.match(value) is not None


@dataclass(frozen=True)
class Whole:
    least: int
    most: int
    or_none: bool = False

    def has(self, value: Any) -> bool:
        if value is None:
            return self.or_none
        return type(value) is int and self.least <= value <= self.most


@dataclass(frozen=True)
class OneOf:
    words: tuple[Any, ...]

    def has(self, value: Any) -> bool:
        return any(value == word and type(value) is type(word) for word in self.words)


class Day:
    def has(self, value: Any) -> bool:
        try:
            return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
        except ValueError:
            return False


class Anything:
    """An object that another reader looks at."""

    def has(self, value: Any) -> bool:
        return isinstance(value, dict)


NAME, TITLE = Text(80, KEY), Text(200, re.compile(r"\s*\S"))
IS = OneOf((True, False))
LESSON = {
    **{"key": NAME, "slug": NAME, "title": TITLE, "minutes": Whole(1, 999)},
    **{"rule": OneOf(("read", "marked")), "is_required": IS, "file": Text(200)},
}
QUIZ = {
    **{"key": NAME, "slug": NAME, "title": TITLE, "minutes": Whole(1, 999), "is_required": IS},
    "plan": OneOf(("practise", "check", "exam", "survey", "pretest")),
    "pass_mark": Text(6, re.compile(r"(?:(?:0\.(?!0+\Z)\d{1,4}|1(?:\.0{1,4})?)\Z|\Z)")),
    "attempts_allowed": Whole(1, 999, or_none=True),
    "wait_minutes": Whole(0, 1_000_000),
    "time_limit_minutes": Whole(1, 9_999, or_none=True),
    "time_limit_reason": Text(200),
    "groups": [{"title": Text(100), "quota": Whole(1, 999, or_none=True), "questions": [NAME]}],
}
SHAPE = {
    "format": OneOf((FORMAT,)),
    "version": OneOf((VERSION,)),
    "about": {
        **{"language": Text(12, re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})?\Z"))},
        **{"title": TITLE, "summary": Text(2_000), "authors": Text(200), "rules_as_of": Day()},
        **{"audience": [Text(500)], "outcomes": [Text(500)], "what_changed": Text(2_000)},
    },
    "modules": [{"key": NAME, "title": TITLE, "lessons": [LESSON], "quizzes": [QUIZ]}],
    "quizzes": [QUIZ],
    "cases": [{"key": NAME, "title": Text(150), "text": Text(200_000)}],
    "questions": [
        {
            **{"key": NAME, "topic": Text(80), "note": Text(20_000), "case": Text(80)},
            **{"state": OneOf(("active", "reserve", "self_check")), "item": Anything()},
        }
    ],
    "pictures": [
        {
            **{"name": Text(16, re.compile(r"[0-9a-f]{16}\Z")), "file": Text(150)},
            **{"alt": Text(300), "width": Whole(1, 1280), "height": Whole(1, 9999)},
        }
    ],
    "files": Anything(),
}


def refuse_another(value: Any, shape: Any = SHAPE, place: str = "course.json") -> None:
    """Refused at the first place that is not as the shape says."""
    if isinstance(shape, dict):
        if not isinstance(value, dict) or set(value) != set(shape):
            raise Refused("manifest", where=place)
        for name, inner in shape.items():
            refuse_another(value[name], inner, f"{place}: {name}")
    elif isinstance(shape, list):
        if not isinstance(value, list) or len(value) > MOST_LINES:
            raise Refused("manifest", where=place)
        for number, one in enumerate(value, start=1):
            refuse_another(one, shape[0], f"{place} {number}")
    elif not shape.has(value):
        raise Refused("manifest", where=place)
