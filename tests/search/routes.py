"""The desk of the words of search: where its routes lead."""

from __future__ import annotations

from partnership.search.models import Synonym

BOTH_WAYS = {"site:add-synonym", "site:synonym"}
ARGUMENTS: dict[str, list[object]] = {"site:synonym": ["loa"]}


def make_rows() -> None:
    Synonym.objects.create(key="loa", forms=["LoA", "letter of authorization"])
