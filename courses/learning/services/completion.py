"""When an edition is completed, and the certificate that follows in the same moment."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courses.learning import requirements
from courses.learning.lettering import is_latin
from courses.learning.models import Certificate, Enrolment
from courses.learning.services.certificates import issue
from partnership.accounts.models import User
from partnership.lib.errors import Refusal


class NameMissing(Refusal):
    """A certificate without a name serves nobody."""

    code = "name_missing"


class LatinNameMissing(Refusal):
    """Who checks a certificate abroad must be able to read and to type the name."""

    code = "latin_name_missing"


@transaction.atomic(savepoint=False)
def complete_if_met(enrolment: Enrolment, *, at: datetime) -> Certificate | None:
    """Complete the edition if all that it requires is done, and issue the certificate once.

    Safe to call after every event, by several at once, and again. Without a confirmed name the
    completion stands and the certificate waits for `confirm_name`.
    """
    if enrolment.completed_at is None:
        met_at = requirements.met_at(enrolment)
        if met_at is None:
            return None
        completed_at = max(met_at, enrolment.joined_at)
        open_still = Enrolment.objects.filter(pk=enrolment.pk, completed_at__isnull=True)
        if open_still.update(completed_at=completed_at):
            enrolment.completed_at = completed_at
        else:
            enrolment.refresh_from_db(fields=["completed_at"])
    return issue(enrolment, at=at)


@transaction.atomic
def confirm_name(user: User, *, name: str, latin_name: str, at: datetime) -> list[Certificate]:
    """The person says how certificates shall name them; those that waited for it are issued.

    Standing certificates keep the name they were issued with: see `certificates.reissue`.
    """
    name, latin_name = " ".join(name.split()), " ".join(latin_name.split())
    if not name:
        raise NameMissing(_("Write your name as it should stand on certificates."))
    if not is_latin(latin_name or name):
        raise LatinNameMissing(_("Write your name in Latin letters too."))
    user.name, user.latin_name, user.name_confirmed_at = name, latin_name, at
    user.save(update_fields=["name", "latin_name", "folded", "name_confirmed_at"])
    waiting = requirements.without_certificate(Enrolment.objects.of(user))
    rows = waiting.select_related("edition__course", "learner").order_by("pk")
    issued = [issue(enrolment, at=at) for enrolment in rows]
    return [certificate for certificate in issued if certificate is not None]
