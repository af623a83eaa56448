"""The routes of what people follow, who may use them, and where they lead."""

from __future__ import annotations

from tests.factories.alerts import AlertFactory
from tests.factories.members import CountryFactory
from tests.factories.sources import SectorFactory

ROW = "55555555-5555-4555-8555-555555555555"
OF_PEOPLE = {"alerts:mine", "alerts:follow", "alerts:unfollow"}
POST_ONLY = {"alerts:follow", "alerts:unfollow"}
BOTH_WAYS = {"alerts:mine"}
ARGUMENTS = {
    "alerts:unfollow": [ROW],
    "site:country-feed": ["qaa"],
    "site:topic-feed": ["topic"],
}


def make_rows() -> None:
    """Somebody follows a country, and a topic has a feed."""
    SectorFactory(slug="topic")
    AlertFactory(uuid=ROW, key=CountryFactory().iso3)
