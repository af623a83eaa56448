"""Tokens of the API: made and shown once, recognised, paid for, revoked."""

from __future__ import annotations

import re
import secrets
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from string import ascii_letters, digits

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext as _

from partnership.accounts import notices
from partnership.accounts.models import ApiToken, Scope, User
from partnership.audit import services as audit
from partnership.lib.errors import Refusal

# By these programs that search texts for secrets know one: a prefix, signs, and their sum.
PREFIX = "a6ip_"
SIGNS = digits + ascii_letters
DRAWN, CHECKED = 36, 6
FORM = re.compile(rf"{PREFIX}[0-9A-Za-z]{{{DRAWN + CHECKED}}}")
# So many that work has nobody use for.
MOST = 10
MADE_A_DAY = 20


class TokenWrong(Refusal):
    """None, over, revoked, or ended with the sessions of its person: in the same words."""

    code = "token_wrong"


class TooManyCalls(Refusal):
    code = "too_many_calls"


class TooManyTokens(Refusal):
    code = "too_many_tokens"


class TokenRefused(Refusal):
    """It would hold too long, have no name, or could do nothing that there is."""

    code = "token_refused"


@dataclass(frozen=True)
class Wish:
    """What somebody wants a token for."""

    name: str
    scopes: Iterable[str]
    days: int


def draw() -> str:
    """214 bits behind the prefix, and a sum that tells one of ours without asking us."""
    body = PREFIX + "".join(secrets.choice(SIGNS) for _number in range(DRAWN))
    return body + _sum(body)


def _sum(body: str) -> str:
    number, found = zlib.crc32(body.encode()), ""
    for _place in range(CHECKED):
        number, sign = divmod(number, len(SIGNS))
        found = SIGNS[sign] + found
    return found


def is_one(text: str) -> bool:
    return bool(FORM.fullmatch(text)) and _sum(text[:-CHECKED]) == text[-CHECKED:]


def hash_of(token: str) -> str:
    """Nobody guesses 214 bits: a plain hash keeps them."""
    return sha256(token.encode()).hexdigest()


# --- Having -----------------------------------------------------------------------------


@transaction.atomic
def make(person: User, wish: Wish, *, at: datetime) -> tuple[ApiToken, str]:
    """A token and its text, which stands nowhere. Refuses TokenRefused and TooManyTokens."""
    name, scopes = wish.name.strip(), sorted(set(wish.scopes))
    if not name or not scopes or not set(scopes) <= set(Scope.values):
        raise TokenRefused(_("Name the token, and choose what it may do."))
    if not 1 <= wish.days <= ApiToken.LONGEST:
        raise TokenRefused(_("A token holds for a year at most."))
    # One after the other: two windows do not make an eleventh.
    person = User.objects.select_for_update().get(pk=person.pk)
    _refuse_too_many(of(person), at)
    text = draw()
    token = ApiToken.objects.create(
        person=person,
        name=name,
        hashed=hash_of(text),
        scopes=" ".join(scopes),
        epoch=person.epoch,
        made_at=at,
        days=wish.days,
        counted_from=at,
    )
    _note("token.make", token, at, {"scopes": [None, token.scopes], "days": [None, token.days]})
    notices.tell(person, "token_made", at=at)
    return token, text


def _refuse_too_many(mine: list[ApiToken], at: datetime) -> None:
    if sum(row.made_at > at - timedelta(days=1) for row in mine) >= MADE_A_DAY:
        raise TooManyTokens(_("You made many tokens today. Make the next one tomorrow."))
    if sum(row.works(at) for row in mine) >= MOST:
        raise TooManyTokens(
            _("You have %(n)s tokens that work. Revoke one of them first.") % {"n": MOST}
        )


@transaction.atomic
def revoke(token: ApiToken, *, at: datetime) -> None:
    """It stops at its next use. Revoked twice, the first day stands."""
    if ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=at):
        _note("token.revoke", token, at)


def of(person: User) -> list[ApiToken]:
    """A person's tokens, the newest first, those too that no longer work."""
    return list(ApiToken.objects.of(person).select_related("person"))


def _note(verb: str, token: ApiToken, at: datetime, changes: dict | None = None) -> None:
    of = ("apitoken", str(token.uuid))
    audit.record(verb, at=at, by=token.person, of=of, changes=changes)


# --- Using ------------------------------------------------------------------------------


def recognise(text: str, *, at: datetime) -> ApiToken:
    """The token that a program shows, with its person. Refuses TokenWrong and TooManyCalls.

    What cannot be one of ours costs no query.
    """
    rows = ApiToken.objects.select_related("person")
    token = rows.filter(hashed=hash_of(text)).first() if is_one(text) else None
    if token is None or not token.works(at):
        raise TokenWrong(
            _(
                "This token does not work: it is wrong, too old, revoked, or ended with the "
                "sessions of its person. Make another one in your account."
            )
        )
    _pay(token, at)
    return token


def _pay(token: ApiToken, at: datetime) -> None:
    """Each call is paid for before it is answered; one statement also notes the day."""
    is_new = Q(counted_from__lte=at - ApiToken.WITHIN)
    payable = ApiToken.objects.filter(is_new | Q(calls__lt=ApiToken.CALLS), pk=token.pk)
    paid = payable.update(
        calls=Case(When(is_new, then=Value(1)), default=F("calls") + 1),
        counted_from=Case(When(is_new, then=Value(at)), default=F("counted_from")),
        last_used_on=at.date(),
    )
    if not paid:
        raise TooManyCalls(_("This token was used too often. Go on in a minute."))
