"""Values of columns, to be kept in a journal and compared with later ones."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

_encoded = DjangoJSONEncoder().default


def as_json(value: Any) -> Any:
    """A column's value as JSON holds it, so that two are equal only where the columns are."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, datetime):
        # Whole, as the database has it: the encoder would cut the microseconds.
        return value.isoformat()
    return _encoded(value)
