"""A whole course as one ZIP, and back: the same course gives the same bytes. No database or clock.

`course.json` says what the course is made of, `lessons/` has its texts in Markdown and `pictures/`
its pictures, which the texts name by `../pictures/…`. Times and order of the parts are always the
same. What comes in is looked at to the last byte before anything is believed of it.
"""

from __future__ import annotations

import json
import re
import stat
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from typing import IO, Any

from courses.authoring.bank.holding import held
from courses.authoring.bank.packing import packed, unpacked
from courses.authoring.parcels import packages, schema
from courses.authoring.parcels.found import Refused
from courses.authoring.parcels.plans import Lesson, Module
from courses.catalogue.pictures import widths_of
from courses.quizzes.exchange.items import Item
from courses.quizzes.exchange.report import Notes
from partnership.lib.images.checking import is_bare

MANIFEST, PICTURES = "course.json", "../pictures/"
ENTRIES = 1_500
PART = re.compile(
    r"(?:course\.json|lessons/[a-z0-9-]{1,120}\.md|pictures/[0-9a-f]{16}-\d{1,4}\.webp)\Z"
)
NAMED = re.compile(r"\.\./pictures/([0-9a-f]{16})-(\d{1,4})\.webp")
ALWAYS = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Whole:
    """What `course.json` says, and the files that it names by their paths."""

    told: dict[str, Any]
    files: Mapping[str, bytes]


def written(told: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """The bytes of the ZIP. `told` has all but the list of files."""
    seals = {path: sha256(data).hexdigest() for path, data in sorted(files.items())}
    manifest = json.dumps({**told, "files": seals}, ensure_ascii=False, indent=1, sort_keys=True)
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for path, data in [(MANIFEST, f"{manifest}\n".encode()), *sorted(files.items())]:
            part = zipfile.ZipInfo(path, ALWAYS)
            part.create_system, part.external_attr = 3, (stat.S_IFREG | 0o644) << 16
            is_packed = not path.endswith(".webp")
            part.compress_type = zipfile.ZIP_DEFLATED if is_packed else zipfile.ZIP_STORED
            package.writestr(part, data)
    return out.getvalue()


def read(file: IO[bytes]) -> Whole:
    with packages.opened(file, entries=ENTRIES) as package:
        parts: dict[str, bytes] = {}
        for part in package.infolist():
            _refuse_part(part, parts)
            try:
                parts[part.filename] = package.read(part)
            except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError):
                raise Refused("damaged") from None
            except Exception as error:
                if type(error).__module__ in ("zlib", "lzma"):
                    raise Refused("damaged") from None
                raise
    told = _manifest(parts.pop(MANIFEST, None))
    _refuse_files(told["files"], parts)
    _refuse_parts(told, parts)
    return Whole(told, parts)


def _refuse_part(part: zipfile.ZipInfo, before: Mapping[str, bytes]) -> None:
    """Every part is one that a course has, once; none is a link or leads out of its folder."""
    kind = stat.S_IFMT(part.external_attr >> 16)
    if not PART.match(part.filename) or kind not in (0, stat.S_IFREG) or part.filename in before:
        raise Refused("foreign_part", name=repr(part.filename[:60]))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice")
    return found


def _refuse_number(word: str) -> Any:
    raise ValueError(word)


