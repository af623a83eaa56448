"""Published case studies through the API."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from rest_framework import serializers

from partnership.casestudies import queries
from partnership.casestudies.forms import CaseFilter
from partnership.casestudies.models import CaseFigure, CaseStudy
from partnership.lib.api import Number
from partnership.lib.lists import ListViewSet


class CaseFigureSerializer(serializers.ModelSerializer[CaseFigure]):
    value_number = Number(read_only=True, allow_null=True)
    source = serializers.SlugRelatedField(read_only=True, slug_field="slug")

    class Meta:
        model = CaseFigure
        fields = [
            "key",
            "label",
            "qualifier",
            "value_number",
            "value_text",
            "unit",
            "scope",
            "as_of",
            "as_of_precision",
            "is_ours",
            "source",
        ]


class CaseStudySerializer(serializers.ModelSerializer[CaseStudy]):
    """A case with its figures; the story itself is on its page."""

    sector = serializers.SlugRelatedField(read_only=True, slug_field="name")
    countries = serializers.SerializerMethodField()
    figures = serializers.SerializerMethodField()
    institutions = serializers.SlugRelatedField(many=True, read_only=True, slug_field="slug")
    agreement = serializers.SlugRelatedField(read_only=True, slug_field="slug")
    version = serializers.SerializerMethodField()
    address = serializers.CharField(source="get_absolute_url")

    class Meta:
        model = CaseStudy
        fields = [
            "slug",
            "title",
            "summary",
            "mechanism",
            "place",
            "started",
            "technology",
            "sector",
            "countries",
            "institutions",
            "agreement",
            "figures",
            "doubts",
            "version",
            "address",
        ]

    def get_countries(self, case: CaseStudy) -> list[dict[str, str]]:
        return [{"iso3": part.country_id, "part": part.part} for part in case.parts.all()]

    def get_version(self, case: CaseStudy) -> dict[str, Any]:
        """The number and day of what is told here, and what changed since the one before."""
        newest = next(iter(case.versions.all()), None)
        if newest is None:
            return {"number": 1, "on": case.published_on, "what_changed": ""}
        return {"number": newest.number, "on": newest.on, "what_changed": newest.what_changed}

    def get_figures(self, case: CaseStudy) -> list[dict[str, Any]]:
        rows = [figure for section in case.sections.all() for figure in section.figures.all()]
        return list(CaseFigureSerializer(rows, many=True).data)


class CaseStudyViewSet(ListViewSet):
    """Good-practice cases with every figure, its scope and its source."""

    serializer_class = CaseStudySerializer
    is_dataset = True
    lookup_field = "slug"
    filter_form = CaseFilter
    queryset = CaseStudy.objects.none()

    def get_queryset(self) -> QuerySet[CaseStudy]:
        figures = Prefetch(
            "sections__figures", queryset=CaseFigure.objects.select_related("source")
        )
        return (
            queries.cases(**self.wanted())
            .select_related("sector", "agreement")
            .prefetch_related(None)
            .prefetch_related("parts", "institutions", figures, queries.VERSIONS)
        )
