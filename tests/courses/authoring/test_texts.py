"""Texts on their way: compared, checked, pasted. No database."""

from __future__ import annotations

import pytest

from courses.authoring import checks
from courses.authoring.comparing import Bit, Row, compare
from courses.authoring.pasting import markdown_of
from partnership.lib.markdown import render


def told(text: str, leads: bool = True) -> list[tuple[int, str, bool]]:
    found = checks.findings(text, render(text), lambda address: leads)
    return [(one.line, one.sentence, one.is_blocking) for one in found]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("# A\n\n### B", (3, "This heading leaves out a level.", False)),
        ("See https://unfccc.int/x.", (1, "A bare address: make it a link with words.", False)),
        ("<https://unfccc.int/x>", (1, "A link says where it leads: give it words.", False)),
        ("[here](https://unfccc.int)", (1, "A link says where it leads: give it words.", False)),
        ("a\n\n![](/media/x.png)", (3, "A picture says in words what it shows.", True)),
        ("a\nb $\\foo$", (2, "Nothing is known called “\\foo” in “\\foo”.", False)),
        ("$$\nx^\n$$", (1, "The formula “x^” cannot be read.", False)),
        (
            "```video\nA\nhttps://e.org/a\n4 min, 1 MB\n```",
            (1, "A film or recording has a transcript, after an empty line.", True),
        ),
        (
            "a\n\n" + "Notwithstanding corresponding authorization requirements, Parties " * 12,
            (3, "Heavy going (LIX 160): sentences of 60 words, many of them long.", False),
        ),
        ("x " * 21_000, (0, "The page weighs about 22 KB, more than 14: divide it.", False)),
    ],
)
def test_what_is_lacking_is_told_with_its_line(text, finding):
    assert told(text) == [finding]


def test_a_text_without_faults_is_told_nothing_of():
    assert (
        told("## A\n\n### B\n\n## C\n\n[The rules](https://unfccc.int/x) `https://a.example`") == []
    )
    assert told("{fact:x}", leads=False) == [(1, "There is no figure “x”.", True)]
    assert told("It costs $5 and $7, and $x_1$ is {fact:x}.") == []
    assert told("[b](/courses/x/b/)", leads=False) == [(1, "/courses/x/b/ leads nowhere.", True)]


def test_changed_words_are_marked_and_equal_lines_far_away_are_counted():
    lines = [f"Line {n}" for n in range(20)]
    after = [*lines[:10], "Line ten", *lines[11:]]

    rows = compare("\n".join(lines), "\n".join(after))

    assert [row.kind for row in rows] == [
        *("left out", "same", "same", "changed", "same", "same", "left out")
    ]
    assert (rows[0].count, rows[-1].count) == (8, 7)
    assert rows[3] == Row(
        "changed", (Bit("Line "), Bit("10", True)), (Bit("Line "), Bit("ten", True))
    )


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ("a", "a", ["same"]),
        ("a\nb", "a", ["same", "gone"]),
        ("a", "a\nb", ["same", "new"]),
        ("x" * 9_000, "y" * 9_000, ["changed"]),
    ],
)
def test_lines_come_and_go(before, after, kinds):
    assert [row.kind for row in compare(before, after)] == kinds


WORD = (
    "<p class=MsoListParagraph style='mso-list:l0'><!--[if !supportLists]--><span>{0}&nbsp; </span>"
    "<!--[endif]-->{1}</p>\n"
)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h1>One</h1><p>Two</p><h3>Three</h3>", "# One\n\nTwo\n\n### Three"),
        (WORD.format("·", "a") + WORD.format("·", "b"), "- a\n- b"),
        (WORD.format("1.", "a") + WORD.format("2.", "b"), "1. a\n2. b"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n    - b"),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>",
            "| a | b |\n| --- | --- |\n| 1 | 2 |",
        ),
        ('<a href="https://x.example/" onclick="y()">x</a>', "[x](https://x.example/)"),
        ('<a href="javascript:alert(1)">x</a>', "x"),
        ("<style>p {}</style><script>alert(1)</script><p style='x'>x</p>", "x"),
        ("<p>1. a # b * c _d_</p>", "1\\. a # b \\* c \\_d\\_"),
        ("CO<sub>2</sub>", "CO₂"),
    ],
)
def test_what_is_pasted_keeps_its_form_and_nothing_else(html, text):
    assert markdown_of(html) == text


@pytest.mark.parametrize(
    "part", ["<p class=MsoListParagraph>", "<!--[if !supportLists]-->", "</ul> "]
)
def test_what_never_ends_is_not_looked_at_again_and_again(part):
    # Looked at twice it would take an hour.
    assert markdown_of(part * 12_000) == ""


def test_lines_of_many_like_words_are_not_told_apart_for_ever():
    before, after = ("a b " * 450 + "\n") * 300, ("b a " * 449 + "\n") * 300

    assert {row.kind for row in compare(before, after)} >= {"changed"}
