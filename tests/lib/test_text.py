from __future__ import annotations

import sqlite3
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from partnership.lib.text import MOST_TERMS, pairs, query_terms, tokens
from partnership.lib.text.letters import MARK, plain, written
from partnership.lib.text.synonyms import Group
from tests.search.words import SYNONYMS

# What a hostile or clumsy hand types: signs of both query languages, and characters of no text.
SIGNS = st.sampled_from(
    [*"\"'*^:()<>|&!~+-.,@_/\\%{}[]\0\ud800\u200b\u0640\ufeff", " AND ", " NEAR("]
)
ANYTHING = st.lists(st.text(max_size=12) | SIGNS | st.from_regex(r"[0-9a-f.ex]{1,9}")).map("".join)


def finds(asked: str, text: str, language: str = "en") -> bool:
    """Whether a database that compares tokens finds the text by what was asked."""
    held = {*tokens(text, language, SYNONYMS), *pairs(text)}
    terms = query_terms(asked, SYNONYMS.acronyms)
    return bool(terms) and all(
        held & {term.word, *term.stems}
        or (term.is_start and any(token.startswith(term.word) for token in held))
        for term in terms
    )


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("authoriz", "Authorization of the first transfer"),
        ("authorizing", "Authorization of the first transfer"),
        ("authorisation", "Authorization of the first transfer"),
        ("authorised entities", "The authorized entity"),
        ("transform", "Amorphous transformers"),
        ("adjusting", "Corresponding adjustments are applied"),
        ("transformers viet", "Amorphous transformers in Viet Nam"),
        ("programme", "A program of activities"),
        ("ADJUSTMENT", "corresponding adjustment"),
        ("co-operation", "cooperation"),
        ("cooperation", "co-operation"),
        ("guinea bissau", "Guinea-Bissau"),
        ("Guinea-Bissau", "Guinea Bissau"),
        ("party's obligations", "Obligations of each Party"),
        ("the letter of the minister", "Letter from the minister"),
        ("6.4", "Article 6.4 of the Paris Agreement"),
        ("article 6", "Article 6.4 of the Paris Agreement"),
        ("2024", "signed on 27.05.2024"),
        ("1618", "1,618 units"),
        ("ｃａｒｂｏｎ", "carbon"),
    ],
)
def test_an_english_text_is_found_by(asked: str, text: str) -> None:
    assert finds(asked, text)


@pytest.mark.parametrize(
    ("asked", "text", "language"),
    [
        ("autorisations", "L’autorisation du ministère", "fr"),
        ("autorise", "Le pays hôte a autorisé", "fr"),
        ("accord d'autorisation", "Accord sur l’autorisation", "fr"),
        ("ministere", "L’autorisation du ministère", "fr"),
        ("autorizacion", "Las autorizaciones del país", "es"),
        ("autorización", "Las autorizaciones del país", "es"),
        ("autorizacao", "A autorização do país", "pt-br"),
        ("autorizações", "A autorização do país", "pt-br"),
        ("парижское соглашение", "сторон Парижского соглашения", "ru"),
        ("механизмов", "механизмы, созданные Сторонами", "ru"),
        ("отчет", "двухгодичный отчёт", "ru"),
        ("اتفاق", "والاتفاق بين البلدين", "ar"),
        ("الاتفاقيه", "اتفاقية باريس", "ar"),
        ("انشطه", "الأنشطة", "ar"),
        ("اتفا", "الاتفاق", "ar"),
        ("مساهمات", "المُسَاهَمَـات", "ar"),
        ("٢٠٣٠", "Target 2030", "en"),
        ("2030", "الهدف ٢٠٣٠", "ar"),
        ("碳市场", "全国碳市场建设", "zh"),
        ("碳", "低碳", "zh"),
        ("第6条", "巴黎协定第6条第4款", "zh"),
        ("クレジット", "二国間クレジット制度", "ja"),
        ("협정", "파리협정", "ko"),
        ("ไทย", "ประเทศไทย", "th"),
        ("Cote d'Ivoire", "Côte d’Ivoire", "en"),
        ("turkiye", "Türkiye", "en"),
        ("Ndjamena", "N’Djamena", "en"),
        ("Lodz oresund", "Łódź, Øresund", "en"),
        ("viet nam", "Việt Nam", "vi"),
        ("istanbul", "İSTANBUL", "tr"),
        ("strasse", "STRAẞE", "de"),
        ("соглашения", "Парижское соглашение", "en"),
        ("market", "自愿减排 markets", "zh"),
    ],
)
def test_a_text_in_another_language_is_found_by(asked: str, text: str, language: str) -> None:
    assert finds(asked, text, language)


