"""Published documents through the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from rest_framework import serializers

from partnership.information.library import queries
from partnership.information.library.forms import LibraryFilter
from partnership.information.models import Document, DocumentVersion
from partnership.lib.lists import ListViewSet


class VersionSerializer(serializers.ModelSerializer[DocumentVersion]):
    """A version: a file kept here, an address elsewhere, or both."""

    file = serializers.SerializerMethodField()

    class Meta:
        model = DocumentVersion
        fields = [
            "number",
            "label",
            "what_changed",
            "on",
            "precision",
            "address",
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


class DocumentViewSet(ListViewSet):
    """The documents of the library, by title."""

    serializer_class = DocumentSerializer
    lookup_field = "slug"
    filter_form = LibraryFilter
    queryset = Document.objects.none()

    def get_queryset(self) -> QuerySet[Document]:
        return queries.whole(queries.documents(self.wanted())).order_by("sort_key")
