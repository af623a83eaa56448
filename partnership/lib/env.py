"""Settings from the environment. Nonsense is refused in one sentence, never guessed at."""

from __future__ import annotations

import os
import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SCHEMES = {"s3": "https", "s3+http": "http"}
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def boolean(name: str, *, default: bool) -> bool:
    value = text(name).lower()
    if not value:
        return default
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}.")
    return value in TRUE


def integer(name: str, default: int) -> int:
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def words(name: str, default: str = "") -> list[str]:
    """A list written with commas."""
    return [word for part in text(name, default).split(",") if (word := part.strip())]


def one_of(name: str, choices: tuple[str, ...]) -> str:
    """One of the choices; the first is the default."""
    value = text(name, choices[0])
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(choices)}, not {value!r}.")
    return value


def some_of(name: str, choices: tuple[str, ...]) -> list[str]:
    """Some of the choices, written with commas, in their order; all of them by default."""
    found = words(name, ",".join(choices))
    if not set(found) <= set(choices):
        raise ImproperlyConfigured(f"{name} must be some of {', '.join(choices)}.")
    return [choice for choice in choices if choice in found]


def address(name: str, default: str = "") -> SplitResult:
    """An address as parts. Never quoted when it is wrong: it may hold a password."""
    try:
        parts = urlsplit(text(name, default))
        parts.port  # noqa: B018 it is looked at only when asked for
    except ValueError:
        raise ImproperlyConfigured(f"{name} is not an address.") from None
    return parts


def bucket(name: str) -> dict[str, str]:
    """The bucket of a store that speaks S3, as its storage takes it; nothing without one."""
    parts = address(name)
    if not parts.geturl():
        return {}
    given = dict(parse_qsl(parts.query))
    is_whole = parts.scheme in SCHEMES and parts.hostname and given.keys() <= {"region"}
    kept_in = re.fullmatch(r"/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/?", parts.path)
    if not is_whole or not kept_in or bool(parts.username) != bool(parts.password):
        raise ImproperlyConfigured(
            f"{name} must be s3://key:secret@host/bucket, or s3+http://… without TLS."
        )
    return {
        "bucket": kept_in[1],
        "endpoint": f"{SCHEMES[parts.scheme]}://{parts.netloc.rpartition('@')[2]}",
        "region": given.get("region", "us-east-1"),
        "key": unquote(parts.username or ""),
        "secret": unquote(parts.password or ""),
    }
