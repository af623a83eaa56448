"""The two ways into a delegation through the API: invited, or asked for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from partnership.accounts.models import Role
from partnership.accounts.names import LONGEST, as_written
from partnership.lib.api import Body, Text, idempotency_key, sent
from partnership.members.api.doors import KEY, OfDelegation, OwnList
from partnership.members.desk_forms import InvitationsFilter
from partnership.members.models import Invitation, JoinRequest
from partnership.members.services import invitations, joining

UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


class InvitationSerializer(serializers.ModelSerializer[Invitation]):
    """An invitation and how far it got. Its link and its code are in the mail alone."""

    institution = serializers.SlugRelatedField(read_only=True, slug_field="slug", allow_null=True)
    country = serializers.PrimaryKeyRelatedField(read_only=True, allow_null=True)
    state = serializers.SerializerMethodField()
    by = serializers.SlugRelatedField(read_only=True, slug_field="uuid", allow_null=True)
    used_by = serializers.SlugRelatedField(read_only=True, slug_field="uuid", allow_null=True)

    class Meta:
        model = Invitation
        fields = [
            *("uuid", "email", "name", "title", "role", "country", "institution", "state"),
            *("by", "made_at", "sent_at", "expires_at", "used_at", "used_by"),
        ]

    @extend_schema_field(serializers.ChoiceField(choices=Invitation.State.choices))
    def get_state(self, row: Any) -> str:
        return str(row.state)


class InvitationQuery(InvitationsFilter, OfDelegation):
    """As on the page, and of which delegation."""


class InviteBody(Body):
    """Who is invited as an official of which delegation."""

    email = Text(max_length=254)
    delegation = Text(max_length=250, help_text="Like country/vnm or institution/slug.")
    name = Text(max_length=LONGEST, required=False, allow_blank=True)
    title = Text(max_length=150, required=False, allow_blank=True)


class InvitationViewSet(OwnList):
    """Invitations to the delegations that the caller runs, the newest first."""

    serializer_class = InvitationSerializer
    lookup_field = "uuid"
    lookup_value_regex = UUID
    filter_form = InvitationQuery
    queryset = Invitation.objects.none()

    def get_queryset(self) -> QuerySet[Invitation]:
        rows = self.own(Invitation.objects.all()).with_state(self.at)
        if self.action == "list":
            wanted = self.wanted()
            rows = self.at_delegation(rows, wanted["delegation"])
            if wanted["state"]:
                rows = rows.filter(state=wanted["state"])
            if asked := wanted["q"].strip():
                rows = rows.filter(Q(email__icontains=asked) | Q(name__icontains=asked))
        return rows.select_related("institution", "by", "used_by").order_by("-made_at")

    @extend_schema(request=InviteBody, parameters=[KEY], responses={200: InvitationSerializer})
    def create(self, request: Request) -> Response:
        """Invite an official by mail. Asked again, the invitation that is open is the answer.

        Other roles are given by people on the pages.
        """
        idempotency_key(request)
        wanted = sent(request, InviteBody)
        place = self.delegation(wanted["delegation"])
        name = wanted.get("name", "")
        row = invitations.invite(
            wanted["email"],
            by=request.user,
            at=self.at,
            role=Role.OFFICIAL,
            name=as_written(name) if name.strip() else "",
            title=wanted.get("title", ""),
            **place.where,
        )
        told = self.own(Invitation.objects.all()).with_state(self.at).get(pk=row.pk)
        return Response(self.get_serializer(told).data)


class RequestSerializer(serializers.ModelSerializer[JoinRequest]):
    """Somebody asks to be counted to a delegation, with the address they show for it."""

    person = serializers.SlugRelatedField(read_only=True, slug_field="uuid")
    name = serializers.CharField(source="person.name", read_only=True)
    country = serializers.PrimaryKeyRelatedField(read_only=True, allow_null=True)
    institution = serializers.SlugRelatedField(read_only=True, slug_field="slug", allow_null=True)

    class Meta:
        model = JoinRequest
        fields = [
            *("uuid", "person", "name", "email", "title", "since", "country", "institution"),
            *("asked_at", "due_at", "passed_at", "answered_at", "is_approved", "reply"),
            "withdrawn_at",
        ]


class RequestQuery(OfDelegation):
    """Which requests, of which delegation."""

    state = forms.ChoiceField(
        required=False,
        label=_("State"),
        choices=[("", _("waiting")), ("answered", _("answered")), ("all", _("all"))],
    )


class ApproveBody(Body):
    """A sentence for the person, if you like."""

    reply = Text(max_length=600, required=False, allow_blank=True)


class RefuseBody(Body):
    """Why, in a sentence: the person reads it in a mail."""

    reply = Text(max_length=600)


class RequestViewSet(OwnList):
    """Requests to join the delegations that the caller runs, the oldest first."""

    serializer_class = RequestSerializer
    lookup_field = "uuid"
    lookup_value_regex = UUID
    filter_form = RequestQuery
    queryset = JoinRequest.objects.none()

    def get_queryset(self) -> QuerySet[JoinRequest]:
        rows = self.own(JoinRequest.objects.all())
        if self.action == "list":
            wanted = self.wanted()
            rows = self.at_delegation(rows, wanted["delegation"])
            if wanted["state"] == "":
                rows = rows.waiting()
            elif wanted["state"] == "answered":
                rows = rows.filter(answered_at__isnull=False)
        return rows.select_related("person", "country", "institution").order_by("asked_at")

    @extend_schema(request=ApproveBody, parameters=[KEY], responses=RequestSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, uuid: str) -> Response:
        """Yes: the post begins on the day that was named. Said twice it is said once."""
        return self._answer(request, ApproveBody, approves=True)

    @extend_schema(request=RefuseBody, parameters=[KEY], responses=RequestSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, uuid: str) -> Response:
        """No, and why. Said twice it is said once."""
        return self._answer(request, RefuseBody, approves=False)

    def _answer(self, request: Request, body: type[Body], *, approves: bool) -> Response:
        idempotency_key(request)
        reply, row = sent(request, body).get("reply", ""), self.get_object()
        is_said = row.answered_by_id == request.user.pk and row.is_approved is approves
        if not is_said:
            row = joining.answer_request(
                row, approves=approves, reply=reply, by=request.user, at=self.at
            )
        return Response(self.get_serializer(row).data)
