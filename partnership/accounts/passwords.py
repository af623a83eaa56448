"""Passwords: what they must not be, how they are set, and how a lost one is set anew.

Nobody needs one: a mailed code or a passkey signs in as well.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from partnership.accounts import endings, factors, notices
from partnership.accounts.backends import OwnPeople
from partnership.accounts.codes import uuid_in
from partnership.accounts.models import MailedCode, User
from partnership.accounts.queries import owner_of
from partnership.accounts.services import AccountClosed, CodeUsedUp
from partnership.audit import services as audit

# Source: NIST SP 800-63B-4, 3.1.1.2: 15 characters alone, 8 beside a second factor.
ALONE, BESIDE_A_FACTOR = 15, 8
# What whoever guesses for this site tries first.
OURS = ("article6", "partnership", "parisagreement", "itmo", "password", "passwort", "motdepasse")
ENOUGH_OF_ITS_OWN = 6
Purpose = MailedCode.Purpose


class LongEnough:
    """A validator: long, or not so short beside a second factor."""

    def validate(self, password: str, user: User | None = None) -> None:
        least = _least(user) if len(password) < ALONE else ALONE
        if len(password) < least:
            text = _("This password is too short: use at least %(n)s characters.")
            raise ValidationError(text, params={"n": least}, code="password_too_short")

    def get_help_text(self) -> str:
        return _("Use at least %(n)s characters, for example a sentence.") % {"n": ALONE}


class OwnWords:
    """A validator: words of this site or of the person, with little beside them, are guessed."""

    def validate(self, password: str, user: User | None = None) -> None:
        rest = _plain(password)
        words = [*OURS, *_words_of(user)]
        for word in sorted(words, key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(rest) < min(ENOUGH_OF_ITS_OWN, len(_plain(password))):
            raise ValidationError(
                _("Names, addresses and words of this site are guessed first. Use other words."),
                code="password_of_known_words",
            )

    def get_help_text(self) -> str:
        return _("Do not use your name, your address or words of this site.")


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", text.lower())


def _words_of(user: Any) -> list[str]:
    """The parts of the name and of the address that say something."""
    told = f"{user.name} {user.latin_name} {user.email}" if isinstance(user, User) else ""
    return [word for word in re.split(r"[\W_]+", told.lower()) if len(word) > 3]


def _least(user: User | None) -> int:
    has_factor = user is not None and user.pk is not None and factors.has_one(user)
    return BESIDE_A_FACTOR if has_factor else ALONE


def rule_for(person: User) -> str:
    """What a form says before somebody types."""
    return _(
        "At least %(n)s characters: three or four words that nobody else would put together. You "
        "may paste it; nothing is asked of its letters and signs."
    ) % {"n": _least(person)}


@transaction.atomic
def set_password(person: User, password: str, *, at: datetime) -> None:
    """Set it, and end all sessions. It was checked against the rules before."""
    person.set_password(password)
    person.has_short_password = len(password) < ALONE
    person.save(update_fields=["password", "has_short_password"])
    _changed(person, "password_set", at)


@transaction.atomic
def remove_password(person: User, *, at: datetime) -> None:
    """From now on a mailed code or a passkey signs in."""
    person.set_unusable_password()
    person.has_short_password = False
    person.save(update_fields=["password", "has_short_password"])
    _changed(person, "password_removed", at)


def _changed(person: User, what: str, at: datetime) -> None:
    endings.end_all(person, at=at)
    audit.record(f"person.{what}", at=at, by=person, of=("person", str(person.uuid)))
    notices.tell(person, what, at=at)


# --- A lost one -------------------------------------------------------------------------


def code_of_link(token: str, *, at: datetime) -> MailedCode:
    """The code that a mailed link stands for, while it can be used."""
    uuid = uuid_in(token, Purpose.PASSWORD)
    mine = MailedCode.objects.filter(purpose=Purpose.PASSWORD, uuid=uuid) if uuid else None
    code = mine.open(at).first() if mine is not None else None  # type: ignore[union-attr]
    if code is None:
        raise CodeUsedUp(
            _("This link was used already or is too old: it holds for 30 minutes and works once.")
        )
    return code


def whose(code: MailedCode) -> User:
    """The person whose password a proved code may set."""
    person = owner_of(code.email)
    if person is None or not OwnPeople().user_can_authenticate(person):
        raise AccountClosed(_("There is no account with this address that can be opened."))
    return person


@transaction.atomic
def reset_by_link(code: MailedCode, password: str, *, at: datetime) -> User:
    """Use the link up and set the password: one request of several does."""
    mine = MailedCode.objects.filter(pk=code.pk).open(at)
    if not mine.update(used_at=at, tries=F("tries") + 1):
        raise CodeUsedUp(_("This link was used already. Please ask for a new one."))
    person = whose(code)
    set_password(person, password, at=at)
    return person


@transaction.atomic
def reset_by_code(code: MailedCode, password: str, *, at: datetime) -> User:
    """Set the password after the right code was entered; the code is worth nothing afterwards."""
    kept_until = at - MailedCode.LIFE
    mine = MailedCode.objects.filter(pk=code.pk, purpose=Purpose.PASSWORD, used_at__gt=kept_until)
    if not mine.delete()[0]:
        raise CodeUsedUp(_("That took long. Please ask for a new code."))
    person = whose(code)
    set_password(person, password, at=at)
    return person
