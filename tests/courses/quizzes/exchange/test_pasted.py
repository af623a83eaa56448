from __future__ import annotations

import pytest

from courses.quizzes.exchange import pasted
from courses.quizzes.exchange.items import Choice, Kind

RIGHT_FIRST = (Choice("one", is_right=True), Choice("two"))
WAYS = [
    "1. Q\na) one *\nb) two",
    "1) Q\n*A. one\nB. two",
    "Question 1: Q\nA - one (correct)\nB - two",
    "1.\tQ\n\t(a)\u00a0one\n\t(b)\u00a0two\nAnswer: A",
    "1. Q\n A) one\n B) two\nRéponse : a",
    "1. Q\n• one ✓\n• two",
    "> 1. Q\n> - one\n> - two [x]\n".replace(" [x]", "").replace("one", "one [x]"),
    "１．Q\nＡ．one\nＢ．two\n答案：A",
    "٣) Q\nأ) one\nب) two\nالإجابة: ا",
    "一、Q\n甲、one\n乙、two\n答案：甲",
    "Q\na) one\nb) two\nCorrect answer: one",
]


@pytest.mark.parametrize("text", WAYS)
def test_a_list_is_understood_as_people_paste_it(text):
    report = pasted.read(text)

    assert [(item.kind, item.prompt, item.choices) for item in report.items] == [
        (Kind.SINGLE, "Q", RIGHT_FIRST)
    ], report


def test_several_right_ones_truths_and_explanations_are_understood():
    report = pasted.read(
        "1. Which?\nthe “smart” ones\na) x *\nb) y\ngoes on\nc) z *\nExplanation: because\n\n"
        "2. Water is wet.\nAnswer: True\n3. Is it?\na) True\nb) False\nAnswer: b"
    )
    which, water, is_it = report.items

    assert (which.kind, which.prompt) == (Kind.MULTIPLE, "Which?\\\nthe “smart” ones")
    assert [choice.text for choice in which.choices] == ["x", "y goes on", "z"]
    assert which.explanation == "because"
    assert (water.kind, water.choices[0].is_right) == (Kind.TRUE_FALSE, True)
    assert (is_it.kind, is_it.choices[1].is_right) == (Kind.TRUE_FALSE, True)


BROKEN = [
    ("1. Q\na) x\nb) y", 1, "No answer is marked as right: *, (correct), Answer: B was expected."),
    ("1. Q\na) x\nb) y\nAnswer: C", 4, "“C” names no answer of this question."),
    ("1. Q\na) x *\nb) y\nAnswer: B", 4, "More than one answer is marked as right."),
    ("Dear all,", 1, "No answers were found: a) …, *, (correct), Answer: B was expected."),
]


@pytest.mark.parametrize(("text", "line", "said"), BROKEN)
def test_what_is_wrong_is_told_by_its_line(text, line, said):
    (verdict,) = pasted.read(text).verdicts

    assert verdict.item is None
    assert (verdict.problems[0].line, verdict.problems[0].said) == (line, said)
