"""A person's own courses through the API: join, leave, come back, move over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from courses.learning import doors
from courses.learning.api.bodies import KEY, JoinBody
from courses.learning.api.shapes import EnrolmentDetailSerializer, EnrolmentSerializer
from courses.learning.models import Enrolment
from courses.learning.outlines import outline
from courses.learning.progress import place_of, progress_of
from courses.learning.reading import certificate_of, reading
from courses.learning.services import enrolments
from partnership.lib import clock
from partnership.lib.api import idempotency_key, sent
from partnership.lib.lists import ListViewSet


class EnrolmentViewSet(ListViewSet):
    """The caller's own courses, the newest first; who moved over has a row for each edition."""

    serializer_class = EnrolmentSerializer
    permission_classes = (IsAuthenticated,)
    lookup_field = "edition__course__slug"
    lookup_url_kwarg = "course"
    queryset = Enrolment.objects.none()

    def get_queryset(self) -> QuerySet[Enrolment]:
        rows = Enrolment.objects.of(self.request.user).select_related("edition__course")
        return rows.order_by("-joined_at")

    def filter_queryset(self, queryset: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
        """Who moved over has two rows in one course."""
        return (
            super()
            .filter_queryset(queryset)
            .order_by("-joined_at", self.lookup_field, "edition__number")
        )

    @property
    def at(self) -> datetime:
        return clock.of(self.request._request)

    def get_object(self) -> Enrolment:
        rows = self.get_queryset().filter(edition__course__slug=self.kwargs["course"].lower())
        found = rows.order_by(F("left_at").desc(nulls_first=True), "-edition__number").first()
        if found is None:
            raise Http404
        return found

    @extend_schema(responses=EnrolmentDetailSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The edition that is learnt from, else the one left last, with what is done of it."""
        enrolment = self.get_object()
        newest = doors.course(request.user, enrolment.edition.course.slug).newest
        parts = outline(enrolment.edition, enrolment)
        progress = progress_of(parts, enrolment.completed_at)
        place = place_of(parts, lesson=enrolment.lesson_id, block=enrolment.block)
        certificate = certificate_of(enrolment)
        enrolment.newest_edition = newest.number
        enrolment.done, enrolment.required = progress.done, progress.required
        enrolment.goes_on_at = place.address if place else ""
        enrolment.certificate = certificate.shown_code if certificate else ""
        # What the dashboard says too: the certificate comes when its name is confirmed.
        is_waiting = enrolment.completed_at and not request.user.name_confirmed_at
        enrolment.waits_for_name = bool(is_waiting and not certificate)
        enrolment.outline = parts.parts
        return Response(EnrolmentDetailSerializer(enrolment).data)

    @extend_schema(request=JoinBody, parameters=[KEY], responses={200: EnrolmentSerializer})
    def create(self, request: Request) -> Response:
        """Join the newest edition, or come back to the one that was left. Twice is once."""
        idempotency_key(request)
        found = reading(sent(request, JoinBody)["course"].lower(), request.user)
        if found is None:
            raise ValidationError({"course": [_("There is no such course.")]})
        enrolment = enrolments.join(found.edition, by=request.user, at=self.at)
        enrolment.edition = found.edition
        return self._told(enrolment)

    @extend_schema(request=None, parameters=[KEY], responses={200: EnrolmentSerializer})
    @action(detail=True, methods=["post"])
    def leave(self, request: Request, course: str) -> Response:
        """Stop learning here. All that was done is kept: joining again goes on with it."""
        idempotency_key(request)
        return self._told(enrolments.leave(self.get_object(), at=self.at))

    @extend_schema(request=None, parameters=[KEY], responses={200: EnrolmentSerializer})
    @action(detail=True, methods=["post"])
    def move(self, request: Request, course: str) -> Response:
        """Go on in the newest edition. Lessons that stayed word for word are done there too."""
        idempotency_key(request)
        enrolment = doors.running(request.user, course.lower())
        return self._told(enrolments.move_over(enrolment, at=self.at))

    def _told(self, enrolment: Enrolment) -> Response:
        return Response(self.get_serializer(enrolment).data)
