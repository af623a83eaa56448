"""No text at all makes a reader do anything but report, and soon."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.quizzes.exchange import aiken, gift_reader, markup, moodle_reader, pasted
from courses.quizzes.exchange.opening import MOST_LETTERS, MOST_TEXT
from courses.quizzes.exchange.report import Notes, Report
from tests.courses.quizzes.exchange.made import MESSY
from tests.properties import examples

READERS = {
    "gift": gift_reader.read,
    "aiken": aiken.read,
    "moodle": moodle_reader.read,
    "pasted": pasted.read,
}
WHOLE = {
    "gift": "$CATEGORY: a/b\n\n::T::[html]Q <b>x</b>{\n=a#yes\n~%50%b\n####why}\n\n"
    "N{#1..2}\n\nM{=a -> b =c -> d}",
    "aiken": "Q\nA) a\nB) b\nANSWER: A\n\nR\nA. a\nB. b\nANSWER: B\n",
    "moodle": "<quiz><question type='multichoice'><name><text>T</text></name>"
    "<questiontext format='html'><text><![CDATA[<p>Q</p>]]></text></questiontext>"
    "<answer fraction='100'><text>a</text></answer>"
    "<answer fraction='0'><text>b</text></answer></question></quiz>",
    "pasted": "1. Q\na) a *\nb) b\n\n2) R\n• a\n• b (correct)\nAnswer: b\nExplanation: c",
}


@pytest.mark.parametrize("name", READERS)
@given(given_text=st.binary(max_size=60) | MESSY | st.lists(MESSY, max_size=8).map("\n".join))
@examples(80)
def test_any_text_gives_a_report(name, given_text):
    report = READERS[name](given_text)

    assert isinstance(report, Report)
    assert report.verdicts or report.problems
    told = [*report.problems, *(p for verdict in report.verdicts for p in verdict.problems)]
    assert all(problem.said and problem.line >= 0 for problem in told)
    assert all(verdict.item or verdict.problems for verdict in report.verdicts)


@pytest.mark.parametrize("name", READERS)
@given(data=st.data())
@examples(80)
def test_a_file_with_something_cut_out_or_put_in_gives_a_report(name, data):
    whole = WHOLE[name]
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 30)))
    changed = whole[:start] + data.draw(MESSY | st.just("")) + whole[end:]
    report = READERS[name](changed)

    assert report.verdicts or report.problems
    assert all(verdict.item or verdict.problems for verdict in report.verdicts)


# Each once was slow, or could be: many starts without an end, many answers, many questions.
BITS = {
    "gift": ["{", "{=a ~b}\n\n", "=~", "\\", "::"],
    "aiken": ["A) x\n", "q\nA) x\nANSWER: A\n\n", "\n"],
    "moodle": ["<", "<question>", "<question type='a'>\n", "</question>", "<!--"],
    "pasted": ["a) x\n", "- x\n", "1. q\na) x *\nb) y\n\n", "a -> b\n", "\u00a0"],
}


@pytest.mark.audit
@pytest.mark.parametrize("name", READERS)
def test_the_same_again_and_again_is_read_in_time(name):
    begun = time.process_time()
    for bit in BITS[name]:
        READERS[name](bit * (MOST_TEXT // 10 // len(bit)))

    assert time.process_time() - begun < 8


def test_markup_without_an_end_is_read_in_time():
    begun = time.process_time()
    for bit in ("<", "<!--", "<a <a", '<a href="', "<b><p>", "<td>", "<li><ul>", "&amp;", "a "):
        markup.from_html(bit * (MOST_LETTERS // len(bit)), Notes(1))

    assert time.process_time() - begun < 4


@pytest.mark.parametrize("name", READERS)
def test_a_file_that_is_too_large_is_not_looked_at(name):
    report = READERS[name](b"Q{T}\n\n" * 2_000_000)

    assert [problem.code for problem in report.problems] == ["too_big"]
