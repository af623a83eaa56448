"""What makes a question a poor one, told while it is written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from courses.authoring.bank import quality
from courses.quizzes.exchange.items import Choice, Item, Kind, Pair

RIGHT = Choice("Yes, by both", is_right=True, feedback="So it is.")
GOOD = Item(Kind.SINGLE, "Who counts it?", choices=(RIGHT, Choice("No"), Choice("Nobody at all")))
LONG = Choice("It is counted once, by the Party that uses it and by nobody else", is_right=True)


@pytest.mark.parametrize(
    ("item", "told"),
    [
        (GOOD, ()),
        (replace(GOOD, choices=(*GOOD.choices, Choice(" nobody at ALL."))), ("say the same",)),
        (replace(GOOD, choices=(Choice("Yes", is_right=True), Choice("No"))), ("Nothing is told",)),
        (replace(GOOD, choices=(LONG, *GOOD.choices[1:]), explanation="So."), ("much longer",)),
        (replace(GOOD, prompt="Is $x^$ it?"), ("cannot be read",)),
        (replace(GOOD, choices=(replace(RIGHT, feedback=r"$\foo$"), *GOOD.choices[1:])), ("foo",)),
        (replace(GOOD, prompt="![](/media/x.png) What?"), ("says in words",)),
        (
            Item(Kind.MATCHING, "Q", pairs=(Pair("A", "x"), Pair("a.", "y")), explanation="So."),
            ("say the same",),
        ),
        (Item(Kind.ORDERING, "Q", order=("A", "B"), explanation="So."), ()),
    ],
)
def test_what_is_poor_is_told(item, told):
    found = quality.advice(item)

    assert len(found) == len(told)
    assert all(words in sentence for words, sentence in zip(told, found, strict=True))


def test_a_quiz_whose_longest_answer_is_nearly_always_right_is_told_of():
    longest = replace(GOOD, choices=(LONG, *GOOD.choices[1:]))
    other = replace(GOOD, choices=(RIGHT, *GOOD.choices[1:], Choice("Whoever wants to do so")))

    assert quality.of_quiz([longest] * 3) == ()
    assert quality.of_quiz([longest] * 3 + [other]) == ()
    (told,) = quality.of_quiz([longest] * 4 + [other])
    assert told == "In 4 of 5 questions the longest answer is the right one."
