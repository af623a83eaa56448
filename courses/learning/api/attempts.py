"""Quizzes through the API: start, read the paper, save, hand in, read the result."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from courses.learning import doors, papers, results, sittings
from courses.learning.api import saving
from courses.learning.api.bodies import (
    KEY,
    NEEDED_KEY,
    HandedInSerializer,
    SaveBody,
    SavedSerializer,
    StartBody,
    StateSerializer,
)
from courses.learning.api.shapes import AttemptSerializer, PaperSerializer, ResultSerializer
from courses.learning.models import Attempt
from courses.learning.services.answers import AttemptStillOpen
from courses.learning.services.attempts import WaitFirst, start_attempt, submit_attempt
from partnership.lib import clock
from partnership.lib.api import idempotency_key, problem, sent
from partnership.lib.lists import ListViewSet

OF_PAPERS = ("limit_minutes", "seconds_left", "questions")
OF_RESULTS = (
    "pass_mark",
    "shows_feedback",
    "shows_right_answers",
    "attempts_left",
    "waits_until",
    "questions",
)


class AttemptViewSet(ListViewSet):
    """The caller's own attempts, the newest first."""

    serializer_class = AttemptSerializer
    permission_classes = (IsAuthenticated,)
    lookup_field = "uuid"
    lookup_value_regex = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    queryset = Attempt.objects.none()

    def get_queryset(self) -> QuerySet[Attempt]:
        rows = Attempt.objects.of(self.request.user).select_related("quiz__edition__course")
        return rows.order_by("-started_at")

    @property
    def at(self) -> datetime:
        return clock.of(self.request._request)

    @extend_schema(responses=PaperSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The paper as it was fixed at the start. Nothing in it tells what is right."""
        attempt = doors.own_attempt(request.user, kwargs["uuid"], at=self.at)
        _take(attempt, papers.paper(attempt, at=self.at), OF_PAPERS)
        return Response(PaperSerializer(attempt, context=self.get_serializer_context()).data)

    @extend_schema(request=StartBody, parameters=[KEY], responses={200: AttemptSerializer})
    def create(self, request: Request) -> Response:
        """Begin a quiz. While an attempt is open, it is the one that every start gives."""
        key = idempotency_key(request)
        body = sent(request, StartBody)
        try:
            enrolment, quiz = doors.quiz_to_take(request.user, body["course"].lower(), body["quiz"])
        except Http404:
            problems = {"quiz": [_("There is no such quiz in this course.")]}
            raise ValidationError(problems) from None
        try:
            attempt = start_attempt(enrolment, quiz, at=self.at, key=key)
        except WaitFirst as refusal:
            told = problem(refusal.code, str(refusal), {"until": [refusal.until]})
            return Response(told, status=409)
        attempt.quiz = quiz
        return Response(self.get_serializer(attempt).data)

    @extend_schema(responses=StateSerializer)
    @action(detail=True, methods=["get"])
    def answers(self, request: Request, uuid: str) -> Response:
        """What stands on the server now."""
        return saving.state(request, uuid)

    @extend_schema(request=SaveBody, responses={200: SavedSerializer})
    @answers.mapping.post
    def save(self, request: Request, uuid: str) -> Response:
        """Keep one answer. Sent twice with one key it counts once."""
        return saving.save(request, uuid)

    @extend_schema(request=None, parameters=[NEEDED_KEY], responses={200: HandedInSerializer})
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, uuid: str) -> Response:
        """Hand in, once. The key is needed; the same key again is the same hand-in."""
        key = idempotency_key(request, is_needed=True)
        done = submit_attempt(doors.to_hand_in(request.user, uuid), key=key, at=self.at)
        address = reverse("api:attempts-result", args=[done.uuid])
        told = {"uuid": done.uuid, "submitted_at": done.submitted_at, "result": address}
        return Response(HandedInSerializer(told).data)

    @extend_schema(responses=ResultSerializer)
    @action(detail=True, methods=["get"])
    def result(self, request: Request, uuid: str) -> Response:
        """What you know, what to read again, what comes next. Only after the end."""
        attempt = doors.own_attempt(request.user, uuid, at=self.at)
        if attempt.is_open:
            raise AttemptStillOpen(_("This attempt is still open: hand it in first."))
        _take(attempt, results.result(attempt, at=self.at), OF_RESULTS)
        attempt.read_again = [] if attempt.is_passed else sittings.read_again(attempt.quiz)
        context = {**self.get_serializer_context(), "course": attempt.quiz.edition.course.slug}
        return Response(ResultSerializer(attempt, context=context).data)


def _take(attempt: Attempt, told: Any, names: tuple[str, ...]) -> None:
    """Tell of an attempt what a calculation knows of it."""
    for name in names:
        setattr(attempt, name, getattr(told, name))
