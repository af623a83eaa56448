"""Courses as the files of this repository tell them: what they are, their text, their paths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from courses.catalogue.models import (
    Course,
    Edition,
    LearningPath,
    Lesson,
    Module,
    PathStep,
    Translation,
)
from partnership.lib.markdown import name_of
from partnership.members.models import AreaOfWork
from partnership.sources.loading import (
    Loaded,
    fingerprint_of,
    load,
    read,
    remember,
    remembered,
)

FOLDER = Path(__file__).parent / "content"
IDENTITY = ("code", "slug", "level", "position")
STEPS = "courses.pathsteps"


def course_files() -> list[dict[str, Any]]:
    """One file for each course, in the order in which the catalogue shows them."""
    files = (_whole(read(path)) for path in FOLDER.glob("*.json") if path.stem != "paths")
    return sorted(files, key=lambda file: file["position"])


def _whole(file: dict[str, Any]) -> dict[str, Any]:
    """With the texts of its lessons, which stand beside it: `<slug>/<key of the lesson>.md`."""
    held_back = file.get("held_back", {}).get("lessons", [])
    for lesson in [*(row for module in file["modules"] for row in module["lessons"]), *held_back]:
        beside = FOLDER / file["slug"] / f"{lesson['key']}.md"
        lesson["text"] = beside.read_text(encoding="utf-8")
    return file


def load_identities(files: Iterable[Mapping[str, Any]], done: Loaded) -> dict[str, Course]:
    """The courses by code, without any text. One that a person deleted is missing."""
    areas = {area.slug: area for area in AreaOfWork.objects.all()}
    rows = (
        {**{name: file[name] for name in IDENTITY}, "area": areas[file["area"]]}
        for file in files
        if file["area"] in areas
    )
    found = load(Course, rows, key=("code",), done=done)
    return {code: course for (code,), course in found.items()}


def write_text(course: Course, file: Mapping[str, Any], *, number: int) -> Edition:
    """A draft with the modules and lessons of the file."""
    edition = Edition.objects.create(course=course, number=number, **file["edition"])
    modules = [
        Module(edition=edition, position=position, key=row["key"], title=row["title"])
        for position, row in enumerate(file["modules"], start=1)
    ]
    Module.objects.bulk_create(modules)
    Lesson.objects.bulk_create(
        Lesson(
            edition=edition,
            module=module,
            position=position,
            key=lesson["key"],
            slug=lesson.get("slug", lesson["key"]),
            title=lesson["title"],
            minutes=lesson["minutes"],
            text=lesson["text"],
        )
        for module, row in zip(modules, file["modules"], strict=True)
        for position, lesson in enumerate(row["lessons"], start=1)
    )
    return edition


def load_paths(courses: Mapping[str, Course], done: Loaded) -> None:
    """The learning paths. The steps of a path are one thing: a person changed them or did not."""
    file = read(FOLDER / "paths.json")
    rows = ({name: row[name] for name in row if name != "courses"} for row in file["paths"])
    paths = load(LearningPath, rows, key=("slug",), done=done)
    last = remembered(STEPS)
    marks: dict[str, str] = {}
    for row in file["paths"]:
        path = paths.get((row["slug"],))
        if path is not None:
            wanted = [code for code in row["courses"] if code in courses]
            marks |= _load_steps(path, wanted, courses, last.get(path.slug), done)
    remember(STEPS, {slug: mark for slug, mark in marks.items() if mark != last.get(slug)})


def _load_steps(
    path: LearningPath,
    wanted: Sequence[str],
    courses: Mapping[str, Course],
    last: str | None,
    done: Loaded,
) -> dict[str, str]:
    present = list(path.steps.order_by("position").values_list("course__code", flat=True))
    if present == wanted:
        return {path.slug: fingerprint_of(wanted)}
    is_untouched = fingerprint_of(present) == last if last else not present
    if not is_untouched:
        done.counts["steps of learning paths left as edited"] += 1
        return {}
    path.steps.all().delete()
    PathStep.objects.bulk_create(
        PathStep(path=path, course=courses[code], position=position)
        for position, code in enumerate(wanted, start=1)
    )
    done.counts["steps of learning paths added"] += len(wanted)
    done.has_written = True
    return {path.slug: fingerprint_of(wanted)}


def load_translations(done: Loaded) -> None:
    """What is told in other languages. A row whose source is told otherwise by now stays beside."""
    rows = (
        {
            "object_key": group["of"],
            "segment": name_of(words["en"]),
            "language": file["language"],
            "text": words[file["language"]],
            "translator": file["translator"],
            "second_reader": file["second_reader"],
        }
        for file in map(read, sorted((FOLDER / "translations").glob("*.json")))
        for group in file["groups"]
        for words in group["words"]
    )
    load(Translation, rows, key=("object_key", "language", "segment"), done=done)
