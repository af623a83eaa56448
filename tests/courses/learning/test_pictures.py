from __future__ import annotations

import json
import re

import pytest

from courses.catalogue.figures import (
    FIGURES,
    FLOOR,
    averaging,
    block,
    issuance,
    room,
    two_books,
)
from courses.catalogue.models import Lesson
from courses.learning.pictures import illustrated
from courses.quizzes import content
from tests.courses.files import FILES, TEXTS
from tests.courses.loads import loaded
from tests.courses.quizzes.test_worked_numbers import TRANSFERS, averages
from tests.factories.courses import LessonFactory

PICTURE = '![A registry\'s "block"](/media/block.webp "480x320, 31 KB")'
NAMED = re.compile(r"```figure ([a-z0-9-]+)\n")


@pytest.fixture
def lesson(db):
    return LessonFactory(text=f"Look:\n\n{PICTURE}")


def page(client, lesson, query: str = "", **headers: str) -> str:
    answer = client.get(f"{lesson.get_absolute_url()}{query}", headers=headers)
    assert {"Save-Data", "Cookie"} <= set(answer["Vary"].split(", "))
    return answer.content.decode()


def pictures(text: str) -> list[str]:
    return re.findall(r"<img [^>]*>", text)


# --- Pictures ---------------------------------------------------------------------------


def test_a_picture_keeps_its_place_tells_its_weight_and_comes_when_it_is_near(client, lesson):
    text = page(client, lesson)

    assert pictures(text) == [
        '<img src="/media/block.webp" alt="A registry\'s &quot;block&quot;" width="480"'
        ' height="320" loading="lazy">'
    ]
    assert '<small class="weight">Picture, 31 KB</small>' in text


def test_who_saves_data_is_told_what_is_there_and_may_load_it_once(client, lesson):
    saving = page(client, lesson, **{"Save-Data": "on"})
    once = page(client, lesson, "?pictures=on", **{"Save-Data": "on"})

    assert pictures(saving) == []
    assert "<b>Picture, 31 KB:</b> A registry's &quot;block&quot;" in saving
    assert f'<a href="{lesson.get_absolute_url()}?pictures=on">Load the pictures</a>' in saving
    assert len(pictures(once)) == 1
    assert pictures(page(client, lesson, **{"Save-Data": "on"})) == []


def test_beside_an_answer_the_pictures_are_those_of_the_lesson(client, lesson):
    address = lesson.get_absolute_url()

    answer = client.post(f"{address}self-check/", headers={"Save-Data": "on"})

    assert answer.status_code == 200
    assert f'<a href="{address}?pictures=on">Load the pictures</a>' in answer.content.decode()


