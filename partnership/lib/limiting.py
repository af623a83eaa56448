"""A process limits itself before it looks at the first byte of a stranger's file."""

from __future__ import annotations

import resource


def limit_itself(*, memory: int, seconds: int) -> None:
    """So many bytes of memory and seconds of a processor at most, and no core file."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
