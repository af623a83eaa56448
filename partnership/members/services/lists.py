"""Once a year each delegation is asked whether the list of its people is right."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from partnership.mail import services as mail
from partnership.mail.models import Kind
from partnership.mail.stops import Stoppable
from partnership.members import notices
from partnership.members.delegations import delegation_of
from partnership.members.models import Affiliation, FocalTerm

A_YEAR = timedelta(days=365)


def unsure(day: date) -> QuerySet[Affiliation]:
    """Running posts that nobody has called right for a year."""
    before = day - A_YEAR
    asked = Q(confirmed_on__lte=before) | Q(confirmed_on__isnull=True, begins_on__lte=before)
    return Affiliation.objects.on(day).filter(asked)


def ask_for_lists(at: datetime) -> int:
    """A mail to each focal point whose list holds such a post, once in a calendar year."""
    day, asked = at.date(), 0
    posts = unsure(day).order_by()
    of_countries = Q(country__in=posts.filter(country__isnull=False).values("country"))
    of_institutions = Q(
        institution__in=posts.filter(institution__isnull=False).values("institution")
    )
    terms = FocalTerm.objects.on(day).filter(of_countries | of_institutions, person__is_active=True)
    for term in terms.select_related("person", "country", "institution").order_by("pk"):
        delegation = delegation_of(term)
        subject, body = notices.list_asked(delegation, term.person)
        key = f"members.list:{delegation.handle}:{term.person.uuid}:{day.year}"
        kind = Stoppable(Kind.DELEGATION, term.person)
        to = term.person.email
        mail.queue(key, to=to, subject=subject, body=body, at=at, stoppable=kind)
        asked += 1
    return asked
