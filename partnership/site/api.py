"""The API's front page, search and the router that gathers every subject's lists."""

from __future__ import annotations

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import routers, serializers
from rest_framework.decorators import api_view
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from courses.learning.api.attempts import AttemptViewSet
from courses.learning.api.certificates import CertificateViewSet
from courses.learning.api.courses import CourseViewSet
from courses.learning.api.enrolments import EnrolmentViewSet
from partnership.accounts.models import Role
from partnership.agreements.api import AgreementViewSet
from partnership.agreements.cooperation.api import ApproachViewSet, AuthorizationViewSet
from partnership.casestudies.api import CaseStudyViewSet
from partnership.information.api import GlossaryViewSet
from partnership.information.feeds.api import NewsViewSet
from partnership.information.library.api import DocumentViewSet
from partnership.information.links.api import LinkViewSet
from partnership.jobs.models import Job
from partnership.lib.api import SessionAuthentication, TokenAuthentication
from partnership.lib.forms import cleaned_or_refuse, refuse_unknown
from partnership.lib.lists import ListViewSet
from partnership.lib.schema import parameters_of
from partnership.members.api.delegations import (
    CountryDelegationViewSet,
    InstitutionDelegationViewSet,
)
from partnership.members.api.joining import InvitationViewSet, RequestViewSet
from partnership.members.api.people import PersonViewSet
from partnership.members.api.places import CountryViewSet, InstitutionViewSet
from partnership.search.models import SearchEntry
from partnership.search.queries import find
from partnership.site import hits, searching
from partnership.site.figures.api import FigureViewSet, SnapshotViewSet
from partnership.site.forms import SearchForm
from partnership.sources.api import FactViewSet, SourceViewSet


class HitSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    address = serializers.CharField()
    language = serializers.CharField()
    page = serializers.SerializerMethodField(help_text="Of a document; 0 is the thing as a whole.")
    more_pages = serializers.SerializerMethodField()
    excerpt = serializers.SerializerMethodField()

    def get_page(self, hit: SearchEntry) -> int:
        return hit.page

    def get_more_pages(self, hit: SearchEntry) -> list[int]:
        return sorted(other.page for other in hit.more_pages)

    def get_excerpt(self, hit: Any) -> str:
        return "".join(piece.text for piece in hit.pieces)


@extend_schema(
    parameters=parameters_of(SearchForm),
    responses=inline_serializer(
        "Found",
        {
            "count": serializers.IntegerField(),
            "more": serializers.BooleanField(),
            "kinds": serializers.DictField(child=serializers.IntegerField()),
            "languages": serializers.DictField(child=serializers.IntegerField()),
            "instead": serializers.CharField(),
            "meant": serializers.CharField(),
            "results": HitSerializer(many=True),
        },
    ),
)
@api_view(["GET", "HEAD"])
def search(request: Request) -> Response:
    """Everything that you may see and that holds all the words asked for, best first, at most 100.

    With `more` there are more pages of documents than were counted: each number is the least.
    Where nothing holds them, `instead` is what was looked for: a word with one letter put right.
    """
    refuse_unknown(request.query_params, {"format", *SearchForm.base_fields})
    wanted = cleaned_or_refuse(SearchForm(request.query_params))
    reader = searching.reader_of(request._request) if wanted["q"] else None
    found = find(wanted["q"], reader=reader, kind=wanted["kind"], texts=wanted["language"])
    best = found.hits[:100]
    hits.show(best, found.terms)
    counts = {"count": found.total, "kinds": found.kinds, "languages": found.languages}
    told = {"more": found.is_open, "instead": found.instead, "meant": found.meant}
    return Response({**counts, **told, "results": HitSerializer(best, many=True).data})


class JobSerializer(serializers.ModelSerializer[Job]):
    # Named here: how large a number a column takes is another on each database.
    done = serializers.IntegerField(read_only=True)
    total = serializers.IntegerField(read_only=True, allow_null=True)

    class Meta:
        model = Job
        fields = [
            "uuid",
            "kind",
            "state",
            "done",
            "total",
            "sentence",
            "error",
            "result",
            "created_at",
            "finished_at",
        ]


class JobViewSet(ListViewSet):
    """The caller's own jobs. Administrators see all, but no program of theirs does."""

    serializer_class = JobSerializer
    authentication_classes = (TokenAuthentication, SessionAuthentication)
    lookup_field = "uuid"
    permission_classes = (IsAuthenticated,)
    queryset = Job.objects.none()

    def get_queryset(self) -> Any:
        is_program = getattr(self.request._request, "token", None) is not None
        sees_all = not is_program and Role.ADMINISTRATOR in self.request._request.roles
        return Job.objects.of(self.request.user, sees_all=sees_all).order_by("-created_at")


class Router(routers.DefaultRouter):
    """The front page names the lists; a list's format is asked for by `?format=`."""

    include_format_suffixes = False
    root_view_name = "root"


router = Router()
router.register("countries", CountryViewSet, "countries")
router.register("institutions", InstitutionViewSet, "institutions")
router.register("agreements", AgreementViewSet, "agreements")
router.register("approaches", ApproachViewSet, "approaches")
router.register("authorizations", AuthorizationViewSet, "authorizations")
router.register("case-studies", CaseStudyViewSet, "case-studies")
router.register("facts", FactViewSet, "facts")
router.register("sources", SourceViewSet, "sources")
router.register("figures", FigureViewSet, "figures")
router.register("snapshots", SnapshotViewSet, "snapshots")
router.register("documents", DocumentViewSet, "documents")
router.register("news", NewsViewSet, "news")
router.register("links", LinkViewSet, "links")
router.register("glossary", GlossaryViewSet, "glossary")
router.register("courses", CourseViewSet, "courses")
router.register("enrolments", EnrolmentViewSet, "enrolments")
router.register("attempts", AttemptViewSet, "attempts")
router.register("certificates", CertificateViewSet, "certificates")
router.register("jobs", JobViewSet, "jobs")
router.register("people", PersonViewSet, "people")
router.register("delegations/countries", CountryDelegationViewSet, "country-delegations")
router.register("delegations/institutions", InstitutionDelegationViewSet, "institution-delegations")
router.register("invitations", InvitationViewSet, "invitations")
router.register("requests", RequestViewSet, "requests")

urlpatterns = [path("search/", search, name="search"), *router.urls]
