"""What is mailed to people about their account, each in their language."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from partnership.accounts.backends import OwnPeople
from partnership.accounts.codes import code_of, shown, token_of
from partnership.accounts.models import AddressChange, MailedCode, User
from partnership.mail import services as mail
from partnership.mail import texts

Purpose = MailedCode.Purpose
UNDO = "undo"


def code_mailed(code: MailedCode, to: User | None) -> tuple[str, str]:
    """Subject and text. The code stands in the text alone: a list of subjects shows none.

    The name that was typed is not in it: somebody else may have typed it, and whatever they like.
    """
    reader = to or code.person
    language = (reader and reader.language) or translation.get_language() or settings.LANGUAGE_CODE
    with translation.override(language):
        subject, page = _about(code, to)
        context = {
            "code": shown(code_of(code.uuid, code.purpose)) if _works(code, to) else "",
            "until": code.expires_at,
            "person": to,
            "page": settings.SITE_ADDRESS + reverse(page),
            "link": settings.SITE_ADDRESS + _link(code),
            "site": settings.SITE_ADDRESS,
        }
        name = "code" if code.purpose == Purpose.COME_IN else f"code_{code.purpose}"
        return subject, texts.write(f"account/mail/{name}.txt", context)


def _about(code: MailedCode, to: User | None) -> tuple[str, str]:
    """The subject, and the page that waits for the code."""
    match code.purpose:
        case Purpose.ADDRESS:
            return _("Your code to confirm this address"), "account_confirm_address"
        case Purpose.PASSWORD:
            return _("A new password for your account"), "account_password_code"
        case Purpose.VOUCH:
            return _("Your code to get back into your account"), "account_mailbox_code"
        case Purpose.PROVE:
            return _("Your code to go on"), "account_prove"
    subject = _("Your code to sign in") if to else _("Your code to make an account")
    return subject, "account_enter_code"


def _works(code: MailedCode, to: User | None) -> bool:
    """Whether its reader can do anything with it: else the mail says why, and holds none."""
    match code.purpose:
        case Purpose.ADDRESS:
            return to is None or to == code.person
        case Purpose.PASSWORD:
            return to is not None and OwnPeople().user_can_authenticate(to)
    return True


def _link(code: MailedCode) -> str:
    if code.purpose != Purpose.PASSWORD:
        return ""
    return reverse("account_password_link", args=[token_of(code.uuid, code.purpose)])


def _sentences(what: str, kind: str) -> tuple[str, str]:
    """The subject, and what happened in one sentence."""
    named = {"totp": _("an authenticator app"), "webauthn": _("a passkey")}.get(kind, "")
    said = {
        "factor_added": (
            _("A second factor was added to your account"),
            _("From now on you also sign in with %(factor)s.") % {"factor": named},
        ),
        "factor_removed": (
            _("A second factor was removed from your account"),
            _("You no longer sign in with %(factor)s.") % {"factor": named},
        ),
        "recovery_codes_renewed": (
            _("New recovery codes were made for your account"),
            _("The recovery codes you had before no longer work."),
        ),
        "factors_reset": (
            _("Your second factors were taken away"),
            _(
                "The people who run the site took all second factors from your account, since you "
                "or somebody for you said that they are lost. Set up new ones when you sign in."
            ),
        ),
        "password_set": (
            _("The password of your account was set"),
            _("From now on you sign in with the new password. A mailed code works as before."),
        ),
        "password_removed": (
            _("Your account has no password any more"),
            _("From now on you sign in with a mailed code or a passkey."),
        ),
        "addresses_restored": (
            _("A change of your addresses was taken back"),
            _(
                "All browsers were signed out of your account, and its password, if it had one, "
                "no longer works: sign in with a mailed code."
            ),
        ),
        **_of_access(),
        "signed_out": (
            _("You were signed out elsewhere"),
            _("All browsers but one were signed out of your account, as was asked for there."),
        ),
    }
    return said[what]


def _token_made() -> tuple[str, str]:
    return _("A token for programs was made in your account"), _(
        "With it a program asks the site's API in your name. If it was not you, revoke it "
        "in your account under API tokens, and sign out elsewhere."
    )


def _of_access() -> dict[str, tuple[str, str]]:
    """What lets a program or a new address in."""
    return {
        "token_made": _token_made(),
        "vouch_asked": (
            _("Somebody asks to get into your account with another address"),
            _(
                "They say that this mailbox is lost. Nothing is changed until a focal point of "
                "your delegation and a second person say that it is you. If you still read this "
                "and did not ask, tell your focal point or the secretariat now."
            ),
        ),
        "vouched": (
            _("You can sign in with this address"),
            _(
                "A focal point of your delegation and a second person said that it is yours. All "
                "browsers were signed out. Sign in with a mailed code, and make this address the "
                "main one: mail of the site still goes to the one before."
            ),
        ),
    }


def tell(person: User, what: str, *, at: datetime, kind: str = "", to: str = "") -> None:
    """Mail somebody what was changed in their account, at their main address."""
    with translation.override(person.language or settings.LANGUAGE_CODE):
        subject, sentence = _sentences(what, kind)
        context = {
            "person": person,
            "sentence": sentence,
            "at": at,
            "page": settings.SITE_ADDRESS + reverse("account_mine"),
            "site": settings.SITE_ADDRESS,
        }
        body = texts.write("account/mail/told.txt", context)
    key = f"account.told:{what}:{person.uuid}:{at.timestamp()}"
    mail.queue(key, to=to or person.email, subject=subject, body=body, at=at)


def tell_of_address(change: AddressChange, to: str, *, can_undo: bool) -> None:
    """Tell another address of the same person what was done, and how to take it back."""
    person = change.person
    link = reverse("account_undo_address", args=[token_of(change.uuid, UNDO)]) if can_undo else ""
    with translation.override(person.language or settings.LANGUAGE_CODE):
        context = {
            "person": person,
            "change": change,
            "link": settings.SITE_ADDRESS + link if link else "",
            "page": settings.SITE_ADDRESS + reverse("account_addresses"),
            "site": settings.SITE_ADDRESS,
        }
        subject = _("The addresses of your account were changed")
        body = texts.write("account/mail/address_changed.txt", context)
    key = f"account.address:{change.uuid}:{to}"[:150]
    mail.queue(key, to=to, subject=subject, body=body, at=change.made_at)
