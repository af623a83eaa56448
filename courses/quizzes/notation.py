"""Numbers, units and short texts as people write them. No database, clock or request."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

__all__ = [
    "Unreadable",
    "decimal_mark",
    "has_accents",
    "normalise_text",
    "normalise_unit",
    "read_number",
    "write_number",
]

MOST_DIGITS = 30
LONGEST = 100
# Languages that write a comma before the decimals, and those of their regions that do not.
# fmt: off
COMMA = {
    "az", "be", "bg", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fo", "fr",
    "gl", "hr", "hu", "hy", "id", "is", "it", "ka", "kk", "kl", "km", "ky", "lo", "lt", "lv",
    "mk", "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "rw", "sk", "sl", "sq", "sr", "sv",
    "tg", "tk", "tr", "uk", "uz", "vi", "wo",
}
POINT_REGIONS = {
    "de-ch", "de-li", "es-419", "es-do", "es-gt", "es-hn", "es-mx", "es-ni", "es-pa", "es-pe",
    "es-pr", "es-sv", "es-us", "it-ch",
}
# fmt: on
COMMA_REGIONS = {"en-na", "en-za"}

# Marks of direction are not seen, so they are not read.
DIRECTION = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069"))
ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2007\u2008\u2009\u202f\u2002\u2003\u3000\t", " "),
        **dict.fromkeys("−‐‑‒–﹣－", "-"),
        **dict.fromkeys("'’ʼ＇", "'"),
        "＋": "+",
        "﹢": "+",
        "．": ".",
        "，": ",",
        "،": ",",
    }
)
GROUPED = re.compile(r"\d{1,3}(?P<mark>[ '٬.,])(?:\d{2,3}(?P=mark))*\d{3}")


class Unreadable(ValueError):
    """Not a number that can be read. `code` is for programs, the text is for the person."""

    def __init__(self, code: str, sentence: str):
        super().__init__(sentence)
        self.code = code


def read_number(text: str, *, language: str) -> Decimal:
    """The number a person wrote.

    The last of two different marks stands before the decimals. A mark that repeats groups
    thousands. One mark with exactly three digits behind it (1,234) is read as the language reads
    it; with any other number of digits behind, it stands before the decimals.
    """
    sign, body = _sign(_cleaned(text))
    _refuse_what_is_no_number(body)
    mark = _decimal_mark(body, language)
    whole, _, decimals = body.rpartition(mark) if mark else (body, "", "")
    if not re.fullmatch(r"\d*", decimals) or not _is_whole(whole, bool(decimals)):
        raise Unreadable("groups", "The marks between the digits are not where they are expected.")
    digits = re.sub(r"\D", "", whole)
    if len(digits) + len(decimals) > MOST_DIGITS:
        raise Unreadable("too_long", f"A number may have {MOST_DIGITS} digits at most.")
    return Decimal(f"{sign}{digits or '0'}.{decimals or '0'}")


def _cleaned(text: str) -> str:
    if any(unicodedata.category(sign) in ("Cc", "Cs") and sign != "\t" for sign in text):
        raise Unreadable("control", "There are signs in it that cannot be seen.")
    if len(text) > LONGEST:
        raise Unreadable("too_long", f"A number may have {MOST_DIGITS} digits at most.")
    text = text.translate(DIRECTION).translate(ALIKE).strip()
    digits = (str(unicodedata.decimal(sign, sign)) for sign in text)
    return "".join(digits)


def _sign(text: str) -> tuple[str, str]:
    if text[:1] in ("+", "-"):
        return text[0], text[1:].lstrip()
    return "+", text


def _refuse_what_is_no_number(body: str) -> None:
    if not body:
        raise Unreadable("empty", "There is no number.")
    if body.endswith(("%", "٪", "‰")):
        raise Unreadable("percent", "Write the number without a per cent sign.")
    if re.fullmatch(r"[\d.,]+[eE][+-]?\d+", body):
        raise Unreadable("exponent", "Write the number out in full, without an exponent.")
    if not re.search(r"\d", body):
        raise Unreadable("not_a_number", "This is not a number.")
    if re.fullmatch(r"[\d.,٫٬' ]+[^\d.,٫٬' +-].*", body):
        raise Unreadable("unit", "Write the number alone; its unit has a field of its own.")
    if not re.fullmatch(r"[\d.,٫٬' ]+", body):
        raise Unreadable("not_a_number", "This is not a number.")


def _decimal_mark(body: str, language: str) -> str:
    """The mark before the decimals, or nothing when there are none."""
    if "٫" in body:
        return "٫"
    marks = re.sub(r"\d", "", body)
    candidates = [mark for mark in ".," if mark in marks]
    if not candidates:
        return ""
    last = max(candidates, key=body.rfind)
    if marks.count(last) > 1:
        return ""
    if len(set(marks)) > 1:
        return last
    before, _, behind = body.partition(last)
    is_ambiguous = re.fullmatch(r"[1-9]\d{0,2}", before) and len(behind) == 3
    return "" if is_ambiguous and last != decimal_mark(language) else last


def _is_whole(text: str, has_decimals: bool) -> bool:
    if not text:
        return has_decimals
    return bool(re.fullmatch(r"\d+", text) or GROUPED.fullmatch(text))


def decimal_mark(language: str) -> str:
    """What stands before the decimals in this language: a full stop or a comma."""
    code = language.lower().replace("_", "-")
    if code in POINT_REGIONS:
        return "."
    return "," if code in COMMA_REGIONS or code in COMMA or code.split("-")[0] in COMMA else "."


def write_number(value: Decimal, *, language: str) -> str:
    """A number as it was understood: no groups, so that nothing can be misread again."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    text = "0" if text in ("-0", "") else text
    return text.replace(".", decimal_mark(language)).replace("-", "−")


