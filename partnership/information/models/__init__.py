"""The information platform: glossary, library, news, figures, what people follow."""

from partnership.information.models.alerts import Alert, Digest, DigestHit
from partnership.information.models.documents import Document, DocumentVersion, Passage
from partnership.information.models.feeds import Feed, Item
from partnership.information.models.figures import Snapshot
from partnership.information.models.glossary import GlossaryTerm

__all__ = [
    "Alert",
    "Digest",
    "DigestHit",
    "Document",
    "DocumentVersion",
    "Feed",
    "GlossaryTerm",
    "Item",
    "Passage",
    "Snapshot",
]
