"""The ZIP of a whole course: what is read in it, and what is refused."""

from __future__ import annotations

import copy
import io
import json
import stat
import zipfile
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from courses.authoring.parcels import archives, child, reading, schema
from tests.courses.authoring.shelf.pictures import clean_here, png
from tests.lib.test_images import here
from tests.lib.test_images import sent as as_sent
from tests.properties import examples

Told = dict[str, Any]
FILES = clean_here(png(500, 200)).files
NAME = sha256(FILES[-1].data).hexdigest()[:16]
PICTURES = {archives.path_of(NAME, one.width): one.data for one in FILES}
LESSON = {"key": "who", "slug": "who", "title": "Who writes", "minutes": 5, "rule": "read"}
LESSON |= {"is_required": True, "file": "lessons/01-01-who.md"}
QUIZ = {
    **{"key": "q", "slug": "q", "title": "Quiz", "plan": "exam", "pass_mark": "0.7"},
    **{"attempts_allowed": None, "wait_minutes": 0, "minutes": 5, "is_required": True},
    **{"time_limit_minutes": 30, "time_limit_reason": "It is one."},
    "groups": [{"title": "", "quota": None, "questions": ["true"]}],
}
ITEM = {"kind": "true_false", "prompt": "True?"}
ITEM |= {"choices": [{"text": "True", "is_right": True}, {"text": "False"}]}
COURSE: Told = {
    "format": "article6-course",
    "version": 1,
    "about": {
        **{"language": "en", "title": "Letters", "summary": "", "authors": "Somebody"},
        **{"rules_as_of": "2026-05-04", "audience": [], "outcomes": [], "what_changed": ""},
    },
    "modules": [{"key": "one", "title": "One", "lessons": [LESSON], "quizzes": [QUIZ]}],
    "quizzes": [],
    "cases": [{"key": "c", "title": "C", "text": "Text"}],
    "questions": [
        {"key": "true", "topic": "", "state": "active", "note": "", "case": "c", "item": ITEM}
    ],
    "pictures": [{"name": NAME, "file": "map.png", "alt": "A map", "width": 500, "height": 200}],
}
TEXTS = {"lessons/01-01-who.md": f"![A map](../pictures/{NAME}-500.webp)\n".encode()}


def zipped(told: Told | None = None, files: dict[str, bytes] | None = None) -> bytes:
    return archives.written(told or COURSE, {**TEXTS, **PICTURES} if files is None else files)


def refused(data: bytes) -> str:
    told, _pictures = child.read(io.BytesIO(data), "zip", "x")
    assert str(reading.ParcelRefused(told["refused"], **told["facts"])).endswith(".")
    return str(told["refused"])


def changed(change: Callable[[Told], Any]) -> bytes:
    told = copy.deepcopy(COURSE)
    change(told)
    return zipped(told)


