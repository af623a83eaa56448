from __future__ import annotations

import pytest

from tests.courses.authoring.writing import Draft


@pytest.fixture
def draft(db) -> Draft:
    return Draft()
