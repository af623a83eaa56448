from __future__ import annotations

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from partnership.lib import formulas
from partnership.lib.markdown import ALIGNED, CLEANER, MOST_LETTERS, render

ATTRIBUTES = {
    "a": {"href", "title", "rel"},
    "img": {"src", "alt", "title", "loading", "width", "height", "data-kb"},
    "figure": {"data-figure"},
    "ol": {"start"},
    "table": {"class"},
    "div": {"class"},
    "th": {"class", "scope"},
    "td": {"class"},
}
# A formula is drawn by these; none of them leads anywhere or runs.
ATTRIBUTES = {**ATTRIBUTES, **formulas.ATTRIBUTES}
CLASSES = {"table", "table-wrap", *ALIGNED.values()}
TAGS = {
    *ATTRIBUTES,
    *formulas.TAGS,
    *("h3", "h4", "h5", "h6", "p", "blockquote", "ul", "li", "pre", "code", "hr", "em", "strong"),
    *("br", "thead", "tbody", "tr", "figcaption"),
}
VOID = {"br", "hr", "img"}

# The pieces of which attacks and broken texts are made.
PIECES = st.sampled_from(
    [
        *"*_`[]()<>!#|-:\\&\"'\n\t \0\ud800=+~",
        *(
            "\n\n",
            "    ",
            "\n|-|-|\n",
            "|a|b|\n|:-|-:|\n|c|",
            "```",
            "> ",
            "- ",
            "1. ",
            "\n# ",
            "</",
            "\n```figure a\n",
            '"480x320, 31 KB")',
        ),
        *("javascript:alert(1)", "data:image/png;base64,AA", "vbscript:x", "JaVaScRiPt&colon;x"),
        *(
            "java\nscript:x",
            "&#106;avascript:x",
            "\x01javascript:x",
            "//e.f/x",
            "http://a.b",
            "/media/a",
        ),
        *(
            "<script>",
            "<img src=x onerror=y>",
            ' onerror="x"',
            "<style>",
            "<svg/onload=x>",
            'id="x"',
        ),
        *("[a](", "![a](", "[a]: ", "[a]", "<javascript:x>", "<a@b.c>", "[x](javascript:x)"),
    ]
)
ANYTHING = st.lists(PIECES | st.text(max_size=6), max_size=30).map("".join)


class Page(HTMLParser):
    """What a browser is given: its elements, their attributes, and whether all are closed."""

    def __init__(self, html: str):
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs)
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment

    def values(self, name: str) -> list[str | None]:
        return [attributes[name] for _, attributes in self.elements if name in attributes]


def bare(text: str) -> str:
    """The HTML without our ids."""
    return re.sub(r' id="b-[0-9a-f-]+"', "", render(text))


@given(ANYTHING)
@example("![x](javascript:alert(1)) [x](<java\tscript:alert(1)>)")
@example("[a](/x 'onmouseover=y') <http://a.b/?x='onerror=y>")
def test_no_text_becomes_a_script(text: str) -> None:
    page = Page(render(text))
    assert page.open == []
    for tag, attributes in page.elements:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES.get(tag, set()) | {"id"}
        assert set((attributes.get("class") or "").split()) <= CLASSES
    for address in page.values("href"):
        scheme = re.match(r"[\s\x00-\x1f]*([a-z][a-z0-9+.\-\s]*):", address or "", re.IGNORECASE)
        assert scheme is None or scheme[1].lower() in ("http", "https", "mailto")
    assert all((source or "").startswith("/media/") for source in page.values("src"))


@given(ANYTHING)
def test_ids_are_ours_and_unique(text: str) -> None:
    ids = Page(render(text)).values("id")
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"b-[0-9a-f]{10}(-\d+)?", name or "") for name in ids)


