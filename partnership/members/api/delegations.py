"""Delegations through the API: countries and institutions with who runs them."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from rest_framework import serializers

from partnership.members.api.doors import OwnList
from partnership.members.delegations import COUNTRY, INSTITUTION
from partnership.members.models import (
    Affiliation,
    Country,
    FocalTerm,
    Institution,
    Invitation,
    JoinRequest,
)


class FocalTermSerializer(serializers.ModelSerializer[FocalTerm]):
    """The right to run a delegation in one function. It holds through `holds_until`."""

    person = serializers.SlugRelatedField(read_only=True, slug_field="uuid")
    name = serializers.CharField(source="person.name", read_only=True)
    holds_until = serializers.DateField(read_only=True)

    class Meta:
        model = FocalTerm
        fields = ["person", "name", "function", "is_deputy", "begins_on", "ends_on", "holds_until"]


class DelegationSerializer(serializers.Serializer[Any]):
    """A delegation by its handle, in numbers and with its focal points of today."""

    delegation = serializers.SerializerMethodField()
    name = serializers.CharField(read_only=True)
    in_post = serializers.IntegerField(read_only=True)
    requests_waiting = serializers.IntegerField(read_only=True)
    invitations_open = serializers.IntegerField(read_only=True)
    focal_terms = FocalTermSerializer(source="terms_today", many=True, read_only=True)
    people = serializers.SerializerMethodField()

    def get_delegation(self, place: Any) -> str:
        """What the other lists take as `delegation`."""
        if isinstance(place, Country):
            return f"{COUNTRY}/{place.code}"
        return f"{INSTITUTION}/{place.slug}"

    def get_people(self, place: Any) -> str:
        """The address of its people with their posts."""
        return f"{reverse('api:people-list')}?delegation={self.get_delegation(place)}"


class _Delegations(OwnList):
    serializer_class = DelegationSerializer
    column: str
    places: QuerySet[Any]

    def get_queryset(self) -> QuerySet[Any]:
        rows, day = self.places.all(), self.day
        if not self.sees_all:
            terms = FocalTerm.objects.on(day).filter(person=self.request.user).order_by()
            held = terms.filter(**{f"{self.column}__isnull": False})
            rows = rows.filter(pk__in=held.values(self.column))
        terms = FocalTerm.objects.on(day).select_related("person").order_by("begins_on", "pk")
        return (
            rows.annotate(
                in_post=self._count(Affiliation.objects.on(day), "person"),
                requests_waiting=self._count(JoinRequest.objects.waiting()),
                invitations_open=self._count(Invitation.objects.open(self.at)),
            )
            .prefetch_related(Prefetch("focal_terms", terms, to_attr="terms_today"))
            .order_by("sort_key")
        )

    def _count(self, rows: Any, what: str = "pk") -> Any:
        mine = rows.filter(**{self.column: OuterRef("pk")}).order_by().values(self.column)
        return Coalesce(Subquery(mine.annotate(n=Count(what, distinct=True)).values("n")), 0)


class CountryDelegationViewSet(_Delegations):
    """Delegations of countries that the caller runs; for the secretariat all."""

    column, places = "country", Country.objects.all()
    lookup_value_regex = "[A-Za-z]{3}"
    queryset = Country.objects.none()

    def get_object(self) -> Country:
        self.kwargs["pk"] = self.kwargs["pk"].upper()
        return super().get_object()


class InstitutionDelegationViewSet(_Delegations):
    """Delegations of institutions that the caller runs; for the secretariat all."""

    column, places = "institution", Institution.objects.all()
    lookup_field = "slug"
    queryset = Institution.objects.none()
