"""The words of a course in another language, as far as they are translated.

Translations are found by what they translate and by the words of it. Where a source says something
else by now, or was never translated, the source stands, and says its language.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Q

from courses.catalogue.languages import direction
from courses.catalogue.models import Edition, LearningPath, Module, Translation
from partnership.lib.markdown import name_of

# Our renderer begins each block at the top with its name, and names nothing else.
BLOCK = re.compile(r'(?m)^(?=<\w+(?: class="[^"]*")? id="b-)')
NAME = re.compile(r' id="b-([0-9a-f]{10})((?:-\d+)?)"')
FIRST_TAG = re.compile(r'\A<(\w+)((?: class="[^"]*")?)')
HEADING = re.compile(r"(</?)h[1-6]\b")

Rows = Mapping[tuple[str, str], Translation]


class Words(str):
    """A line that knows its language."""

    lang: str

    def __new__(cls, text: str, lang: str) -> Words:
        line = super().__new__(cls, text)
        line.lang = lang
        return line


@dataclass(frozen=True)
class Told:
    """What stands above a text about its language. Counted are its segments."""

    source: str
    language: str
    translations: tuple[Translation, ...] = ()
    missing: int = 0

    @property
    def lang(self) -> str:
        """Of the text as a whole; a part in another language says so itself."""
        return self.language if self.translations else self.source

    @property
    def is_missing(self) -> bool:
        return self.language != self.source and not self.translations

    @property
    def is_partial(self) -> bool:
        return bool(self.translations and self.missing)

    @property
    def translators(self) -> list[str]:
        return list(dict.fromkeys(row.translator for row in self.translations))

    @property
    def is_checked(self) -> bool:
        return all(row.second_reader for row in self.translations)


def told_of_all(texts: Sequence[Told]) -> Told:
    """Of texts that stand on one page. Without any there is nothing to tell."""
    if not texts:
        return Told("", "")
    rows = tuple(row for told in texts for row in told.translations)
    return replace(texts[0], translations=rows, missing=sum(told.missing for told in texts))


@dataclass(frozen=True)
class Wording:
    """The words of an edition for a reader who wants them in a language."""

    source: str
    language: str
    slug: str = ""
    rows: Rows = field(default_factory=dict)

    def line(self, key: str, text: str) -> Words:
        """A title or a sentence."""
        row = self._row(key, name_of(text))
        return Words(row.text, self.language) if row else Words(text, self.source)

    def title(self, kind: str, key: str, text: str) -> Words:
        return self.line(f"{self.slug}/{kind}/{key}", text)

    def text(self, key: str, html: str) -> tuple[str, Told]:
        """A rendered text block by block. Each keeps its name, so that a place in it holds."""
        blocks = [block for block in BLOCK.split(html) if block]
        found = [self._row(f"{self.slug}/text/{key}", _name(block)) for block in blocks]
        told = self._told(found)
        if not told.translations:
            return html, told
        pairs = zip(blocks, found, strict=True)
        return "".join(
            _in_place_of(block, row.html) if row else _in_its_language(block, self.source)
            for block, row in pairs
        ), told

    def edition(self, edition: Edition) -> tuple[Edition, Told]:
        """A copy that is never saved, with the words of the page of a course."""
        key, shown = f"{self.slug}/edition", copy.copy(edition)
        unread = edition.get_deferred_fields()
        one = [name for name in ("title", "summary", "what_changed") if name not in unread]
        many = ("outcomes", "audience")
        lines = [line for name in one if (line := getattr(edition, name))]
        lines += [line for name in many for line in getattr(edition, name)]
        for name in one:
            setattr(shown, name, self.line(key, getattr(edition, name)))
        for name in many:
            setattr(shown, name, [self.line(key, line) for line in getattr(edition, name)])
        return shown, self._told([self._row(key, name_of(line)) for line in lines])

    def module(self, module: Module) -> Module:
        """A copy that is never saved, under its title."""
        shown = copy.copy(module)
        shown.title = self.title("module", module.key, module.title)
        return shown

    def _row(self, key: str, name: str) -> Translation | None:
        """None where the source is in the language that is wanted: it stands for itself."""
        return None if self.language == self.source else self.rows.get((key, name))

    def _told(self, found: list[Translation | None]) -> Told:
        rows = tuple(row for row in found if row is not None)
        return Told(self.source, self.language, rows, len(found) - len(rows))


def wording(edition: Edition, language: str, *, texts: Iterable[str] = ()) -> Wording:
    """All lines of a course, and the texts of these lessons: one query, or none where the
    edition is in the language that is wanted.
    """
    source, slug = edition.language, edition.course.slug
    if language == source:
        return Wording(source, source, slug)
    apart = Q(object_key__startswith=f"{slug}/text/")
    wanted = [f"{slug}/text/{key}" for key in texts]
    rows = Translation.objects.filter(language=language, object_key__startswith=f"{slug}/")
    return Wording(
        source, language, slug, _by_words(rows.filter(~apart | Q(object_key__in=wanted)))
    )


def wording_of(
    editions: Iterable[Edition], language: str, *, more: Iterable[str] = ()
) -> dict[int, Wording]:
    """The words of each edition's page, and of what `more` names: one query at most."""
    rows = list(editions)
    found: Rows = {}
    if any(row.language != language for row in rows):
        keys = [*(f"{row.course.slug}/edition" for row in rows), *more]
        found = _by_words(Translation.objects.filter(language=language, object_key__in=keys))
    return {row.pk: Wording(row.language, language, row.course.slug, found) for row in rows}


def shown_editions(editions: Iterable[Edition], language: str) -> list[Edition]:
    """Copies with their words in a language: one query, or none where nothing is asked."""
    rows = list(editions)
    words = wording_of(rows, language)
    return [words[row.pk].edition(row)[0] for row in rows]


def shown_paths(
    paths: Iterable[LearningPath], language: str, *, source: str = "en"
) -> list[LearningPath]:
    """Learning paths with their words in a language, as editions are shown."""
    rows = [copy.copy(row) for row in paths]
    if language == source or not rows:
        return rows
    keys = [f"paths/{row.slug}" for row in rows]
    found = _by_words(Translation.objects.filter(language=language, object_key__in=keys))
    words = Wording(source, language, "paths", found)
    for key, row in zip(keys, rows, strict=True):
        row.title, row.summary = words.line(key, row.title), words.line(key, row.summary)
    return rows


def _by_words(rows: Iterable[Translation]) -> dict[tuple[str, str], Translation]:
    return {(row.object_key, row.segment): row for row in rows}


def _name(block: str) -> str:
    found = NAME.search(block)
    return found[1] if found else ""


def _in_place_of(block: str, html: str) -> str:
    """The translation under the name of its source, a heading at the level of that."""
    name, level = NAME.search(block), FIRST_TAG.match(block)
    html = NAME.sub("", html)
    if name is None or level is None:
        return html
    if re.fullmatch(r"h[1-6]", level[1]):
        html = HEADING.sub(rf"\g<1>{level[1]}", html)
    return FIRST_TAG.sub(rf"<\1\2{name[0]}", html, count=1) + "\n"


def _in_its_language(block: str, language: str) -> str:
    told = rf'<\1\2 lang="{language}" dir="{direction(language)}"'
    return FIRST_TAG.sub(told, block, count=1)
