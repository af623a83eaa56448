from __future__ import annotations

from decimal import Decimal

import pytest

from courses.quizzes.exchange import gift_reader, gift_writer
from courses.quizzes.exchange.items import Choice, Item, Kind, Number, Pair, ShortText


def only(text: str) -> Item:
    report = gift_reader.read(text)
    assert [verdict.item for verdict in report.verdicts] == list(report.items), report
    (item,) = report.items
    return item


def told(text: str) -> list[tuple[int, str]]:
    report = gift_reader.read(text)
    problems = [problem for verdict in report.verdicts for problem in verdict.problems]
    return [(problem.line, problem.said) for problem in (*report.problems, *problems)]


READ = [
    ("Q{=a ~b#no}", Kind.SINGLE, (Choice("a", is_right=True), Choice("b", feedback="no"))),
    (
        "Q{~%50%a ~%50%b ~%-50%c}",
        Kind.MULTIPLE,
        (Choice("a", is_right=True), Choice("b", is_right=True), Choice("c")),
    ),
    ("Q{~a -> b =c}", Kind.SINGLE, (Choice("a -> b"), Choice("c", is_right=True))),
    ("Q{F#no#yes}", Kind.TRUE_FALSE, (Choice("True", False, "no"), Choice("False", True, "yes"))),
    ("Q{T}", Kind.TRUE_FALSE, (Choice("True", is_right=True), Choice("False"))),
]


@pytest.mark.parametrize(("text", "kind", "choices"), READ)
def test_choices_are_read_with_what_is_right(text, kind, choices):
    item = only(text)

    assert (item.kind, item.choices) == (kind, choices)


NUMBERS = [
    ("{#12}", (Number(Decimal(12)),)),
    ("{#-1.5:0.25}", (Number(Decimal("-1.5"), Decimal("0.25")),)),
    ("{#1..4}", (Number(Decimal("2.5"), Decimal("1.5")),)),
    ("{#1..4#f}", (Number(Decimal("2.5"), Decimal("1.5"), feedback="f"),)),
    (
        "{#=1:0 =%50%1:1#near}",
        (Number(Decimal(1)), Number(Decimal(1), Decimal(1), percent=Decimal(50), feedback="near")),
    ),
]


@pytest.mark.parametrize(("answers", "numbers"), NUMBERS)
def test_numbers_are_read_with_ranges_tolerances_and_weights(answers, numbers):
    assert only(f"How many?{answers}").numbers == numbers


def test_pairs_short_texts_and_a_missing_word_are_read():
    pairs = only("Match{=a -> b =c -> d = -> e}")
    short = only(r"Who?{=a\=b =%50%c =%0%*#no =d\\*e}")
    missing = only("Paris is in {=France ~Spain}, they say.")

    assert (pairs.pairs, pairs.others) == ((Pair("a", "b"), Pair("c", "d")), ("e",))
    assert short.texts == (ShortText("a=b"), ShortText("c", Decimal(50)), ShortText("d*e"))
    assert short.otherwise == "no"
    assert missing.prompt == r"Paris is in \_\_\_\_\_, they say."


def test_title_comments_category_formats_and_explanation_are_read():
    item = only(
        "$CATEGORY: $course$/top/Article 6/a//b\n\n"
        "// a note [id:q-1] [tag:units] [tag:a\\]b]\n"
        "::The\\: title::[html]<p>CO<sub>2</sub> and <b>more</b></p>{\n"
        "// in between\n=[plain]<b> ~[markdown]x\\\\_y\n####[markdown]*why*}"
    )

    assert item.category == ("Article 6", "a/b")
    assert (item.key, item.tags, item.title) == ("q-1", ("units", "a]b"), "The: title")
    assert (item.prompt, item.explanation) == ("CO₂ and **more**", "*why*")
    assert [choice.text for choice in item.choices] == ["<b>", "x_y"]
    assert item.line == 4


BROKEN = [
    ("Fine {=a ~b}\n\nQ {\n=a\n~b\n", 5, "Found an empty line, expected ####, #, =, ~, ->, }."),
    ("Q }", 1, "Found }, expected {, an empty line."),
    ("Q {=a ~b} and {=c ~d}", 1, "Found {, expected an empty line."),
    ("Q {\n=a#b#c ~d}", 2, "Found #, expected ####, =, ~, }."),
    ("Q {perhaps}", 1, "Found perhaps, expected =, ~, #, TRUE, FALSE, }."),
    ("Q {#twelve}", 1, "“twelve” is not a number; expected such as 12.5 or 12.5:0.1 or 12..13."),
    ("Q {~a ~b}", 1, "No answer is marked as right: =, *, 100 % was expected."),
    ("{=a ~b}", 1, "It asks nothing: a text was expected before the answers."),
    ("Q {=a ~a}", 1, "The answer “a” stands there twice."),
    ("Q {=a ~}", 1, "An answer without a text."),
    ("Q {=a =b ~c}", 1, "More than one answer is marked as right."),
    ("Write! {}", 1, "Questions of the kind “essay” are not carried."),
    ("Only words.", 1, "Questions of the kind “description” are not carried."),
]


@pytest.mark.parametrize(("text", "line", "said"), BROKEN)
def test_what_is_broken_is_told_by_line_and_the_rest_is_read(text, line, said):
    report = gift_reader.read(f"{text}\n\nLast {{=x ~y}}")

    assert [(p.line, p.said) for v in report.verdicts for p in v.problems] == [(line, said)]
    assert report.items[-1].prompt == "Last"


def test_what_gift_cannot_hold_is_named_before_it_is_written():
    order = Item(Kind.ORDERING, "Sort", order=("a", "b"))
    truth = Item(Kind.TRUE_FALSE, "Q", (Choice("Yes", is_right=True), Choice("No")))
    within = Number(Decimal(50), Decimal("0.1"), is_relative=True)
    share = Item(Kind.NUMBER, "N", numbers=(within,), unit="t", points=Decimal(2))
    written = gift_writer.write([order, truth, share])

    assert [(problem.line, problem.said) for problem in written.problems] == [
        (1, "Questions of the kind “ordering” are not carried."),
        (2, "It is written as a question of the kind “single”."),
        (3, "Not carried: points, unit."),
        (3, "Its tolerance is written as a number, not as a share."),
    ]
    assert written.text == "Q{\n\t=Yes\n\t~No\n}\n\nN{#\n\t=50:5\n}\n"


def test_an_empty_file_and_other_bytes_are_told():
    assert told("") == [(1, "There is no question in it.")]
    assert told("Q\x07{T}") == [(1, "Control signs, which no text needs, were left out.")]


def test_what_was_understood_otherwise_than_written_is_told():
    assert told('Q{#3:2~#no}";') == [
        (1, '"; after the answers was left out.'),
        (1, "What is said to every other answer has no place here."),
    ]
    assert told("[html]<u>Q</u>{~%50%a ~%-100%b ~%50%c}") == [
        (
            1,
            "Its weights (50, -100, 50) are not those of this site, where every right one earns the"
            " same and a wrong one takes as much away.",
        ),
        (1, "Left out of its text: <u>. The words stay."),
    ]
    assert told("Q{=a =%20%b# near =c*}") == [
        (1, "“b” earns 20 %: here an answer earns all or nothing."),
        (1, "Feedback to “b” has no place here: only choices have one."),
        (1, "“c*” stands for many texts: here each one is written out."),
    ]
