from __future__ import annotations

import re

import pytest
from django.utils import translation

from partnership.mail import services, texts
from partnership.mail.texts import Piece, Text
from tests.factories.mail import START

SITE = "https://a6.example"


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_ADDRESS = SITE


def plain_of(html: str) -> list[str]:
    """The words of a page without its tags, the head aside."""
    body = html.partition("<body")[2].partition(">")[2]
    return re.sub(r"<[^>]+>", " ", body).split()


def test_lines_belong_together_until_an_empty_one():
    found = texts.blocks(f"Dear A,\n\nOne\n{SITE}/x/\n\n- a\n- b\n\n    1234\n    {SITE}/y/\n")

    assert [block.kind for block in found] == ["paragraph", "paragraph", "list", "apart"]
    assert found[1].lines == ((Piece("One"),), (Piece("a6.example/x/", f"{SITE}/x/"),))
    assert found[3].lines[0] == (Piece("1234"),)


def test_a_line_over_dashes_is_a_heading_and_an_address_below_an_entry_is_its_link():
    entries = f"- A & b\n  {SITE}/a/\n  A ministry\n- c\n  of d\n- e\n  {SITE}.evil.example/"

    heading, listed = texts.blocks(f"News\n----\n\n{entries}")

    assert (heading.kind, heading.lines) == ("heading", ((Piece("News"),),))
    assert listed.kind == "list"
    first, second, third = listed.lines
    assert first == (Piece("A & b", f"{SITE}/a/"), Piece("A ministry", is_note=True))
    assert [piece.address for piece in (*second, *third)] == [""] * len((*second, *third))
    html = texts.rich("Hi", entries, below="", language="en")
    assert f'<a class="link" href="{SITE}/a/" dir="auto"' in html
    assert ">A &amp; b</a><br><span" in html


def test_a_long_address_is_shown_without_its_end_and_leads_to_its_end():
    address = f"{SITE}/{'a' * 90}/"

    ((piece,),) = texts.blocks(address)[0].lines

    assert (piece.address, len(piece.text), piece.text[-1]) == (address, 44, "…")


def test_what_somebody_typed_becomes_neither_a_link_nor_a_tag():
    words = f"Dear <b>Eve</b> https://evil.example/ {SITE}.evil.example/x,\n\nhello"

    html = texts.rich("Hi", words, below="", language="en")

    assert "&lt;b&gt;Eve" in html
    assert re.findall(r'href="([^"]*)"', html) == [f"{SITE}/"]


def test_both_parts_of_a_mail_say_the_same_words():
    words = f"Dear A,\n\nyour certificate is ready:\n{SITE}/r/\n"

    html = texts.rich("Ready", words, below="", language="en")

    said = plain_of(html)
    assert said[-len(words.split()) :] == words.replace("https://", "").split()


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("tlh", "ltr")])
def test_the_page_of_a_mail_runs_as_its_language_does(language, direction):
    html = texts.rich("S", "words", below="", language=language)

    assert f'<html lang="{language}" dir="{direction}">' in html
    # Mail programs drop the first tag, or the second: each says it.
    assert re.search(rf'<body [^>]*dir="{direction}"', html)
    assert re.search(rf'<table [^>]*dir="{direction}"', html)


def test_a_line_of_another_script_keeps_its_sign_on_the_side_of_the_mail():
    html = texts.rich("S", "- Guide\n- دليل", below="", language="ar")

    # A direction on the line itself would put its sign where no room is kept for it.
    items = re.findall(r"<li([^>]*)><span dir=\"auto\">", html)
    assert len(items) == 2
    assert not any("dir=" in item for item in items)


def test_the_page_of_a_mail_fetches_nothing_and_knows_the_dark():
    html = texts.rich("S", f"words\n\n    1234\n    {SITE}/x/", below="b", language="en")

    assert re.findall(r"<img|<script|<link|url\(|@import|src=", html) == []
    assert "prefers-color-scheme: dark" in html
    assert len(html.encode()) < 8_000


@pytest.mark.django_db
def test_the_row_keeps_both_parts_in_the_language_that_the_words_were_written_in():
    with translation.override("fr"):
        words = texts.Text("Bonjour", texts.spoken())

    row = services.queue("k", to="a@m.example", subject="S", body=words, at=START)

    assert row.body == "Bonjour"
    assert '<html lang="fr" dir="ltr">' in row.html
    assert (row.kind, row.reader, row.headers) == ("account", None, {})


def test_rich_text_that_was_given_is_kept():
    assert Text("a", "en", "<p>a</p>").html == "<p>a</p>"
