"""What our Markdown reads beside CommonMark: formulas, and figures that stay live."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from partnership.lib import formulas

MOST_LINES = 20
SIGN = "$$"
LIVE = re.compile(r"\{fact:([a-z0-9-]{1,80})\}")


def add_rules(parser: MarkdownIt) -> None:
    """Formulas, which stand there as typed where they cannot be drawn, and live figures."""
    parser.inline.ruler.after("escape", "formula", _in_line)
    ends = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("fence", "formula", _of_its_own, {"alt": ends})
    parser.inline.ruler.after("formula", "live", _live)
    parser.add_render_rule("live", _place)
    parser.add_render_rule("formula", _drawn)
    parser.add_render_rule("formula_block", _drawn_as_block)


def _in_line(state: StateInline, silent: bool) -> bool:
    found = formulas.found_at(state.src, state.pos) if state.src[state.pos] == "$" else None
    if found is None or found.end() > state.posMax:
        return False
    if not silent:
        token = state.push("formula", "math", 0)
        token.content, token.markup = found["source"], found["sign"]
    state.pos = found.end()
    return True


def _of_its_own(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """From a line that begins with two signs to the next one that ends with them."""
    at = state.bMarks[start] + state.tShift[start]
    if state.is_code_block(start) or not state.src.startswith(SIGN, at):
        return False
    lines: list[str] = []
    for line in range(start, min(end, start + MOST_LINES)):
        begins = at + len(SIGN) if line == start else state.bMarks[line] + state.tShift[line]
        text = state.src[begins : state.eMarks[line]].strip()
        before, sign, after = text.partition(SIGN)
        if after or (line > start and not text):
            return False
        lines.append(before)
        if sign:
            return _block(state, start, line + 1, " ".join(lines).strip(), silent)
    return False


def _block(state: StateBlock, start: int, end: int, source: str, silent: bool) -> bool:
    if not source:
        return False
    if not silent:
        token = state.push("formula_block", "math", 0)
        token.content, token.markup, token.block = source, SIGN, True
        token.map = [start, end]
        state.line = end
    return True


def _live(state: StateInline, silent: bool) -> bool:
    """`{fact:agreements-counted}` keeps the place of a figure, which the page fills in."""
    found = LIVE.match(state.src, state.pos) if state.src[state.pos] == "{" else None
    if found is None:
        return False
    if not silent:
        state.push("live", "data", 0).content = found[1]
    state.pos = found.end()
    return True


def _place(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    name = tokens[at].content
    return f'<data value="fact:{name}">{name}</data>'


def _drawn(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    return _shown(tokens[at], is_block=False)


def _drawn_as_block(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    return f"<p>{_shown(tokens[at], is_block=True)}</p>\n"


def _shown(token: Token, *, is_block: bool) -> str:
    try:
        return formulas.mathml(token.content, is_block=is_block)
    except formulas.Unread:
        return f"<code>{escape(as_typed(token))}</code>"


def as_typed(token: Token) -> str:
    return f"{token.markup}{token.content}{token.markup}"


def with_formulas(text: str) -> str:
    """Plain text as HTML, its formulas drawn. It is to be cleaned like all other."""
    parts, done = [], 0
    for found in formulas.found_in(text):
        token = Token("formula", "math", 0, content=found["source"], markup=found["sign"])
        parts += [escape(text[done : found.start()]), _shown(token, is_block=False)]
        done = found.end()
    return "".join([*parts, escape(text[done:])])