@pytest.mark.parametrize(
    ("asked", "text", "language"),
    [
        ("parties", "This is part of it", "en"),  # both are `part` to a French stemmer
        ("6.2", "Article 6.4, signed in 2012", "en"),
        ("市碳", "碳市场", "zh"),
        ("か", "がく", "ja"),
        ("authorization letters", "An authorization", "en"),
        ("CA", "carbon credits", "en"),
        ("DOE", "what it does", "en"),
    ],
)
def test_a_text_is_not_found_by(asked: str, text: str, language: str) -> None:
    assert not finds(asked, text, language)


@pytest.mark.parametrize("group", SYNONYMS.groups, ids=lambda group: group.forms[0])
def test_every_synonym_finds_the_others(group: Group) -> None:
    for held in set(group.forms) - group.found_only:
        for asked in group.forms:
            assert finds(asked, f"About the {held}."), (asked, held)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("ITMO", "Internationally transferred mitigation outcomes (vintage 2021)"),
        ("internationally transferred mitig", "The first ITMOs"),
        ("letters of authorisation", "three LoAs"),
        ("NDCs", "its nationally determined contribution"),
        ("6.4ERM", "Article 6.4 mechanism"),
        ("a6.4", "the PACM"),
        ("Vietnam", "Viet Nam"),
        ("MO", "mitigation outcomes"),
    ],
)
def test_a_synonym_is_found_in_the_plural_in_other_spelling_and_unfinished(
    asked: str, text: str
) -> None:
    assert finds(asked, text)


def test_canada_is_not_an_adjustment() -> None:
    assert finds("CA", "CAN CA Americas")
    assert not finds("corresponding adjustment", "CAN CA Americas")


def test_only_the_last_word_may_be_unfinished() -> None:
    assert finds("letter autho", "letter of authorization")
    assert not finds("autho letter", "letter of authorization")


def test_idle_words_alone_are_asked_for() -> None:
    assert [term.word for term in query_terms("of the")] == ["of", "the"]


@pytest.mark.parametrize(
    "asked", ["", " ", "\0", "\ud800", "\"'*^:()", "--", "<->", "&|!", "'; --", "\u0640", "ـًٌ"]
)
def test_signs_alone_ask_for_nothing(asked: str) -> None:
    assert query_terms(asked) == []


def test_a_long_question_is_cut() -> None:
    assert len(query_terms(" ".join(f"word{number}" for number in range(900)))) == MOST_TERMS


@given(ANYTHING)
@example("3e10a 1e5.4 0x1f 1e400")
@example('" OR "a"* NEAR(b) :* \\')
def test_a_token_is_letters_and_digits_only(text: str) -> None:
    asked = [word for term in query_terms(text) for word in (term.word, *term.stems)]
    for token in [*tokens(text), *tokens(text, "ar"), *asked]:
        assert token.isalnum()
        assert len(token.encode()) < 2_000


@given(ANYTHING, st.sampled_from(["en", "fr", "ru", "ar", "zh", "", "xx-yy"]))
def test_a_text_is_found_by_each_of_its_own_words(text: str, language: str) -> None:
    for word in text.split():
        if query_terms(word):
            assert finds(word, text, language)


@pytest.mark.audit
def test_sqlite_takes_every_token_for_one_word() -> None:
    """Every letter that there is. PostgreSQL's side is in tests/search/test_find.py."""
    letters = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x2FA20)]))
    held = sorted({f"a{letter}b" for letter in plain(written(letters))})
    index = sqlite3.connect(":memory:")
    index.execute(
        "CREATE VIRTUAL TABLE held USING fts5(a, tokenize='unicode61 remove_diacritics 0')"
    )
    index.execute("CREATE VIRTUAL TABLE words USING fts5vocab(held, row)")
    index.executemany("INSERT INTO held VALUES (?)", [(token,) for token in held])
    assert len(held) > 50_000
    assert index.execute("SELECT count(*), sum(cnt) FROM words").fetchone() == (
        len(held),
        len(held),
    )


def test_no_letter_folds_to_the_mark() -> None:
    assert MARK not in plain(written("".join(map(chr, range(0x20000)))))


def test_a_book_is_cut_to_what_postgresql_takes() -> None:
    book = " ".join(f"w{number}ord" for number in range(90_000))
    assert sum(len(token) + 8 for token in tokens(book)) < 1_000_000


def test_a_long_text_takes_a_moment() -> None:
    text = "The authorized entities of Viet Nam transfer ITMOs under Article 6.2. " * 1_500
    started = time.process_time()
    tokens(text)
    assert time.process_time() - started < 3
