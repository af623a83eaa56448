"""The glossary through the API."""

from __future__ import annotations

from django.db.models import QuerySet
from rest_framework import serializers

from partnership.information import queries
from partnership.information.forms import GlossaryFilter
from partnership.information.models import GlossaryTerm
from partnership.lib.lists import ListViewSet


class TermSerializer(serializers.ModelSerializer[GlossaryTerm]):
    see_also = serializers.SlugRelatedField(many=True, read_only=True, slug_field="slug")

    class Meta:
        model = GlossaryTerm
        fields = [
            "slug",
            "term",
            "abbreviation",
            "category",
            "definition",
            "basis",
            "see_also",
            "language",
        ]


class GlossaryViewSet(ListViewSet):
    """The field's terms, each with one definition."""

    serializer_class = TermSerializer
    is_dataset = True
    lookup_field = "slug"
    filter_form = GlossaryFilter
    queryset = GlossaryTerm.objects.none()

    def get_queryset(self) -> QuerySet[GlossaryTerm]:
        wanted = self.wanted()
        return queries.glossary(asked=wanted["q"], category=wanted["category"])
