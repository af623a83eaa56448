from __future__ import annotations

from courses.quizzes.exchange import aiken
from courses.quizzes.exchange.items import Choice, Item, Kind


def test_a_question_is_read_as_plain_text():
    report = aiken.read('Is <b> & *x* "y":\nA) True\nB. False\nANSWER: B\n')

    assert [item.prompt for item in report.items] == ['Is \\<b\\> & \\*x\\* "y":']
    assert report.items[0].choices == (Choice("True"), Choice("False", is_right=True))


def test_what_is_wrong_is_told_by_its_line_and_the_rest_is_read():
    report = aiken.read("P\nA) a\nC) b\nANSWER: C\n\nQ\nA) a\nB) b\n\nR\nA) a\nB) b\nANSWER: a")

    assert [(p.line, p.said) for verdict in report.verdicts for p in verdict.problems] == [
        (3, "Found C) b, expected B) …, ANSWER: A."),
        (4, "“C” names no answer of this question."),
        (6, "No answer is marked as right: ANSWER: A was expected."),
    ]
    assert [item.prompt for item in report.items] == ["R"]


def test_what_aiken_cannot_hold_is_named_before_it_is_written():
    options = (Choice("a\nb", is_right=True, feedback="yes"), Choice("c"))
    rich = Item(Kind.SINGLE, "**Q**", options, explanation="why", title="T")
    written = aiken.write([rich, Item(Kind.ORDERING, "Sort", order=("a", "b"))])

    assert written.text == "**Q**\nA) a b\nB) c\nANSWER: A\n"
    assert [(problem.line, problem.said) for problem in written.problems] == [
        (1, "Not carried: explanation, title."),
        (1, "Not carried: feedback."),
        (1, "Its lines are written as one."),
        (1, "Formatting, links and pictures of its text are written as they are typed."),
        (2, "Questions of the kind “ordering” are not carried."),
    ]
