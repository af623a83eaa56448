from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.lib.text import query_terms
from partnership.lib.text.marking import excerpt, marked

LONG = "Nothing of interest stands here. " * 60


def shown(asked: str, text: str, language: str = "en") -> str:
    pieces = marked(text, query_terms(asked), language)
    return "".join(f"[{piece.text}]" if piece.is_hit else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("asked", "text", "language", "told"),
    [
        ("authorise", "The authorization of ITMOs", "en", "The [authorization] of ITMOs"),
        ("transf", "First transfers, then use", "en", "First [transfers], then use"),
        ("cooperation", "A co-operation of two", "en", "A [co-operation] of two"),
        ('"host party"', "A party, a Host Party", "en", "A party, a [Host] [Party]"),
        ("ministère", "L’autorisation du ministère", "fr", "L’autorisation du [ministère]"),
        ("соглашение", "стороны Парижского соглашения", "ru", "стороны Парижского [соглашения]"),
        ("مساهمات", "هذه المُسَاهَمَـات الوطنية", "ar", "هذه [المُسَاهَمَـات] الوطنية"),
        ("碳市场", "全国碳市场建设", "zh", "全国[碳市场]建设"),
        ("6.4", "Article 6.4 says", "en", "Article [6.4] says"),
        ("second", "First [second] third", "en", "First [[second]] third"),
    ],
)
def test_the_words_asked_for_are_marked_in_the_form_they_stand_in(asked, text, language, told):
    assert shown(asked, text, language) == told


def test_an_excerpt_is_cut_around_the_place_that_holds_most():
    text = f"A transfer. {LONG}The first transfer of ITMOs is told here. {LONG}"

    told = "".join(piece.text for piece in excerpt(text, query_terms("transfer itmos"), "en"))

    assert "first transfer of ITMOs" in told
    assert (told[:2], told[-2:], len(told) < 270) == ("… ", " …", True)


def test_an_excerpt_without_a_hit_is_the_beginning():
    assert excerpt("Short and plain.", query_terms("market"), "en")[0].text == "Short and plain."


@given(st.text(max_size=200), st.text(max_size=20), st.sampled_from(["en", "ar", "zh"]))
def test_marking_neither_adds_nor_loses_a_letter(text, asked, language):
    assert "".join(piece.text for piece in marked(text, query_terms(asked), language)) == text
