"""The course files themselves: what a learner reads."""

from __future__ import annotations

import re
from datetime import date

import pytest

from courses.catalogue.content import FOLDER
from partnership.lib import markdown
from partnership.sources.loading import read
from tests.courses.files import CDM, DISCRETION, DUTY, FILES, HELD_BACK, LESSONS, TEXTS
from tests.each import of_each

PATHS = read(FOLDER / "paths.json")["paths"]


def published(code):
    """All words of a course that a learner meets outside its questions."""
    edition = FILES[code]["edition"]
    titles = [module["title"] for module in FILES[code]["modules"]]
    lessons = [
        f"{lesson['title']}\n{TEXTS[name]}"
        for name, lesson in LESSONS.items()
        if name.startswith(code)
    ]
    return "\n".join(
        [edition["title"], edition["summary"], *edition["outcomes"], *titles, *lessons]
    )


def test_there_are_seven_courses_each_in_its_area_of_work():
    assert {code: (file["area"], file["level"]) for code, file in FILES.items()} == {
        "A6-101": ("rules-and-ndc", "introductory"),
        "A6-201": ("institutional-arrangements", "intermediate"),
        "A6-202": ("mutual-learning-training", "intermediate"),
        "A6-203": ("mutual-learning-training", "advanced"),
        "A6-204": ("baseline-methodology", "intermediate"),
        "A6-205": ("rules-and-ndc", "intermediate"),
        "A6-301": ("high-integrity-markets", "advanced"),
    }


def test_of_the_41_lessons_the_two_on_the_older_mechanism_are_held_back():
    assert len(LESSONS) == 39
    assert list(HELD_BACK) == ["A6-205 moving-activities", "A6-205 old-cers"]
    minutes = sum(lesson["minutes"] for lesson in [*LESSONS.values(), *HELD_BACK.values()])
    assert minutes == 610


def test_there_are_four_learning_paths():
    assert {path["slug"]: path["courses"] for path in PATHS} == {
        "new-official": ["A6-101", "A6-201", "A6-202", "A6-203"],
        "reviewer": ["A6-101", "A6-202", "A6-203"],
        "project-side": ["A6-101", "A6-204", "A6-205"],
        "decision-maker": ["A6-101", "A6-201", "A6-301"],
    }


@pytest.mark.parametrize("code", FILES)
def test_every_course_says_until_when_it_knows_the_rules(code):
    edition = FILES[code]["edition"]

    assert date.fromisoformat(edition["rules_as_of"]) == date(2024, 11, 24)
    assert "as of 24 November 2024, after COP29" in edition["summary"]


@pytest.mark.parametrize("code", FILES)
def test_nothing_on_the_older_mechanism_is_published(code):
    assert CDM.findall(published(code)) == []


@pytest.mark.parametrize("code", FILES)
def test_parties_are_named_as_the_rules_name_them(code):
    words = re.findall(r".?\b(?:buyer|seller|Burma)s?\b.?", published(code))

    assert [word for word in words if not word.startswith('"')] == []
    assert not re.search(r"(?<!Republic of )\bKorea\b", published(code))


@of_each(list(LESSONS))
def test_a_lesson_that_names_a_report_says_for_whom_it_is_no_duty(name):
    text = TEXTS[name]

    if DUTY.search(text):
        assert DISCRETION.search(text)
        assert "island developing" in text or "SIDS" in text


def test_some_lessons_do_name_such_a_report():
    assert [name for name, text in TEXTS.items() if DUTY.search(text)] == [
        "A6-101 six-responsibilities",
        "A6-201 from-request-to-letter",
        "A6-203 four-reports",
        "A6-203 writing-the-initial-report",
        "A6-203 how-a-review-runs",
        "A6-203 acting-on-results",
    ]


@of_each(list(LESSONS))
def test_a_lesson_can_be_read_whole_and_ends_with_what_matters(name):
    lesson = LESSONS[name]
    points = re.search(r"## In short\n\n((?:- .+\n)+)\n## ", TEXTS[name])

    assert points
    assert 1 < points[1].count("\n") <= 4
    assert 10 <= lesson["minutes"] <= 20


@of_each(list(LESSONS))
def test_what_is_written_as_markdown_comes_out_as_meant(name):
    html = markdown.render(TEXTS[name])

    tables = sum(block.startswith("|") for block in TEXTS[name].split("\n\n"))
    assert html.count('<table class="table">') == tables
    assert "**" not in html
    assert "| " not in html


@pytest.mark.parametrize("code", FILES)
def test_keys_are_used_once_and_fit_an_address(code):
    modules = FILES[code]["modules"]
    keys = [lesson["key"] for module in modules for lesson in module["lessons"]]

    assert len(keys) == len(set(keys))
    assert len({module["key"] for module in modules}) == len(modules)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) for key in keys)
