"""News of others that was accepted, through the API."""

from __future__ import annotations

from django.db.models import QuerySet
from rest_framework import serializers

from partnership.information.feeds import queries
from partnership.information.feeds.forms import NewsFilter
from partnership.information.models import Item
from partnership.lib.lists import ListViewSet


class NewsSerializer(serializers.ModelSerializer[Item]):
    """A page of somebody else. What it says is its publisher's, and its `address` leads there."""

    feed = serializers.CharField(source="feed.slug")
    feed_title = serializers.CharField(source="feed.title")
    language = serializers.CharField(source="feed.language")

    class Meta:
        model = Item
        fields = [
            "uuid",
            "title",
            "summary",
            "address",
            "feed",
            "feed_title",
            "language",
            "published_at",
            "found_at",
        ]


class NewsViewSet(ListViewSet):
    """News of others, the newest first by the day on which we found them."""

    serializer_class = NewsSerializer
    lookup_field = "uuid"
    filter_form = NewsFilter
    queryset = Item.objects.none()

    def get_queryset(self) -> QuerySet[Item]:
        # By a column that is never empty: pages begin behind the last row of the page before.
        return queries.news(self.wanted()).order_by("-found_at")
