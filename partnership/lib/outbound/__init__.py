"""The one way in which the site asks another host.

http and https on their own ports, public addresses only, the address that was checked is the one
connected to, also after each redirect. A whole fetch ends within its seconds and its bytes. It
shows no cookie and no credentials, and takes no proxy from the environment.
"""

from partnership.lib.outbound.client import Answer, Limits, fetch
from partnership.lib.outbound.refusals import (
    BadAnswer,
    BadCertificate,
    NoAnswer,
    NotFetched,
    PrivateAddress,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    UnknownHost,
    WrongAddress,
    sentence_of,
)

__all__ = [
    "Answer",
    "BadAnswer",
    "BadCertificate",
    "Limits",
    "NoAnswer",
    "NotFetched",
    "PrivateAddress",
    "TooLarge",
    "TooManyRedirects",
    "TooSlow",
    "UnknownHost",
    "WrongAddress",
    "fetch",
    "sentence_of",
]
