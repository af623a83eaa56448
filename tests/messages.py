"""The words of the pages and their translations: gathered, put into the catalogues, compiled.

    python -m tests.messages      (`make messages`)

Gathers every string of templates and code, brings `partnership/locale/*/LC_MESSAGES/django.po` up
to date without losing a translation, writes the `.mo` beside it, and says what has none yet.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "partnership" / "locale"
TEMPLATES = (".html", ".txt", ".js")
# Where the message, its plural and its context stand among the arguments.
CALLS = {
    "_": (0, None, None),
    "gettext": (0, None, None),
    "gettext_lazy": (0, None, None),
    "gettext_noop": (0, None, None),
    "ngettext": (0, 1, None),
    "ngettext_lazy": (0, 1, None),
    "pgettext": (1, None, 0),
    "pgettext_lazy": (1, None, 0),
    "npgettext": (1, 2, 0),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|%%|\{\w*\}")
PLURALS = {"fr": "(n > 1)"}


@dataclass
class Found:
    """One string to translate, and where it is shown."""

    text: str
    plural: str = ""
    context: str = ""
    files: set[str] = field(default_factory=set)
    # Only as the name of a model or a column, which the administrators' pages show.
    is_for_administrators: bool = True

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.text


def gathered(folders: Iterable[str] = ("templates", "partnership", "courses")) -> list[Found]:
    """Every string of these folders and files, each once, in the order of the files."""
    found: dict[tuple[str, str], Found] = {}
    for path in _files(folders):
        name = path.relative_to(ROOT).as_posix()
        for string in _strings(path):
            one = replace(string, files=set())
            known = found.setdefault(one.key, one)
            known.plural = known.plural or one.plural
            known.is_for_administrators &= one.is_for_administrators
            known.files.add(name)
    return list(found.values())


@cache
def _strings(path: Path) -> tuple[Found, ...]:
    """Those of one file, which is taken apart once."""
    return tuple(_of_code(path) if path.suffix == ".py" else _of_template(path))


def _files(folders: Iterable[str]) -> list[Path]:
    paths = [path for folder in folders for path in sorted(ROOT.glob(folder))]
    files = [file for path in paths for file in ([path] if path.is_file() else path.rglob("*"))]
    wanted = (".py", *TEMPLATES)
    apart = {"migrations", "static", "locale"}
    return sorted(
        file for file in set(files) if file.suffix in wanted and not apart.intersection(file.parts)
    )


def _of_template(path: Path) -> Iterator[Found]:
    """Django writes a template as code that holds its strings and nothing else."""
    code = re.sub(r"(?m)^[ \t]+", "", templatize(path.read_text(encoding="utf-8"), origin=path))
    keywords = {"gettext": None, "_": None, "ngettext": (1, 2)}
    keywords |= {"pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}
    is_admin = "admin" in path.parts
    for _line, words, _comments, context in extract("python", BytesIO(code.encode()), keywords):
        text, plural = (words, "") if isinstance(words, str) else (words[0], words[1])
        yield Found(text, plural, context or "", is_for_administrators=is_admin)


def _of_code(path: Path) -> Iterator[Found]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = set(_names_of_columns(tree)) if "models" in path.stem + path.parent.name else set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := _called(node)) in CALLS:
            text, plural, context = (_text(node, place) for place in CALLS[name])
            if text:
                is_admin = path.name == "admin.py" or node in names
                yield Found(text, plural, context, is_for_administrators=is_admin)


def _names_of_columns(tree: ast.AST) -> Iterator[ast.AST]:
    """What names a model or a column: the first argument of a column, and `verbose_name`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "").startswith(
            "verbose"
        ):
            yield node.value
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute) and node.func.attr.endswith("Field"):
                yield from node.args[:1]
            yield from (word.value for word in node.keywords if word.arg == "verbose_name")


def _called(node: ast.Call) -> str:
    return getattr(node.func, "id", "") or getattr(node.func, "attr", "")


def _text(node: ast.Call, place: int | None) -> str:
    if place is None or place >= len(node.args):
        return ""
    value = getattr(node.args[place], "value", "")
    return value if isinstance(value, str) else ""


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def strings_of(message: Message) -> tuple[str, ...]:
    """The translations of a message, one for each plural form."""
    return message.string if isinstance(message.string, tuple) else (message.string,)


def catalogue(language: str) -> Catalog:
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def brought_up_to_date(language: str) -> Catalog:
    """A catalogue of all strings there are, with the translations that the old one holds."""
    old = catalogue(language)
    new = Catalog(
        locale=language,
        project="Article 6 Implementation Partnership",
        charset="utf-8",
        creation_date=old.creation_date if old else None,
        revision_date=old.creation_date if old else None,
        last_translator="The editors of this site",
        language_team=language,
        fuzzy=False,
    )
    for one in gathered():
        message = (one.text, one.plural) if one.plural else one.text
        before = old.get(one.text, one.context or None)
        told = (
            before.string if before and isinstance(before.id, tuple) == bool(one.plural) else None
        )
        flags = ["python-format"] if placeholders(one.text) else []
        files = [(name, None) for name in sorted(one.files)]
        new.add(message, told, files, flags, context=one.context or None)
    return new


def compiled(catalogue: Catalog) -> bytes:
    """As Django reads it. What is not translated is left out: the source stands."""
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def write(language: str, catalogue: Catalog) -> None:
    folder = LOCALE / language / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "django.po").open("wb") as file:
        write_po(file, catalogue, width=100, include_lineno=False)
    # From what was written: so that it is the same whoever compiles it again.
    (folder / "django.mo").write_bytes(compiled(read_again(folder / "django.po", language)))


def read_again(path: Path, language: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language)


def missing(language: str, found: Iterable[Found]) -> list[Found]:
    """What people other than administrators are shown and has no translation."""
    words = catalogue(language)
    return [
        one
        for one in found
        if not one.is_for_administrators
        and not ((told := words.get(one.text, one.context or None)) and all(strings_of(told)))
    ]


def main() -> None:
    found = gathered()
    for path in sorted(LOCALE.glob("*/LC_MESSAGES")):
        language = path.parent.name
        write(language, brought_up_to_date(language))
        left = missing(language, found)
        for one in left:
            sys.stdout.write(f"{language}: {', '.join(sorted(one.files))}: {one.text!r}\n")
        sys.stdout.write(f"{language}: {len(found)} strings, {len(left)} not translated yet.\n")


if __name__ == "__main__":
    main()
