"""Cooperative approaches and authorizations through the API."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from partnership.agreements.cooperation import queries
from partnership.agreements.cooperation.forms import (
    ApproachFilter,
    AuthorizationFilter,
    EntryFilter,
)
from partnership.agreements.cooperation.models import (
    Approach,
    ApproachLine,
    Authorization,
    AuthorizationLine,
)
from partnership.agreements.cooperation.models.dated import NOT_STATED
from partnership.lib import clock
from partnership.lib.forms import cleaned_or_refuse
from partnership.lib.lists import ListViewSet


def value_fields(model: Any, line: Any) -> dict[str, serializers.Field]:
    """What the last line that states it says of each value; empty where none does."""
    found: dict[str, serializers.Field] = {}
    for name in model.VALUES:
        match line._meta.get_field(name).get_internal_type():
            case "DateField":
                kind: Any = serializers.DateField
            case "PositiveBigIntegerField" | "PositiveSmallIntegerField":
                kind = serializers.IntegerField
            case _:
                kind = serializers.CharField
        found[name] = kind(source=f"latest.{name}", read_only=True, allow_null=True)
    return found


class EntrySerializer(serializers.Serializer[Any]):
    """One as it stood on the day asked for. `null` and `not_stated` mean: not known."""

    slug = serializers.CharField()
    title = serializers.CharField()
    code = serializers.CharField()
    host = serializers.CharField(source="host_id")
    host_name = serializers.CharField(source="host.name")
    acquiring = serializers.SerializerMethodField()
    agreement = serializers.SerializerMethodField()
    stage = serializers.SerializerMethodField()
    known_from = serializers.DateField()
    stage_on = serializers.SerializerMethodField()
    stage_on_precision = serializers.SerializerMethodField()
    is_confirmed = serializers.SerializerMethodField()
    sectors = serializers.SerializerMethodField()
    sources = serializers.SerializerMethodField()
    note = serializers.CharField()

    def get_acquiring(self, row: Any) -> list[str]:
        return [party.iso3 for party in row.acquiring.all()]

    def get_agreement(self, row: Any) -> str | None:
        return row.agreement.slug if row.agreement else None

    def get_stage(self, row: Any) -> str:
        return row.stage or NOT_STATED

    def get_stage_on(self, row: Any) -> date | None:
        line = queries.current(row.lines)
        return None if line.is_report_date else line.on

    def get_stage_on_precision(self, row: Any) -> str:
        line = queries.current(row.lines)
        return "" if line.is_report_date else line.precision

    def get_is_confirmed(self, row: Any) -> bool:
        return queries.current(row.lines).is_confirmed

    def get_sectors(self, row: Any) -> list[str]:
        return [sector.name for sector in row.sectors.all()]

    def get_sources(self, row: Any) -> list[str]:
        return [source.slug for source in queries.sources_of(row)]


class ApproachSerializer(EntrySerializer):
    kind = serializers.CharField()
    locals().update(value_fields(Approach, ApproachLine))


class AuthorizationSerializer(EntrySerializer):
    approach = serializers.SerializerMethodField()
    locals().update(value_fields(Authorization, AuthorizationLine))

    def get_approach(self, row: Any) -> str | None:
        return row.approach.slug if row.approach else None


class EntryViewSet(ListViewSet):
    """What sources spoke of by a day (`as_of`)."""

    lookup_field = "slug"
    filter_form: type[EntryFilter]

    def get_queryset(self) -> QuerySet[Any]:
        form = self.filter_form(self.request.query_params)
        wanted = cleaned_or_refuse(form)
        day = form.day(clock.of(self.request._request).date())
        return queries.listed(form.model, wanted, day=day)


class ApproachViewSet(EntryViewSet):
    """Cooperative approaches, as they stood on a day (`as_of`)."""

    serializer_class = ApproachSerializer
    filter_form = ApproachFilter
    queryset = Approach.objects.none()


class AuthorizationViewSet(EntryViewSet):
    """Authorizations, each as its last version by a day (`as_of`) has it."""

    serializer_class = AuthorizationSerializer
    filter_form = AuthorizationFilter
    queryset = Authorization.objects.none()
