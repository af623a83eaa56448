"""The code that is mailed. It is drawn from a row's identity and the site's secret, so that no
table holds it and the same mail can be sent again.
"""

from __future__ import annotations

import unicodedata
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

DIGITS = 8
# Names what the code is for: one made for another purpose is another code.
SALT = "partnership.accounts.codes: "
COME_IN = "come in"


def code_of(uuid: UUID, purpose: str = COME_IN) -> str:
    """Eight digits. Guessing is a matter of one in a hundred million, five times."""
    drawn = salted_hmac(SALT + purpose, str(uuid), algorithm="sha256").digest()
    return f"{int.from_bytes(drawn, 'big') % 10**DIGITS:0{DIGITS}d}"


def token_of(uuid: UUID, purpose: str) -> str:
    """What a mailed link ends in: which row, and that the link was made here for this purpose."""
    return uuid.hex + _mark(uuid, purpose)


def uuid_in(token: str, purpose: str) -> UUID | None:
    """The row that a link names, if the link is one of ours for this purpose."""
    try:
        uuid = UUID(hex=token[:32])
    except ValueError:
        return None
    is_ours = constant_time_compare(token, token_of(uuid, purpose))
    return uuid if is_ours else None


def _mark(uuid: UUID, purpose: str) -> str:
    salt = f"{SALT}link to {purpose}"
    return salted_hmac(salt, str(uuid), algorithm="sha256").hexdigest()[:40]


def shown(code: str) -> str:
    """In two groups, as people read numbers out."""
    return f"{code[:4]} {code[4:]}"


def digits_in(typed: str) -> str:
    """What was typed, without blanks and hyphens, in whatever digits the keyboard has."""
    kept = (sign for sign in typed if not (sign.isspace() or unicodedata.category(sign) == "Pd"))
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in kept)


def is_right(uuid: UUID, typed: str, purpose: str = COME_IN) -> bool:
    return constant_time_compare(code_of(uuid, purpose), digits_in(typed))
