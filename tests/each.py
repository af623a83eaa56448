"""One test that looks at many rows and names each that is wrong: a case of its own costs more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Decorator = Callable[[Callable[[Any], None]], Callable[[], None]]


def of_each(rows: Mapping[str, Any] | Iterable[str]) -> Decorator:
    """Run the test for every row, or for every key. Without any it has shown nothing and fails."""
    told = rows if isinstance(rows, Mapping) else {key: key for key in rows}

    def decorated(look: Callable[[Any], None]) -> Callable[[], None]:
        def test() -> None:
            wrong = {}
            for key, row in told.items():
                try:
                    look(row)
                except AssertionError as error:
                    wrong[key] = str(error).partition("\n")[0] or "it does not hold"
            assert told
            assert wrong == {}

        test.__doc__ = look.__doc__
        return test

    return decorated
