"""In which language a text is written, by its letters and by the small words that each one has.

Only what can be told with some certainty is told; a library of a dozen languages needs no model.
"""

from __future__ import annotations

import re
from collections import Counter

SAMPLE = 40_000
FEWEST_LETTERS = 40
FEWEST_HITS = 6
# The leader has to be ahead of the next by so much.
LEAD = 1.3
SCRIPTS = {
    "ar": r"[\u0620-\u06ff]",
    "cyrillic": r"[\u0400-\u04ff]",
    "han": r"[\u3400-\u9fff]",
    "kana": r"[\u3040-\u30ff]",
    "ko": r"[\uac00-\ud7af]",
    "th": r"[\u0e01-\u0e5b]",
    "lo": r"[\u0e81-\u0edf]",
    "km": r"[\u1780-\u17ff]",
    "my": r"[\u1000-\u109f]",
    "ka": r"[\u10a0-\u10ff]",
    "si": r"[\u0d80-\u0dff]",
    "bn": r"[\u0980-\u09ff]",
    "am": r"[\u1200-\u137f]",
    "latin": r"[a-zà-öø-ɏḀ-ỿ]",
}
# Letters that one language of a script has and its neighbours lack.
OWN_LETTERS = {
    "cyrillic": (("mn", "өү"), ("uk", "їєґ")),
    "ar": (("fa", "پچژگ"), ("ur", "ٹڈڑے")),
}
PLAIN = {"cyrillic": "ru", "ar": "ar"}
SMALL_WORDS = {
    "en": "the of and to in is that for with on as are by be this from which it an shall",
    "fr": "le la les des et du un une dans pour que qui par sur est au aux avec ce sont",
    "es": "el la los las y de del en que un una por para con se es al como su lo más",
    "pt": "o os as e do da dos das em um uma para que com não se por no na ao é mais",
    "de": "der die das und den von zu mit des im ist für auf ein eine dem nicht als auch",
    "vi": "và của các có trong cho được là với không này một để những theo đã về từ khi",
    "id": "yang dan di dengan untuk dari pada dalam adalah ini itu tidak oleh sebagai akan",
    "sv": "och att det som en av för är på den till inte med ett har om de vid",
    "it": "il di che la per un del è una con della sono nel alla gli dei le non più",
}
WORDS = {language: frozenset(words.split()) for language, words in SMALL_WORDS.items()}


def language_of(text: str) -> str:
    """The language that a text is written in, or nothing where that is not clear."""
    sample = text[:SAMPLE].casefold()
    counts = Counter({script: len(re.findall(row, sample)) for script, row in SCRIPTS.items()})
    kana = counts.pop("kana")
    # Japanese is written in both.
    counts["han"] += kana
    script, most = counts.most_common(1)[0]
    if most < FEWEST_LETTERS:
        return ""
    if script == "han":
        return "ja" if kana * 10 > most else "zh"
    if script in OWN_LETTERS:
        return _by_own_letters(script, sample, most)
    return _by_small_words(sample) if script == "latin" else script


def _by_own_letters(script: str, sample: str, letters: int) -> str:
    for language, own in OWN_LETTERS[script]:
        if sum(sample.count(letter) for letter in own) * 200 > letters:
            return language
    return PLAIN[script]


def _by_small_words(sample: str) -> str:
    words = Counter(re.findall(r"[^\W\d_]+", sample))
    hits = Counter(
        {language: sum(words[word] for word in small) for language, small in WORDS.items()}
    )
    (first, most), (_, next_most) = hits.most_common(2)
    return first if most >= FEWEST_HITS and most > LEAD * next_most else ""
