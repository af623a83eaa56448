"""The routes of feeds, links and proposals, who may use them, and where they lead."""

from __future__ import annotations

from uuid import UUID

from partnership.accounts.models import Role
from tests.factories.feeds import FeedFactory, ItemFactory
from tests.factories.links import LinkUseFactory
from tests.information.library import routes as library
from tests.site.editing import EDITORS

CLOSED = dict.fromkeys(
    ("feeds:list", "feeds:add", "feeds:queue", "feeds:one", "links:one"), EDITORS
)
CLOSED |= dict.fromkeys(
    (library.PROPOSE, "links:list", "api:links-list", "api:links-detail"), EDITORS | {Role.TRAINER}
)
BOTH_WAYS = {library.PROPOSE, "feeds:add", "feeds:queue", "feeds:one", "links:list", "links:one"}
LINK = UUID("6f1b2c3d-0000-4000-8000-000000000009")
ARGUMENTS = {"feeds:one": ["feed"], "links:one": [LINK]}


def make_rows() -> None:
    """A feed, something that waits, something that everybody reads, and a broken link."""
    feed = FeedFactory(slug="feed")
    ItemFactory(feed=feed)
    ItemFactory(feed=feed, decided=True)
    LinkUseFactory(link__uuid=LINK, link__broken=True)