@given(ANYTHING)
def test_text_does_not_vanish(text: str) -> None:
    """Without any markup, what was typed is what is read."""
    words = re.sub(r"[^A-Za-z]+", " ", text).strip()
    assert re.sub(r"<[^>]+>", "", render(words)) == words


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("a *b* **c** `d`", "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>"),
        ("a  \nb", "<p>a<br>\nb</p>"),
        ("a\r\rb", "<p>a</p>\n<p>b</p>"),
        ("[a](https://b.c)", '<p><a href="https://b.c" rel="noopener">a</a></p>'),
        ("[a](/members/)", '<p><a href="/members/" rel="noopener">a</a></p>'),
        ("<a@b.org>", '<p><a href="mailto:a@b.org" rel="noopener">a@b.org</a></p>'),
        ("https://b.c", "<p>https://b.c</p>"),
        ("[a](javascript:b)", "<p>[a](javascript:b)</p>"),
        ("[a](file:///etc)", "<p>[a](file:///etc)</p>"),
        ("<script>a</script>", "<p>&lt;script&gt;a&lt;/script&gt;</p>"),
        ("<img onerror=a>", "<p>&lt;img onerror=a&gt;</p>"),
        ("![a](data:image/png;base64,b)", "<p>![a](data:image/png;base64,b)</p>"),
        ("![a](/media/b.png)", '<p><img src="/media/b.png" alt="a" loading="lazy"></p>'),
        (
            '![a](/media/b.png "480x320, 31 KB")',
            '<p><img src="/media/b.png" alt="a" width="480" height="320" data-kb="31"'
            ' loading="lazy"></p>',
        ),
        (
            '![a](/media/b.png "480x0, 31 KB")',
            '<p><img src="/media/b.png" alt="a" title="480x0, 31 KB" loading="lazy"></p>',
        ),
        (
            "```figure two-books\nWhat *it* shows <b>\n```",
            '<figure data-figure="two-books"><figcaption>What <em>it</em> shows &lt;b&gt;'
            "</figcaption></figure>",
        ),
        ("```figure ../x\na\n```", "<pre><code>a\n</code></pre>"),
        ("![a](http://b.c/d)", '<p><a href="http://b.c/d" rel="noopener">a</a></p>'),
        ("![](//b.c/d)", '<p><a href="//b.c/d" rel="noopener">//b.c/d</a></p>'),
        ("a\0b", "<p>a\ufffdb</p>"),
        ("a\ud800b", "<p>a?b</p>"),
        ("```py\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>"),
    ],
)
def test_renders(text: str, html: str) -> None:
    assert bare(text) == html


def test_columns_are_aligned_by_class() -> None:
    html = bare("|a|b|c|d|\n|:-|:-:|-:|-|\n|1|2|3|4|")
    assert html.startswith('<div class="table-wrap"><table class="table">')
    assert "style" not in html
    assert re.findall(r"<th\b[^>]*>", html) == [
        '<th class="is-start" scope="col">',
        '<th class="is-center" scope="col">',
        '<th class="is-end" scope="col">',
        '<th scope="col">',
    ]
    assert re.findall(r"<td[^>]*>", html)[2:] == ['<td class="is-end">', "<td>"]


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# a\n## b\n# c", [3, 4, 3]),
        ("## a\n### b", [3, 4]),
        ("a\n=\n\nb\n-", [3, 4]),
        ("# a\n###### b", [3, 6]),
        ("> # a", [3]),
    ],
)
def test_headings_begin_below_the_sections_own(text: str, levels: list[int]) -> None:
    assert [int(level) for level in re.findall(r"<h(\d)", render(text))] == levels


def test_a_page_may_begin_its_headings_higher() -> None:
    assert bare("# a") == "<h3>a</h3>"
    assert render("# a", first_heading=2).startswith("<h2 id=")


def test_a_block_keeps_its_id_when_others_change() -> None:
    before, after = Page(render("one\n\ntwo")), Page(render("zero\n\none \n\n\n  two"))
    assert before.values("id") == after.values("id")[1:]


def test_the_cleaner_stands_by_itself() -> None:
    """Should the parser let something through one day."""
    hostile = (
        '<p id="x" style="a" name="b" onclick="c">d<script>e</script><iframe src="f"></iframe>'
        '<a href="javascript:g">h</a><th class="is-end hidden">i</th><!-- j --></p>'
    )
    assert CLEANER.clean(hostile) == '<p>d<a rel="noopener">h</a>i</p>'


def test_a_book_is_shown_as_it_was_typed() -> None:
    html = render("*a* <b>\n\n" * (MOST_LETTERS // 9 + 1))
    assert html.startswith('<p id="b-')
    assert "*a* &lt;b&gt;" in html
    assert len(set(Page(html).values("id"))) == html.count("<p ")


@pytest.mark.parametrize(
    "piece",
    [
        *("[", "![", "*a_", "**x", "`", "> ", ">a\n", "- ", "1. a\n", "|", "a|b\n-|-\n", "<", "\\"),
        *("&", "](", "[a](<b", "[a]: b '", "<!--", "_*", "    ", "\n", "a\n=\n", "\0"),
    ],
)
def test_a_hostile_text_takes_a_moment(piece: str) -> None:
    started = time.process_time()
    render(piece * (20_000 // len(piece)))
    assert time.process_time() - started < 5


@pytest.mark.parametrize("text", [">" * 10_000 + "a", "a " * 500_000, "[" * 1_000_000])
def test_a_huge_text_takes_a_moment(text: str) -> None:
    started = time.process_time()
    assert Page(render(text)).open == []
    assert time.process_time() - started < 5
