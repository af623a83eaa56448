"""What is pasted from Word or from a page, as Markdown: headings, lists, tables, links, no more.

What Word means as a list stands in its paragraphs by class and in comments; it is made one first.
Nothing looks twice at a letter, whatever is sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from courses.quizzes.exchange.markup import from_html
from courses.quizzes.exchange.report import Notes

# Word writes the sign of each point as text, for programs that know no lists.
SIGN = re.compile(r"<!--\[if !supportLists\]-->(.{0,800}?)<!--\[endif\]-->", re.DOTALL)
POINT = re.compile(r"<p\b[^<>]{0,2000}\bMsoListParagraph[^<>]{0,2000}>", re.IGNORECASE)
BETWEEN = re.compile(r"</(ul|ol)>\s*+<\1>")
NUMBERED = re.compile(r"\s*+[0-9a-zA-Z]{1,3}[.)]")
TAG = re.compile(r"<[^<>]*+>")


def markdown_of(html: str) -> str:
    """The text as the renderer shows it. Nothing of the HTML itself comes through."""
    html = BETWEEN.sub("", SIGN.sub("", "".join(_with_lists(html))))
    return from_html(html, Notes(1), keeps_headings=True)


def _with_lists(html: str) -> Iterator[str]:
    """The same with each of Word's points as a list of its own."""
    folded, done = html.lower(), 0
    if len(folded) != len(html):
        folded = html
    for point in POINT.finditer(html):
        if point.start() < done:
            continue
        end = folded.find("</p>", point.end())
        if end < 0:
            break
        yield html[done : point.start()]
        yield _point(html[point.end() : end])
        done = end + len("</p>")
    yield html[done:]


def _point(inner: str) -> str:
    sign = SIGN.search(inner)
    words = TAG.sub("", sign[1]) if sign else ""
    kind = "ol" if NUMBERED.match(words.replace("&nbsp;", " ")) else "ul"
    return f"<{kind}><li>{SIGN.sub('', inner)}</li></{kind}>"
