"""What a script sends: JSON of a known form, or a sentence that says what is wrong with it."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from partnership.lib.bodies import OWN_KEY, read_object, refuse_unknown_parts
from partnership.lib.errors import BadQuery


def is_json(request: HttpRequest) -> bool:
    return request.content_type == "application/json"


def sent(request: HttpRequest, names: tuple[str, ...]) -> dict[str, Any]:
    """An object with no other names than these."""
    found = read_object(request.body)
    refuse_unknown_parts(found, set(names))
    return found


def key(value: object) -> str:
    """The sender's own key of a save or a hand-in."""
    if not isinstance(value, str) or not re.match(OWN_KEY, value):
        raise BadQuery({"key": [_("A key has 8 to 64 letters and digits.")]})
    return value


def whole(value: object, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise BadQuery({name: [_("A whole number is expected.")]})
    return value


def claim(value: object, name: str) -> bool:
    if not isinstance(value, bool):
        raise BadQuery({name: [_("Yes or no is expected: true or false.")]})
    return value


def word(value: object, name: str, longest: int = 40) -> str:
    """A short text of ours: a token, a name of a device."""
    if not isinstance(value, str) or len(value) > longest:
        raise BadQuery({name: [_("A short text is expected.")]})
    try:
        value.encode()
    except UnicodeEncodeError:
        raise BadQuery({name: [_("There are signs in it that cannot be stored.")]}) from None
    return value.replace("\0", "")
