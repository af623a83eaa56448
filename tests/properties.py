"""How often a property is tried: a third as often as in the audit, and each run draws anew."""

from __future__ import annotations

from typing import Any

from hypothesis import settings

# A busy machine is not a fault of the code. Where a build runs, Hypothesis would draw the same
# examples every time, which show nothing new.
settings.register_profile("house", max_examples=33, deadline=None, derandomize=False)
settings.register_profile("audit", max_examples=100, deadline=None, derandomize=False)
settings.load_profile("house")


def examples(times: int, **how: Any) -> settings:
    """So often in the audit: for what costs more than others, or less."""
    is_audit = settings.get_current_profile_name() == "audit"
    return settings(max_examples=times if is_audit else max(times // 3, 4), **how)
