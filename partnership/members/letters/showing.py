"""What the pages say of a letter beside its columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language_info

from partnership.members.circles import Circle
from partnership.members.letters.groups import Group, version_for
from partnership.members.letters.openers import EVERYBODY
from partnership.members.models import Letter, LetterRecipient, LetterText
from partnership.members.people.queries import posts_of


@dataclass(frozen=True)
class Shown:
    """One version of the text, with what its language is called and how it runs."""

    text: LetterText
    name: str
    direction: str
    is_main: bool


def described(letter: Any, circles: Sequence[Circle], to: Mapping[str, str]) -> None:
    """Hang on a letter its subject, to whom it is, and whether this person may write to them."""
    texts = {text.language: text for text in letter.texts.all()}
    letter.subject = texts[letter.language].subject
    letter.is_mine = any(one.handle == letter.circle for one in circles)
    letter.to = to.get(letter.circle, letter.circle)


def shown_versions(letter: Letter) -> list[Shown]:
    """Every text of a letter, the main one first."""
    found = []
    for text in letter.texts.all():
        info = get_language_info(text.language)
        direction = "rtl" if info["bidi"] else "ltr"
        is_main = text.language == letter.language
        found.append(Shown(text, named_language(text.language), direction, is_main))
    return sorted(found, key=lambda one: not one.is_main)


def named_language(code: str) -> str:
    name = get_language_info(code)["name_local"]
    return str(name[:1].upper() + name[1:])


def named(letter: Letter, group: Group, on: date) -> dict[str, Any]:
    """The first people of a group, how many get which version, and who gets none and why."""
    texts = {text.language: text for text in letter.texts.all()}
    counts: Counter[str] = Counter()
    for language, n in group.by_language.items():
        counts[version_for(language, texts, letter).language] += n
    first = group.first()
    # Where else somebody works is for the secretariat alone.
    posts = posts_of(first, on) if letter.circle == EVERYBODY else {}
    for person in first:
        person.posts_today = posts.get(person.pk, [])
        person.version = named_language(version_for(person.language, texts, letter).language)
        person.left_name = LetterRecipient.Left(person.left).label if person.left else ""
    left = LetterRecipient.Left
    return {
        "first": first,
        "has_posts": letter.circle == EVERYBODY,
        "by_version": [(named_language(code), n) for code, n in counts.most_common()],
        "left": [(one.label, group.left[one]) for one in left if group.left[one]],
    }
