"""Films and files as links that say what they cost."""

from __future__ import annotations

import pytest

from partnership.lib import markdown_media
from partnership.lib.markdown import render

FILM = """The ledger & its books
https://example.org/ledger.mp4?a=1&b=2
4 min, 18 MB

First <b>this</b>.

Then that."""


def test_a_film_is_a_link_with_its_length_its_size_and_what_is_said():
    html = render(f"```video\n{FILM}\n```")

    assert '<a href="https://example.org/ledger.mp4?a=1&amp;b=2" rel="noopener">' in html
    assert "example.org · 4 min · 18 MB" in html
    assert "<details><p>First &lt;b&gt;this&lt;/b&gt;.</p><p>Then that.</p></details>" in html
    assert "iframe" not in html
    assert "<video" not in html


@pytest.mark.parametrize(
    ("kind", "text", "lacks"),
    [
        ("video", FILM, ()),
        ("video", "Title\nhttps://e.org/x\n4 min, 18 MB", ("transcript",)),
        ("video", "Title\n4 min\n\nSaid.", ("address", "size")),
        ("audio", "https://e.org/x\n4 min, 18 MB\n\nSaid.", ("title", "address")),
        ("file", "Title\n/media/x.xlsx\n18 KB", ()),
        ("file", "Title\njavascript:alert(1)\n18 KB", ("address",)),
        ("file", "Title\n//evil.example/x\n18 KB", ("address",)),
        ("file", "Title\nhttps://[::1\n18 KB", ("address",)),
        ("file", "", ("title", "address", "size")),
    ],
)
def test_what_is_missing_is_named(kind, text, lacks):
    medium = markdown_media.read(kind, text)

    assert medium is not None
    assert medium.lacks == lacks
    assert "javascript:" not in markdown_media.drawn(medium).split("href=")[-1]


def test_another_fence_is_left_alone():
    assert markdown_media.read("python", "x") is None
    assert "<pre" in render("```python\nx\n```")
