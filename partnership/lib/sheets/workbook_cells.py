"""The cells of a worksheet as text, counted while they are read."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from partnership.lib.sheets.limits import Limits, Refused
from partnership.lib.sheets.xml_parts import local, parser

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# More letters than this in all are no list of people or institutions.
MOST_LETTERS = 30_000_000
# Days of a sheet have no time zone.
FIRST_1900, FIRST_1904 = datetime.fromisoformat("1899-12-30"), datetime.fromisoformat("1904-01-01")
LAST_DAY = 2_958_465


class SharedTexts:
    """The texts that cells point to. How they are to be read aloud (`rPh`) is left out."""

    def __init__(self, limits: Limits):
        self.limits = limits
        self.texts: list[str] = []
        self._bits: list[str] = []
        self._letters = 0
        self._aloud = self._inside = False
        self.parser = parser(self._start, self._end, self._text)

    def _start(self, tag: str, _given: dict[str, str]) -> None:
        match local(tag):
            case "si":
                self._bits = []
            case "rPh":
                self._aloud = True
            case "t":
                self._inside = not self._aloud

    def _end(self, tag: str) -> None:
        match local(tag):
            case "t":
                self._inside = False
            case "rPh":
                self._aloud = False
            case "si":
                self.texts.append(unescaped("".join(self._bits)))
                if len(self.texts) > self.limits.cells:
                    raise Refused("too_many_cells", most=self.limits.cells)

    def _text(self, text: str) -> None:
        if self._inside:
            self._letters += len(text)
            if self._letters > MOST_LETTERS:
                raise Refused("bomb")
            self._bits.append(text)


class Rows:
    """Takes the elements of a worksheet; `taken` hands over the rows that are whole."""

    def __init__(self, texts: list[str], days: frozenset[int], from_1904: bool, limits: Limits):
        self._texts, self._days, self._limits = texts, days, limits
        self._first = FIRST_1904 if from_1904 else FIRST_1900
        self._whole: list[tuple[int, list[str], list[tuple[int, str]]]] = []
        self._number = self._cells = self._letters = 0
        self._row: list[str] = []
        self._problems: list[tuple[int, str]] = []
        self._at, self._kind, self._style = -1, "n", 0
        self._is_formula = self._inside = self._aloud = False
        self._bits: list[str] = []
        self.parser = parser(self._start, self._end, self._text)

    def taken(self) -> list[tuple[int, list[str], list[tuple[int, str]]]]:
        whole, self._whole = self._whole, []
        return whole

    def _start(self, tag: str, given: dict[str, str]) -> None:
        match local(tag):
            case "c":
                self._start_cell(given)
            case "v" | "t":
                self._inside = not self._aloud
            case "f":
                self._is_formula = True
            case "rPh":
                self._aloud = True
            case "row":
                number = int(given.get("r", self._number + 1))
                if number <= self._number:
                    raise Refused("damaged")
                self._number, self._row, self._problems, self._at = number, [], [], -1

    def _start_cell(self, given: dict[str, str]) -> None:
        self._cells += 1
        if self._cells > self._limits.cells:
            raise Refused("too_many_cells", most=self._limits.cells)
        place = given.get("r")
        self._at = _column(place) if place else self._at + 1
        self._kind, self._style = given.get("t", "n"), int(given.get("s", 0))
        self._is_formula, self._bits = False, []

    def _text(self, text: str) -> None:
        if self._inside:
            self._letters += len(text)
            if self._letters > 4 * MOST_LETTERS:
                raise Refused("bomb")
            self._bits.append(text)

    def _end(self, tag: str) -> None:
        match local(tag):
            case "v" | "t":
                self._inside = False
            case "rPh":
                self._aloud = False
            case "c":
                self._end_cell()
            case "row":
                if self._row:
                    self._whole.append((self._number, self._row, self._problems))

    def _end_cell(self) -> None:
        raw = "".join(self._bits)
        if self._is_formula:
            self._problems.append((self._at, "formula"))
        if not raw and not self._is_formula:
            return
        if not 0 <= self._at < self._limits.columns:
            raise Refused("too_wide", row=self._number, most=self._limits.columns)
        text = self._value(raw)
        if len(text) > self._limits.letters:
            raise Refused("cell_too_long", row=self._number)
        self._row += [""] * (self._at + 1 - len(self._row))
        self._row[self._at] = text

    def _value(self, raw: str) -> str:
        match self._kind:
            case "s":
                return self._texts[int(raw)]
            case "n" if raw:
                return self._number_text(raw)
            case "b":
                return "true" if raw.strip() == "1" else "false"
            case "e":
                self._problems.append((self._at, "error_value"))
        return raw if self._kind == "d" else unescaped(raw)

    def _number_text(self, raw: str) -> str:
        if self._style in self._days:
            return day_text(raw, self._first)
        return raw if raw.isdigit() and len(raw) < 16 else number_text(raw)


def _column(place: str) -> int:
    """The column of "C7", counted from 0. One that is absurdly far counts as none."""
    number = 0
    for sign in place[:4]:
        if not "A" <= sign <= "Z":
            break
        number = number * 26 + ord(sign) - 64
    return number - 1


def number_text(raw: str) -> str:
    """A number as people write it, with the 15 digits with which spreadsheets compute."""
    try:
        number = Decimal(raw.strip())
        if not number.is_finite() or abs(number.adjusted()) > 300:
            return raw
        short = number if number == number.to_integral_value() else Decimal(f"{number:.15g}")
    except InvalidOperation:
        return raw
    text = format(short, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def day_text(raw: str, first: datetime) -> str:
    """A day, with its time if it has one, as ISO writes it."""
    try:
        days = float(raw)
    except ValueError:
        return raw
    if not 0 <= days <= LAST_DAY:
        return raw
    at = first + timedelta(seconds=round(days * 86_400))
    is_day = days >= 1 and at.time() == time.min
    return at.date().isoformat() if is_day else at.isoformat()


def unescaped(text: str) -> str:
    """XLSX writes what XML cannot hold as _x000D_, and what looks like that as _x005F_x000D_."""
    if "_x" not in text:
        return text
    return ESCAPED.sub(_sign, text)


def _sign(found: Any) -> str:
    sign = chr(int(found[1], 16))
    return found[0] if "\ud800" <= sign <= "\udfff" or sign == "\0" else sign
