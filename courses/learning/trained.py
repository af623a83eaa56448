"""How many people were trained, by country. Whoever shows it leaves out the few."""

from __future__ import annotations

from collections import Counter
from datetime import UTC
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate

from courses.learning.models import Certificate
from partnership.members.models import Affiliation

NO_COUNTRY = ""


def by_country() -> dict[str, int]:
    """Each person with a standing certificate once, by the post held when the newest was issued.

    Of an erased person each certificate counts as one person, of no country.
    """
    issued_on = TruncDate("issued_at", tzinfo=UTC)
    day = OuterRef("issued_on")
    held: Any = Affiliation.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        begins_on__lte=day,
        person=OuterRef("learner"),
    ).order_by("-begins_on", "-pk")
    country = held.annotate(of=Coalesce("country", "institution__seat")).values("of")[:1]
    rows = Certificate.objects.standing().annotate(issued_on=issued_on)
    rows = rows.annotate(of=Subquery(country)).order_by("issued_at", "pk")
    newest = {
        learner or f"erased {pk}": iso3 or NO_COUNTRY
        for pk, learner, iso3 in rows.values_list("pk", "learner", "of").iterator()
    }
    return dict(Counter(newest.values()))
