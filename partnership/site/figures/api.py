"""The figures through the API: what each series counts, and its counts day by day."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from partnership.information.models import Snapshot
from partnership.lib.forms import refuse_unknown
from partnership.lib.lists import ListViewSet
from partnership.site.figures import queries, taking
from partnership.site.figures.forms import SnapshotFilter
from partnership.site.figures.series import SERIES, Series


class NumberSerializer(serializers.Serializer[Any]):
    """The number of one part, such as a country."""

    key = serializers.CharField()
    name = serializers.CharField()
    number = serializers.IntegerField()


class DaySerializer(serializers.Serializer[Any]):
    """A count. No `total` means: fewer than five people."""

    day = serializers.DateField()
    total = serializers.IntegerField(allow_null=True)
    parts = NumberSerializer(many=True)
    definition_version = serializers.IntegerField()
    counted_at = serializers.DateTimeField()


class FigureSerializer(serializers.Serializer[Any]):
    """A series: what it counts, from where, under which licence, and its newest count."""

    series = serializers.CharField()
    title = serializers.CharField()
    unit = serializers.CharField()
    part = serializers.CharField(help_text="What the parts are; empty where there are none.")
    definition = serializers.CharField()
    definition_version = serializers.IntegerField()
    parts_overlap = serializers.BooleanField()
    has_history = serializers.BooleanField(help_text="Whether a missed night is made up for.")
    source = serializers.CharField()
    licence = serializers.CharField()
    page = serializers.CharField()
    newest = DaySerializer(allow_null=True)


class FigureViewSet(viewsets.ViewSet):
    """The series that are counted each night, each with its newest count."""

    lookup_field = "series"
    # They are few, named in code, and come in one page.
    pagination_class = None

    @extend_schema(
        responses=inline_serializer(
            "Figures",
            {
                "next": serializers.CharField(allow_null=True),
                "previous": serializers.CharField(allow_null=True),
                "results": FigureSerializer(many=True),
            },
        )
    )
    def list(self, request: Request) -> Response:
        refuse_unknown(request.query_params, {"format"})
        newest = queries.newest()
        told = [_told(series, newest.get(key)) for key, series in SERIES.items()]
        return Response({"next": None, "previous": None, "results": told})

    @extend_schema(
        parameters=[OpenApiParameter("series", str, OpenApiParameter.PATH)],
        responses=FigureSerializer,
    )
    def retrieve(self, request: Request, series: str) -> Response:
        found = series_or_404(series)
        newest = queries.of_series(series, {}).order_by("-day").first()
        return Response(_told(found, newest))


def series_or_404(key: str) -> Series:
    if key not in SERIES:
        raise Http404
    return SERIES[key]


def _told(series: Series, newest: Snapshot | None) -> dict[str, Any]:
    names = taking.names_of(series, [newest] if newest else [])
    day = taking.day_told(newest, names) if newest else None
    return {**taking.told(series), "newest": day}


class SnapshotSerializer(serializers.ModelSerializer[Snapshot]):
    """The count of a day. No `total` means: fewer than five people. `parts`: number by key."""

    total = serializers.IntegerField(allow_null=True)
    parts = serializers.DictField(child=serializers.IntegerField())
    definition_version = serializers.IntegerField(source="version")

    class Meta:
        model = Snapshot
        fields = [
            "uuid",
            "series",
            "day",
            "total",
            "parts",
            "definition_version",
            "taken_at",
            "revised_at",
        ]


class SnapshotViewSet(ListViewSet):
    """The counts of each series day by day, the oldest first. A night that was missed has none."""

    serializer_class = SnapshotSerializer
    is_dataset = True
    lookup_field = "uuid"
    filter_form = SnapshotFilter
    queryset = Snapshot.objects.none()

    def get_queryset(self) -> QuerySet[Snapshot]:
        return queries.snapshots(self.wanted())
