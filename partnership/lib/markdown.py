"""Markdown as clean HTML: CommonMark, tables and formulas, no HTML of the author's.

What is cleaned was made by the parser from escaped text; the cleaner is the second lock. Each block
at the top is cleaned by itself and then gets an `id` of ours, made of its source, so that a note
or a translation can point at it as long as its words stay.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import escape

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from partnership.lib import formulas, markdown_media
from partnership.lib.markdown_rules import add_rules, as_typed, with_formulas

# Raise with every change of what comes out; see `fields.RendererVersionField`.
RENDERER_VERSION = 3

# About seventy pages. Longer text is shown as it was typed: parsing could take half a minute.
MOST_LETTERS = 200_000

SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
SCHEMES = {"http", "https", "mailto"}
# Pages ask no other site for anything: only pictures of our own are shown.
OWN_PICTURES = "/media/"
# The title of a picture may tell its size, so that the page keeps its place: "480x320, 31 KB".
SIZE = re.compile(r"([1-9]\d{0,3})x([1-9]\d{0,3}), ([1-9]\d{0,4}) KB\Z")
# The name of a drawing of the site's own.
FIGURE = re.compile(r"figure ([a-z][a-z0-9-]{0,39})\Z")
ALIGNED = {"left": "is-start", "center": "is-center", "right": "is-end"}

CLEANER = nh3.Cleaner(
    tags={
        *("h1", "h2", "h3", "h4", "h5", "h6", "p", "blockquote", "ul", "ol", "li", "pre", "hr"),
        *("table", "thead", "tbody", "tr", "th", "td"),
        *("a", "br", "code", "em", "img", "strong", "figure", "figcaption"),
        *("details", "small", "data"),
        *formulas.TAGS,
    },
    attributes={
        "a": {"href", "title"},
        "img": {"src", "alt", "title", "width", "height", "data-kb"},
        "ol": {"start"},
        "figure": {"data-figure", "data-media"},
        "data": {"value"},
        **{tag: set(names) for tag, names in formulas.ATTRIBUTES.items()},
    },
    tag_attribute_values={"th": {"scope": {"col"}}},
    allowed_classes={"th": set(ALIGNED.values()), "td": set(ALIGNED.values())},
    set_tag_attribute_values={"img": {"loading": "lazy"}},
    url_schemes=SCHEMES,
    link_rel="noopener",
)


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - its name in the library
        """A relative address, or one of the three schemes; anything else stays text."""
        scheme = SCHEME.match(url)
        return scheme is None or scheme[1].lower() in SCHEMES


def _picture(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    """A picture of another site is offered as a link. What is told of its size goes with it."""
    token = tokens[at]
    for child in token.children or []:
        if child.type == "formula":
            child.type, child.content = "text", as_typed(child)
    source = str(token.attrGet("src") or "")
    if source.startswith(OWN_PICTURES):
        if size := SIZE.match(str(token.attrGet("title") or "")):
            del token.attrs["title"]
            for name, value in zip(("width", "height", "data-kb"), size.groups(), strict=True):
                token.attrSet(name, value)
        return renderer.image(tokens, at, options, env)
    words = renderer.renderInlineAsText(token.children or [], options, env) or source
    return f'<a href="{escape(source)}">{escape(words)}</a>'


def _fence(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    """A fence called "figure" and a name keeps the place of a drawing; its text is the caption."""
    token = tokens[at]
    if medium := markdown_media.read(token.info, token.content):
        return markdown_media.drawn(medium)
    named = FIGURE.match(token.info.strip())
    if named is None:
        return renderer.fence(tokens, at, options, env)
    caption = MARKDOWN.renderInline(token.content.strip())
    return f'<figure data-figure="{named[1]}"><figcaption>{caption}</figcaption></figure>'


MARKDOWN = _Parser("commonmark", {"html": False}).enable("table")
add_rules(MARKDOWN)
MARKDOWN.add_render_rule("image", _picture)
MARKDOWN.add_render_rule("fence", _fence)


def render(text: str, *, first_heading: int = 3) -> str:
    """Clean HTML. It sits in a section: its highest headings become `first_heading`."""
    text = re.sub(r"\r\n?", "\n", text.encode("utf-8", "replace").decode())
    blocks = _as_typed(text) if len(text) > MOST_LETTERS else _parsed(text, first_heading)
    seen: Counter[str] = Counter()
    return "\n".join(_named(html, source, seen) for html, source in blocks if html)


def of_plain(text: str) -> str:
    """A text that is not Markdown as clean HTML: its formulas are drawn, all else is as typed."""
    return CLEANER.clean(with_formulas(text)) if "$" in text else escape(text)


def _parsed(text: str, first_heading: int) -> Iterator[tuple[str, str]]:
    """Each block at the top as clean HTML, and the lines that it was made of."""
    tokens, lines = MARKDOWN.parse(text), text.split("\n")
    _adapt(tokens, first_heading)
    for block in _blocks(tokens):
        html = CLEANER.clean(MARKDOWN.renderer.render(block, MARKDOWN.options, {})).strip()
        start, end = block[0].map or (0, 0)
        yield html, "\n".join(lines[start:end])


def _as_typed(text: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"\n\s*\n", text.replace("\0", "\ufffd")):
        yield f"<p>{escape(part.strip())}</p>" if part.strip() else "", part


def _blocks(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    block = []
    for token in tokens:
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []


def _adapt(tokens: Sequence[Token], first_heading: int) -> None:
    """Headings at the level of the page, columns aligned by class: a style is not allowed."""
    highest = min((int(token.tag[1]) for token in tokens if _is_heading(token)), default=1)
    for token in tokens:
        if _is_heading(token):
            token.tag = f"h{min(int(token.tag[1]) - highest + first_heading, 6)}"
        elif token.type in ("th_open", "td_open"):
            side = str(token.attrs.pop("style", "")).removeprefix("text-align:")
            if side:
                token.attrSet("class", ALIGNED[side])
            if token.tag == "th":
                token.attrSet("scope", "col")


def _is_heading(token: Token) -> bool:
    return token.type in ("heading_open", "heading_close")


def name_of(source: str) -> str:
    """What a block is named by: its words, however their lines are broken."""
    return sha256(" ".join(source.split()).encode()).hexdigest()[:10]


def _named(html: str, source: str, seen: Counter[str]) -> str:
    """The block with its id. Of blocks with the same words the second one is numbered 2."""
    key = name_of(source)
    seen[key] += 1
    name = f'id="b-{key}"' if seen[key] == 1 else f'id="b-{key}-{seen[key]}"'
    if html.startswith("<table>"):
        table = html.replace("<table>", '<table class="table">', 1)
        return f'<div class="table-wrap" {name}>{table}</div>'
    return re.sub(r"\A<(\w+)", rf"<\1 {name}", html, count=1)
