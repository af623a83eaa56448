"""What every page of the desk of case studies begins with: whose proposals, whose cases."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from partnership.accounts.models import Role
from partnership.audit import services as audit
from partnership.casestudies.models import CaseDraft, CaseStudy
from partnership.lib import clock
from partnership.members import delegations
from partnership.members.delegations import COUNTRY, INSTITUTION, Delegation


def is_secretariat(request: HttpRequest) -> bool:
    return Role.ADMINISTRATOR in request.roles  # type: ignore[attr-defined]


def writes_alone(request: HttpRequest) -> bool:
    """Whether somebody may propose in no delegation's name."""
    return is_secretariat(request) or Role.TRAINER in request.roles  # type: ignore[attr-defined]


def today(request: HttpRequest) -> date:
    return clock.of(request).date()


def own_drafts(request: HttpRequest) -> QuerySet[CaseDraft]:
    rows = CaseDraft.objects.of(request.user, on=today(request), sees_all=is_secretariat(request))
    return rows.select_related("country", "institution", "by", "case", "decided_by")


def draft_of(request: HttpRequest, uuid: UUID) -> CaseDraft:
    """One that this person may read and write. Another delegation's does not exist here."""
    found = own_drafts(request).filter(uuid=uuid).first()
    if found is None:
        if CaseDraft.objects.filter(uuid=uuid).exists():
            of = ("casedraft", str(uuid))
            audit.record("denied", at=clock.of(request), request=request, of=of)
        raise Http404
    return found


def run_here(request: HttpRequest) -> list[Delegation]:
    return delegations.run_by(request.user, on=today(request))


def own_cases(request: HttpRequest) -> QuerySet[CaseStudy]:
    """The published cases of which somebody may propose the next version."""
    if is_secretariat(request):
        return CaseStudy.objects.filter(published_on__lte=today(request))
    rows = CaseStudy.objects.published()
    if writes_alone(request):
        return rows
    places = run_here(request)
    countries = [one.place.pk for one in places if one.kind == COUNTRY]
    institutions = [one.place.pk for one in places if one.kind == INSTITUTION]
    named = Q(parts__country__in=countries) | Q(institutions__in=institutions)
    return rows.filter(named).distinct()


def for_whom(request: HttpRequest, case: CaseStudy | None = None) -> dict[str, Delegation | None]:
    """For whom somebody may write; of a case that is there, for those that it names."""
    found: dict[str, Delegation | None] = {"": None} if writes_alone(request) else {}
    for one in run_here(request):
        if case is None or _is_named(case, one):
            found[one.handle] = one
    return found


def _is_named(case: CaseStudy, delegation: Delegation) -> bool:
    named: Any = case.countries if delegation.kind == COUNTRY else case.institutions
    return named.filter(pk=delegation.place.pk).exists()
