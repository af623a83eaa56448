"""The synonyms of the content files, with and without a database."""

from __future__ import annotations

from partnership.lib.text.synonyms import Group, Synonyms
from partnership.search.content import SYNONYMS as WRITTEN
from partnership.search.models import Synonym

SYNONYMS = Synonyms(
    tuple(Group(tuple(row["forms"]), frozenset(row["found_only"])) for row in WRITTEN)
)


def write_synonyms() -> None:
    Synonym.objects.bulk_create(Synonym(**row) for row in WRITTEN)
