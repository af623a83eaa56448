"""Of what else than everybody somebody may know, by being signed in and by their posts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from partnership.accounts.models import Role
from partnership.members.models import Affiliation

SIGNED_IN = "signed-in"


def of_posts(people: Iterable[int], on: date) -> dict[int, set[str]]:
    """Of each of these people the audiences that their posts of a day belong to, in one query."""
    found: dict[int, set[str]] = {person: {SIGNED_IN} for person in people}
    posts = Affiliation.objects.on(on).filter(person__in=list(found)).order_by()
    for person, iso3, slug in posts.values_list("person", "country_id", "institution__slug"):
        place = f"country:{iso3}" if iso3 else f"institution:{slug}"
        found[person] |= {place, f"role:{Role.OFFICIAL}"}
    return found
