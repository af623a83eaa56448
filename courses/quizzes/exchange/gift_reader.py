"""Questions from GIFT, by a grammar. A broken one is told by its line and the rest is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache, partial
from pathlib import Path

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from courses.quizzes.exchange import gift_texts as texts
from courses.quizzes.exchange.building import HUNDRED, checked, decimal_of, short_text, weighed
from courses.quizzes.exchange.gift_blocks import Block, blocks
from courses.quizzes.exchange.items import Choice, Item, Kind, Number, Pair
from courses.quizzes.exchange.opening import MOST_LETTERS, MOST_MARKS, read_each
from courses.quizzes.exchange.report import Broken, Notes, Report, Verdict

Node = Tree[Token]
Part = Token | Node
SIGNS = {
    "TITLE": "::", "FORMAT": "[html]", "WEIGHT": "%50%", "GENERAL": "####", "HASH": "#",
    "RIGHT": "=", "WRONG": "~", "ARROW": "->", "OPEN": "{", "CLOSE": "}", "WORDS": "a text",
    "PROMPT": "a text", "$END": "an empty line",
}  # fmt: skip
TRUTHS = {"T": True, "TRUE": True, "F": False, "FALSE": False}
LOOSE_TAIL = re.compile(r"[\"”“';\s]+\Z")
BLANK = "_____"


@cache
def grammar() -> Lark:
    written = Path(__file__).with_name("gift.lark").read_text(encoding="utf-8")
    return Lark(written, start="question", parser="lalr", lexer="contextual", regex=False)


def read(given: bytes | str, *, language: str = "en") -> Report:
    """Every question of a GIFT file, or why not."""
    return read_each(
        given,
        lambda text: ((block.line, partial(_verdict, block, language)) for block in blocks(text)),
    )


def _verdict(block: Block, language: str) -> Verdict:
    first = next(at for at, line in enumerate(block.lines) if line.strip())
    reading = _Reading(block, Notes(block.line + first))
    item = None
    try:
        item = checked(replace(reading.item(), language=language), reading.notes)
    except Broken as broken:
        reading.notes.fail(broken.code, line=broken.line, **broken.facts)
    found = tuple(reading.notes.found)
    line = reading.notes.line
    return Verdict(line, reading.title, item, found, "\n".join(block.source))


def _parsed(block: Block) -> Node:
    text = block.text
    if len(text) > MOST_LETTERS or sum(text.count(sign) for sign in "=~#{}") > MOST_MARKS:
        raise Broken("too_long", block.line, most=MOST_LETTERS, marks=MOST_MARKS)
    try:
        return grammar().parse(text)
    except UnexpectedInput as unexpected:
        raise _broken(unexpected, block) from unexpected


def _broken(unexpected: UnexpectedInput, block: Block) -> Broken:
    line = block.line + max(unexpected.line, 1) - 1
    if isinstance(unexpected, UnexpectedCharacters):
        expected, found = unexpected.allowed, unexpected.char
    elif isinstance(unexpected, UnexpectedToken):
        expected, found = unexpected.accepts or unexpected.expected, str(unexpected.token).strip()
        if unexpected.token.type == "$END":
            line, found = block.line + len(block.lines) - 1, SIGNS["$END"]
    else:
        expected, found = set(), SIGNS["$END"]
    names = dict.fromkeys(SIGNS[name] for name in SIGNS if name in (expected or ()))
    return Broken("unexpected", line, found=found, expected=", ".join(names))


class _Reading:
    """One question on its way from a tree to an item."""

    def __init__(self, block: Block, notes: Notes):
        self.block, self.notes = block, notes
        self.title = ""
        self.form = texts.MOODLE

    def item(self) -> Item:
        tree = _parsed(self.block)
        for part in tree.children:
            if isinstance(part, Tree) and part.data == "title":
                self.title = texts.raw(str(part.children[0]).strip()[2:-2])
            elif isinstance(part, Token) and part.type == "FORMAT":
                self.form = _form(part)
        body = next(
            (part for part in tree.children if _is(part, "numeric", "truth", "answers")), None
        )
        is_open = any(isinstance(part, Token) and part.type == "OPEN" for part in tree.children)
        if body is None:
            raise Broken("kind", self.notes.line, kind="essay" if is_open else "description")
        assert isinstance(body, Tree)
        item = {"numeric": self._numeric, "truth": self._truth, "answers": self._answers}[
            body.data
        ](body)
        general = next((part for part in body.children if _is(part, "general")), None)
        explanation = self._markdown(general.children[1:]) if isinstance(general, Tree) else ""
        return replace(
            item,
            prompt=self._prompt(tree),
            explanation=explanation,
            title=self.title,
            key=self.block.key,
            category=self.block.category,
            tags=tuple(self.block.tags),
            line=self.notes.line,
        )

    def _prompt(self, tree: Node) -> str:
        """What stands after the answers makes it a text with a word missing."""
        before = "".join(
            str(part) for part in tree.children if isinstance(part, Token) and part.type == "PROMPT"
        )
        tail = "".join(
            str(part.children[0])
            for part in tree.children
            if isinstance(part, Tree) and part.data == "tail"
        )
        if tail.strip() and LOOSE_TAIL.match(tail):
            self.notes.warn("tail", found=tail.strip())
        elif tail.strip():
            before = f"{before}{BLANK}{tail}"
        return texts.as_markdown(texts.raw(before), self.form, self.notes).strip()

    def _markdown(self, parts: Sequence[Part]) -> str:
        text, form = self._said(parts)
        return texts.as_markdown(text, form, self.notes)

    def _plain(self, parts: Sequence[Part]) -> str:
        text, form = self._said(parts)
        return texts.as_plain(text, form, self.notes)

    def _said(self, parts: Sequence[Part]) -> tuple[str, str]:
        """A text without its escapes, and its format: its own or the question's.

        An arrow is letters here, and so is a format behind it.
        """
        tokens = [token for part in parts for token in _tokens(part)]
        form = self.form
        if tokens and tokens[0].type == "FORMAT":
            form = _form(tokens.pop(0))
        return texts.raw("".join(tokens)), form

    def _reply(self, node: Node) -> str:
        replies = _trees(node, "reply")
        return self._plain(replies[0].children[1:]) if replies else ""

    def _truth(self, body: Node) -> Item:
        said = (
            str(body.children[0].children[0]).strip() if isinstance(body.children[0], Tree) else ""
        )
        is_true = TRUTHS.get(said.upper())
        if is_true is None:
            raise Broken(
                "unexpected", self.notes.line, found=said, expected="=, ~, #, TRUE, FALSE, }"
            )
        replies = [self._plain(part.children[1:]) for part in _trees(body, "reply")]
        wrong, right = [*replies, "", ""][:2]
        return Item(
            Kind.TRUE_FALSE,
            "",
            choices=(
                Choice("True", is_true, right if is_true else wrong),
                Choice("False", not is_true, wrong if is_true else right),
            ),
        )

    def _answers(self, body: Node) -> Item:
        lines = _trees(body, "answer")
        if not lines:
            raise Broken("kind", self.notes.line, kind="essay")
        if any(_sign(line) == "WRONG" for line in lines):
            return self._choices(lines)
        if all(_has_arrow(line) for line in lines):
            return self._matching(lines)
        return self._short_text(lines)

    def _choices(self, lines: list[Node]) -> Item:
        rights = [line for line in lines if _sign(line) == "RIGHT"]
        choices = []
        for line in lines:
            is_right, percent = _sign(line) == "RIGHT", _weight(line)
            if is_right and percent in (None, HUNDRED):
                percent = None
            choice = Choice(self._whole(line), is_right, self._reply(line), percent)
            choices.append(choice if rights else replace(choice, percent=percent or Decimal(0)))
        if not rights:
            return Item(Kind.MULTIPLE, "", choices=weighed(choices, self.notes))
        return Item(Kind.SINGLE, "", choices=tuple(choices))

    def _matching(self, lines: list[Node]) -> Item:
        pairs, others = [], []
        for line in lines:
            arrow = next(at for at, part in enumerate(line.children) if _is_token(part, "ARROW"))
            left, right = (
                self._plain(_said_parts(line.children[:arrow])),
                self._plain(_said_parts(line.children[arrow + 1 :])),
            )
            if reply := self._reply(line):
                self.notes.warn("answer_feedback", text=f"{left} -> {right}: {reply}")
            if left or not right:
                pairs.append(Pair(left, right))
            else:
                others.append(right)
        return Item(Kind.MATCHING, "", pairs=tuple(pairs), others=tuple(others))

    def _short_text(self, lines: list[Node]) -> Item:
        accepted, otherwise = [], ""
        for line in lines:
            text, percent, reply = self._whole(line), _weight(line), self._reply(line)
            if text == "*" and percent == 0:
                otherwise = reply
                continue
            accepted.append(short_text(text, HUNDRED if percent is None else percent, reply))
        return Item(Kind.SHORT_TEXT, "", texts=tuple(accepted), otherwise=otherwise)

    def _numeric(self, body: Node) -> Item:
        numbers, otherwise = [], ""
        for part in body.children:
            if _is(part, "value"):
                assert isinstance(part, Tree)
                numbers.append(self._number(part.children[:1], HUNDRED, self._reply(part)))
            elif _is(part, "answer"):
                assert isinstance(part, Tree)
                weight = _weight(part)
                said = _said_parts(part.children)
                if _sign(part) == "WRONG" or (weight == 0 and self._plain(said) in ("", "*")):
                    otherwise = self._wrong(part, otherwise)
                    continue
                percent = HUNDRED if weight is None else weight
                numbers.append(self._number(said, percent, self._reply(part)))
        return Item(Kind.NUMBER, "", numbers=tuple(numbers), otherwise=otherwise)

    def _wrong(self, line: Node, otherwise: str) -> str:
        """`~#…` is said to every other number; a wrong number of its own has no place."""
        if (text := self._whole(line)) not in ("", "*"):
            self.notes.warn("left_out", names=f"~{text}")
        return self._reply(line) or otherwise

    def _number(self, said: Sequence[Part], percent: Decimal, feedback: str) -> Number:
        text = self._said(said)[0]
        found = number_of(text)
        if found is None:
            raise Broken("not_a_number", self.notes.line, found=text)
        return Number(*found, percent=percent, feedback=feedback)

    def _whole(self, line: Node) -> str:
        """An answer in which an arrow is only an arrow."""
        return self._plain(_said_parts(line.children))


def number_of(text: str) -> tuple[Decimal, Decimal] | None:
    """A number and its tolerance: `12`, `12:0.5`, or the range `11.5..12.5`."""
    if ".." in text:
        low, high = (decimal_of(part) for part in text.split("..", 1))
        if low is None or high is None or low > high:
            return None
        return (low + high) / 2, (high - low) / 2
    value, _colon, within = text.partition(":")
    number, tolerance = decimal_of(value), decimal_of(within or "0")
    if number is None or tolerance is None or tolerance < 0:
        return None
    return number, tolerance


def _is(part: object, *names: str) -> bool:
    return isinstance(part, Tree) and part.data in names


def _trees(node: Node, name: str) -> list[Node]:
    return [part for part in node.children if isinstance(part, Tree) and part.data == name]


def _is_token(part: Part, name: str) -> bool:
    return isinstance(part, Token) and part.type == name


def _said_parts(parts: Sequence[Part]) -> list[Part]:
    """What an answer says, without its sign, weight and reply."""
    return [part for part in parts if _is(part, "said", "words") or _is_token(part, "ARROW")]


def _tokens(part: Part) -> Iterator[Token]:
    if isinstance(part, Token):
        yield part
    else:
        yield from part.scan_values(lambda value: isinstance(value, Token))


def _form(format_: Token) -> str:
    return str(format_).strip()[1:-1].lower().replace("moodle_auto_format", texts.MOODLE)


def _sign(line: Node) -> str:
    return str(line.children[0].type) if isinstance(line.children[0], Token) else ""


def _has_arrow(line: Node) -> bool:
    return any(_is_token(part, "ARROW") for part in line.children)


def _weight(line: Node) -> Decimal | None:
    for part in line.children:
        if isinstance(part, Token) and part.type == "WEIGHT":
            return Decimal(str(part).strip()[1:-1])
    return None
