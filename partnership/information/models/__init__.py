"""The information platform: the glossary, and what the feeds of others bring."""

from partnership.information.models.feeds import Feed, Item
from partnership.information.models.glossary import GlossaryTerm

__all__ = ["Feed", "GlossaryTerm", "Item"]
