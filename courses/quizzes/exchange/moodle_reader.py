"""Questions from Moodle XML. Kinds that are not ours, and parts without a place, are named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from lxml import etree

from courses.quizzes.exchange.building import (
    HUNDRED,
    category_of,
    checked,
    decimal_of,
    short_text,
    told,
    weighed,
)
from courses.quizzes.exchange.items import Choice, Item, Kind, Number, Pair
from courses.quizzes.exchange.moodle_parts import Part, parts
from courses.quizzes.exchange.moodle_texts import Texts, content, fraction
from courses.quizzes.exchange.opening import MOST_QUESTIONS
from courses.quizzes.exchange.report import Broken, Notes, Report, Verdict

# Read somewhere below. Anything else that says something is told.
KNOWN = {
    "name", "questiontext", "generalfeedback", "defaultgrade", "idnumber", "tags", "answer",
    "subquestion", "units", "single",
}  # fmt: skip
# What the file says of every question, so that it is told once for the whole file.
SETTINGS = {
    "penalty", "answernumbering", "showstandardinstruction", "shownumcorrect", "unitgradingtype",
    "unitpenalty", "showunits", "unitsleft", "instructions", "layouttype", "selecttype",
    "selectcount", "gradingtype", "showgrading",
}  # fmt: skip
# What each part says where it says nothing of its own.
ORDINARY = {"hidden": "0", "shuffleanswers": "true", "usecase": "0"}
ORDINARY_TOO = {"shuffleanswers": "1"}


def read(given: bytes | str, *, language: str = "en") -> Report:
    """Every question of a Moodle XML file, or why not."""
    notes = Notes(1)
    found = parts(given, notes)
    if isinstance(found, Report):
        return found
    category: tuple[str, ...] = ()
    verdicts: list[Verdict] = []
    settings: dict[str, None] = {}
    for part in found:
        if part.element.get("type") == "category":
            category = category_of(content(part.element.find("category/text")))
            if content(part.element.find("info/text")):
                notes.warn(
                    "left_out", line=part.line, names=content(part.element.find("info/text"))
                )
            continue
        if len(verdicts) == MOST_QUESTIONS:
            notes.fail("too_many", line=part.line, most=MOST_QUESTIONS)
            break
        verdicts.append(_verdict(part, category, language))
        settings |= dict.fromkeys(str(child.tag) for child in part.element if child.tag in SETTINGS)
    if not verdicts and not notes.has_failed:
        notes.fail("empty")
    if settings:
        notes.warn("file_setting", names=", ".join(settings))
    return Report(tuple(verdicts), tuple(notes.found))


def _verdict(part: Part, category: tuple[str, ...], language: str) -> Verdict:
    reading = _Reading(part.element, Notes(part.line))
    title = " ".join(content(part.element.find("name/text")).split())
    item = None
    try:
        item = reading.item()
        item = replace(item, category=category, language=language, title=title, line=part.line)
        item = checked(item, reading.notes)
    except Broken as broken:
        reading.notes.fail(broken.code, line=broken.line, **broken.facts)
    source = part.source or etree.tostring(part.element, encoding="unicode", with_tail=False)
    return Verdict(part.line, title, item, tuple(reading.notes.found), source)


class _Reading:
    """One question on its way from an element to an item."""

    def __init__(self, element: etree._Element, notes: Notes):
        self.element, self.notes = element, notes
        self.texts = Texts(notes)

    def item(self) -> Item:
        kind = self.element.get("type", "")
        kinds: dict[str, Callable[[], Item]] = {
            "multichoice": self._choices,
            "truefalse": self._truth,
            "shortanswer": self._short_text,
            "numerical": self._number,
            "matching": self._matching,
            "ordering": self._ordering,
        }
        if kind not in kinds:
            raise Broken("kind", self.notes.line, kind=kind)
        item = kinds[kind]()
        self._tell_of_the_rest()
        prompt = self.texts.markdown(self.element.find("questiontext"))
        explanation = self.texts.markdown(self.element.find("generalfeedback"))
        tags = (content(tag) for tag in self.element.iterfind("tags/tag"))
        return replace(
            item,
            prompt=prompt,
            explanation=explanation,
            key=" ".join(content(self.element.find("idnumber")).split()),
            tags=tuple(dict.fromkeys(" ".join(tag.split()) for tag in tags if tag)),
            points=self._points(),
            pictures=tuple(self.texts.files),
        )

    def _points(self) -> Decimal:
        given = content(self.element.find("defaultgrade")) or "1"
        points = decimal_of(given)
        if points is None or points <= 0:
            raise Broken("not_a_number", self.notes.line, found=given)
        return Decimal(told(points))

    def _tell_of_the_rest(self) -> None:
        lost: dict[str, None] = {}
        for child in self.element:
            name = str(child.tag)
            says = content(child)
            if name in KNOWN | SETTINGS or not says:
                continue
            if says not in (ORDINARY.get(name), ORDINARY_TOO.get(name)):
                lost[name] = None
        if lost:
            self.notes.warn("left_out", names=", ".join(lost))

    def _answers(self) -> list[etree._Element]:
        return list(self.element.iterchildren("answer"))

    def _reply(self, answer: etree._Element) -> str:
        return self.texts.plain(answer.find("feedback"))

    def _choices(self) -> Item:
        is_single = content(self.element.find("single")) not in ("false", "0")
        choices = []
        for answer in self._answers():
            percent = fraction(answer)
            is_right = percent == HUNDRED
            kept = None if is_single and (is_right or not percent) else percent
            choices.append(Choice(self.texts.plain(answer), is_right, self._reply(answer), kept))
        if is_single:
            return Item(Kind.SINGLE, "", choices=tuple(choices))
        return Item(Kind.MULTIPLE, "", choices=weighed(choices, self.notes))

    def _truth(self) -> Item:
        choices = {}
        for answer in self._answers():
            name = content(answer.find("text")).lower()
            if name not in ("true", "false"):
                raise Broken(
                    "unexpected", answer.sourceline or 1, found=name, expected="true, false"
                )
            is_right = fraction(answer) == HUNDRED
            choices[name] = Choice(name.title(), is_right, self._reply(answer))
        found = tuple(choices[name] for name in ("true", "false") if name in choices)
        return Item(Kind.TRUE_FALSE, "", choices=found)

    def _short_text(self) -> Item:
        accepted, otherwise = [], ""
        for answer in self._answers():
            text, percent, reply = self.texts.typed(answer), fraction(answer), self._reply(answer)
            if text == "*" and not percent:
                otherwise = reply
            else:
                accepted.append(short_text(text, percent, reply))
        return Item(Kind.SHORT_TEXT, "", texts=tuple(accepted), otherwise=otherwise)

    def _number(self) -> Item:
        numbers, otherwise = [], ""
        for answer in self._answers():
            text, percent, reply = self.texts.typed(answer), fraction(answer), self._reply(answer)
            if text == "*" and not percent:
                otherwise = reply
                continue
            within = content(answer.find("tolerance")) or "0"
            number, tolerance = decimal_of(text), decimal_of(within)
            if number is None or tolerance is None or tolerance < 0:
                raise Broken("not_a_number", answer.sourceline or 1, found=f"{text}:{within}")
            numbers.append(Number(number, tolerance, percent=percent, feedback=reply))
        unit = self._unit()
        return Item(Kind.NUMBER, "", numbers=tuple(numbers), unit=unit, otherwise=otherwise)

    def _unit(self) -> str:
        """The unit in which the numbers are told; what others may be typed has no place."""
        own = ""
        for unit in self.element.iterfind("units/unit"):
            name, multiplier = content(unit.find("unit_name")), content(unit.find("multiplier"))
            if not own and decimal_of(multiplier or "1") == 1:
                own = name
            else:
                self.notes.warn("left_out", line=unit.sourceline, names=f"{multiplier} {name}")
        return own

    def _matching(self) -> Item:
        pairs, others = [], []
        for sub in self.element.iterchildren("subquestion"):
            left, right = self.texts.plain(sub), self.texts.typed(sub.find("answer"))
            if left or not right:
                pairs.append(Pair(left, right))
            else:
                others.append(right)
        return Item(Kind.MATCHING, "", pairs=tuple(pairs), others=tuple(others))

    def _ordering(self) -> Item:
        return Item(
            Kind.ORDERING, "", order=tuple(self.texts.plain(answer) for answer in self._answers())
        )