def has_accents(text: str) -> bool:
    return any(unicodedata.combining(sign) for sign in unicodedata.normalize("NFKD", text))


def normalise_text(text: str, *, keeps_accents: bool = False) -> str:
    """A short text without what does not count: case, width, full stops, hyphens, spaces.

    Accents do not count either, unless the accepted text itself has some.
    """
    text = unicodedata.normalize("NFKC", text).translate(DIRECTION)
    text = unicodedata.normalize("NFKC", text.casefold())
    if not keeps_accents:
        apart = unicodedata.normalize("NFD", text)
        text = "".join(sign for sign in apart if not _is_accent(sign))
        text = unicodedata.normalize("NFC", text)
    # What joins words in some spellings and not in others is no difference.
    text = re.sub(r"[.\u3002\-‐‑‒–—−\u00ad\u200b]", "", text)
    return " ".join(text.split())


def _is_accent(sign: str) -> bool:
    """Marks on Latin, Greek and Cyrillic letters; vowel signs of other scripts are letters."""
    return 0x0300 <= ord(sign) <= 0x036F


WORDS = {
    "percent": "%",
    "pct": "%",
    "percentagepoint": "pp",
    "percentpoint": "pp",
    "%point": "pp",
    "ppt": "pp",
}
TONNES = [
    (r"\b(?:metric )?ton(?:ne)?s?\b", "t"),
    (r"\bkilo ?t\b|\bkiloton(?:ne)?s?\b|\bthousand t\b", "kt"),
    (r"\bmega ?t\b|\bmegaton(?:ne)?s?\b|\bmillion t\b", "mt"),
    (r"\bgiga ?t\b|\bgigaton(?:ne)?s?\b|\bbillion t\b", "gt"),
]
# One tonne is one tonne of CO2 equivalent here: what is asked is t, kt or Mt, not the gas.
GAS = re.compile(r"(?<=t)(?:of)?(?:co2|carbondioxide)(?:e|eq|equiv|equivalents?)?(?![a-z0-9])")


def normalise_unit(text: str) -> str:
    """A unit without what does not count: case, spaces, subscripts, plural, the gas of a tonne."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = " ".join(re.sub(r"[._\-‐‑–−()\u00ad]", " ", text).split())
    for written, short in TONNES:
        text = re.sub(written, short, text)
    text = GAS.sub("", text.replace(" ", ""))
    text = re.sub(r"(?<=[a-z]{2})ies$", "y", text)
    text = re.sub(r"(?<=[a-z0-9]{3})s$", "", text)
    return WORDS.get(text, text)
