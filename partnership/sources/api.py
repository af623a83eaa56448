"""Dated facts and their sources through the API."""

from __future__ import annotations

from django.db.models import QuerySet
from rest_framework import serializers

from partnership.lib.api import Number
from partnership.lib.lists import ListViewSet
from partnership.sources import queries
from partnership.sources.forms import FactFilter, SourceFilter
from partnership.sources.models import DatedFact, Source


class FactSerializer(serializers.ModelSerializer[DatedFact]):
    """A figure with what it counts, its day, and its source."""

    source = serializers.SlugRelatedField(read_only=True, slug_field="slug")
    source_title = serializers.CharField(source="source.title")
    source_address = serializers.CharField(source="source.address")
    source_archived_address = serializers.CharField(source="archived_address", read_only=True)
    source_archived_on = serializers.DateField(
        source="archived_on", read_only=True, allow_null=True
    )
    value_number = Number(read_only=True, allow_null=True)
    country = serializers.PrimaryKeyRelatedField(read_only=True)
    figure = serializers.CharField(source="of_figure", read_only=True)

    class Meta:
        model = DatedFact
        fields = [
            "key",
            "figure",
            "topic",
            "country",
            "label",
            "qualifier",
            "value_number",
            "value_text",
            "unit",
            "definition",
            "as_of",
            "as_of_precision",
            "valid_to",
            "is_ours",
            "attributed_to",
            "note",
            "source",
            "source_title",
            "source_address",
            "source_archived_address",
            "source_archived_on",
        ]


class FactViewSet(ListViewSet):
    """Facts. An empty `definition` means that what is counted is not known.

    The values of one figure, of different days, have the same `figure`.
    """

    serializer_class = FactSerializer
    is_dataset = True
    lookup_field = "key"
    filter_form = FactFilter
    queryset = DatedFact.objects.none()

    def get_queryset(self) -> QuerySet[DatedFact]:
        return queries.told(self.wanted())


class SourceSerializer(serializers.ModelSerializer[Source]):
    """A document or page that states something. An empty address is not known."""

    published_precision = serializers.CharField(
        read_only=True, help_text="How exactly `published_on` is known: day, month or year."
    )
    archived_address = serializers.CharField(read_only=True)
    archived_on = serializers.DateField(read_only=True, allow_null=True)

    class Meta:
        model = Source
        fields = [
            "slug",
            "title",
            "kind",
            "publisher",
            "authors",
            "address",
            "archived_address",
            "archived_on",
            "published_on",
            "published_precision",
            "accessed_on",
            "note",
        ]


class SourceViewSet(ListViewSet):
    """Sources, by their slugs, which agreements and facts name. An archive's copy has its day."""

    serializer_class = SourceSerializer
    is_dataset = True
    lookup_field = "slug"
    filter_form = SourceFilter
    queryset = Source.objects.none()

    def get_queryset(self) -> QuerySet[Source]:
        return queries.told_sources(self.wanted())
