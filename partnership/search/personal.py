"""What can be found is about places, texts and terms, never about a person."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from partnership.lib import text
from partnership.lib.personal import MENDED, STAYS, Traces, forgets, hold
from partnership.search.models import SearchEntry

hold(
    "partnership.SearchEntry",
    {
        **dict.fromkeys(("title", "summary", "text"), MENDED),
        **dict.fromkeys(("title_tokens", "body_tokens", "pair_tokens"), STAYS),
    },
    why="People are not in the index. An entry in which one stands goes; where the text behind it "
    "still names them, as a published one names its author, the next night writes it again.",
)


@forgets
def forget_entries(who: Traces) -> Iterable[str]:
    """By the tokens of the name in a row, as the index has it. One word alone says nothing."""
    languages = SearchEntry.objects.order_by().values_list("language", flat=True).distinct()
    for language in list(languages):
        for word in who.words:
            tokens = text.tokens(word, language)
            if len(tokens) > 1:
                _forget(language, " ".join(tokens))
    return ()


def _forget(language: str, row: str) -> None:
    named = Q(title_tokens__contains=row) | Q(body_tokens__contains=row)
    gone = [
        entry.pk
        for entry in SearchEntry.objects.filter(named, language=language)
        if f" {row} " in f" {entry.title_tokens} " or f" {row} " in f" {entry.body_tokens} "
    ]
    SearchEntry.objects.filter(pk__in=gone).delete()
