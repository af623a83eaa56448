"""Issue, withdraw and replace certificates. What was issued is never changed, only ended."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from courses.learning import codes, notices
from courses.learning.models import Certificate, Enrolment
from courses.learning.services import logos
from partnership.accounts.models import User
from partnership.audit import services as audit
from partnership.lib.errors import Refusal
from partnership.mail import services as mail
from partnership.mail.models import Kind
from partnership.mail.stops import Stoppable

ISSUER = "Paris Agreement Article 6 Implementation Partnership"
# Two equal codes in 2^55: a second draw is one more than anybody will see.
DRAWS = 3
State = Certificate.State


class CertificateEnded(Refusal):
    """It was withdrawn or replaced before: its state is final."""

    code = "certificate_ended"


class SameName(Refusal):
    code = "same_name"


class NoSuchReason(Refusal):
    code = "no_such_reason"


def issue(enrolment: Enrolment, *, at: datetime) -> Certificate | None:
    """The one standing certificate of a completed enrolment; None until the name is confirmed.

    One that was withdrawn is not issued again. Of two at once the database keeps one; both callers
    get it, and one mail goes out.
    """
    learner = enrolment.learner
    held = Certificate.objects.filter(learner=learner, edition=enrolment.edition_id)
    if earlier := list(held):
        return next((one for one in earlier if one.state == State.VALID), None)
    if enrolment.completed_at is None or learner.name_confirmed_at is None:
        return None
    snapshot = _snapshot(enrolment, at)
    for _draw in range(DRAWS):
        code = codes.draw()
        try:
            with transaction.atomic():
                certificate = Certificate.objects.create(code=code, **snapshot)
        except IntegrityError:
            if winner := held.standing().first():
                return winner
        else:
            _tell(certificate, learner, at=at)
            return certificate
    raise RuntimeError("No free code was drawn.")


@transaction.atomic
def withdraw(
    certificate: Certificate, *, reason: str, by: User, at: datetime, sentence: str = ""
) -> Certificate:
    """End it for one of the reasons that the check page shows. It cannot be given back.

    The sentence goes into the audit log alone.
    """
    if reason not in Certificate.Reason.values:
        raise NoSuchReason(_("Choose why the certificate is withdrawn."))
    _end(certificate, state=State.WITHDRAWN, reason=reason, at=at)
    changes = {"state": [State.VALID, State.WITHDRAWN], "reason": ["", reason]}
    if sentence.strip():
        changes["sentence"] = ["", sentence.strip()[:200]]
    audit.record(
        "certificate.withdraw", at=at, by=by, of=("certificate", certificate.code), changes=changes
    )
    return certificate


@transaction.atomic
def reissue(certificate: Certificate, *, by: User, at: datetime) -> Certificate:
    """The same achievement under the name as it is now; the old one says by what it is replaced."""
    learner = certificate.learner
    if certificate.state != State.VALID or learner is None:
        raise CertificateEnded(_("This certificate does not stand any more."))
    names = _names(learner)
    if names == _names(certificate):
        raise SameName(_("The certificate bears this name already."))
    new = _again(certificate, names, at)
    _end(certificate, state=State.REPLACED, replaced_by=new, at=at)
    Certificate.objects.filter(pk=new.pk).update(learner=learner)
    new.learner = learner
    _tell(new, learner, at=at)
    changes = {"replaced_by": ["", new.code]}
    audit.record(
        "certificate.reissue", at=at, by=by, of=("certificate", certificate.code), changes=changes
    )
    return new


@transaction.atomic
def reissue_all(learner: User, *, at: datetime) -> list[Certificate]:
    """Those of a person's standing certificates that bear another name than now, anew, as the
    person asked.
    """
    standing = Certificate.objects.of(learner).standing().select_related("learner")
    return [
        reissue(certificate, by=learner, at=at)
        for certificate in standing.order_by("pk")
        if _names(certificate) != _names(learner)
    ]


def _names(of: User | Certificate | None) -> dict[str, str]:
    return {name: getattr(of, name) for name in ("name", "latin_name")}


def hide_name(certificate: Certificate, *, is_hidden: bool) -> Certificate:
    """Whether the check page shows the name only to who says that they hold the code."""
    Certificate.objects.filter(pk=certificate.pk).update(is_name_hidden=is_hidden)
    certificate.is_name_hidden = is_hidden
    return certificate


def _again(old: Certificate, names: dict[str, str], at: datetime) -> Certificate:
    """Another row that says the same under the new names. It is nobody's until the old one ends:
    a person has one that stands.
    """
    own = ("id", "code", "learner", "issued_at", *names)
    same = {
        column.attname: getattr(old, column.attname)
        for column in Certificate._meta.concrete_fields
        if column.name not in own
    }
    return Certificate.objects.create(code=codes.draw(), issued_at=at, **same, **names)


def _end(certificate: Certificate, *, at: datetime, **how: object) -> None:
    """One conditional update: of two who end it at once one is told that it has ended."""
    standing = Certificate.objects.standing().filter(pk=certificate.pk)
    if not standing.update(ended_at=at, **how):
        raise CertificateEnded(_("This certificate does not stand any more."))
    certificate.refresh_from_db()


def _snapshot(enrolment: Enrolment, at: datetime) -> dict[str, object]:
    """Everything that the certificate says, as it is today."""
    edition, learner = enrolment.edition, enrolment.learner
    return {
        "learner": learner,
        "edition": edition,
        "issued_at": at,
        "name": learner.name,
        "latin_name": learner.latin_name,
        "course_code": edition.course.code,
        "course_title": edition.title,
        "edition_number": edition.number,
        "rules_as_of": edition.rules_as_of,
        "hours": _hours(enrolment),
        "language": edition.language,
        "issuer": ISSUER,
        "logo": logos.standing(edition.course_id),
    }


def _hours(enrolment: Enrolment) -> Decimal:
    """What the required lessons and quizzes usually take, to a tenth of an hour, at least one."""
    minutes = sum(
        parts.filter(is_required=True).aggregate(all=Sum("minutes"))["all"] or 0
        for parts in (enrolment.edition.lessons, enrolment.edition.quizzes)
    )
    return max(Decimal(minutes) / 60, Decimal("0.1")).quantize(Decimal("0.1"))


def _tell(certificate: Certificate, learner: User, *, at: datetime) -> None:
    key = f"certificate:{certificate.code}"
    subject, body = notices.certificate_issued(certificate, learner)
    kind = Stoppable(Kind.LEARNING, learner)
    mail.queue(key, to=learner.email, subject=subject, body=body, at=at, stoppable=kind)
