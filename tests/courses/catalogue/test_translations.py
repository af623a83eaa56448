"""The translated files: of what stands in the course files, and loaded as they are."""

from __future__ import annotations

import json
import re

import pytest

from courses.catalogue import content
from courses.catalogue.content import FOLDER, load_translations
from courses.catalogue.models import Translation
from partnership.lib.markdown import name_of, render
from partnership.sources.loading import Loaded, read
from tests.courses.files import FILES, LESSONS

TRANSLATED = {path.name: read(path) for path in sorted(FOLDER.glob("translations/*.json"))}
PATHS = read(FOLDER / "paths.json")["paths"]


def sources() -> dict[str, set[str]]:
    """The names of all words that can be translated, by what they belong to."""
    found: dict[str, set[str]] = {}
    for file in FILES.values():
        slug, edition = file["slug"], file["edition"]
        lines = [edition["title"], edition["summary"], *edition["outcomes"], *edition["audience"]]
        found[f"{slug}/edition"] = set(map(name_of, lines))
        for quiz in (file["quiz"], file["pretest"]):
            found[f"{slug}/quiz/{quiz['key']}"] = {name_of(quiz["title"])}
        for module in file["modules"]:
            found[f"{slug}/module/{module['key']}"] = {name_of(module["title"])}
            for lesson in module["lessons"]:
                html = render(lesson["text"])
                found[f"{slug}/lesson/{lesson['key']}"] = {name_of(lesson["title"])}
                names = set(re.findall(r' id="b-(\w+)"', html))
                found[f"{slug}/text/{lesson['key']}"] = names
    for path in PATHS:
        found[f"paths/{path['slug']}"] = {name_of(path["title"]), name_of(path["summary"])}
    return found


@pytest.mark.parametrize("name", TRANSLATED)
def test_every_source_stands_in_the_course_files(name):
    """What was told otherwise since has to be looked at again, here and in its translation."""
    known = sources()
    gone = [
        (group["of"], words["en"])
        for group in TRANSLATED[name]["groups"]
        for words in group["words"]
        if name_of(words["en"]) not in known.get(group["of"], set())
    ]

    assert gone == []


@pytest.mark.parametrize("course", ["a6-101", "a6-201"])
def test_the_first_courses_of_a_new_official_are_whole_in_french(course):
    file = TRANSLATED[f"{course}.fr.json"]
    told = {
        group["of"]: {name_of(words["en"]) for words in group["words"]} for group in file["groups"]
    }

    wanted = {of: names for of, names in sources().items() if of.startswith(f"{course}/")}
    assert told == wanted
    assert PATHS[0]["courses"][:2] == ["A6-101", "A6-201"]


@pytest.mark.parametrize("name", TRANSLATED)
def test_a_translation_keeps_the_form_of_its_source(name):
    """As many headings, points, cells, and words in bold."""
    shape = re.compile(r"<(?:h\d|li|td|th|p|strong)\b")
    other = [
        words["en"]
        for group in TRANSLATED[name]["groups"]
        for words in group["words"]
        if shape.findall(render(words["en"])) != shape.findall(render(words["fr"]))
    ]

    assert other == []


@pytest.mark.parametrize("name", TRANSLATED)
def test_numbers_and_decisions_are_those_of_the_source(name):
    number = re.compile(r"\d+/CMA\.\d+|COP\d+|\d+")
    other = [
        (words["en"], words["fr"])
        for group in TRANSLATED[name]["groups"]
        for words in group["words"]
        if sorted(number.findall(words["en"].replace("1.5", "1,5")))
        != sorted(number.findall(words["fr"]))
    ]

    assert other == []


@pytest.mark.parametrize("name", TRANSLATED)
def test_nobody_is_said_to_have_checked_what_nobody_has_checked(name):
    assert TRANSLATED[name]["translator"]
    assert TRANSLATED[name]["second_reader"] == ""


def loaded() -> str:
    done = Loaded()
    load_translations(done)
    return str(done)


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_leaves_what_a_person_corrected():
    first, again = loaded(), loaded()
    row = Translation.objects.get(object_key="a6-101/quiz/check")
    Translation.objects.filter(pk=row.pk).update(text="Ce que vous savez", second_reader="A. R.")

    assert first == f"{Translation.objects.count()} translations added"
    assert (again, loaded()) == ("nothing new", "1 translations left as edited")
    row.refresh_from_db()
    assert (row.text, row.second_reader) == ("Ce que vous savez", "A. R.")


@pytest.mark.django_db
def test_a_source_in_new_words_gets_a_row_of_its_own(tmp_path, monkeypatch):
    loaded()
    before = Translation.objects.count()
    file = {**TRANSLATED["paths.fr.json"]}
    words = [{"en": "Newest official", "fr": "Tout nouveau fonctionnaire"}]
    file["groups"] = [{"of": "paths/new-official", "words": words}]
    (tmp_path / "translations").mkdir()
    (tmp_path / "translations" / "paths.fr.json").write_text(json.dumps(file))
    monkeypatch.setattr(content, "FOLDER", tmp_path)
    loaded()

    assert Translation.objects.count() == before + 1


def test_every_lesson_of_the_first_course_has_its_words():
    assert sum(name.startswith("A6-101") for name in LESSONS) == 6
