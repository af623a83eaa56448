from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from courses.quizzes import content
from partnership.members.content import load_countries, load_partnership
from partnership.sources.content import load_sources
from partnership.sources.loading import Loaded
from tests.courses.files import FILES
from tests.courses.loads import CODE


@pytest.fixture
def areas(db) -> None:
    """The areas of work that the course files name."""
    done = Loaded()
    sources = load_sources(done)
    load_partnership(sources, load_countries(sources, done), done)


@pytest.fixture
def file(monkeypatch, areas) -> dict[str, Any]:
    """The one course file that loads; a test may change it before it loads again."""
    file = deepcopy(FILES[CODE])
    monkeypatch.setattr(content, "course_files", lambda: [file])
    return file
