"""The register through the API."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from partnership.agreements import queries
from partnership.agreements.forms import RegisterFilter
from partnership.agreements.models import Agreement
from partnership.lib import clock
from partnership.lib.forms import cleaned_or_refuse
from partnership.lib.lists import ListViewSet


class AgreementSerializer(serializers.Serializer[Agreement]):
    """One agreement as it stood on the day asked for."""

    slug = serializers.CharField()
    acquiring = serializers.CharField(source="acquiring_id")
    acquiring_name = serializers.CharField(source="acquiring.name")
    host = serializers.CharField(source="host_id")
    host_name = serializers.CharField(source="host.name")
    stage = serializers.SerializerMethodField()
    instrument = serializers.SerializerMethodField()
    kind = serializers.SerializerMethodField()
    known_from = serializers.DateField()
    stage_on = serializers.SerializerMethodField()
    stage_on_precision = serializers.SerializerMethodField()
    is_confirmed = serializers.SerializerMethodField()
    checked_on = serializers.SerializerMethodField()
    is_contested = serializers.BooleanField()
    sectors = serializers.SerializerMethodField()
    sources = serializers.SerializerMethodField()
    note = serializers.CharField()

    def get_stage(self, row: Any) -> str:
        return row.stage or queries.NOT_STATED

    def get_instrument(self, row: Any) -> str:
        return row.instrument or queries.NOT_STATED

    def get_kind(self, row: Any) -> str:
        return row.treaty_kind or queries.NOT_STATED

    def get_stage_on(self, row: Any) -> date | None:
        line = queries.current(row.lines)
        return line.on if line and not line.is_report_date else None

    def get_stage_on_precision(self, row: Any) -> str:
        line = queries.current(row.lines)
        return line.precision if line and not line.is_report_date else ""

    def get_is_confirmed(self, row: Any) -> bool:
        line = queries.current(row.lines)
        return bool(line and line.is_confirmed)

    def get_checked_on(self, row: Any) -> date | None:
        return queries.checked_on(row.lines)

    def get_sectors(self, row: Any) -> list[str]:
        return [sector.name for sector in row.sectors.all()]

    def get_sources(self, row: Any) -> list[str]:
        return [source.slug for source in queries.sources_of(row)]


class AgreementViewSet(ListViewSet):
    """Agreements between an acquiring and a host Party, as they stood on a day (`as_of`)."""

    serializer_class = AgreementSerializer
    is_dataset = True
    lookup_field = "slug"
    filter_form = RegisterFilter
    queryset = Agreement.objects.none()

    def get_queryset(self) -> QuerySet[Agreement]:
        form = RegisterFilter(self.request.query_params)
        wanted = cleaned_or_refuse(form)
        return queries.register(wanted, day=form.day(clock.of(self.request._request).date()))
