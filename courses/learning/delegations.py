"""What a focal point's own people completed. Never an answer, nor what one question earned.

A completion counts for the country or institution in which the person held a post on the day of
completion, whoever employs them today. What is not completed counts by the post of today.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    When,
)
from django.db.models.functions import Coalesce, TruncDate

from courses.learning.models import Certificate, Enrolment
from courses.learning.roster import State
from partnership.members.models import Affiliation, FocalTerm


@dataclass(frozen=True)
class Line:
    """One person in one edition. `is_in_post`: holds a post there today as well."""

    enrolment: Any
    state: State
    is_in_post: bool
    certificate: Certificate | None


@dataclass(frozen=True)
class Summary:
    """How many people completed a course while they held a post there, and what became of them."""

    trained: int
    in_post: int
    completions: int
    learning: int


@dataclass(frozen=True)
class Place:
    """A country or an institution that somebody runs."""

    key: str  # "vnm" or "iges", as addresses name them
    name: str
    country: str | None = None
    institution: int | None = None


def places_of(user: Any, *, on: date) -> list[Place]:
    """Where a person is focal point on a day; a term in two functions is one place."""
    rows = FocalTerm.objects.on(on).filter(person=user).select_related("country", "institution")
    found: dict[str, Place] = {}
    for term in rows.order_by("pk"):
        if term.country is not None:
            key = term.country.code
            place = Place(key, str(term.country), country=term.country.pk)
        else:
            key = term.institution.slug
            place = Place(key, str(term.institution), institution=term.institution.pk)
        found.setdefault(key, place)
    return sorted(found.values(), key=lambda place: place.name)


def _posts(places: Iterable[Place]) -> Any:
    """Posts in any of the places, of the learner of the enrolment outside."""
    places = list(places)
    held = Q(country__in=[place.country for place in places if place.country])
    held |= Q(institution__in=[place.institution for place in places if place.institution])
    # Folded into a value, so that SQLite looks up the posts of one learner and picks the places
    # among them. It would rather go through everybody of a country, for each learner again.
    is_there = Case(When(held, then=True), default=False, output_field=BooleanField())
    posts = Affiliation.objects.annotate(is_there=is_there)
    return posts.filter(is_there=True, person=OuterRef("learner"))


def enrolments(places: Iterable[Place], *, on: date) -> QuerySet[Any]:
    """Those that count for the places, with whether the learner is still in post there."""
    held = _posts(places)
    # One day for both cases: so the database asks once, for all together, who had a post.
    day = OuterRef("counts_on")
    then = held.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), begins_on__lte=day)
    completed_on = TruncDate("completed_at", tzinfo=UTC)
    rows = (
        Enrolment.objects.not_moved_on()
        .annotate(counts_on=Coalesce(completed_on, on), is_in_post=Exists(held.on(on)))
        .filter(Exists(then))
    )
    rows = rows.select_related("learner", "edition__course")
    return rows.order_by("learner__name", "learner", "edition__course__position", "pk")


def narrowed(rows: QuerySet[Any], wanted: dict[str, Any]) -> QuerySet[Any]:
    """Only those who have all that was asked for."""
    match wanted.get("state"):
        case State.DONE:
            rows = rows.filter(completed_at__isnull=False)
        case State.READING:
            rows = rows.filter(completed_at__isnull=True, left_at__isnull=True)
        case State.LEFT:
            rows = rows.filter(completed_at__isnull=True, left_at__isnull=False)
    if course := wanted.get("course"):
        rows = rows.filter(edition__course__slug=course)
    return rows


def summary(rows: QuerySet[Any]) -> Summary:
    """Counted by the database, in one query."""
    done = Q(completed_at__isnull=False)
    running = Q(completed_at__isnull=True, left_at__isnull=True)

    def people(which: Q) -> Count:
        return Count("learner", distinct=True, filter=which)

    counted = rows.order_by().aggregate(
        trained=people(done),
        still=people(done & Q(is_in_post=True)),
        completions=Count("pk", filter=done),
        learning=people(running),
    )
    return Summary(in_post=counted.pop("still"), **counted)


def lines(page: Iterable[Enrolment]) -> list[Line]:
    """The lines of a page with their certificates: of several the one that stands."""
    found: list[Any] = list(page)
    rows = Certificate.objects.filter(
        learner__in={row.learner_id for row in found},
        edition__in={row.edition_id for row in found},
    )
    held = rows.by_learner_and_edition()
    return [
        Line(row, _state(row), row.is_in_post, held.get((row.learner_id, row.edition_id)))
        for row in found
    ]


def _state(row: Enrolment) -> State:
    if row.completed_at is not None:
        return State.DONE
    return State.LEFT if row.left_at is not None else State.READING
