"""How people come in by themselves: a code is mailed to an address, and who has it is let in.

Until the right code is entered, all that happens is the same whether the address has an account
or not: the same rows are written and the same number of mails is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnership.accounts.backends import OwnPeople
from partnership.accounts.codes import is_right
from partnership.accounts.models import MailedCode, User
from partnership.accounts.notices import code_mailed
from partnership.accounts.queries import ANYBODY, Asker, full_until, owner_of
from partnership.audit import services as audit
from partnership.jobs.services import knock
from partnership.lib.errors import Refusal
from partnership.mail import services as mail
from partnership.mail.tasks import deliver

Purpose = MailedCode.Purpose
# Between two mails with the same code: long enough to look into the mailbox.
PAUSE = timedelta(minutes=1)
# Of a code that is over nothing is needed; a name and an address of nobody are not kept.
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Errand:
    """What a code is mailed for, and who of those that are signed in asked for it."""

    purpose: Purpose = Purpose.COME_IN
    person: User | None = None


TO_COME_IN = Errand()


class TooManyCodes(Refusal):
    """This address got enough mails for now."""

    code = "too_many_codes"

    def __init__(self, again_at: datetime):
        text = _(
            "Enough codes were mailed to this address for now: look also among unwanted mail. The "
            "next one can be mailed at %(at)s UTC. Nothing is locked for good."
        )
        super().__init__(text % {"at": f"{again_at:%H:%M}"})
        self.again_at = again_at


class CodeWrong(Refusal):
    """Not the code that was mailed, and it may be tried again."""

    code = "code_wrong"


class CodeUsedUp(Refusal):
    """Tried too often, used, or unknown: another one is needed."""

    code = "code_used_up"


class CodeTooOld(Refusal):
    code = "code_too_old"


class AccountClosed(Refusal):
    code = "account_closed"


class NameNeeded(Refusal):
    """The address is proved and has no account yet: a name makes one."""

    code = "name_needed"


@transaction.atomic
def mail_code(
    email: str,
    *,
    at: datetime,
    name: str = "",
    waiting: MailedCode | None = None,
    asker: Asker = ANYBODY,
    errand: Errand = TO_COME_IN,
) -> MailedCode:
    """Mail a code to an address, whoever is behind it: the same one to a browser that waits."""
    email = email.strip().lower()
    if waiting is not None and waiting.email == email:
        waiting.name = name or waiting.name
        waiting.save(update_fields=["name"])
        return mail_again(waiting, at=at, asker=asker)
    if again_at := full_until(email, at, asker):
        raise TooManyCodes(again_at)
    forget_old_codes(at)
    code = MailedCode.objects.create(
        purpose=errand.purpose,
        person=errand.person,
        email=email,
        name=name,
        made_at=at,
        sent_at=at,
        expires_at=at + MailedCode.LIFE,
    )
    _send(code, at, asker)
    return code


def forget_old_codes(at: datetime) -> None:
    """The rows, and the mails: these hold the address and the code as well."""
    if MailedCode.objects.filter(expires_at__lt=at - KEPT).delete()[0]:
        mail.forget("account.code:", before=at - KEPT)


@transaction.atomic
def mail_again(code: MailedCode, *, at: datetime, asker: Asker = ANYBODY) -> MailedCode:
    """Mail the same code once more, and let it hold from now on; a new one if it is over.

    Mails that overtake each other bring the same code: whichever comes first is right.
    """
    mine = MailedCode.objects.filter(pk=code.pk)
    if not mine.open(at).exists():
        errand = Errand(Purpose(code.purpose), code.person)
        return mail_code(code.email, at=at, name=code.name, asker=asker, errand=errand)
    if again_at := full_until(code.email, at, asker):
        raise TooManyCodes(again_at)
    due = mine.open(at).filter(sent_at__lte=at - PAUSE)
    if due.update(sends=F("sends") + 1, sent_at=at, expires_at=at + MailedCode.LIFE):
        code.refresh_from_db()
        _send(code, at, asker)
    return code


def _send(code: MailedCode, at: datetime, asker: Asker) -> None:
    subject, body = code_mailed(code, owner_of(code.email))
    key = f"{asker.reason}{code.uuid}:{code.sends}"
    mail.queue(key, to=code.email, subject=subject, body=body, at=at)
    # Somebody sits and waits for it: the worker is called, not left to its next round.
    transaction.on_commit(partial(knock, deliver))


def try_code(code: MailedCode, typed: str, *, at: datetime) -> None:
    """Use the code once, if it is the right one. Each try is paid for before it is looked at."""
    mine = MailedCode.objects.filter(pk=code.pk)
    if not mine.open(at).update(tries=F("tries") + 1):
        raise _over(code, at)
    if is_right(code.uuid, typed, code.purpose) and mine.filter(used_at__isnull=True).update(
        used_at=at
    ):
        code.refresh_from_db()
        return
    code.refresh_from_db()
    if not code.tries_left:
        raise _over(code, at)
    raise CodeWrong(
        ngettext(
            "This is not the code that was mailed. You can try once more.",
            "This is not the code that was mailed. You can try %(n)s times more.",
            code.tries_left,
        )
        % {"n": code.tries_left}
    )


def _over(code: MailedCode, at: datetime) -> Refusal:
    code.refresh_from_db()
    if code.used_at is None and code.tries_left and code.expires_at <= at:
        return CodeTooOld(_("This code is too old: a code holds for 30 minutes."))
    if code.used_at is not None:
        return CodeUsedUp(_("This code was used already: each works once."))
    return CodeUsedUp(_("A wrong code was entered five times, so that this one no longer works."))


@transaction.atomic
def come_in(code: MailedCode, *, at: datetime, name: str = "") -> tuple[User, bool]:
    """The person of the address that a used code has proved, and whether they are new."""
    is_proved = code.used_at is not None and code.used_at > at - MailedCode.LIFE
    if code.purpose != Purpose.COME_IN or not is_proved:
        raise CodeUsedUp(_("That took long, or no code was entered. Please ask for a new one."))
    person, is_new = owner_of(code.email), False
    if person is None:
        if not (name := name or code.name):
            raise NameNeeded(
                _("There is no account with this address yet. Write your name for one.")
            )
        person, is_new = open_account(code.email, name, at=at)
    if not OwnPeople().user_can_authenticate(person):
        raise AccountClosed(_("This account was closed. Ask the secretariat if it should not."))
    confirm_address(person, code.email)
    return person, is_new


def open_account(email: str, name: str, *, at: datetime) -> tuple[User, bool]:
    """Make an account for an address that was proved; False if another window was quicker."""
    language = translation.get_language() or ""
    try:
        with transaction.atomic():
            person = User.objects.create_user(
                email, name=name, language=language, policies_due=True
            )
    except IntegrityError:
        found = owner_of(email)
        if found is None:
            raise
        return found, False
    audit.record("person.sign_up", at=at, by=person, of=("person", str(person.uuid)))
    return person, True


def confirm_address(person: User, email: str) -> None:
    """Who read the mail has the address. It is the first one if there is none yet."""
    own = EmailAddress.objects.filter(user=person)
    if not own.filter(email=email).update(verified=True):
        is_first = not own.filter(primary=True).exists()
        EmailAddress.objects.create(user=person, email=email, verified=True, primary=is_first)
