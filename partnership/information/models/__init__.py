"""The information platform: the glossary, what the feeds of others bring, and links."""

from partnership.information.models.feeds import Feed, Item
from partnership.information.models.glossary import GlossaryTerm
from partnership.information.models.links import Link, LinkUse

__all__ = ["Feed", "GlossaryTerm", "Item", "Link", "LinkUse"]
