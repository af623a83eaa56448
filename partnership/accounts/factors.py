"""Second factors: an authenticator app, passkeys, and codes for the day both are away."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from partnership.accounts import endings, notices
from partnership.accounts.codes import digits_in
from partnership.accounts.models import FactorTries, User
from partnership.accounts.sealing import BrokenSeal, unseal
from partnership.audit import services as audit
from partnership.lib.errors import Refusal

Type = Authenticator.Type
STEP = 30
# A telephone's clock may be half a minute off.
STEPS_OFF = (0, -1, 1)


class FactorWrong(Refusal):
    """Not the code that the app shows, nor one that is left."""

    code = "factor_wrong"


class TriesUsedUp(Refusal):
    code = "factor_tries_used_up"


class HasApp(Refusal):
    code = "has_app"


@dataclass(frozen=True)
class Factors:
    """What somebody signs in with beside a password or a mailed code."""

    app: Authenticator | None
    passkeys: tuple[Authenticator, ...]
    codes: Authenticator | None

    @property
    def is_there(self) -> bool:
        return bool(self.app or self.passkeys)

    @property
    def codes_left(self) -> int:
        return len(codes_of(self.codes)) if self.codes else 0


def of(person: User) -> Factors:
    """In one query."""
    rows = list(Authenticator.objects.filter(user=person).order_by("pk"))
    first = {row.type: row for row in reversed(rows)}
    passkeys = tuple(row for row in rows if row.type == Type.WEBAUTHN)
    return Factors(first.get(Type.TOTP), passkeys, first.get(Type.RECOVERY_CODES))


def has_one(person: User) -> bool:
    found = Authenticator.objects.filter(user=person, type__in=[Type.TOTP, Type.WEBAUTHN])
    return found.exists()


def codes_of(codes: Authenticator) -> list[str]:
    """The recovery codes that were not used; none that can be read after the secret changed."""
    try:
        return RecoveryCodes(codes).get_unused_codes()
    except BrokenSeal:
        return []


# --- Trying -----------------------------------------------------------------------------


def try_code(person: User, typed: str, *, at: datetime) -> Authenticator:
    """The factor whose code was typed. The app's and the recovery codes have one entrance."""
    _pay(person, at)
    digits = digits_in(typed)
    for factor in Authenticator.objects.filter(user=person).exclude(type=Type.WEBAUTHN):
        if _is_right(factor, digits, at):
            _forgive(person)
            factor.record_usage()
            return factor
    raise FactorWrong(_wrong())


def _wrong() -> str:
    return _(
        "This is not the code. The app shows a new one every half minute; a recovery code works "
        "once."
    )


def _pay(person: User, at: datetime) -> None:
    """Each try is paid for before it is looked at: guesses sent at once are all counted."""
    FactorTries.objects.get_or_create(person=person, defaults={"since": at})
    mine = FactorTries.objects.filter(person=person)
    if mine.filter(since__lte=at - FactorTries.WITHIN).update(tries=1, since=at):
        return
    if not mine.filter(tries__lt=FactorTries.MANY).update(tries=F("tries") + 1):
        raise TriesUsedUp(
            _("Too many codes were tried. Wait five minutes; nothing is locked for good.")
        )


def _forgive(person: User) -> None:
    FactorTries.objects.filter(person=person).update(tries=0)


def _is_right(factor: Authenticator, digits: str, at: datetime) -> bool:
    try:
        if factor.type == Type.TOTP:
            return _uses_up(factor, digits, at)
        return RecoveryCodes(factor).validate_code(digits)
    except BrokenSeal:
        return False


@transaction.atomic
def _uses_up(factor: Authenticator, digits: str, at: datetime) -> bool:
    """Whether it is a code of now, and newer than the last that was used: each works once."""
    row = Authenticator.objects.select_for_update().get(pk=factor.pk)
    last = row.data.get("step", -1)
    found = next((step for step in _steps(unseal(row.data["secret"]), digits, at)), None)
    if found is None or found <= last:
        return False
    row.data["step"] = found
    row.save(update_fields=["data"])
    return True


def _steps(secret: str, digits: str, at: datetime) -> Iterator[int]:
    """The half minutes around now whose code was typed."""
    now = int(at.timestamp()) // STEP
    for step in (now + off for off in STEPS_OFF):
        shown = format_hotp_value(hotp_value(secret, step))
        if hmac.compare_digest(shown.encode(), digits.encode()):
            yield step


# --- Having -----------------------------------------------------------------------------


def add_app(person: User, secret: str, typed: str, *, at: datetime) -> None:
    """An app that has shown a code of this secret becomes a factor."""
    _pay(person, at)
    step = next(_steps(secret, digits_in(typed), at), None)
    if step is None:
        raise FactorWrong(_wrong())
    _forgive(person)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=person.pk)
        if Authenticator.objects.filter(user=person, type=Type.TOTP).exists():
            raise HasApp(_("You have an authenticator app already. Remove it first."))
        app = TOTP.activate(person, secret).instance
        app.data["step"] = step
        app.save(update_fields=["data"])
        _added(person, Type.TOTP, at)


@transaction.atomic
def add_passkey(person: User, name: str, credential: dict[str, Any], *, at: datetime) -> None:
    """A key whose answer was checked becomes a factor, and signs in by itself."""
    Authenticator.objects.create(
        user=person, type=Type.WEBAUTHN, data={"name": name, "credential": credential}
    )
    _added(person, Type.WEBAUTHN, at)


def _added(person: User, kind: str, at: datetime) -> None:
    """Who is signed in elsewhere without it has to show it there."""
    if not Authenticator.objects.filter(user=person, type=Type.RECOVERY_CODES).exists():
        RecoveryCodes.activate(person)
    _changed(person, "person.factor_added", kind, at)


@transaction.atomic
def remove(person: User, factor: Authenticator, *, at: datetime) -> None:
    """With the last one go the recovery codes, and a password that is short without it."""
    kind = factor.type
    factor.delete()
    if not has_one(person):
        Authenticator.objects.filter(user=person).delete()
        _drop_short_password(person)
    _changed(person, "person.factor_removed", kind, at)


@transaction.atomic
def renew_codes(person: User, *, at: datetime) -> None:
    """New recovery codes; those before are worth nothing."""
    User.objects.select_for_update().get(pk=person.pk)
    Authenticator.objects.filter(user=person, type=Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(person)
    _changed(person, "person.recovery_codes_renewed", Type.RECOVERY_CODES, at)


@transaction.atomic
def reset(person: User, *, at: datetime) -> int:
    """Take all factors from somebody who lost them. They are told, and set up new ones."""
    number = Authenticator.objects.filter(user=person).count()
    Authenticator.objects.filter(user=person).delete()
    _drop_short_password(person)
    endings.end_all(person, at=at)
    audit.record("person.factors_reset", at=at, of=("person", str(person.uuid)))
    notices.tell(person, "factors_reset", at=at)
    return number


def _drop_short_password(person: User) -> None:
    """A password that is enough only beside a factor goes with it."""
    if person.has_short_password:
        person.set_unusable_password()
        person.has_short_password = False
        person.save(update_fields=["password", "has_short_password"])


def _changed(person: User, verb: str, kind: str, at: datetime) -> None:
    endings.end_all(person, at=at)
    audit.record(verb, at=at, by=person, of=("person", str(person.uuid)), changes={"kind": kind})
    notices.tell(person, verb.removeprefix("person."), at=at, kind=kind)


def say_kept(codes: Authenticator) -> None:
    """Its owner has the codes: they are not shown again."""
    codes.data["kept"] = True
    codes.save(update_fields=["data"])
