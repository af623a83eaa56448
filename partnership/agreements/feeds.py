"""Changes to the register as an Atom feed."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from partnership.agreements.models import AgreementStage
from partnership.lib import clock, licence


class RegisterFeed(Feed):
    """The last hundred lines that were recorded, newest first."""

    feed_type = Atom1Feed
    title = _("Register of Article 6 agreements: what is new")
    subtitle = _("Each entry is one dated line of an agreement, with its source.")
    author_name = _("Article 6 Implementation Partnership")
    link = reverse_lazy("agreements:register")

    def feed_copyright(self, day: date) -> str:
        return licence.rights()

    def get_object(self, request: HttpRequest) -> date:
        return clock.of(request).date()

    def items(self, day: date) -> QuerySet[AgreementStage]:
        rows = AgreementStage.objects.standing().filter(on__lte=day)
        rows = rows.select_related("agreement__acquiring", "agreement__host", "source")
        return rows.order_by("-recorded_at", "-pk")[:100]

    def item_title(self, item: AgreementStage) -> str:
        return f"{item.agreement}: {item}"

    def item_description(self, item: AgreementStage) -> str:
        source = str(item.source) if item.source else _("not known")
        unsure = "" if item.is_confirmed else _(" Not confirmed.")
        told = _("%(instrument)s. Source: %(source)s.") % {
            "instrument": item.get_instrument_display(),
            "source": source,
        }
        # A feed's summary is HTML, and a source's title is not.
        return escape(f"{told}{unsure}")

    def item_link(self, item: AgreementStage) -> str:
        return item.agreement.get_absolute_url()

    def item_guid(self, item: AgreementStage) -> str:
        """What the database holds once: it stays when the content is loaded anew elsewhere."""
        source = item.source.slug if item.source else "no-source"
        address = f"{settings.SITE_ADDRESS}{item.agreement.get_absolute_url()}"
        return f"{address}#{item.on}-{item.stage}-{source}"

    def item_updateddate(self, item: AgreementStage) -> datetime:
        return item.recorded_at

    item_pubdate = item_updateddate
