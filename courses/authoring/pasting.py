"""What is pasted from Word or from a page, as Markdown: headings, lists, tables, links, no more.

What Word means as a list stands in its paragraphs by class and in comments; it is made one first.
"""

from __future__ import annotations

import re

from courses.quizzes.exchange.markup import from_html
from courses.quizzes.exchange.report import Notes

LARGEST = 2_000_000
# Word writes the sign of each point as text, for programs that know no lists.
SIGN = re.compile(r"<!--\[if !supportLists\]-->(.*?)<!--\[endif\]-->", re.DOTALL)
POINT = re.compile(
    r"<p\b[^<>]*\bMsoListParagraph[^<>]*>((?:(?!</p>).){0,20000})</p>", re.DOTALL | re.IGNORECASE
)
BETWEEN = re.compile(r"</(ul|ol)>\s*<\1>")
NUMBERED = re.compile(r"\s*[0-9a-zA-Z]{1,3}[.)]")
TAG = re.compile(r"<[^<>]*>")


def markdown_of(html: str) -> str:
    """The text as the renderer shows it. Nothing of the HTML itself comes through."""
    html = POINT.sub(lambda found: _point(found[1]), html[:LARGEST])
    html = BETWEEN.sub("", SIGN.sub("", html))
    return from_html(html, Notes(1), keeps_headings=True)


def _point(inner: str) -> str:
    sign = SIGN.search(inner)
    words = TAG.sub("", sign[1]) if sign else ""
    kind = "ol" if NUMBERED.match(words.replace("&nbsp;", " ")) else "ul"
    return f"<{kind}><li>{SIGN.sub('', inner)}</li></{kind}>"
