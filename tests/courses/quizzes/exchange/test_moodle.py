from __future__ import annotations

import base64
from decimal import Decimal

import pytest

from courses.quizzes.exchange import moodle_reader
from courses.quizzes.exchange.items import Choice, Item, Kind, Number, Pair, Picture, ShortText
from courses.quizzes.exchange.report import Report

NAMED = "<name><text>T</text></name><questiontext format='html'><text>Q</text></questiontext>"


def question(kind: str, inside: str) -> str:
    return f"<quiz>\n<question type='{kind}'>{NAMED}{inside}</question>\n</quiz>"


def only(kind: str, inside: str) -> Item:
    (item,) = moodle_reader.read(question(kind, inside)).items
    return item


def told(report: Report) -> list[tuple[int, str]]:
    problems = [problem for verdict in report.verdicts for problem in verdict.problems]
    return [(problem.line, problem.said) for problem in (*report.problems, *problems)]


def answer(percent: str, text: str, more: str = "") -> str:
    return f"<answer fraction='{percent}' format='html'><text>{text}</text>{more}</answer>"


def test_choices_keep_weights_that_are_not_ours():
    inside = "<single>false</single>" + answer("75", "a") + answer("25", "b") + answer("-10", "c")
    report = moodle_reader.read(question("multichoice", inside))

    assert report.items[0].choices == (
        Choice("a", is_right=True, percent=Decimal(75)),
        Choice("b", is_right=True, percent=Decimal(25)),
        Choice("c", percent=Decimal(-10)),
    )
    assert [problem.code for problem in report.verdicts[0].problems] == ["weights"]


def test_numbers_texts_pairs_and_orders_are_read():
    units = "<units><unit><multiplier>1</multiplier><unit_name>t</unit_name></unit></units>"
    number = only("numerical", answer("100", "40", "<tolerance>2</tolerance>") + units)
    short = only("shortanswer", answer("100", "OIMP") + answer("0", "*"))
    pair = "<subquestion><text>{}</text><answer><text>{}</text></answer></subquestion>"
    pairs = only("matching", pair.format("a", "1") + pair.format("b", "2") + pair.format("", "3"))
    order = only("ordering", answer("100", "first") + answer("100", "then"))

    assert (number.numbers, number.unit) == ((Number(Decimal(40), Decimal(2)),), "t")
    assert short.texts == (ShortText("OIMP"),)
    assert (pairs.pairs, pairs.others) == ((Pair("a", "1"), Pair("b", "2")), ("3",))
    assert (order.kind, order.order) == (Kind.ORDERING, ("first", "then"))


def test_files_are_listed_with_their_size_and_damaged_ones_are_told():
    packed = base64.b64encode(b"x" * 40).decode()
    file = f"<file name='a.png' encoding='base64'>{packed}</file>\n<file name='b.png'>?</file>"
    inside = answer("100", "true") + answer("0", "false")
    text = question("truefalse", inside).replace("Q</text>", f"Q</text>{file}")
    report = moodle_reader.read(text)

    assert report.items[0].pictures == (Picture("a.png", 40),)
    assert told(report) == [
        (2, "It brings the file “a.png” of 40 bytes, which is not carried."),
        (3, "The file “b.png” that it brings is damaged."),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<!DOCTYPE quiz [<!ENTITY a 'b'>]><quiz>&a;</quiz>", "entities"),
        ("<?xml version='1.0'?><!-- x --><!DOCTYPE quiz SYSTEM 'x:/y'><quiz/>", "entities"),
        ("<a/>", "no_quiz"),
        ("<quiz/>", "empty"),
        ("<quiz>&a;</quiz>", "not_xml"),
        ("<quiz>" + "<a>" * 300 + "</a>" * 300 + "</quiz>", "not_xml"),
        ("<quiz>" + "<a/>" * 250_001 + "</quiz>", "too_many_parts"),
        ("x" * 10_485_761, "too_big"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_export_is_refused(text, code):
    report = moodle_reader.read(text.encode())

    assert report.items == ()
    assert code in [problem.code for problem in report.problems]


def test_one_broken_question_leaves_the_others_to_be_read():
    whole = question("truefalse", answer("100", "true") + answer("0", "false"))
    text = whole.replace("</quiz>", "<question type='essay'><b></question>\n</quiz>")
    report = moodle_reader.read(text)

    assert [item.title for item in report.items] == ["T"]
    assert {problem.line for problem in report.problems} == {3}


def test_what_has_no_place_is_named():
    inside = answer("100", "a") + answer("50", "b") + "<hint><text>look</text></hint>"
    inside += "<shuffleanswers>false</shuffleanswers><penalty>0.3</penalty>"
    report = moodle_reader.read(question("multichoice", inside))
    cloze = moodle_reader.read(question("multianswer", ""))

    assert told(report) == [
        (1, "Not carried for any question: penalty."),
        (2, "Not carried: hint, shuffleanswers."),
        (2, "“b” earns 50 %: here an answer earns all or nothing."),
    ]
    assert told(cloze) == [(2, "Questions of the kind “multianswer” are not carried.")]


def test_nested_categories_and_text_in_sections_are_read_with_their_lines():
    head = "<?xml version='1.0' encoding='UTF-8'?>\n<quiz>\n"
    category = (
        "<question type='category'><category>\n<text>$module$/{}</text></category></question>"
    )
    truth = question("truefalse", answer("100", "true") + answer("0", "false"))
    truth = truth.removeprefix("<quiz>\n").removesuffix("</quiz>")
    marked = truth.replace("<text>Q</text>", "<text><![CDATA[<p>1 &lt; <b>2</b></p>]]></text>")
    essay = "<question type='essay'><name><text>E</text></name></question>\n"
    text = head + category.format("A") + truth + category.format("A/B") + essay + marked + "</quiz>"
    report = moodle_reader.read(text.encode())

    assert [item.category for item in report.items] == [("A",), ("A", "B")]
    assert [item.prompt for item in report.items] == ["Q", "1 \\< **2**"]
    assert [(v.line, v.title, v.level) for v in report.verdicts] == [
        (4, "T", 0),
        (6, "E", 2),
        (7, "T", 0),
    ]
