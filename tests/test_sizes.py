from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEST, MOST_ARGUMENTS = 350, 45, 40, 6
TOPS = ("partnership", "courses", "tests")
FILES = [
    path for top in TOPS for path in ROOT.glob(f"{top}/**/*.py") if path.parent.name != "migrations"
]


Function = ast.FunctionDef | ast.AsyncFunctionDef


class Measured(NamedTuple):
    """A function, by where it stands; the tree that it is taken from is large."""

    place: str
    name: str
    lines: int
    arguments: int


@cache
def functions() -> list[Measured]:
    return [
        Measured(
            f"{path.relative_to(ROOT)}:{node.lineno} {node.name}",
            node.name,
            lines_of(node),
            arguments_of(node),
        )
        for path in FILES
        for node in _statements(ast.parse(path.read_text()))
        if isinstance(node, Function)
    ]


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """All statements: a function stands in no expression."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.expr):
            yield child
            yield from _statements(child)


def lines_of(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def arguments_of(node: Function) -> int:
    given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return len([argument for argument in given if argument.arg not in ("self", "cls")])


def test_files_are_short():
    lengths = {str(path.relative_to(ROOT)): path.read_text().count("\n") for path in FILES}

    assert {path: n for path, n in lengths.items() if n > LONGEST_FILE} == {}


def test_functions_are_short():
    lengths = {one.place: one.lines for one in functions()}

    assert {place: n for place, n in lengths.items() if n > LONGEST_FUNCTION} == {}


def test_tests_are_shorter():
    lengths = {one.place: one.lines for one in functions() if one.name.startswith("test")}

    assert {place: n for place, n in lengths.items() if n > LONGEST_TEST} == {}


def test_functions_take_few_arguments():
    numbers = {one.place: one.arguments for one in functions()}

    assert {place: n for place, n in numbers.items() if n > MOST_ARGUMENTS} == {}
