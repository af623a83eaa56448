"""The code that is mailed. It is drawn from a row's identity and the site's secret, so that no
table holds it and the same mail can be sent again.
"""

from __future__ import annotations

import unicodedata
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

DIGITS = 8
# Names what the code is for: one made for another purpose is another code.
PURPOSE = "partnership.accounts.codes: come in"


def code_of(uuid: UUID) -> str:
    """Eight digits. Guessing is a matter of one in a hundred million, five times."""
    drawn = salted_hmac(PURPOSE, str(uuid), algorithm="sha256").digest()
    return f"{int.from_bytes(drawn, 'big') % 10**DIGITS:0{DIGITS}d}"


def shown(code: str) -> str:
    """In two groups, as people read numbers out."""
    return f"{code[:4]} {code[4:]}"


def digits_in(typed: str) -> str:
    """What was typed, without blanks and hyphens, in whatever digits the keyboard has."""
    kept = (sign for sign in typed if not (sign.isspace() or unicodedata.category(sign) == "Pd"))
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in kept)


def is_right(uuid: UUID, typed: str) -> bool:
    return constant_time_compare(code_of(uuid), digits_in(typed))
