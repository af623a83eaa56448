"""Whether our links lead somewhere, through the API, for those who mend them."""

from __future__ import annotations

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated

from partnership.information.feeds.faults import sentence_of
from partnership.information.links import queries
from partnership.information.links.forms import LinksFilter
from partnership.lib.api import SessionAuthentication, TokenAuthentication
from partnership.lib.lists import ListViewSet
from partnership.sources.models import Link, LinkUse


class PlaceSerializer(serializers.ModelSerializer[LinkUse]):
    """A page on which the link stands."""

    class Meta:
        model = LinkUse
        fields = ["title", "page", "owner"]


class LinkSerializer(serializers.ModelSerializer[Link]):
    """An address of another host, what is known of it, and where it stands."""

    is_broken = serializers.BooleanField(read_only=True)
    tries = serializers.IntegerField(read_only=True, help_text="Faults in a row.")
    fault = serializers.SerializerMethodField()
    places = PlaceSerializer(source="uses", many=True)

    class Meta:
        model = Link
        fields = [
            "uuid",
            "address",
            "state",
            "is_broken",
            "moved_to",
            "tries",
            "since",
            "fault",
            "checked_at",
            "archived_address",
            "archived_on",
            "places",
        ]

    def get_fault(self, row: Link) -> str:
        """The last fault in a sentence; empty where there was none."""
        return sentence_of(row.error) if row.error else ""


class LinkViewSet(ListViewSet):
    """Links of our pages. Without a state those that are broken or have moved."""

    serializer_class = LinkSerializer
    lookup_field = "uuid"
    filter_form = LinksFilter
    authentication_classes = (TokenAuthentication, SessionAuthentication)
    permission_classes = (IsAuthenticated,)
    queryset = Link.objects.none()

    def get_queryset(self) -> QuerySet[Link]:
        if self.action == "retrieve":
            return Link.objects.prefetch_related("uses")
        return queries.links(self.wanted()).order_by("address")
