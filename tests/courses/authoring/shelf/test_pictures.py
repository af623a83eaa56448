"""A picture's address and its signs in a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from courses.authoring import checks
from courses.catalogue.pictures import address, in_markdown, kb_of, named_in, sources, widths_of
from courses.learning.pictures import illustrated
from partnership.lib.markdown import MARKDOWN, render

UUID = "1f0c2a5e-0000-4000-8000-00000000000a"


def anywhere(_address: str) -> bool:
    return True


def test_an_address_tells_which_files_there_are():
    assert widths_of(1280) == [360, 720, 1280]
    assert widths_of(720) == [360, 720]
    assert widths_of(90) == [90]
    assert sources(address(UUID, 500)) == (
        f"/media/pictures/{UUID}/360.webp 360w, /media/pictures/{UUID}/500.webp 500w"
    )
    assert sources("/media/map.png") == sources(f"/media/pictures/{UUID}/1.webp?x") == ""


@given(st.text(max_size=60))
def test_whatever_a_picture_shows_its_words_come_back_as_they_were(words: str):
    words = " ".join(words.replace("\0", "").encode("utf-8", "replace").decode().split())
    signs = in_markdown(words, address(UUID, 720), (720, 360), 30_001)
    image = MARKDOWN.parseInline(signs)[0].children
    assert [token.type for token in image or []] == ["image"]
    told = "".join(child.content for child in image[0].children or [])
    assert told == words
    assert (named_in(signs), kb_of(signs)) == ({UUID}, 30)


def test_a_page_offers_the_widths_and_keeps_the_place():
    text = in_markdown("A map", address(UUID, 1280), (1280, 640), 40_000)
    html = illustrated(render(text), language="en", choice="on")

    assert f'src="/media/pictures/{UUID}/1280.webp"' in html
    assert f"/media/pictures/{UUID}/360.webp 360w" in html
    assert 'width="1280"' in html
    assert 'height="640"' in html
    assert 'loading="lazy"' in html
    assert "Picture, 40 KB" in html
    off = illustrated(render(text), language="en", choice="off")
    assert "<img" not in off
    assert "A map" in off


def test_a_lesson_is_told_of_pictures_that_lack_words_or_are_not_there():
    text = f"![]({address(UUID, 720)})\n\n![A map]({address(UUID, 720)})"
    told = [(one.line, one.sentence) for one in checks.findings(text, "", lambda _: False)]
    assert [line for line, _ in told] == [1, 1, 3]
    assert told[2][1] == "This picture is not on the shelf of the course."
    assert [one.line for one in checks.findings(text, "", anywhere)] == [1]


def test_heavy_pictures_are_told_and_keep_nothing_back():
    one = in_markdown("A map", address(UUID, 720), (720, 360), 400 * 1024)

    assert checks.findings(one, "", anywhere) == []
    found = checks.findings(f"{one}\n\n{one}", "", anywhere)
    assert [(one.sentence, one.is_blocking) for one in found] == [
        ("Its pictures weigh 800 KB, more than 500.", False)
    ]
