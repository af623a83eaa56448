"""What is new about a country, a topic or under a search, as Atom feeds: for everybody the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.information.alerts import news, queries
from partnership.information.alerts.news import Asked, News
from partnership.information.alerts.reading import searched
from partnership.information.models import Alert
from partnership.lib import clock
from partnership.lib.forms import cleaned_or_refuse
from partnership.members.models import Country
from partnership.search.engines.asked import EVERYBODY
from partnership.site.forms import SearchForm

MOST = 100
BEGIN = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Channel:
    """A feed for one request: what it is about, the page of that, and what is new."""

    name: str
    page: str
    news: Callable[[], list[News]]


class NewsFeed(Feed):
    """The last hundred new things, the newest first."""

    feed_type = Atom1Feed
    author_name = gettext_lazy("Article 6 Implementation Partnership")

    def title(self, channel: Channel) -> str:
        return _("%(name)s: what is new") % {"name": channel.name}

    def link(self, channel: Channel) -> str:
        return channel.page

    def items(self, channel: Channel) -> list[News]:
        return [one for one in channel.news() if one.audience == EVERYBODY][:MOST]

    def item_title(self, item: News) -> str:
        return str(item.title)

    def item_description(self, item: News) -> str:
        # A feed's summary is HTML, and what a source or a publisher is called is not.
        return escape(str(item.note))

    def item_link(self, item: News) -> str:
        return item.address

    def item_guid(self, item: News) -> str:
        """What a thing is known by stays, whatever its page is called."""
        return f"{settings.SITE_ADDRESS}/feeds/#{item.kind}/{item.key}"

    def item_updateddate(self, item: News) -> datetime:
        return item.at

    item_pubdate = item_updateddate


class CountryFeed(NewsFeed):
    """Lines of its agreements on either side, its case studies, documents about it."""

    def get_object(self, request: HttpRequest, code: str) -> Channel:
        country = get_object_or_404(Country, iso3=code.upper())
        asked = Asked(BEGIN, clock.of(request), f"country/{country.iso3}")
        return Channel(country.name, country.get_absolute_url(), lambda: news.all_of(asked))


class TopicFeed(NewsFeed):
    """What belongs to an area of work or a sector."""

    def get_object(self, request: HttpRequest, slug: str) -> Channel:
        alert = Alert(kind=Alert.Kind.TOPIC, key=slug)
        thing = queries.thing_of(alert, queries.things([alert]))
        if thing is None:
            raise Http404
        asked = Asked(BEGIN, clock.of(request), alert.handle)
        return Channel(thing.name, thing.address, lambda: news.all_of(asked))


class SearchFeed(NewsFeed):
    """What search has found since it keeps since when, of that which everybody may know."""

    def get_object(self, request: HttpRequest) -> Channel:
        wanted = cleaned_or_refuse(SearchForm(request.GET))
        words = " ".join(wanted["q"].split())
        if not words:
            return Channel(_("Search"), reverse("site:search"), list)
        asked = words, wanted["kind"], wanted["language"]
        alert = Alert(kind=Alert.Kind.SEARCH, key=words, narrowed=asked[1], texts=asked[2])
        thing = queries.search_of(alert)
        public = frozenset({EVERYBODY})
        return Channel(thing.name, thing.address, lambda: searched(*asked, BEGIN, public))


def address_of(alert: Alert) -> str:
    """Where the feed of what can be followed is; nothing where it has none."""
    match alert.kind:
        case Alert.Kind.COUNTRY:
            return reverse("site:country-feed", args=[alert.key.lower()])
        case Alert.Kind.TOPIC:
            return reverse("site:topic-feed", args=[alert.key])
        case Alert.Kind.SEARCH:
            asked = {"q": alert.key, "kind": alert.narrowed, "language": alert.texts}
            given = {name: value for name, value in asked.items() if value}
            return f"{reverse('site:search-feed')}?{urlencode(given)}"
    return ""
