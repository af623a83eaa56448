"""Questions as Moodle XML, and what of them it has no place for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from lxml import etree

from courses.quizzes.exchange.building import HUNDRED, path_of, starred, told
from courses.quizzes.exchange.carrying import carried, weights, without, without_share
from courses.quizzes.exchange.items import Item, Kind
from courses.quizzes.exchange.report import Notes, Written

TYPES = {
    Kind.SINGLE: "multichoice", Kind.MULTIPLE: "multichoice", Kind.TRUE_FALSE: "truefalse",
    Kind.NUMBER: "numerical", Kind.SHORT_TEXT: "shortanswer", Kind.MATCHING: "matching",
    Kind.ORDERING: "ordering",
}  # fmt: skip
NO_PLACE = ("has_partial_credit", "basis", "pictures", "language")


def write(items: Sequence[Item]) -> Written:
    """The file, and what it does not carry of each question."""
    kept, problems = carried(items, carry)
    root = etree.Element("quiz")
    category: tuple[str, ...] = ()
    for item in kept:
        if item.category != category:
            category = item.category
            _category(root, category)
        _question(root, item)
    etree.indent(root)
    text = etree.tostring(root, encoding="unicode")
    return Written(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n', problems)


def carry(item: Item, notes: Notes) -> Item | None:
    """The item as Moodle XML holds it."""
    if item.kind is Kind.TRUE_FALSE and [one.text for one in item.choices] != ["True", "False"]:
        notes.warn("other_kind", kind=Kind.SINGLE)
        item = replace(item, kind=Kind.SINGLE)
    return without_share(without(item, NO_PLACE, notes), notes)


def _category(root: etree._Element, category: tuple[str, ...]) -> None:
    question = etree.SubElement(root, "question", type="category")
    _text(etree.SubElement(question, "category"), path_of(category))


def _question(root: etree._Element, item: Item) -> None:
    question = etree.SubElement(root, "question", type=TYPES[item.kind])
    _text(etree.SubElement(question, "name"), item.title)
    _text(etree.SubElement(question, "questiontext", format="markdown"), item.prompt)
    _text(etree.SubElement(question, "generalfeedback", format="markdown"), item.explanation)
    _leaf(question, "defaultgrade", told(item.points))
    _leaf(question, "idnumber", item.key)
    _choices(question, item)
    for text in item.texts:
        _answer(question, starred(text), text.percent, text.feedback)
    for number in item.numbers:
        answer = _answer(question, told(number.number), number.percent, number.feedback)
        _leaf(answer, "tolerance", told(number.tolerance))
    if item.otherwise:
        _answer(question, "*", Decimal(0), item.otherwise)
    if item.unit:
        unit = etree.SubElement(etree.SubElement(question, "units"), "unit")
        _leaf(unit, "multiplier", "1")
        _leaf(unit, "unit_name", item.unit)
    for pair in item.pairs:
        _pair(question, pair.left, pair.right)
    for other in item.others:
        _pair(question, "", other)
    for text_ in item.order:
        _answer(question, text_, HUNDRED, "", form="plain_text")
    if item.tags:
        tags = etree.SubElement(question, "tags")
        for tag in item.tags:
            _text(etree.SubElement(tags, "tag"), tag)


def _choices(question: etree._Element, item: Item) -> None:
    if item.kind in (Kind.SINGLE, Kind.MULTIPLE):
        _leaf(question, "single", "true" if item.kind is Kind.SINGLE else "false")
    for choice, percent in zip(item.choices, weights(item) if item.choices else (), strict=True):
        is_truth = item.kind is Kind.TRUE_FALSE
        text = choice.text.lower() if is_truth else choice.text
        form = "moodle_auto_format" if is_truth else "plain_text"
        _answer(question, text, percent, choice.feedback, form=form)


def _answer(
    question: etree._Element,
    text: str,
    percent: Decimal,
    feedback: str,
    *,
    form: str = "plain_text",
) -> etree._Element:
    answer = etree.SubElement(question, "answer", fraction=told(percent), format=form)
    _text(answer, text)
    if feedback:
        _text(etree.SubElement(answer, "feedback", format="plain_text"), feedback)
    return answer


def _pair(question: etree._Element, left: str, right: str) -> None:
    sub = etree.SubElement(question, "subquestion", format="plain_text")
    _text(sub, left)
    _text(etree.SubElement(sub, "answer"), right)


def _text(parent: etree._Element, text: str) -> None:
    _leaf(parent, "text", text)


def _leaf(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, name).text = text
