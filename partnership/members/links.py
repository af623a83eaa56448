"""The links and the code of an invitation, drawn from its row and the site's secret.

The tables hold only what a link hashes to. Two links lead to one invitation: the one that was
mailed proves that its reader has the address; the one shown to whoever invites, to be pasted into a
chat, proves nothing and only leads there. Otherwise an inviter could come in as the invited.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from partnership.accounts.codes import digits_in

SALT = "partnership.members.links: "
MAILED, SHOWN, CODE = "invitation, mailed", "invitation, shown", "invitation, code"
DIGITS = 6


def token_of(uuid: UUID, purpose: str) -> str:
    """What the link ends in: 256 bits that nobody can make without the secret."""
    drawn = salted_hmac(SALT + purpose, str(uuid), algorithm="sha256").digest()
    return urlsafe_b64encode(drawn).decode().rstrip("=")


def hash_of(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def code_of(uuid: UUID) -> str:
    """Six digits. Five tries make one in two hundred thousand; the link is there besides."""
    drawn = salted_hmac(SALT + CODE, str(uuid), algorithm="sha256").digest()
    return f"{int.from_bytes(drawn, 'big') % 10**DIGITS:0{DIGITS}d}"


def shown(code: str) -> str:
    """In two groups, as people read numbers out."""
    return f"{code[:3]} {code[3:]}"


def is_right(uuid: UUID, typed: str) -> bool:
    return constant_time_compare(code_of(uuid), digits_in(typed))
