from __future__ import annotations

import pytest
from hypothesis import example, given

from courses.quizzes.exchange import markup
from courses.quizzes.exchange.report import Notes
from partnership.lib.markdown import render
from tests.courses.quizzes.exchange.made import MESSY
from tests.properties import examples

HTML = [
    ("<p>a</p><p>b</p>", "a\n\nb", []),
    ("a<br>b<br/><br>c", "a\\\nb\n\nc", []),
    ("<strong>a</strong> <i>b</i>", "**a** *b*", []),
    ("CO<sub>2</sub> m<sup>3</sup>", "CO₂ m³", []),
    ("<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>", "- a\n- b\n    1. c", []),
    ('<a href="https://unfccc.int/a">x</a>', "[x](https://unfccc.int/a)", []),
    ('<a href="javascript:x">y</a>', "y", ["<a>"]),
    ("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>",
     "| a | b |\n| --- | --- |\n| 1 | 2 |", []),
    ('<p style="color: red">a<script>b()</script></p>', "a", ["style", "<script>"]),
    ("<u>a</u> 1 < 2 &amp; *b*", "a 1 \\< 2 & \\*b\\*", ["<u>"]),
    (r"<p>\(\frac{a_1}{b}\) is \[x_1\], not a_1</p>", r"$\frac{a_1}{b}$ is $x_1$, not a\_1", []),
    ("$$x_1$$ costs $5_000 and $7", "$$x_1$$ costs $5\\_000 and $7", []),
    ("<p># a</p>", "\\# a", []),
]  # fmt: skip


@pytest.mark.parametrize(("html", "markdown", "lost"), HTML)
def test_html_becomes_markdown_and_what_is_lost_is_named(html, markdown, lost):
    notes = Notes(1)

    assert markup.from_html(html, notes) == markdown
    names = [dict(problem.facts)["names"] for problem in notes.found]
    assert names == ([", ".join(lost)] if lost else [])


def test_a_picture_leaves_its_words_and_is_named():
    notes = Notes(3)
    text = markup.from_html("<img src='@@PLUGINFILE@@/a.png' alt='A flag'> x", notes, is_plain=True)

    assert text == "A flag x"
    assert [problem.said for problem in notes.found] == [
        "The picture or file “a.png” is not carried."
    ]


@given(MESSY)
@example("${$")
@example("$a$ b ${_$ \\$ c $x_1$")
@examples(150)
def test_plain_text_as_markdown_says_the_same_again(text):
    markdown = markup.escaped(text)

    assert markup.escaped(markup.plain(markdown) or "") == markdown


@given(MESSY)
@example("${$")
@example("$a$ b ${_$ \\$ c $x_1$")
@examples(150)
def test_plain_text_as_markdown_is_shown_without_any_format(text):
    shown = render(markup.escaped(text))

    assert not any(f"<{tag}" in shown for tag in ("em", "strong", "a ", "code", "h", "li", "table"))


def test_a_formula_in_plain_text_is_one_in_markdown_too():
    assert markup.escaped("$x_1$ of a_1") == r"$x_1$ of a\_1"
    assert markup.plain(r"$x_1$ of a\_1") == "$x_1$ of a_1"
