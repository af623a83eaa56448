"""Questions of every kind with the nastiest texts there are."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from courses.quizzes.exchange.items import Choice, Item, Kind, Number, Pair, ShortText

NASTY = [
    *"{}~=#:\\[]%*_<>&|-+.`!$/\"'()\n\t 0123aBé", "::", "->", "####", "//", "\n\n", "[html]",
    "[plain]", "%50%", "$CATEGORY: x", "<b>", "</p>", "&amp;", "&#60;", "]]>", "<!--", "\\n",
    "مرحبا", "\u202eabc\u202c", "\u200f", "漢字", "\u00a0", "1. ", "- ", "ANSWER: A", "A) ", "😀",
]  # fmt: skip
MESSY = st.lists(st.sampled_from(NASTY) | st.text(max_size=3), min_size=1, max_size=9).map("".join)
words = MESSY.filter(lambda text: text.strip())
maybe = st.just("") | words
percents = st.sampled_from([Decimal(100), Decimal(50), Decimal("33.33333"), Decimal(0)])
decimals = st.decimals(min_value=-1000, max_value=1000, places=3)
texts = st.lists(words, min_size=2, max_size=4, unique_by=lambda text: text.strip())


lesser = st.builds(ShortText, words, percents, maybe)


@st.composite
def choices(draw: st.DrawFn, kind: Kind) -> tuple[Choice, ...]:
    given_texts = ["True", "False"] if kind is Kind.TRUE_FALSE else draw(texts)
    right = draw(st.integers(0, len(given_texts) - 1))
    rights = {right}
    if kind is Kind.MULTIPLE:
        rights |= draw(st.sets(st.integers(0, len(given_texts) - 1)))
    return tuple(Choice(text, at in rights, draw(maybe)) for at, text in enumerate(given_texts))


def numbers() -> st.SearchStrategy[Number]:
    tolerances = st.decimals(min_value=0, max_value=5, places=2)
    return st.builds(
        Number, decimals, tolerances, st.booleans(), st.just(Decimal(100)), feedback=maybe
    )


@st.composite
def items(draw: st.DrawFn) -> Item:
    kind = draw(st.sampled_from(Kind))
    some = texts.map(tuple)
    answers = {
        Kind.NUMBER: lambda: {
            "numbers": tuple(draw(st.lists(numbers(), min_size=1, max_size=2))),
            "unit": draw(maybe), "otherwise": draw(maybe),
        },
        Kind.SHORT_TEXT: lambda: {
            "texts": (
                ShortText(draw(words)), *draw(st.lists(lesser, max_size=2)),
            ),
            "otherwise": draw(maybe),
        },
        Kind.MATCHING: lambda: {
            "pairs": tuple(Pair(left, draw(words)) for left in draw(texts)),
            "others": tuple(draw(st.lists(words, max_size=2))),
        },
        Kind.ORDERING: lambda: {"order": draw(some)},
    }.get(kind, lambda: {"choices": draw(choices(kind))})()  # fmt: skip
    return Item(
        kind,
        draw(words),
        **answers,
        explanation=draw(maybe),
        title=draw(maybe),
        key=draw(maybe),
        category=tuple(draw(st.lists(words, max_size=2))),
        tags=tuple(draw(st.lists(words, max_size=2))),
        points=draw(st.sampled_from([Decimal(1), Decimal(2)])),
    )
