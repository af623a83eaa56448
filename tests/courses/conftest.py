from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from courses.quizzes import content
from tests.courses.files import FILES
from tests.courses.loads import CODE


@pytest.fixture
def areas(db) -> None:
    """The areas of work that the course files name: rows that are below this test already."""


@pytest.fixture
def file(monkeypatch, areas) -> dict[str, Any]:
    """The one course file that loads; a test may change it before it loads again. What is told in
    other languages comes from files of its own, which have their own tests.
    """
    file = deepcopy(FILES[CODE])
    monkeypatch.setattr(content, "load_translations", lambda done: None)
    monkeypatch.setattr(content, "course_files", lambda: [file])
    return file