def _manifest(data: bytes | None) -> dict[str, Any]:
    if data is None:
        raise Refused("no_manifest")
    try:
        told = json.loads(
            data.decode(),
            object_pairs_hook=_once,
            parse_constant=_refuse_number,
            parse_float=_refuse_number,
        )
        json.dumps(told, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise Refused("manifest", where=MANIFEST) from None
    if isinstance(told, dict) and told.get("format") == schema.FORMAT:
        version = told.get("version")
        if type(version) is int and version != schema.VERSION:
            raise Refused("version", found=version, ours=schema.VERSION)
    schema.refuse_another(told)
    return dict(told)


def _refuse_files(seals: Mapping[str, Any], parts: Mapping[str, bytes]) -> None:
    for path in sorted({*seals, *parts}):
        if path not in parts or path not in seals:
            raise Refused("files_differ", name=repr(path[:60]))
        if sha256(parts[path]).hexdigest() != seals[path]:
            raise Refused("wrong_seal", name=path)


def _refuse_parts(told: dict[str, Any], parts: Mapping[str, bytes]) -> None:
    """What `course.json` names is there, each thing once, and the rest of the ZIP is named."""
    lessons = [one for module in told["modules"] for one in module["lessons"]]
    quizzes = [*(one for module in told["modules"] for one in module["quizzes"]), *told["quizzes"]]
    for kind, rows in (("modules", told["modules"]), ("lessons", lessons), ("quizzes", quizzes)):
        _refuse_twins(kind, [one["key"] for one in rows])
        _refuse_twins(kind, [one.get("slug", one["key"]) for one in rows])
    for kind in ("cases", "questions"):
        _refuse_twins(kind, [one["key"].lower() for one in told[kind]])
    _refuse_twins("pictures", [one["name"] for one in told["pictures"]])
    used = {one["file"] for one in lessons}
    _refuse_twins("lessons", [one["file"] for one in lessons])
    for picture in told["pictures"]:
        used |= _files_of(picture, parts)
    if used != set(parts):
        raise Refused("files_differ", name=repr(min(used ^ set(parts))[:60]))
    for one in lessons:
        try:
            parts[one["file"]].decode()
        except ValueError:
            raise Refused("manifest", where=one["file"]) from None
    _refuse_questions(told, quizzes)


def _refuse_twins(kind: str, names: list[str]) -> None:
    if len(set(names)) != len(names):
        raise Refused("manifest", where=f"{MANIFEST}: {kind}")


def _files_of(picture: dict[str, Any], parts: Mapping[str, bytes]) -> set[str]:
    """The paths of its files, each of which is a picture of ours to the last byte."""
    found = set()
    for width in widths_of(picture["width"]):
        path = path_of(picture["name"], width)
        height = max(1, round(picture["height"] * width / picture["width"]))
        heights = {height - 1, height, height + 1} if width < picture["width"] else {height}
        data = parts.get(path, b"")
        if not any(is_bare(data, width, one) for one in heights):
            raise Refused("foreign_picture", name=path)
        found.add(path)
    if sha256(parts[path]).hexdigest()[:16] != picture["name"]:
        raise Refused("wrong_seal", name=path)
    return found


def path_of(name: str, width: int) -> str:
    return f"pictures/{name}-{width}.webp"


def _refuse_questions(told: dict[str, Any], quizzes: list[dict[str, Any]]) -> None:
    keys, cases = ({one["key"] for one in told[kind]} for kind in ("questions", "cases"))
    for one in told["questions"]:
        if item_of(one) is None or (one["case"] and one["case"] not in cases):
            raise Refused("question", key=one["key"])
    for quiz in quizzes:
        asked = [key for group in quiz["groups"] for key in group["questions"]]
        _refuse_twins(f"quizzes: {quiz['key']}", asked)
        is_limited = quiz["time_limit_minutes"] is not None
        is_exam = quiz["plan"] == "exam" and quiz["time_limit_reason"] != ""
        lacks_a_mark = quiz["plan"] in ("check", "exam") and not quiz["pass_mark"]
        if not keys.issuperset(asked) or (is_limited and not is_exam) or lacks_a_mark:
            raise Refused("manifest", where=f"{MANIFEST}: quizzes: {quiz['key']}")


def item_of(question: Mapping[str, Any]) -> Item | None:
    """What a question of `course.json` asks, if the bank can hold it just so."""
    try:
        item = replace(unpacked(question["item"]), key=question["key"])
        return held(item, Notes(1))
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, RecursionError):
        return None


def _bare(item: Item) -> Item:
    """Names stand beside the item."""
    return replace(item, key="", category=(), line=0)


def packed_item(item: Item) -> dict[str, Any]:
    return dict(packed(_bare(item)))


def with_texts(value: Any, change: Callable[[str], str]) -> Any:
    """The same with each of its texts changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [with_texts(one, change) for one in value]
    if isinstance(value, dict):
        return {name: with_texts(one, change) for name, one in value.items()}
    return value


def planned(whole: Whole) -> list[Module]:
    """The modules and lessons of it, as they are shown before they are taken in."""
    return [
        Module(
            module["title"],
            [Lesson(one["title"], whole.files[one["file"]].decode()) for one in module["lessons"]],
        )
        for module in whole.told["modules"]
    ]
