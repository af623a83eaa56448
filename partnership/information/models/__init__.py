"""The information platform: its glossary, and the documents of its library."""

from __future__ import annotations

from partnership.information.models.documents import Document, DocumentVersion, Passage
from partnership.information.models.glossary import GlossaryTerm

__all__ = ["Document", "DocumentVersion", "GlossaryTerm", "Passage"]
