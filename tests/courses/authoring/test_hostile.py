"""Hostile titles and texts through every page of a draft: shown as text, and no policy loosened."""

from __future__ import annotations

import pytest
from django.test import Client

from courses.authoring import previews
from courses.authoring.pasting import markdown_of
from courses.authoring.services.saving import rename_lesson
from partnership.lib import clock
from partnership.lib.markdown import of_plain, render
from tests.courses.authoring.hostile import HOSTILE, Seen
from tests.courses.authoring.writing import Draft, Writer, desk, later

pytestmark = pytest.mark.django_db


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
    page, text = desk(draft), "\n\n".join(HOSTILE)

    def asked(path: str, **body: str) -> dict[str, str]:
        address = page.address(f"draft/{path}")
        return page.client.post(address, body, content_type="application/json").json()

    shown = asked("lessons/a/show/", text=text)
    again = asked("lessons/a/show/", **asked("paste/", html=text))
    assert Seen(shown["html"] + again["html"]).found == []
    for one in HOSTILE:
        html = render(one) + render(markdown_of(one)) + of_plain(one)
        assert Seen(html).found == [], one


def test_what_a_page_must_not_have_is_seen():
    for page in (
        "<script>x</script>",
        "<a onclick=x>",
        "<a href=' javascript:x'>",
        "<img src=//x>",
    ):
        assert Seen(page).found
