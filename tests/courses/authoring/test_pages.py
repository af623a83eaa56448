"""The desk where courses are written, as its pages answer."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from courses.authoring.models import Removed
from courses.authoring.services.presence import be_seen
from courses.catalogue.models import Course, Edition
from partnership.accounts.models import Role
from partnership.lib import clock
from tests.courses.authoring.writing import Draft, Writer, desk, history
from tests.courses.learning.desks import Desk, signed_in, verbs
from tests.factories.accounts import person_with
from tests.factories.courses import (
    AreaOfWorkFactory,
    CourseFactory,
    EditionFactory,
    QuizFactory,
    asked,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer() -> Client:
    AreaOfWorkFactory(number=2, slug="area-2")
    return signed_in(person_with(Role.TRAINER))


NEW = {"title": "Host <b>letters</b>", "code": "A6-9", "area": "area-2"}
NEW |= {"level": "advanced", "language": "fr"}


# --- A course begins ------------------------------------------------------------------------


def test_who_begins_a_course_is_its_trainer_and_finds_an_empty_draft(trainer):
    answer = trainer.post("/desk/new-course/", NEW, follow=True)

    draft = Edition.objects.get(course__slug="a6-9")
    assert (draft.number, draft.language, draft.published_at) == (1, "fr", None)
    page = answer.content.decode()
    assert "Nothing is written yet" in page
    assert "Host &lt;b&gt;letters" in page
    assert verbs() == ["course.start"]
    listed = trainer.get("/desk/courses/").content.decode()
    assert 'href="/desk/courses/a6-9/draft/"' in listed
    assert "Host &lt;b&gt;letters" in listed


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"code": "T-1"}, "Another course has this code."),
        ({"code": "t-1"}, "Another course has this code."),
        ({"code": "mine"}, "This word is an address of the site"),
        ({"code": "a/b"}, "Only letters and digits"),
        ({"area": "none"}, "Area of work"),
        ({"title": ""}, "Title"),
        ({"language": "xx"}, "Language of the texts"),
    ],
)
def test_a_course_that_cannot_be_is_not_begun(trainer, changed, told):
    CourseFactory(code="T-1", slug="t-1")

    answer = trainer.post("/desk/new-course/", {**NEW, **changed})

    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert Course.objects.count() == 1


def test_the_next_draft_is_opened_once_as_a_copy():
    page = Desk(EditionFactory().course)
    assert "No draft is open" in page.page("draft/")

    for _ in range(2):
        assert page.post("draft/open/").status_code == 302

    assert page.course.editions.filter(published_at__isnull=True).count() == 1
    assert "draft of edition 2" in page.page("draft/")


def test_a_draft_exists_for_its_trainers_alone(draft: Draft):
    other = signed_in(person_with(Role.TRAINER))

    for path in ("", "about/", "publish/", "preview/", "lessons/a/", "lessons/a/history/"):
        assert other.get(f"/desk/courses/t-w/draft/{path}").status_code == 404
    assert desk(draft).get("draft/lessons/gone/").status_code == 404


def test_what_the_course_says_of_itself_is_written(draft: Draft):
    page = desk(draft)
    told = {"title": "T", "authors": "Us", "rules_as_of": "2026-02-03"}
    told |= {"outcomes": "Tell\n\n  Show \n", "audience": ""}

    assert page.post("draft/about/", **{**told, "rules_as_of": "soon"}).status_code == 400
    assert page.post("draft/about/", **told).status_code == 302

    draft.edition.refresh_from_db()
    assert (draft.edition.title, draft.edition.outcomes) == ("T", ["Tell", "Show"])
    assert "Tell\nShow</textarea>" in page.page("draft/about/")


# --- The outline ----------------------------------------------------------------------------


def act(page: Desk, do: str = "", **fields: Any) -> str:
    given = {"do": do, **fields} if do else fields
    return page.post("draft/change/", **given)["Location"].partition("/draft/")[2]


def test_every_act_of_the_outline_comes_back_to_its_part(draft: Draft):
    page = desk(draft)

    assert act(page, "down lesson:a") == "#lesson-a"
    assert act(page, "next lesson:a") == "#lesson-a"
    assert draft.order() == {"one": "bc", "two": "ade"}
    moved = {"act": "place", "part": "lesson:e", "module": "one", "before": "lesson:b"}
    assert act(page, **moved) == "#lesson-e"
    told = {"act": "change", "part": "lesson:b", "title": "Bee", "minutes": "7", "module": "two"}
    assert act(page, **told) == "#lesson-b"
    assert (draft.row("b").title, draft.row("b").minutes) == ("Bee", 7)
    assert draft.order() == {"one": "ec", "two": "adb"}
    assert act(page, act="add", kind="module", title="Three") == "#module-three"
    assert act(page, act="add", kind="quiz", title="Quiz", module="three") == "#quiz-quiz"
    assert act(page, act="change", part="quiz:quiz", title="Quiz", module="") == "#quiz-quiz"
    assert act(page, "copy lesson:c") == "#lesson-c-copy"
    assert act(page, "remove module:one") == "#removed"
    kept = Removed.objects.get()
    assert act(page, act="put-back", removed=str(kept.pk)) == "#module-one"
    assert list(draft.order()) == ["one", "two", "three"]


@pytest.mark.parametrize("do", ["explode lesson:a", "up lesson:zzz", "remove ", "next module:one"])
def test_what_cannot_be_done_is_said(draft: Draft, do):
    page = desk(draft)

    assert act(page, do) == ""
    assert 'class="message error"' in page.page("draft/")
    assert draft.order() == {"one": "abc", "two": "de"}


def test_the_outline_tells_what_is_lacking_and_who_writes(draft: Draft):
    QuizFactory(edition=draft.edition, slug="check", title="Check")
    draft.module("three", 3)
    draft.edition.lessons.filter(key="c").update(text="")
    writer = person_with(Role.TRAINER)
    be_seen(draft.row("a"), writer, clock.now())

    page = desk(draft).page("draft/", at="lesson:a")

    for told in ("no text yet", "quiz without questions", "no lesson yet", f"{writer} writes"):
        assert told in page
    assert 'href="/desk/courses/t-w/draft/quizzes/check/"' in page
    assert 'id="part-minutes"' in page


@pytest.mark.parametrize("more", [0, 40])
def test_the_outline_costs_the_same_for_few_and_for_many(draft: Draft, count_queries, more):
    for n in range(more):
        draft.lesson(f"more-{n}", draft.two, 10 + n)
        asked(QuizFactory(edition=draft.edition))
        be_seen(draft.row("a"), person_with(Role.TRAINER), clock.now())
    asked(QuizFactory(edition=draft.edition))
    page = desk(draft)

    with count_queries(15):
        assert page.get("draft/").status_code == 200


# --- A lesson is written --------------------------------------------------------------------


def send(page: Desk, path: str, **body: Any):
    return page.client.post(page.address(f"draft/{path}"), body, content_type="application/json")


SAVE = {"title": "A", "text": "**Typed**.", "saw": 0, "sitting": "page-of-mine", "turn": 1}


def test_what_is_typed_is_saved_and_answered_with_its_number(draft: Draft):
    page = desk(draft)

    answer = send(page, "lessons/a/save/", **SAVE).json()

    assert (answer["outcome"], answer["saw"], answer["number"]) == ("saved", 1, 1)
    assert "<span>1 word</span>" in answer["told"]
    assert draft.row("a").text == "**Typed**."
    beside = send(page, "lessons/a/save/", **{**SAVE, "text": "x", "sitting": "another-page"})
    assert beside.json()["outcome"] == "beside"
    read = page.page("draft/lessons/a/")
    assert "Two texts: choose one" in read
    page.post("draft/lessons/a/choose/", number="2", take="yes")
    assert draft.row("a").text == "x"


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": None},
        {"text": 7},
        {"saw": -1},
        {"saw": "0"},
        {"turn": True},
        {"sitting": "x"},
        {"sitting": "<script>"},
        {"extra": 1},
    ],
)
def test_what_no_page_of_ours_sends_is_refused(draft: Draft, wrong):
    assert send(desk(draft), "lessons/a/save/", **{**SAVE, **wrong}).status_code == 400
    assert history(draft.row("a")) == []


def test_a_refusal_is_told_to_the_script(draft: Draft):
    answer = send(desk(draft), "lessons/a/save/", **{**SAVE, "text": "x" * 200_001})

    assert (answer.status_code, answer.json()["code"]) == (409, "too_much")
    gone = send(desk(draft), "lessons/gone/save/", **SAVE)
    assert (gone.status_code, gone.json()["code"]) == (409, "not_in_the_draft")


def test_a_page_says_that_it_is_open_and_is_told_who_else_is_there(draft: Draft):
    one, two = desk(draft), desk(draft)
    send(one, "lessons/a/state/")

    told = send(two, "lessons/a/state/").json()

    assert told["others"] == [str(one.trainer)]
    assert (told["person"], told["number"]) == (str(two.trainer.uuid), 0)
    assert two.get("draft/lessons/b/state/").json()["others"] == []


def test_a_form_without_scripts_saves_and_says_when_another_was_first(draft: Draft):
    page, form = desk(draft), {"title": "New", "text": "One.\r\nTwo.", "saw": "0"}
    page.post("draft/lessons/a/", **form, sitting="11111111aaaa")
    assert (draft.row("a").title, draft.row("a").text) == ("New", "One.\nTwo.")

    page.post("draft/lessons/a/", **{**form, "text": "Other."}, sitting="22222222aaaa")

    assert "Both texts are kept" in page.page("draft/lessons/a/")
    assert draft.row("a").text == "One.\nTwo."


def test_a_preview_is_what_the_learner_will_see(draft: Draft):
    text = '# Head\n\n![a map](/media/x.png "10x10, 3 KB")\n\n```figure averaging\nAll.\n```'

    html = send(desk(draft), "lessons/a/show/", text=text).json()["html"]
    low = send(desk(draft), "lessons/a/show/", text=text, pictures="off").json()["html"]

    assert '<h2 id="b-' in html
    assert '<figure class="picture"' in html
    assert 'src="/media/x.png"' in html
    assert "Load the pictures" in low
    assert 'src="/media/x.png"' not in low


def test_two_texts_of_the_history_are_compared_and_one_restored(draft: Draft):
    lesson = draft.row("a")
    Writer(lesson, "page-one").save("A tonne is counted **twice**.")
    page = desk(draft)

    read = page.page("draft/lessons/a/history/", **{"from": "0", "to": "1"})
    assert "<del>once</del>" in read
    assert "<ins>twice</ins>" in read
    assert page.get("draft/lessons/a/history/", **{"from": "0", "to": "9"}).status_code == 404
    assert page.post("draft/lessons/a/restore/", number="x").status_code == 404
    page.post("draft/lessons/a/restore/", number="0")
    assert draft.row("a").text == "A tonne is counted **once**."
