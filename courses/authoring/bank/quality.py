"""What makes a whole question a poor one: advice, never a reason to refuse it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from courses.authoring import checks
from courses.quizzes.exchange.items import CHOICES, Item, Kind

# A right answer that is so much longer than each other, and long at all, gives itself away.
LONGER, LONG = 1.6, 40
# Below so many questions it may be chance.
ENOUGH, MOST_SHARE = 4, 0.8


def advice(item: Item) -> tuple[str, ...]:
    """Sentences on one question, as its editor reads them."""
    return tuple(dict.fromkeys([*_of_words(item), *_of_answers(item)]))


def of_quiz(items: Sequence[Item]) -> tuple[str, ...]:
    """What only shows where the questions stand together."""
    asked = [item for item in items if item.kind is Kind.SINGLE and len(item.choices) > 2]
    longest = sum(_is_longest(item) for item in asked)
    if len(asked) < ENOUGH or longest < MOST_SHARE * len(asked):
        return ()
    told = {"n": longest, "all": len(asked)}
    return (_("In %(n)s of %(all)s questions the longest answer is the right one.") % told,)


def _of_words(item: Item) -> Iterator[str]:
    """The same that is told of a lesson: formulas, pictures, links."""
    for text in (item.prompt, item.explanation):
        yield from (one.sentence for one in checks.findings(text, "", lambda _address: True))
    yield from (one.sentence for text in _plain(item) for one in checks.of_plain(text))


def _plain(item: Item) -> Iterator[str]:
    for choice in item.choices:
        yield from (choice.text, choice.feedback)
    yield from item.order
    for pair in item.pairs:
        yield from (pair.left, pair.right)


def _of_answers(item: Item) -> Iterator[str]:
    if not item.explanation and not any(choice.feedback for choice in item.choices):
        yield _("Nothing is told after the answer: write an explanation or feedback.")
    if twin := _twin(_options(item)):
        yield _("Two answers say the same: “%(text)s”.") % {"text": twin[:60]}
    if item.kind is Kind.SINGLE and _is_longest(item, by=LONGER, at_least=LONG):
        yield _("The right answer is much longer than the others: that gives it away.")


def _options(item: Item) -> Iterable[str]:
    if item.kind in CHOICES:
        return [choice.text for choice in item.choices]
    return item.order or [pair.left for pair in item.pairs]


def _twin(texts: Iterable[str]) -> str:
    """An answer that is another one but for capitals, spaces and full stops."""
    seen: set[str] = set()
    for text in texts:
        bare = "".join(sign for sign in text.casefold() if sign not in " .,;:!?\u00a0")
        if bare in seen:
            return text
        seen.add(bare)
    return ""


def _is_longest(item: Item, *, by: float = 1, at_least: int = 0) -> bool:
    right = max((len(one.text) for one in item.choices if one.is_right), default=0)
    wrong = max((len(one.text) for one in item.choices if not one.is_right), default=0)
    return right > wrong * by and right >= at_least
