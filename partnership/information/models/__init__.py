"""The information platform: glossary, library, what the feeds of others bring, links, figures."""

from partnership.information.models.documents import Document, DocumentVersion, Passage
from partnership.information.models.feeds import Feed, Item
from partnership.information.models.figures import Snapshot
from partnership.information.models.glossary import GlossaryTerm
from partnership.information.models.links import Link, LinkUse

__all__ = [
    "Document",
    "DocumentVersion",
    "Feed",
    "GlossaryTerm",
    "Item",
    "Link",
    "LinkUse",
    "Passage",
    "Snapshot",
]
