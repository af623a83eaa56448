"""Hostile titles and texts through every page of a draft: shown as text, and no policy loosened."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from courses.authoring import previews
from courses.authoring.services.saving import rename_lesson
from partnership.lib import clock
from tests.courses.authoring.writing import Draft, Writer, desk, later

pytestmark = pytest.mark.django_db

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'><iframe src=//evil.example></iframe>",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](JaVaScRiPt:alert(1))",
    "![x](javascript:alert(1))",
    "![x](//evil.example/x.png)",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<style>*{display:none}</style>",
    '<a href="https://x.example" onclick="alert(1)">x</a>',
    "<math><mtext></mtext><script>alert(1)</script></math>",
    "{{ request }}{% load x %}",
    "<form action=//evil.example><input name=csrfmiddlewaretoken>",
    '```figure x"><script>alert(1)</script>\n```',
    "[a]: javascript:alert(1)\n\n[a]",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
]
NEVER = {"iframe", "base", "style", "object", "embed"}
SCHEMES = re.compile(r"\s*(?:javascript|data|vbscript):", re.IGNORECASE)


class Seen(HTMLParser):
    """Gathers what a page must not have, as a browser would find it."""

    def __init__(self, page: str):
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        fetched = [given.get(name, "/") for name in ("src", "action")]
        if (
            tag in NEVER
            or (tag == "script" and "src" not in given)
            or "http-equiv" in given
            or any(name.startswith("on") for name in given)
            or any(SCHEMES.match(given.get(name, "")) for name in ("href", "src", "action"))
            or any(not address.startswith("/") or address.startswith("//") for address in fetched)
        ):
            self.found.append(f"{tag} {given}")


def test_no_text_or_title_becomes_markup(draft: Draft):
    page, lesson, visitor = desk(draft), draft.row("a"), Client()
    writer = Writer(lesson, "page-one", by=page.trainer)
    text, title = "\n\n".join(HOSTILE), " ".join(HOSTILE)[:200]
    writer.save(text)
    Writer(lesson, "page-two", by=page.trainer).save(f"{text}\n\nbeside", at=later(30))
    for key, name in zip("bcde", HOSTILE, strict=False):
        rename_lesson(draft.row(key), name, by=page.trainer, at=later(40))
    draft.edition.modules.update(title=title)
    draft.edition.title = HOSTILE[0]
    draft.edition.save()
    page.post("draft/change/", do="remove lesson:e")
    link = f"/drafts/{previews.link_of(draft.edition, clock.now())}/"

    paths = ("", "?at=lesson:b", "about/", "preview/", "publish/", "lessons/a/")
    answers = [page.get(f"draft/{path}") for path in paths]
    answers.append(page.get("draft/lessons/a/history/", **{"from": "0", "to": "2"}))
    answers += [visitor.get(link), visitor.get(f"{link}a/"), visitor.get(f"{link}b/")]
    for answer in answers:
        assert answer.status_code == 200
        assert Seen(answer.content.decode()).found == []
        assert "unsafe" not in answer["Content-Security-Policy"]


def test_no_preview_carries_what_a_page_would_run(draft: Draft):
    page = desk(draft)

    def asked(path: str, **body: str) -> dict[str, str]:
        address = page.address(f"draft/{path}")
        return page.client.post(address, body, content_type="application/json").json()

    for text in HOSTILE:
        shown = asked("lessons/a/show/", text=text)
        pasted = asked("paste/", html=text)
        again = asked("lessons/a/show/", text=pasted["text"])
        assert Seen(shown["html"] + again["html"]).found == [], text


def test_what_a_page_must_not_have_is_seen():
    for page in (
        "<script>x</script>",
        "<a onclick=x>",
        "<a href=' javascript:x'>",
        "<img src=//x>",
    ):
        assert Seen(page).found
