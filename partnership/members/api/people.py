"""People of delegations through the API, with their dated posts."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from partnership.accounts.models import User
from partnership.lib.api import Body, Text, idempotency_key, sent
from partnership.members.api.doors import KEY, OfDelegation, OwnList, sees_all
from partnership.members.desk_forms import PeopleFilter
from partnership.members.models import Affiliation
from partnership.members.services import posts
from partnership.members.services.lists import unsure


class PostSerializer(serializers.ModelSerializer[Affiliation]):
    """A post from a day to a day, in one of the caller's delegations."""

    institution = serializers.SlugRelatedField(read_only=True, slug_field="slug", allow_null=True)

    class Meta:
        model = Affiliation
        fields = ["title", "country", "institution", "begins_on", "ends_on", "confirmed_on"]
        read_only_fields = fields


class PersonSerializer(serializers.ModelSerializer[User]):
    """A person, and of the posts those that the caller may see."""

    email = serializers.SerializerMethodField()
    posts = PostSerializer(source="own_posts", many=True, read_only=True)

    class Meta:
        model = User
        fields = ["uuid", "name", "latin_name", "email", "posts"]

    def get_email(self, person: User) -> str | None:
        """The main address, for the secretariat alone."""
        return person.email if sees_all(self.context["request"]) else None


class PeopleQuery(PeopleFilter, OfDelegation):
    """As on the page, and of which delegation."""


class LeaveBody(Body):
    """The post that is ended: its country, its institution or both, as the person's posts say."""

    country = Text(max_length=3, required=False)
    institution = Text(max_length=100, required=False)
    last_day = serializers.DateField(
        required=False, help_text="Left out: today, or the end that is known."
    )


class PersonViewSet(OwnList):
    """People with a post in the delegations that the caller runs; for the secretariat all."""

    serializer_class = PersonSerializer
    lookup_field = "uuid"
    lookup_value_regex = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    filter_form = PeopleQuery
    queryset = User.objects.none()

    def get_queryset(self) -> QuerySet[User]:
        posts = self.own(Affiliation.objects.all())
        shown = posts.select_related("institution").order_by("-begins_on", "pk")
        people = self._asked_for(posts) if self.action == "list" else self._all(posts)
        people = people.prefetch_related(Prefetch("affiliations", shown, to_attr="own_posts"))
        return people.order_by("name")

    def _all(self, posts: Any) -> QuerySet[User]:
        if self.sees_all:
            return User.objects.all()
        return User.objects.filter(pk__in=posts.order_by().values("person"))

    def _asked_for(self, posts: Any) -> QuerySet[User]:
        """Whose posts are as asked for. Who has none is among all, for the secretariat."""
        wanted = self.wanted()
        asked, is_narrow = wanted["q"].strip(), wanted["delegation"] or wanted["check"]
        named = Q(name__icontains=asked) | Q(latin_name__icontains=asked)
        if wanted["when"] == "all" and not is_narrow:
            of_title = Q(pk__in=posts.filter(title__icontains=asked).order_by().values("person"))
            return self._all(posts).filter(named | of_title)
        posts = self.at_delegation(posts, wanted["delegation"])
        if wanted["check"]:
            posts = posts.filter(pk__in=unsure(self.day).order_by().values("pk"))
        elif wanted["when"] == "before":
            posts = posts.filter(ends_on__lt=self.day)
        elif wanted["when"] == "":
            posts = posts.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=self.day))
        of_person = Q(person__name__icontains=asked) | Q(person__latin_name__icontains=asked)
        posts = posts.filter(of_person | Q(title__icontains=asked))
        return User.objects.filter(pk__in=posts.order_by().values("person"))

    @extend_schema(request=LeaveBody, parameters=[KEY], responses=PostSerializer)
    @action(detail=True, methods=["post"])
    def leave(self, request: Request, uuid: str) -> Response:
        """End a post with its last day. Ended again with the same day, nothing changes."""
        idempotency_key(request)
        wanted = sent(request, LeaveBody)
        post = self._post(self.get_object(), wanted)
        last_day = wanted.get("last_day", post.ends_on or self.day)
        if post.ends_on != last_day:
            posts.end_post(post, last_day=last_day, by=request.user, at=self.at)
            post.ends_on = last_day
        return Response(PostSerializer(post).data)

    def _post(self, person: User, wanted: dict[str, Any]) -> Affiliation:
        """The newest line of exactly this post."""
        country, institution = wanted.get("country"), wanted.get("institution")
        where = {"country": country.upper()} if country else {"country__isnull": True}
        where |= (
            {"institution__slug": institution} if institution else {"institution__isnull": True}
        )
        rows = self.own(Affiliation.objects.all()).filter(person=person, **where)
        post = rows.select_related("institution").order_by(F("begins_on").desc()).first()
        if post is None:
            raise Http404
        return post
