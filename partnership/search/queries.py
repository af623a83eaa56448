"""Find entries. Every engine holds the same tokens and gives the same hits; the order is ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models.functions import Left

from partnership.lib.text import Synonyms, Term, query_terms
from partnership.lib.text.asking import ends_with_capitals
from partnership.lib.text.synonyms import Group
from partnership.search import ranking, slips
from partnership.search.engines import Asked, engine
from partnership.search.engines.asked import EVERYBODY, MOST_HITS, Looked, Wanted
from partnership.search.models import SearchEntry, Synonym

__all__ = ["Found", "Reader", "find", "new_entries", "synonyms", "with_texts"]

# With fewer hits somebody may have meant another word.
FEW = 2
LONGEST = 200


@dataclass(frozen=True)
class Reader:
    """Who asks: in which language they read, and of what they may know."""

    language: str = "en"
    audiences: frozenset[str] = frozenset({EVERYBODY})


@dataclass(frozen=True)
class Found:
    """The hits in order of rank, and how many there are of each kind before a kind was chosen."""

    hits: list[SearchEntry] = field(default_factory=list)
    total: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    # What was looked for instead, as nothing holds what was asked; or what may have been meant.
    instead: str = ""
    meant: str = ""
    # Of these kinds there are more than were counted.
    open: frozenset[str] = frozenset()
    is_open: bool = False

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.hits)


def synonyms() -> Synonyms:
    """All that the secretariat keeps."""
    rows = Synonym.objects.values_list("forms", "found_only")
    return Synonyms(tuple(Group(tuple(forms), frozenset(only)) for forms, only in rows))


def synonyms_of(terms: Sequence[Term]) -> list[Term]:
    """The words of all forms that mean the same as one that holds a word asked for."""
    found = []
    for group in synonyms().groups:
        told = [query_terms(f"{form} ") for form in group.forms]
        if any(_meet(term, other) for form in told for other in form for term in terms):
            found += [replace(other, is_start=False) for form in told for other in form]
    return found


def _meet(term: Term, other: Term) -> bool:
    return bool({term.word, *term.stems} & {other.word, *other.stems})


def find(
    asked: str, *, reader: Reader | None = None, kind: str = "", texts: str = "", language: str = ""
) -> Found:
    """Entries that hold every word asked for, those in the reader's language first.

    Of these come first those whose title holds all of it, and the shortest title before a longer
    one: whoever asks for a country means the country and then what it takes part in. The last word
    may be the beginning of one. Where nothing holds it, a word may have been mistyped by a letter.
    """
    reader = reader or Reader(language or "en")
    terms = _terms(asked)
    if not terms:
        return Found()
    question = _question(terms, reader, kind=kind, texts=texts)
    looked = engine().look(question)
    total = sum(looked.counts.values())
    if _is_enough(looked, terms, reader) or not (
        corrected := slips.corrected(asked, question, language=reader.language)
    ):
        return _found(looked, question)
    other = _question(_terms(corrected), reader, kind=kind, texts=texts)
    seen = engine().look(other)
    if not total:
        return replace(_found(seen, other), instead=corrected)
    is_better = sum(seen.counts.values()) > 2 * total or (
        _in_own(seen, reader) > _in_own(looked, reader) == 0
    )
    return replace(_found(looked, question), meant=corrected if is_better else "")


def new_entries(
    asked: str, since: datetime, *, audiences: frozenset[str], kind: str = "", texts: str = ""
) -> list[SearchEntry]:
    """Entries that hold every word asked for and were not there before, the newest first.

    What was there before the site kept that is never new. Nothing is put right here.
    """
    question = _question(_terms(asked), Reader("en", audiences), kind=kind, texts=texts)
    if not question.wanted:
        return []
    looked = engine().look(replace(question, since=since))
    rows = SearchEntry.objects.filter(pk__in={*looked.titled, *looked.others})
    rows = rows.defer("text", "title_tokens", "body_tokens", "pair_tokens", "fingerprint")
    return list(rows.order_by("-first_seen_at", "-pk"))


def _is_enough(looked: Looked, terms: Sequence[Term], reader: Reader) -> bool:
    """Whether nobody has to wonder if another word was meant. Several words are always rare."""
    total = sum(looked.counts.values())
    return total > 0 and (len(terms) > 1 or (total > FEW and _in_own(looked, reader) > 0))


def _in_own(looked: Looked, reader: Reader) -> int:
    own = reader.language.partition("-")[0]
    return sum(n for (_, language), n in looked.counts.items() if language.startswith(own))


def _terms(asked: str) -> list[Term]:
    acronyms = synonyms().acronyms if ends_with_capitals(asked) else frozenset()
    return query_terms(asked, acronyms)


def _question(terms: Iterable[Term], reader: Reader, *, kind: str, texts: str) -> Asked:
    return Asked(
        tuple(map(Wanted, terms)),
        audiences=reader.audiences,
        kind=kind,
        texts=texts,
        language=reader.language,
    )


def _found(looked: Looked, question: Asked) -> Found:
    terms = tuple(wanted.term for wanted in question.wanted)
    hits = _grouped(ranking.ordered(_rows(looked), terms, language=question.language))
    kinds, languages, total = Counter[str](), Counter[str](), 0
    for (kind, language), count in looked.counts.items():
        if question.texts in ("", language):
            kinds[kind] += count
        if question.kind in ("", kind):
            languages[language] += count
        if question.texts in ("", language) and question.kind in ("", kind):
            total += count
    opened = frozenset(looked.open)
    is_open = bool(opened) and question.kind in ("", *opened)
    return Found(hits, total, dict(kinds), dict(languages), terms, open=opened, is_open=is_open)


def _rows(looked: Looked) -> list[SearchEntry]:
    """What is ranked: of each entry its title, and the beginning of what it holds."""
    wanted = list(dict.fromkeys([*looked.titled, *looked.others]))[:MOST_HITS]
    rows = (
        SearchEntry.objects.defer("body_tokens", "pair_tokens", "text", "fingerprint")
        .annotate(start=Left("body_tokens", ranking.READ))
        .in_bulk(wanted)
    )
    return [rows[pk] for pk in wanted if pk in rows]


def _grouped(rows: Iterable[SearchEntry]) -> list[SearchEntry]:
    """Each thing once, by the best of its pages, which knows the others."""
    found: dict[tuple[str, str, str], SearchEntry] = {}
    for row in rows:
        first = found.setdefault((row.kind, row.key, row.language), row)
        if first is row:
            row.more_pages = []
        else:
            first.more_pages.append(row)
    return list(found.values())


def with_texts(hits: Sequence[SearchEntry]) -> list[SearchEntry]:
    """Those of one page, with the passage that each was found in."""
    texts = dict(
        SearchEntry.objects.filter(pk__in=[hit.pk for hit in hits]).values_list("pk", "text")
    )
    for hit in hits:
        hit.text = texts.get(hit.pk, "")
    return list(hits)
