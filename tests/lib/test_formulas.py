"""Formulas between dollar signs, and what is none."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.lib import formulas
from partnership.lib.markdown import CLEANER, of_plain, render

# What is typed into formulas, the wrong things too.
PIECES = st.lists(
    st.sampled_from(
        [
            *("\\frac", "\\sqrt", "\\sum", "\\text", "\\left(", "\\right)", "\\href", "\\style"),
            *("\\begin{matrix}", "\\end{matrix}", "\\unknown", "\\\\", "&", "{", "}", "_", "^"),
            *("x", "1", " ", "=", "<script>", "</math>", '"', "'", "onload=", "\\$", "\u202e"),
        ]
    ),
    min_size=1,
    max_size=25,
).map("".join)
WORDS = st.text(st.sampled_from("ab $5.\\_*`<{}^"), max_size=40)


@pytest.mark.parametrize(
    "text",
    [
        *("costs $5 and $7", "from $5-$7", "$5, or 5$ in cash", "US$5 and US$7", "($USD)/($CAD)"),
        *(
            "$ x $",
            "a single $ sign",
            "$10 (€9=$10)",
            "$5/t and 7$",
            r"\$x$ is typed",
            "$$",
            "$$$$",
        ),
    ],
)
def test_money_is_no_formula(text):
    assert "<math" not in render(text)
    assert "<math" not in of_plain(text)


@pytest.mark.parametrize(
    ("text", "display", "source"),
    [
        (r"The $E = \frac{A}{B}$ is.", "inline", r"E = \frac{A}{B}"),
        ("**$a_b * c_d$**", "inline", "a_b * c_d"),
        ("$$\nE = mc^2\n$$", "block", "E = mc^2"),
        ("- $$x^2$$", "block", "x^2"),
        ("it costs $5, and $x < y$", "inline", "x &lt; y"),
    ],
)
def test_a_formula_is_drawn_and_its_source_is_told(text, display, source):
    html = render(text)

    assert f'<math display="{display}" alttext="{source}">' in html
    assert "<em>" not in html


def test_what_is_no_formula_stands_as_it_was_typed():
    assert render(r"$\unknown{x}$").endswith(r"<code>$\unknown{x}$</code></p>")
    assert "<code>`x`</code>" not in render("`$x$`")
    assert "<math" not in render("`$x$` and\n\n    $$x$$")
    assert 'alt="$x_1$"' in render("![$x_1$](/media/x.png)")


@pytest.mark.parametrize(("source", "why"), [(r"\unknown{x}", r"\unknown"), (r"\frac{a", "")])
def test_a_formula_that_cannot_be_read_says_why(source, why):
    with pytest.raises(formulas.Unread) as refusal:
        formulas.mathml(source)
    assert refusal.value.why == why


@given(PIECES)
def test_whatever_is_typed_nothing_but_what_is_allowed_comes_out(source):
    try:
        html = formulas.mathml(source)
    except formulas.Unread:
        return
    tags = re.findall(r"</?([a-z-]+)", html)
    assert set(tags) <= formulas.TAGS
    names = set(re.findall(r' ([a-z-]+)="', re.sub(r'alttext="[^"]*"', "", html)))
    assert names <= {name for some in formulas.ATTRIBUTES.values() for name in some}
    assert f'alttext="{" ".join(source.split())}"' in unescape(html)
    # The second lock finds nothing to take out.
    assert CLEANER.clean(html).count("<") == html.count("<")


@given(WORDS)
def test_a_plain_text_keeps_all_its_words(text):
    html = of_plain(text)
    words = re.sub(r'<math [^>]*?alttext="([^"]*)".*?</math>', r"$\1$", html)
    shown = unescape(re.sub(r"</?code>", "", words))

    assert shown.replace("$", "").split() == text.replace("$", "").split()


@given(PIECES)
def test_a_formula_in_a_text_never_breaks_the_page(source):
    html = render(f"before ${source}$ after")

    assert "<script" not in html
    assert html.count("<math") == html.count("</math>")
