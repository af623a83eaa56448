"""Numbers as people read them."""

from __future__ import annotations

from decimal import Decimal

from django.utils import formats


def shown(number: Decimal | float | int | None) -> str:
    """Grouped by thousands, without idle zeros: 1618.0000 is 1,618 and 7.2400 is 7.24."""
    if number is None:
        return ""
    exact = Decimal(str(number)).normalize()
    places = max(-int(exact.as_tuple().exponent), 0)
    return formats.number_format(exact, decimal_pos=places, use_l10n=True, force_grouping=True)