def parts(change: Callable[[zipfile.ZipFile], Any], *, leave: str = "") -> bytes:
    """The same parts in a ZIP that somebody made by hand."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(zipped())) as before, zipfile.ZipFile(out, "w") as package:
        for part in before.infolist():
            if part.filename != leave:
                package.writestr(part.filename, before.read(part))
        change(package)
    return out.getvalue()


def linked(package: zipfile.ZipFile) -> None:
    part = zipfile.ZipInfo("lessons/link.md")
    part.external_attr = (stat.S_IFLNK | 0o777) << 16
    package.writestr(part, "/etc/passwd")


def manifest(text: str) -> bytes:
    return parts(lambda z: z.writestr("course.json", text), leave="course.json")


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
KEYS = st.text("aZ09-_", min_size=1, max_size=8)


@examples(40)
@given(
    keys=st.lists(KEYS, min_size=1, max_size=4, unique_by=str.lower),
    texts=st.lists(WORDS, min_size=4, max_size=4),
    words=WORDS,
)
def test_what_was_written_is_read_and_written_again_byte_for_byte(keys, texts, words):
    files = {f"lessons/01-{n:02}-x.md": text.encode() for n, text in enumerate(texts[: len(keys)])}
    lessons = [
        {**LESSON, "key": key, "slug": key, "title": f"x{words}", "file": file}
        for key, file in zip(keys, files, strict=True)
    ]
    modules = [{"key": keys[0], "title": "One", "lessons": lessons, "quizzes": [QUIZ]}]
    about = {**COURSE["about"], "summary": words, "outcomes": [words]}
    data = zipped({**COURSE, "modules": modules, "about": about}, {**files, **PICTURES})

    found = archives.read(io.BytesIO(data))

    assert archives.written(found.told, found.files) == data
    assert {path: found.files[path] for path in files} == files


def test_the_lessons_of_a_course_are_shown_before_they_are_taken_in():
    told, pictures = child.read(io.BytesIO(zipped()), "zip", "x")

    assert [one["title"] for one in told["modules"][0]["lessons"]] == ["Who writes"]
    assert pictures == [data for _path, data in sorted(PICTURES.items())]
    assert told["whole"]["about"]["title"] == "Letters"


def of(name: str, value: Any) -> Callable[[Told], Any]:
    return lambda told: told.update({name: value})


def of_lesson(**values: Any) -> bytes:
    return changed(lambda told: told["modules"][0]["lessons"][0].update(values))


def of_quiz(**values: Any) -> bytes:
    return changed(lambda told: told["modules"][0]["quizzes"][0].update(values))


def _twice(package: zipfile.ZipFile) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("course.json", "{}")


def _bomb(package: zipfile.ZipFile) -> None:
    package.writestr("lessons/x.md", b" " * 3_000_000, zipfile.ZIP_DEFLATED)


HOSTILE = {
    "no bytes": (b"", "damaged"),
    "cut off": (zipped()[:-40], "damaged"),
    "damaged inside": (zipped().replace(b"WEBPVP8", b"WEBPVP9"), "damaged"),
    "no course.json": (parts(lambda z: None, leave="course.json"), "no_manifest"),
    "a path that leads out": (parts(lambda z: z.writestr("../x.md", "x")), "foreign_part"),
    "an absolute path": (parts(lambda z: z.writestr("/etc/x.md", "x")), "foreign_part"),
    "a path of Windows": (parts(lambda z: z.writestr("lessons\\x.md", "x")), "foreign_part"),
    "a link": (parts(linked), "foreign_part"),
    "a program": (parts(lambda z: z.writestr("lessons/x.exe", "x")), "foreign_part"),
    "a part twice": (parts(_twice), "foreign_part"),
    "a part that is not named": (
        parts(lambda z: z.writestr("lessons/x.md", "x")),
        "files_differ",
    ),
    "a part that is missing": (parts(lambda z: None, leave="lessons/01-01-who.md"), "files_differ"),
    "another text": (
        parts(lambda z: z.writestr("lessons/01-01-who.md", "else"), leave="lessons/01-01-who.md"),
        "wrong_seal",
    ),
    "many parts": (
        parts(lambda z: [z.writestr(f"lessons/{n}.md", "") for n in range(1_500)]),
        "too_many_parts",
    ),
    "a bomb": (parts(_bomb), "bomb"),
    "a later version": (changed(of("version", 2)), "version"),
    "another format": (changed(of("format", "scorm")), "manifest"),
    "no JSON": (manifest("{"), "manifest"),
    "a list": (manifest("[]"), "manifest"),
    "a name twice": (manifest('{"a": 1, "a": 2}'), "manifest"),
    "no number": (manifest('{"a": NaN}'), "manifest"),
    "deep": (manifest("[" * 100_000), "manifest"),
    "half a sign": (manifest('{"a": "\\ud800"}'), "manifest"),
    "a name more": (changed(of("admin", True)), "manifest"),
    "a name less": (changed(lambda told: told.pop("quizzes")), "manifest"),
    "a key that is none": (of_lesson(key="../x"), "manifest"),
    "a title of spaces": (of_lesson(title=" "), "manifest"),
    "true minutes": (of_lesson(minutes=True), "manifest"),
    "another file": (of_lesson(file="course.json"), "files_differ"),
    "a lesson twice": (
        changed(lambda told: told["modules"][0]["lessons"].append(dict(LESSON))),
        "manifest",
    ),
    "no mark": (of_quiz(pass_mark=""), "manifest"),
    "a mark of nothing": (of_quiz(pass_mark="0.00"), "manifest"),
    "a limit without a reason": (of_quiz(time_limit_reason=""), "manifest"),
    "a question that is not there": (
        of_quiz(groups=[{"title": "", "quota": 1, "questions": ["x"]}]),
        "manifest",
    ),
    "a day that is none": (
        changed(lambda told: told["about"].update(rules_as_of="2026-02-30")),
        "manifest",
    ),
    "no modules": (zipped({**COURSE, "modules": []}, PICTURES), "empty"),
    "a question without an answer": (
        changed(lambda told: told["questions"][0].update(item={**ITEM, "choices": []})),
        "question",
    ),
    "a question of no kind": (
        changed(lambda told: told["questions"][0].update(item={"kind": "essay", "prompt": "x"})),
        "question",
    ),
    "a case that is not there": (
        changed(lambda told: told["questions"][0].update(case="d")),
        "question",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_course_of_this_site_is_refused_with_a_sentence(name: str):
    data, code = HOSTILE[name]

    assert refused(data) == code


def test_only_a_picture_that_this_site_wrote_comes_in():
    path = archives.path_of(NAME, 500)
    whole = PICTURES[path]
    profile = as_sent(Image.open(io.BytesIO(whole)), "WEBP", icc_profile=b"x" * 200).getvalue()
    others = [
        whole + b"PK",
        whole[:-2],
        png(500, 200),
        profile,
        here(as_sent(Image.new("RGB", (501, 200))))[2][-1],
    ]
    for data in others:
        name = sha256(data).hexdigest()[:16]
        told = {**COURSE, "pictures": [{**COURSE["pictures"][0], "name": name}]}
        small = PICTURES[archives.path_of(NAME, 360)]
        files = {archives.path_of(name, 500): data, archives.path_of(name, 360): small}
        assert refused(zipped(told, {**TEXTS, **files})) == "foreign_picture"
    told = {**COURSE, "pictures": [{**COURSE["pictures"][0], "name": "0" * 16}]}
    files = {path.replace(NAME, "0" * 16): data for path, data in PICTURES.items()}
    assert refused(zipped(told, {**TEXTS, **files})) == "wrong_seal"


def test_the_shape_names_what_is_wrong():
    with pytest.raises(archives.Refused) as found:
        schema.refuse_another(
            {**COURSE, "files": {}, "cases": [{"key": "c", "title": "x" * 151, "text": ""}]}
        )

    assert found.value.facts == {"where": "course.json: cases 1: title"}
    assert json.loads(zipfile.ZipFile(io.BytesIO(zipped())).read("course.json"))["version"] == 1
