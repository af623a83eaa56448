"""Which function does which kind of job. Each subject registers its own in its `tasks.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol


class Steps(Protocol):
    """What a handler is given: its payload, where an earlier try stopped, and how to report."""

    payload: dict[str, Any]
    done: int

    def step(self, done: int, total: int, sentence: str = "") -> None:
        """Report progress. Raises when the job was cancelled or given to another worker."""


Handler = Callable[[Steps], dict[str, Any] | None]
HANDLERS: dict[str, Handler] = {}


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register a handler. It may be killed and run again: every write of it must bear that."""

    def register(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        return handler

    return register
