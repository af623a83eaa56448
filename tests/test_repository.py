from __future__ import annotations

import os
import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PINS = sorted(path.name for path in ROOT.glob("requirements*.txt"))
# Files whose content is not text.
BINARY = {".png", ".ttf", ".jpg", ".webp", ".avif", ".woff2", ".ico", ".xlsx", ".pdf", ".gz", ".mo"}
WRITTEN = {".py", ".html", ".txt", ".md", ".css", ".js", ".toml", ".yaml", ".yml", ".xml"}
# Put together here, or this file would be the one that holds them.
UNFINISHED = ("TO" + "DO", "FIX" + "ME", "X" * 3, "[Ll]or" + "em", "[Cc]oming " + "soon")


def tree() -> list[Path]:
    """Every file that belongs to the project: what .gitignore names does not."""
    ignored = [".git", *(line.rstrip("/") for line in (ROOT / ".gitignore").read_text().split())]
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if not any(fnmatch(name, p) for p in ignored)]
        found += [
            Path(folder, name) for name in names if not any(fnmatch(name, p) for p in ignored)
        ]
    return sorted(found)


TREE = tree()


def test_the_pins_are_those_of_the_site_and_of_its_tests():
    assert PINS == ["requirements-dev.txt", "requirements.txt"]


@pytest.mark.parametrize("name", PINS)
def test_no_pin_names_a_host(name):
    assert "http" not in (ROOT / name).read_text()


@pytest.mark.parametrize("name", PINS)
def test_every_requirement_is_pinned_with_its_hashes(name):
    text = (ROOT / name).read_text()
    # A requirement goes on as long as its lines end with a backslash.
    entries = re.findall(r"^(?![ #])(?:.*\\\n)*.*$", text, re.MULTILINE)
    entries = [entry for entry in entries if entry.strip()]

    bare = [entry for entry in entries if not re.match(r"[\w.\[\],-]+==\S+", entry)]
    unhashed = [entry for entry in entries if "--hash=sha256:" not in entry]
    assert (bare, unhashed) == ([], [])
    assert len(entries) > 20


def test_what_the_site_needs_is_pinned_alike_for_its_tests():
    site, tests = (
        set(re.findall(r"^[\w.-]+==\S+", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements.txt", "requirements-dev.txt")
    )

    assert site - tests == set()


def test_no_other_lock_file_is_kept():
    locks = ("*.lock", "package-lock.json", "poetry.lock", "Pipfile*")

    assert [path for path in TREE if any(path.match(lock) for lock in locks)] == []


def test_no_text_holds_a_nul():
    holding = [path for path in TREE if path.suffix not in BINARY and b"\0" in path.read_bytes()]

    assert holding == []


def test_nothing_is_left_unfinished():
    found = re.compile("|".join(rf"\b{word}\b" for word in UNFINISHED))
    lines = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in TREE
        if path.suffix in WRITTEN and not path.name.startswith("requirements")
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if found.search(line)
    ]

    assert lines == []


def test_no_group_is_repeated_possessively():
    """Python before 3.11.5, Debian's among them, takes back what such a group had found."""
    told = [path for path in TREE if path.suffix in {".py", ".lark"} and path != Path(__file__)]
    # A sign of its own or a class of signs may be: what goes wrong is a group.
    wrong = re.compile(r"""(?<!\\)\)(?:[*+?]|\{[0-9,]+\})\+(?![=,\s])""")

    assert [str(path.relative_to(ROOT)) for path in told if wrong.search(path.read_text())] == []
