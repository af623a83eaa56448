"""A proposal's text as it was typed: what a form sends, what a save keeps, what a form shows again.

Nothing is judged here: what is wrong or unfinished is kept like all other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Words = dict[str, Any]

KINDS = ("challenge", "action", "result", "copy", "policy")
FIELDS = (
    *("title", "language", "summary", "standfirst", "mechanism", "place", "started", "technology"),
    *("sector", "agreement"),
    *(f"{kind}_{name}" for kind in KINDS for name in ("heading", "text")),
    *("policy_document", "policy_year", "policy_meaning", "doubts", "goals"),
)
# Of each kind of row: the fields, up to how many empty ones are offered, how many at once. All of
# them together are fewer fields than one form may send.
ROWS: Mapping[str, tuple[tuple[str, ...], int, int]] = {
    "countries": (("country", "part"), 20, 2),
    "institutions": (("institution",), 12, 1),
    "sources": (("listed", "title", "publisher", "address", "published_on"), 24, 2),
    "charts": (("section", "kind", "title", "caption", "unit", "key"), 6, 1),
    "figures": (
        (
            *("section", "label", "qualifier", "value_number", "value_text", "unit", "scope"),
            *("as_of", "as_of_precision", "source", "is_ours", "is_headline", "chart", "note"),
            "key",
        ),
        45,
        2,
    ),
}
# What a row without anything typed has all the same.
PRESET = ("part", "kind", "scope", "as_of_precision", "section", "key")
LONGEST = 300_000
ROW = re.compile(r"([a-z]+)-([0-9]{1,2})-")


def taken_from(sent: Mapping[str, str]) -> Words:
    """What a form sent, by its fields and rows. A field that it does not have is empty."""
    found: Words = {name: _line_ends(sent.get(name, "")) for name in FIELDS}
    rows: dict[str, int] = {}
    for name in sent:
        if row := ROW.match(name):
            rows[row[1]] = max(rows.get(row[1], 0), int(row[2]) + 1)
    for kind, (fields, _most, _more) in ROWS.items():
        found[kind] = _without_tail(
            [
                {name: _line_ends(sent.get(f"{kind}-{n}-{name}", "")) for name in fields}
                for n in range(rows.get(kind, 0))
            ]
        )
    return found


def typed(words: Words) -> dict[str, str]:
    """The same under the names of the form's fields."""
    found = {name: words.get(name, "") for name in FIELDS}
    for kind, (fields, _most, _more) in ROWS.items():
        for n, row in enumerate(words.get(kind, [])):
            found |= {f"{kind}-{n}-{name}": row.get(name, "") for name in fields}
    return found


def is_empty(row: Mapping[str, str]) -> bool:
    return not any(value.strip() for name, value in row.items() if name not in PRESET)


def size(words: Words) -> int:
    return sum(map(len, typed(words).values()))


def _line_ends(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _without_tail(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Without the empty rows at the end. Those between keep their place: figures name them."""
    while rows and is_empty(rows[-1]):
        rows.pop()
    return rows


def of_told(told: Mapping[str, Any]) -> Words:
    """A published document as it would be typed: where the next version begins."""
    found: Words = {name: _text(told.get(name)) for name in FIELDS}
    found["sector"] = told["sector"]["slug"] if told["sector"] else ""
    found["doubts"] = "\n".join(told["doubts"])
    found["goals"] = ", ".join(map(str, told["goals"]))
    for section in told["sections"]:
        found[f"{section['kind']}_heading"] = section["heading"]
        found[f"{section['kind']}_text"] = section["text"]
    keys = [chart["key"] for chart in told["charts"]]
    found |= {
        "countries": [{"country": one["iso3"], "part": one["part"]} for one in told["countries"]],
        "institutions": [{"institution": slug} for slug in told["institutions"]],
        "sources": [_source(one) for one in told["sources"]],
        "charts": [{name: _text(value) for name, value in one.items()} for one in told["charts"]],
        "figures": [_figure(one, keys) for one in told["figures"]],
    }
    return found


def _source(one: Mapping[str, Any]) -> dict[str, str]:
    if one["slug"]:
        return {"listed": one["slug"]}
    fields = ("title", "publisher", "address", "published_on")
    return {name: _text(one[name]) for name in fields}


def _figure(one: Mapping[str, Any], keys: list[str]) -> dict[str, str]:
    row = {name: _text(one[name]) for name in ROWS["figures"][0]}
    chart = one["chart"]
    return {
        **row,
        "source": str(one["source"] + 1),
        "chart": str(keys.index(chart) + 1) if chart in keys else "",
    }


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    return "" if value is None or isinstance(value, list | dict) else str(value)
