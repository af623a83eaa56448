"""In which order hits are shown. Pure, and the same whatever engine has found them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from partnership.lib.sorting import sort_key
from partnership.lib.text import Term, pairs

# Of what an entry holds, so many letters are looked at: all of a page, the beginning of a lesson.
READ = 6000
NOT_BY_TITLE = 500


def ordered(rows: Sequence[Any], terms: Sequence[Term], *, language: str) -> list[Any]:
    """The reader's language first; then those whose title holds it all; then who says it most."""
    return sorted(rows, key=lambda row: _place(row, terms, language))


def _place(row: Any, terms: Sequence[Term], language: str) -> tuple[Any, ...]:
    is_other = row.language.partition("-")[0] != language.partition("-")[0]
    if _tells(row, terms):
        title = sort_key(row.title)
        return (is_other, len(title.split()), title, row.page, row.pk)
    return (is_other, NOT_BY_TITLE, "", -_weight(row, terms), row.pk)


def _tells(row: Any, terms: Sequence[Term]) -> bool:
    """Whether the title holds every term."""
    words = row.title_tokens.split()
    beside = pairs(row.title) if any(term.is_pair for term in terms) else []
    return all(_is_in(term, beside if term.is_pair else words) for term in terms)


def _is_in(term: Term, words: Sequence[str]) -> bool:
    return any(
        word == term.word or word in term.stems or (term.is_start and word.startswith(term.word))
        for word in words
    )


def _weight(row: Any, terms: Sequence[Term]) -> float:
    """How often each term is said, where the first time counts most and a long text less."""
    held, length = f" {row.start} ", len(row.start)
    title = set(row.title_tokens.split())
    return round(sum(_of_term(term, held, length, title) for term in terms), 6)


def _of_term(term: Term, held: str, length: int, title: set[str]) -> float:
    often = max(held.count(f" {form} ") for form in (term.word, *term.stems))
    if term.is_start and not often:
        often = held.count(f" {term.word}")
    in_title = 1.0 if title & {term.word, *term.stems} else 0.0
    return often / (often + 0.5 + length / 3000) + in_title
