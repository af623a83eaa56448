"""JSON that is sent to us, read strictly: every reader of it must understand the same."""

from __future__ import annotations

import json
import math
from typing import Any

from django.utils.translation import gettext as _

from partnership.lib.errors import BadQuery

LARGEST = 32_000
DEEPEST = 20

# What a sender calls a change of its own, the same when it is sent again.
OWN_KEY = r"\A[A-Za-z0-9_-]{8,64}\Z"


def read_object(raw: bytes, *, largest: int = LARGEST) -> dict[str, Any]:
    """An object of names that can be told again, with numbers that are some."""
    if len(raw) > largest:
        raise BadQuery({"": [_("This is longer than anything that is expected here.")]})
    try:
        found = json.loads(raw, object_pairs_hook=_once)
        if not isinstance(found, dict):
            raise BadQuery({"": [_("An object is expected.")]})
        endless = [name for name, value in found.items() if _is_endless(value)]
    except (ValueError, RecursionError):
        raise BadQuery({"": [_("This is not JSON that can be read.")]}) from None
    if endless:
        raise BadQuery({name[:40]: [_("There is no such number.")] for name in endless})
    return found


def refuse_unknown_parts(found: dict[str, Any], known: set[str]) -> None:
    """What is not named is never bound, and a misspelt name must not look as if it had been."""
    if unknown := sorted(found.keys() - known):
        raise BadQuery({name[:40]: [_("There is no such part here.")] for name in unknown})


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        name.encode()  # half a letter is no name; the fault of it is a ValueError
        if name in found:
            raise BadQuery({name[:40]: [_("This is said twice.")]})
        found[name] = value
    return found


def _is_endless(value: Any, depth: int = 0) -> bool:
    """NaN, and what is too large for any number, wherever it stands."""
    if isinstance(value, dict | list):
        if depth == DEEPEST:
            raise ValueError("nobody nests that deep")
        inner = value.values() if isinstance(value, dict) else value
        return any(_is_endless(part, depth + 1) for part in inner)
    return isinstance(value, float) and not math.isfinite(value)
