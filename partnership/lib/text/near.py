"""Words that differ from one by a single slip: a letter left out, added, wrong or changed over."""

from __future__ import annotations

from partnership.lib.text.asking import Term
from partnership.lib.text.letters import MARK
from partnership.lib.text.stems import languages_of, stem_of

# Shorter words have too many neighbours that are words of their own.
SHORTEST = 4
LETTERS = {
    "a": "abcdefghijklmnopqrstuvwxyz",
    "а": "абвгдежзийклмнопрстуфхцчшщъыьэюяіїґ",
    "ا": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
}


def may_be_mistyped(term: Term) -> bool:
    """Not numbers, what stands in quotation marks, or scripts whose letters are thousands."""
    return (
        not term.is_whole
        and len(term.word) >= SHORTEST
        and term.word.isalpha()
        and bool(_letters(term.word))
    )


def neighbours(word: str, languages: tuple[str, ...] = ("en",)) -> list[str]:
    """What a folded word may have been meant to be, itself left out.

    The stem has neighbours too, as a word and marked: of a mistyped plural a text may hold only the
    singular, and of a mistyped case another one.
    """
    found = _edits(word)
    for language in set(languages_of(word)) & set(languages) or languages_of(word)[:1]:
        stem = stem_of(word, language)
        if len(stem) >= SHORTEST:
            edits = _edits(stem)
            found |= edits | {f"{MARK}{language}{edit}" for edit in edits}
    return sorted(found - {word})


def _letters(word: str) -> str:
    return next((letters for letters in LETTERS.values() if word[:1] in letters), "")


def _edits(word: str) -> set[str]:
    letters = _letters(word)
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    left_out = {head + tail[1:] for head, tail in cuts if tail}
    changed_over = {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    wrong = {head + letter + tail[1:] for head, tail in cuts if tail for letter in letters}
    missing = {head + letter + tail for head, tail in cuts for letter in letters}
    return left_out | changed_over | wrong | missing
