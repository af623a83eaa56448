"""Certificates through the API: one's own, and the public check of a code."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import Throttled
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from courses.learning import checking, codes, throttle
from courses.learning.models import Certificate
from partnership.lib import clock
from partnership.lib.api import Number
from partnership.lib.errors import BadQuery
from partnership.lib.forms import refuse_unknown
from partnership.lib.lists import ListViewSet


class CertificateSerializer(serializers.Serializer[Certificate]):
    """What a certificate says, as it was stored. `name_is`: `shown`, `hidden` or `erased`."""

    code = serializers.CharField(source="shown_code")
    state = serializers.CharField()
    ended_on = serializers.SerializerMethodField()
    reason = serializers.CharField()
    replaced_by = serializers.SerializerMethodField()
    name = serializers.SerializerMethodField()
    latin_name = serializers.SerializerMethodField()
    name_is = serializers.SerializerMethodField()
    course_code = serializers.CharField()
    course_title = serializers.CharField()
    language = serializers.CharField()
    edition = serializers.IntegerField(source="edition_number")
    rules_as_of = serializers.DateField()
    hours = Number()
    issued_on = serializers.SerializerMethodField()
    issuer = serializers.CharField()

    def get_ended_on(self, row: Certificate) -> date | None:
        return row.ended_at.date() if row.ended_at else None

    def get_replaced_by(self, row: Certificate) -> str:
        return row.replaced_by.shown_code if row.replaced_by else ""

    def get_issued_on(self, row: Certificate) -> date:
        return row.issued_at.date()

    def get_name(self, row: Certificate) -> str:
        return row.name if self.get_name_is(row) == "shown" else ""

    def get_latin_name(self, row: Certificate) -> str:
        return row.latin_name if self.get_name_is(row) == "shown" else ""

    def get_name_is(self, row: Certificate) -> str:
        if not self.shows_name(row):
            return "hidden"
        return "shown" if row.name else "erased"

    def shows_name(self, row: Certificate) -> bool:
        return checking.shows_name(row, self.context["request"].query_params.get("name"))


class OwnCertificateSerializer(CertificateSerializer):
    """One's own bears its name; `is_name_hidden` says whether the public check does."""

    is_name_hidden = serializers.BooleanField()
    pdf = serializers.SerializerMethodField()

    def get_pdf(self, row: Certificate) -> str:
        return reverse("courses:certificate-pdf", args=[row.shown_code])

    def shows_name(self, row: Certificate) -> bool:
        return True


class CertificateViewSet(ListViewSet):
    """The caller's own certificates, the newest first."""

    serializer_class = OwnCertificateSerializer
    lookup_field = "code"
    queryset = Certificate.objects.none()

    def get_permissions(self) -> list[Any]:
        return [IsAuthenticated() if self.action == "list" else AllowAny()]

    def get_queryset(self) -> QuerySet[Certificate]:
        rows = Certificate.objects.of(self.request.user).select_related("replaced_by")
        return rows.order_by("-issued_at")

    @extend_schema(
        responses=CertificateSerializer,
        parameters=[
            OpenApiParameter(
                "name",
                str,
                enum=["shown"],
                description="Say `shown` if the holder gave you the code: a hidden name is told.",
            )
        ],
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What is stored under a code, as it is stored. Very many wrong codes have to wait."""
        refuse_unknown(request.query_params, {"format", "name"})
        if request.query_params.get("name", "shown") != "shown":
            raise BadQuery({"name": [_("A name can only be `shown`.")]})
        django = request._request
        try:
            found = checking.look_up(django, codes.parse_code(kwargs["code"]), clock.of(django))
        except checking.TooFast:
            raise Throttled(
                throttle.SECONDS, _("Very many wrong codes came from your network.")
            ) from None
        if found is None:
            raise Http404
        context = self.get_serializer_context()
        return Response(CertificateSerializer(found, context=context).data)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """What was true of a code is kept nowhere: tomorrow it may be withdrawn."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response
