"""Figures that a text names are filled in when it is read."""

from __future__ import annotations

import pytest

from courses.learning import live
from courses.learning.pictures import illustrated
from partnership.lib.markdown import render
from tests.factories.sources import DatedFactFactory

pytestmark = pytest.mark.django_db


def shown(text: str, language: str = "en") -> str:
    return illustrated(render(text), language=language, choice="on")


def test_a_figure_is_told_with_its_day_and_follows_its_newest_value(count_queries):
    first = DatedFactFactory(key="counted", value_number=47, unit="agreements", as_of="2025-01-02")
    assert "47 agreements <small>(as of 2 January 2025)</small>" in shown(
        "There are {fact:counted}."
    )
    newer = {"follows": first, "figure": "counted", "as_of": "2026-03-04"}
    DatedFactFactory(key="later", value_number=53, unit="<b>", **newer)
    text = "There are {fact:counted}, so {fact:counted} and {fact:none}."

    with count_queries(1):
        html = shown(text)
    assert html.count("53 &lt;b&gt; <small>(as of 4 March 2026)</small>") == 2
    assert '<span class="not-known">not known</span>' in html


def test_a_text_without_figures_asks_nothing(count_queries):
    with count_queries(0):
        html = shown("`{fact:counted}` and {fact:Not one}")
    assert "<data" not in html


def test_only_figures_that_are_there_are_known():
    DatedFactFactory(key="counted", value_number=47)

    assert live.known() == {"counted"}


def test_what_stands_above_a_transcript_is_in_the_language_of_the_text():
    text = "```video\nTitle\nhttps://e.org/x\n4 min, 1 MB\n\nSaid.\n```"

    assert "<summary>What is said and shown</summary>" in shown(text)
    assert "<summary>Ce qui est dit et montré</summary>" in shown(text, "fr")
