"""People ask to be counted to a delegation; somebody else answers, or a mail domain at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partnership.audit import services as audit
from partnership.mail import services as mail
from partnership.mail.models import Kind
from partnership.mail.stops import Stoppable
from partnership.members import notices, working_days
from partnership.members.delegations import (
    Delegation,
    administrators,
    delegation_of,
    focal_points,
    is_secretariat,
    runs,
)
from partnership.members.domains import rule_for
from partnership.members.models import Affiliation, JoinRequest, MailDomain
from partnership.members.refusals import (
    AlreadyAnswered,
    AlreadyAsked,
    AlreadyThere,
    DayWrong,
    NotYours,
    SecondPersonNeeded,
)
from partnership.members.services.posts import begin_post

ANSWERED_WITHIN = 5  # working days
OPEN_REQUESTS = 5
EARLIEST = date(1992, 1, 1)


@dataclass(frozen=True)
class Post:
    """The post as its holder tells it, and the address shown to those who decide."""

    title: str
    since: date
    email: str


@transaction.atomic
def ask_to_join(person: Any, delegation: Delegation, post: Post, *, at: datetime) -> JoinRequest:
    """Ask once. A rule for the mail domain answers at once; with nobody to answer, the secretariat.

    Refuses AlreadyThere, AlreadyAsked, DayWrong.
    """
    day = at.date()
    if not EARLIEST <= post.since <= day:
        raise DayWrong(_("Write since when you hold the post; it cannot begin later than today."))
    if Affiliation.objects.on(day).filter(person=person, **delegation.where).exists():
        raise AlreadyThere(_("You are counted to this delegation already."))
    waiting = JoinRequest.objects.waiting().filter(person=person)
    if waiting.count() >= OPEN_REQUESTS:
        raise AlreadyAsked(_("Several requests of yours wait already. Withdraw one of them first."))
    due = working_days.after(at, ANSWERED_WITHIN)
    heads = focal_points(delegation, on=day, but=person)
    request = JoinRequest(
        person=person,
        email=post.email,
        title=post.title,
        since=post.since,
        asked_at=at,
        due_at=due,
        passed_at=None if heads else at,
        **delegation.where,
    )
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError:
        raise AlreadyAsked(_("You have asked already. The answer comes by mail.")) from None
    _note("request.ask", request, person, at)
    if rule := _rule(person, delegation):
        return _approve_at_once(request, rule, at)
    for head in heads:
        _mail(request, "asked", head, notices.request_asked(request, head), at)
    return request


def _rule(person: Any, delegation: Delegation) -> MailDomain | None:
    """The rule of the delegation that fits one of the confirmed addresses."""
    addresses = EmailAddress.objects.filter(user=person, verified=True).values_list(
        "email", flat=True
    )
    return rule_for(list(addresses), delegation)


def _approve_at_once(request: JoinRequest, rule: MailDomain, at: datetime) -> JoinRequest:
    """The post begins today: a rule knows where somebody works, not since when."""
    request.answered_at, request.is_approved, request.rule = at, True, rule
    request.save(update_fields=["answered_at", "is_approved", "rule"])
    where = delegation_of(request).where
    begin_post(request.person, where, title=request.title, begins_on=at.date(), at=at)
    _mail(request, "answer", request.person, notices.request_answered(request), at)
    _note("request.approve_by_rule", request, None, at)
    return request


@transaction.atomic
def answer_request(
    request: JoinRequest, *, approves: bool, reply: str = "", by: Any, at: datetime
) -> JoinRequest:
    """Yes begins the post on the day that was named; no needs a reply. Exactly one answer counts.

    Refuses SecondPersonNeeded, NotYours, AlreadyAnswered.
    """
    delegation = delegation_of(request)
    if by.pk == request.person_id:
        raise SecondPersonNeeded(_("Nobody answers the own request: the secretariat will."))
    if not runs(by, [delegation.place], on=at.date()) and not is_secretariat(by, at):
        raise NotYours(_("You do not run this delegation today."))
    if not approves and not reply.strip():
        raise NotYours(_("Write in a sentence why: the person reads it in a mail."))
    answer = {"answered_at": at, "answered_by": by, "is_approved": approves, "reply": reply.strip()}
    if not JoinRequest.objects.waiting().filter(pk=request.pk).update(**answer):
        raise AlreadyAnswered(_("This request was answered or withdrawn already."))
    request.refresh_from_db()
    if approves:
        begin_post(
            request.person, delegation.where, title=request.title, begins_on=request.since, at=at
        )
    _mail(request, "answer", request.person, notices.request_answered(request), at)
    _note("request.approve" if approves else "request.decline", request, by, at)
    return request


@transaction.atomic
def withdraw_request(request: JoinRequest, *, at: datetime) -> None:
    """The person no longer asks."""
    if not JoinRequest.objects.waiting().filter(pk=request.pk).update(withdrawn_at=at):
        raise AlreadyAnswered(_("This request was answered already."))
    _note("request.withdraw", request, request.person, at)


def pass_on(at: datetime) -> int:
    """What no focal point answered in time goes to the secretariat; a second run finds nothing."""
    late = JoinRequest.objects.waiting().filter(passed_at__isnull=True, due_at__lte=at)
    passed = 0
    for request in late.select_related("person", "country", "institution").order_by("pk"):
        passed += _pass_on(request, at)
    if waiting := JoinRequest.objects.waiting().filter(passed_at__isnull=False).count():
        for person in administrators(on=at.date()):
            subject, body = notices.requests_wait(waiting, person)
            key = f"members.requests:{at:%Y-%m-%d}:{person.uuid}"
            kind = Stoppable(Kind.DELEGATION, person)
            mail.queue(key, to=person.email, subject=subject, body=body, at=at, stoppable=kind)
    return passed


@transaction.atomic
def _pass_on(request: JoinRequest, at: datetime) -> int:
    mine = JoinRequest.objects.waiting().filter(pk=request.pk, passed_at__isnull=True)
    if not mine.update(passed_at=at):
        return 0
    _mail(request, "passed", request.person, notices.request_passed(request), at)
    _note("request.pass_on", request, None, at)
    return 1


def _mail(row: JoinRequest, step: str, to: Any, told: tuple[str, str], at: datetime) -> None:
    key = f"members.request:{row.uuid}:{step}:{to.uuid}"
    # Whoever asked waits for the answer; whoever runs the delegation may look by themselves.
    kind = None if to == row.person else Stoppable(Kind.DELEGATION, to)
    mail.queue(key, to=to.email, subject=told[0], body=told[1], at=at, stoppable=kind)


def _note(verb: str, row: JoinRequest, by: Any, at: datetime) -> None:
    changes = {"of": [None, delegation_of(row).handle]}
    audit.record(verb, at=at, by=by, of=("joinrequest", str(row.uuid)), changes=changes)
