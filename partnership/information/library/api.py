"""Published documents through the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from partnership.information.library import queries
from partnership.information.library.forms import LibraryFilter
from partnership.information.models import Document, DocumentVersion
from partnership.lib.forms import refuse_unknown
from partnership.lib.lists import ListViewSet
from partnership.lib.schema import parameters_of


class VersionSerializer(serializers.ModelSerializer[DocumentVersion]):
    """A version: a file kept here, an address elsewhere, or both."""

    file = serializers.SerializerMethodField()
    archived_address = serializers.CharField(read_only=True)
    archived_on = serializers.DateField(read_only=True, allow_null=True)

    class Meta:
        model = DocumentVersion
        fields = [
            "number",
            "label",
            "what_changed",
            "on",
            "precision",
            "address",
            "archived_address",
            "archived_on",
            "file",
            "file_kind",
            "size",
            "pages",
        ]

    def get_file(self, row: DocumentVersion) -> str:
        """Where the file can be fetched; empty where none is kept here."""
        names = [self.context["slug"], row.number]
        return reverse("library:file", args=names) if row.key else ""


class DocumentSerializer(serializers.ModelSerializer[Document]):
    """A document with its published versions, the newest first. What is not known is empty."""

    countries = serializers.SlugRelatedField(many=True, read_only=True, slug_field="iso3")
    areas = serializers.SlugRelatedField(many=True, read_only=True, slug_field="slug")
    sectors = serializers.SlugRelatedField(many=True, read_only=True, slug_field="slug")
    on = serializers.DateField(allow_null=True)
    precision = serializers.SerializerMethodField()
    versions = serializers.SerializerMethodField()
    page = serializers.CharField(source="get_absolute_url")

    class Meta:
        model = Document
        fields = [
            "slug",
            "title",
            "kind",
            "authors",
            "publisher",
            "on",
            "precision",
            "summary",
            "language",
            "licence",
            "countries",
            "areas",
            "sectors",
            "note",
            "versions",
            "page",
        ]

    def get_precision(self, row: Any) -> str:
        return row.shown[0].precision if row.on else ""

    def get_versions(self, row: Any) -> list[dict[str, Any]]:
        told = VersionSerializer(row.shown, many=True, context={"slug": row.slug})
        return list(told.data)


class ValueSerializer(serializers.Serializer[Any]):
    """A value that a filter can have, and how many documents it would show."""

    value = serializers.CharField()
    name = serializers.CharField()
    count = serializers.IntegerField()


class FacetSerializer(serializers.Serializer[Any]):
    """A filter with its values."""

    filter = serializers.CharField()
    name = serializers.CharField()
    values = ValueSerializer(many=True)


class DocumentViewSet(ListViewSet):
    """The documents of the library, by title."""

    serializer_class = DocumentSerializer
    is_dataset = True
    lookup_field = "slug"
    filter_form = LibraryFilter
    queryset = Document.objects.none()

    def get_queryset(self) -> QuerySet[Document]:
        return queries.whole(queries.told(self.wanted())).order_by("sort_key")

    @extend_schema(
        parameters=parameters_of(LibraryFilter), responses=FacetSerializer(many=True), filters=False
    )
    @action(detail=False, pagination_class=None)
    def facets(self, request: Request) -> Response:
        """Each filter's values, with how many documents they would show beside the others in use.

        Values that would show none are left out.
        """
        refuse_unknown(request.query_params, {"format", *LibraryFilter.base_fields})
        counted = queries.counts(self.wanted())
        names = queries.names(counted)
        return Response([_facet(name, counted[name], names[name]) for name in queries.FACETS])


def _facet(name: str, counted: dict[str, int], names: dict[str, str]) -> dict[str, Any]:
    unknown = {queries.NOT_KNOWN: str(_("not known"))} if queries.NOT_KNOWN in counted else {}
    return {
        "filter": name,
        "name": str(LibraryFilter.base_fields[name].label),
        "values": [
            {"value": value, "name": told, "count": counted[value]}
            for value, told in {**names, **unknown}.items()
        ],
    }
