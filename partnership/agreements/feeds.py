"""Changes to the register as an Atom feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnership.agreements import reports
from partnership.agreements.models import AgreementStage
from partnership.lib import clock, licence

MOST = 100


@dataclass(frozen=True)
class Entry:
    """What the feed tells of: a line, or the report of a month that is over."""

    title: str
    told: str
    address: str
    identity: str
    at: datetime


class RegisterFeed(Feed):
    """The last hundred lines and reports, newest first."""

    feed_type = Atom1Feed
    title = _("Register of Article 6 agreements: what is new")
    subtitle = _("Each entry is one dated line with its source, or the report of a month.")
    author_name = _("Article 6 Implementation Partnership")
    link = reverse_lazy("agreements:register")

    def feed_copyright(self, day: date) -> str:
        return licence.rights()

    def get_object(self, request: HttpRequest) -> date:
        return clock.of(request).date()

    def items(self, day: date) -> list[Entry]:
        rows = AgreementStage.objects.standing().filter(on__lte=day)
        rows = rows.select_related("agreement__acquiring", "agreement__host", "source")
        found = [_of_line(row) for row in rows.order_by("-recorded_at", "-pk")[:MOST]]
        found += [
            _of_month(first) for first in reports.months(day) if reports.next_month(first) <= day
        ]
        return sorted(found, key=lambda entry: entry.at, reverse=True)[:MOST]

    def item_title(self, item: Entry) -> str:
        return item.title

    def item_description(self, item: Entry) -> str:
        # A feed's summary is HTML, and a source's title is not.
        return escape(item.told)

    def item_link(self, item: Entry) -> str:
        return item.address

    def item_guid(self, item: Entry) -> str:
        """What the database holds once: it stays when the content is loaded anew elsewhere."""
        return f"{settings.SITE_ADDRESS}{item.identity}"

    def item_updateddate(self, item: Entry) -> datetime:
        return item.at

    item_pubdate = item_updateddate


def _of_line(row: AgreementStage) -> Entry:
    told = gettext("%(instrument)s. Source: %(source)s.") % {
        "instrument": row.get_instrument_display(),
        "source": str(row.source) if row.source else gettext("not known"),
    }
    unsure = "" if row.is_confirmed else gettext(" Not confirmed.")
    source = row.source.slug if row.source else "no-source"
    address = row.agreement.get_absolute_url()
    return Entry(
        title=f"{row.agreement}: {row}",
        told=f"{told}{unsure}",
        address=address,
        identity=f"{address}#{row.on}-{row.stage}-{source}",
        at=row.recorded_at,
    )


def _of_month(first: date) -> Entry:
    named: dict[str, Any] = {"month": date_format(first, "F Y")}
    over = reports.next_month(first)
    address = reports.address_of(first)
    return Entry(
        title=gettext("The register in %(month)s") % named,
        told=gettext("What was new, changed, checked, confirmed and contested in this month."),
        address=address,
        identity=address,
        at=datetime(over.year, over.month, over.day, tzinfo=UTC),
    )
