"""What every page of the desk for people begins with: whom it may show, and what was asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict

from partnership.accounts.models import User
from partnership.lib.forms import cleaned_or_refuse
from partnership.members.people.forms import PeopleFilter
from partnership.members.people.places import Place, known_places
from partnership.members.people.queries import fitting, people
from partnership.members.views.doors import sees_all, today


@dataclass(frozen=True)
class Asked:
    """The filter, and the people who fit it."""

    form: PeopleFilter
    everybody: QuerySet[User]
    people: QuerySet[User]
    places: list[Place]

    def keys(self) -> Any:
        """Who they are, in order. A search is done once: counting and paging would do it twice."""
        found = self.people.values_list("pk", flat=True)
        return list(found) if self.form.cleaned_data["q"].strip() else found

    @property
    def place(self) -> Place | None:
        return self.form.cleaned_data["place"]

    @property
    def posts(self) -> Q:
        """The posts that are meant: of a place where the filter names one."""
        return self.place.posts if self.place else Q()


def everybody(request: HttpRequest) -> QuerySet[User]:
    return people(sees_all=sees_all(request))


def asked_of(request: HttpRequest, query: Any) -> Asked:
    """Those who fit a query, as an address or a form carries it."""
    places = known_places()
    form = PeopleFilter(query, places=places)
    wanted = cleaned_or_refuse(form)
    everyone = everybody(request)
    return Asked(form, everyone, fitting(everyone, wanted, places, today(request)), places)


def query_sent(request: HttpRequest) -> QueryDict:
    """The filters of the list that a form was sent from."""
    return QueryDict(request.POST.get("query", "")[:1000])
