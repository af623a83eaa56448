"""Rules that let people in by mail domain: focal points propose them, the secretariat sets them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partnership.audit import services as audit
from partnership.members.delegations import Delegation, delegation_of, is_secretariat
from partnership.members.domains import is_domain, plain_domain
from partnership.members.models import MailDomain
from partnership.members.refusals import DomainRefused, NotYours
from partnership.members.services.terms import refuse_stranger


@transaction.atomic
def propose_domain(typed: str, delegation: Delegation, *, by: Any, at: datetime) -> MailDomain:
    """A focal point's rule waits for the secretariat; one of the secretariat holds at once."""
    refuse_stranger(delegation, by, at)
    domain = plain_domain(typed)
    if not is_domain(domain):
        raise DomainRefused(
            _(
                "Write the domain of your offices' addresses, like ministry.example. One where "
                "everybody can have an address cannot be used."
            )
        )
    holds = {"approved_by": by, "approved_at": at} if is_secretariat(by, at) else {}
    try:
        with transaction.atomic():
            rule = MailDomain.objects.create(
                domain=domain, proposed_by=by, proposed_at=at, **holds, **delegation.where
            )
    except IntegrityError:
        raise DomainRefused(_("There is a rule or a proposal for this domain already.")) from None
    _note("domain.set" if holds else "domain.propose", rule, by, at)
    return rule


@transaction.atomic
def approve_domain(rule: MailDomain, *, by: Any, at: datetime) -> None:
    if not is_secretariat(by, at):
        raise NotYours(_("The secretariat sets these rules."))
    MailDomain.objects.filter(pk=rule.pk, approved_at__isnull=True).update(
        approved_by=by, approved_at=at
    )
    _note("domain.approve", rule, by, at)


@transaction.atomic
def remove_domain(rule: MailDomain, *, by: Any, at: datetime) -> None:
    """From now on it lets nobody in. Who came in by it stays."""
    refuse_stranger(delegation_of(rule), by, at)
    _note("domain.remove", rule, by, at)
    rule.delete()


def _note(verb: str, rule: MailDomain, by: Any, at: datetime) -> None:
    changes = {"domain": [None, rule.domain], "of": [None, delegation_of(rule).handle]}
    audit.record(verb, at=at, by=by, of=("maildomain", str(rule.pk)), changes=changes)
