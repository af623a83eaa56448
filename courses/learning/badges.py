"""A certificate as an Open Badge 3.0: a signed file that says what the certificate says.

The credential is the payload of a JSON Web Token, as the standard's JWT proof format has it.
Whether it still stands is never in the file: it names a place in the list of withdrawn ones.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import secrets
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.learning import badge_keys
from courses.learning.models import Certificate
from partnership.lib.errors import Refusal

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
# Entries of one list: as many as the standard asks for, so that who asks for it tells little.
LENGTH = 131_072


class BadgeEnded(Refusal):
    """It was withdrawn or replaced: nothing is signed for it any more."""

    code = "certificate_ended"


class NoAddress(Refusal):
    """A badge names its holder by a mail address that was confirmed."""

    code = "no_confirmed_address"


def badge(certificate: Certificate, *, shows_name: bool) -> str:
    """The signed file for its holder. Refuses BadgeEnded and NoAddress.

    `certificate` comes with its learner and the course of its edition.
    """
    if certificate.state != Certificate.State.VALID:
        raise BadgeEnded(_("This certificate does not stand any more: no badge is signed for it."))
    owned = EmailAddress.objects.filter(user=certificate.learner_id, verified=True)
    address = owned.order_by("-primary", "pk").values_list("email", flat=True).first()
    if address is None:
        raise NoAddress(_("Confirm a mail address first: the badge names its holder by it."))
    holder = [_hashed(address), *(_names(certificate) if shows_name else [])]
    return _signed(_credential(certificate, holder), certificate.issued_at)


def _credential(certificate: Certificate, holder: list[dict[str, Any]]) -> dict[str, Any]:
    page = _at(certificate.get_absolute_url())
    return {
        "@context": [CREDENTIALS, BADGES],
        "id": page,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": certificate.course_title,
        "issuer": issuer(certificate.issuer),
        "validFrom": _moment(certificate.issued_at),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": holder,
            "creditsEarned": float(certificate.hours),
            "achievement": _achievement(certificate),
        },
        "credentialStatus": _status(certificate),
    }


def _achievement(certificate: Certificate) -> dict[str, Any]:
    """The edition of the course. The standard's credits are hours of learning here."""
    told = {
        "hours": str(certificate.hours),
        "number": certificate.edition_number,
        "day": certificate.rules_as_of.isoformat(),
    }
    course = _at(certificate.edition.course.get_absolute_url())
    return {
        "id": f"{course}#edition-{certificate.edition_number}",
        "type": ["Achievement"],
        "achievementType": "Course",
        "name": certificate.course_title,
        "description": f"{certificate.course_code} {certificate.course_title}",
        "humanCode": certificate.course_code,
        "version": str(certificate.edition_number),
        "inLanguage": certificate.language,
        "creditsAvailable": float(certificate.hours),
        "criteria": {
            "id": course,
            "narrative": "All required lessons were done and all required quizzes passed: "
            "{hours} hours of learning, edition {number}, rules as of {day}.".format(**told),
        },
    }


def issuer(name: str) -> dict[str, Any]:
    """Who signs, at an address of its own."""
    return {
        "id": _at(reverse("courses:badge-issuer")),
        "type": ["Profile"],
        "name": name,
        "url": settings.SITE_ADDRESS,
    }


def _hashed(address: str) -> dict[str, Any]:
    """Who knows the address can tell that it is this one. The salt is new for each file."""
    salt = secrets.token_hex(16)
    digest = hashlib.sha256(f"{address.lower()}{salt}".encode()).hexdigest()
    return {
        "type": "IdentityObject",
        "identityType": "emailAddress",
        "hashed": True,
        "identityHash": f"sha256${digest}",
        "salt": salt,
    }


def _names(certificate: Certificate) -> list[dict[str, Any]]:
    """As written and in Latin letters; one where both are the same."""
    kind = {"type": "IdentityObject", "identityType": "name", "hashed": False}
    names = dict.fromkeys(filter(None, (certificate.name, certificate.latin_name)))
    return [{**kind, "identityHash": name} for name in names]


# --- What stands and what does not --------------------------------------------------------


def _status(certificate: Certificate) -> dict[str, str]:
    number, place = divmod(certificate.pk, LENGTH)
    address = _at(reverse("courses:badge-status", args=[number]))
    return {
        "id": f"{address}#{place}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(place),
        "statusListCredential": address,
    }


def status_list(number: int, *, at: datetime) -> str:
    """A signed list of so many places: a one says that the certificate there stands no more."""
    first = number * LENGTH
    rows = Certificate.objects.filter(pk__gte=first, pk__lt=first + LENGTH)
    bits = bytearray(LENGTH // 8)
    for pk in rows.exclude(state=Certificate.State.VALID).order_by().values_list("pk", flat=True):
        place = pk - first
        bits[place // 8] |= 0b1000_0000 >> place % 8
    packed = base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).rstrip(b"=").decode()
    address = _at(reverse("courses:badge-status", args=[number]))
    told = {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": _at(reverse("courses:badge-issuer")),
        "validFrom": _moment(at),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": f"u{packed}",
        },
    }
    return _signed(told, at)


# --- Signing ------------------------------------------------------------------------------


def _signed(credential: dict[str, Any], since: datetime) -> str:
    # Slow to import, and most processes never sign.
    import jwt  # noqa: PLC0415

    key = badge_keys.keys().signing
    if key is None:
        raise Http404
    who = credential["issuer"]
    claims = {
        "iss": who["id"] if isinstance(who, dict) else who,
        "jti": credential["id"],
        "nbf": int(since.timestamp()),
    }
    if about := credential["credentialSubject"].get("id"):
        claims["sub"] = about
    headers = {"kid": key_address(key.print), "typ": "JWT"}
    return jwt.encode(credential | claims, key.private, algorithm=key.algorithm, headers=headers)


def key_address(fingerprint: str) -> str:
    return _at(reverse("courses:badge-key", args=[fingerprint]))


def published(fingerprint: str) -> dict[str, Any] | None:
    """The public half of a key of ours, under the name that badges call it by."""
    found = badge_keys.keys().public.get(fingerprint)
    return found and {**found, "kid": key_address(fingerprint)}


def all_published() -> list[dict[str, Any]]:
    return [{**jwk, "kid": key_address(name)} for name, jwk in badge_keys.keys().public.items()]


def _at(path: str) -> str:
    return settings.SITE_ADDRESS + path


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