def test_the_choice_is_kept_by_a_form_and_stands_above_what_the_browser_says(client, lesson):
    address = lesson.get_absolute_url()
    answers = [client.post("/pictures/", {"pictures": "off", "next": address})]
    off = page(client, lesson)
    answers.append(client.post("/pictures/", {"pictures": "on", "next": address}))
    on = page(client, lesson, **{"Save-Data": "on"})

    assert [answer["Location"] for answer in answers] == [address, address]
    assert (len(pictures(off)), len(pictures(on))) == (0, 1)
    assert "Always load pictures" in off
    assert "Save data: no pictures" in on
    cookie = client.cookies["pictures"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_the_switch_leads_nowhere_else_and_takes_nothing_else(client, db):
    elsewhere = client.post("/pictures/", {"pictures": "on", "next": "https://e.example/"})

    assert elsewhere["Location"] == "/courses/"
    assert client.post("/pictures/", {"pictures": "some"}).status_code == 400
    assert client.get("/pictures/").status_code == 405


def test_a_lesson_without_pictures_has_no_switch(client, db):
    assert "/pictures/" not in page(client, LessonFactory())


def test_a_whole_module_on_one_page_follows_the_same_choice(client, lesson):
    LessonFactory(module=lesson.module, text="```figure averaging\nIn words.\n```")
    address = f"{lesson.edition.get_absolute_url()}modules/{lesson.module.key}/"

    saving = client.get(address, headers={"Save-Data": "on"}).content.decode()

    assert pictures(saving) == []
    assert "Always load pictures" in saving
    assert saving.count('<svg class="chart"') == 1


# --- Drawings ---------------------------------------------------------------------------


def test_the_average_is_drawn_as_the_lesson_works_it_out():
    drawn = averaging()
    years = {year.year: year for year in drawn["years"]}

    assert {year: one.amount for year, one in years.items()} == TRANSFERS
    assert [one.average for one in years.values()] == pytest.approx(averages(TRANSFERS))
    assert (drawn["total"], drawn["last"].average) == (1500, 150)
    # One scale for both: what is as much stands as high.
    for one in years.values():
        assert one.height == pytest.approx(one.amount / 2)
        assert FLOOR - one.average_y == pytest.approx(one.average / 2, abs=0.06)


def test_what_one_adds_is_what_others_subtract_and_what_nobody_does():
    drawn = two_books()

    assert drawn == {"transferred": 1500, "used": 1000, "other": 500}


def test_a_block_is_split_where_its_use_ends():
    drawn = block()

    assert (drawn["used"], drawn["next"], drawn["last"], drawn["held"]) == (4000, 4001, 9585, 5585)
    assert drawn["split"] / drawn["rest"] == pytest.approx(4000 / 5585, abs=0.01)


def test_each_part_of_an_issuance_is_as_wide_as_its_share():
    drawn = issuance()

    parts = [drawn[name] for name in ("adaptation", "overall", "rest")]
    assert parts == [1000, 400, 18_600]
    widths = [drawn[name] for name in ("first", "second", "width")]
    assert widths == pytest.approx([part / 20_000 * 360 for part in parts])


def test_the_room_ends_where_the_target_stands():
    drawn = room()

    assert (drawn["emissions"], drawn["average"], drawn["over"]) == (48_000, 150, 48_150)
    assert (drawn["target"], drawn["left"]) == (48_200, 50)
    kilotonne = drawn["added"] / 150
    assert drawn["line"] - drawn["until"] == pytest.approx(200 * kilotonne)


def test_every_drawing_that_a_lesson_names_is_there_and_used():
    named = {name for text in TEXTS.values() for name in NAMED.findall(text)}

    assert named == set(FIGURES)


def test_a_drawing_stands_in_the_text_with_its_caption_in_the_texts_language(client, db, settings):
    settings.LANGUAGES = [("en", "English"), ("ar", "Arabic")]
    lesson = LessonFactory(text="```figure two-books\nEach tonne **once**.\n```")

    text = page(client, lesson, **{"Accept-Language": "ar"})

    drawing = text.partition('<figure class="picture"')[2].partition("</figure>")[0]
    assert re.match(r' id="b-[0-9a-f]{10}"><svg class="chart"', drawing)
    assert "Asteria adds all that it first transfers" in drawing
    assert "1,500 − 1,000 = 500" in drawing
    assert drawing.endswith("<figcaption>Each tonne <strong>once</strong>.</figcaption>")


def test_a_drawing_that_is_not_there_leaves_its_caption():
    html = '<figure data-figure="no-such"><figcaption>In words.</figcaption></figure>'

    shown = illustrated(html, language="en", choice="auto")

    assert shown == "<figure><figcaption>In words.</figcaption></figure>"


def test_a_site_that_had_the_course_gets_its_drawings_in_the_next_edition(monkeypatch, areas):
    """What was published stays; the loader opens a draft that a person looks at and publishes."""
    now = FILES["A6-202"]
    before = json.loads(re.sub(r"```figure .*?```", "", json.dumps(now)))
    told = []
    for file in (before, now):
        monkeypatch.setattr(content, "course_files", lambda file=file: [file])
        told.append(loaded())

    assert "1 editions published" in told[0]
    assert "1 editions opened as draft" in told[1]
    drawn = Lesson.objects.filter(html__contains="data-figure=")
    assert set(drawn.values_list("edition__number", "edition__published_at")) == {(2, None)}
    assert drawn.count() == 3
