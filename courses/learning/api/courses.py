"""The catalogue through the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from courses.catalogue import queries
from courses.catalogue.models import Edition
from courses.learning.api.shapes import CourseDetailSerializer, CourseSerializer
from courses.learning.forms import CatalogueFilter
from courses.learning.outlines import outline
from partnership.lib.lists import ListViewSet


class CourseViewSet(ListViewSet):
    """Courses that can be joined, each in its newest edition."""

    serializer_class = CourseSerializer
    lookup_field = "course__slug"
    lookup_url_kwarg = "slug"
    filter_form = CatalogueFilter
    queryset = Edition.objects.none()

    def get_queryset(self) -> QuerySet[Edition]:
        rows = queries.catalogue()
        return queries.narrowed(rows, self.wanted()) if self.action == "list" else rows.defer(None)

    @extend_schema(responses=CourseDetailSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A course with its outline: modules, lessons, quizzes, and what makes each tick."""
        self.kwargs["slug"] = self.kwargs["slug"].lower()
        edition = self.get_object()
        edition.outline = outline(edition, None).parts
        return Response(CourseDetailSerializer(edition).data)
