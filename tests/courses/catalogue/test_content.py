"""Loading the learning paths: again, after a change, after a person was there."""

from __future__ import annotations

from copy import deepcopy

import pytest

from courses.catalogue import content
from courses.catalogue.models import LearningPath, PathStep
from partnership.sources.loading import Loaded
from tests.courses.files import FILES
from tests.factories.courses import CourseFactory

pytestmark = pytest.mark.django_db


def codes(slug: str) -> list[str]:
    steps = PathStep.objects.filter(path__slug=slug).order_by("position")
    return list(steps.values_list("course__code", flat=True))


@pytest.fixture
def paths(areas, monkeypatch):
    """The file of learning paths, loaded once, and how to load it again."""
    courses = content.load_identities(FILES.values(), Loaded())
    content.load_paths(courses, Loaded())
    file = deepcopy(content.read(content.FOLDER / "paths.json"))
    monkeypatch.setattr(content, "read", lambda path: file)

    def load() -> str:
        done = Loaded()
        content.load_paths(courses, done)
        return str(done)

    return file, load


def test_a_path_whose_order_changed_is_put_in_its_new_order(paths):
    file, load = paths

    file["paths"][1]["courses"] = ["A6-202", "A6-101", "A6-203"]

    assert [load(), load()] == ["3 steps of learning paths added", "nothing new"]
    assert codes("reviewer") == ["A6-202", "A6-101", "A6-203"]


def test_a_path_that_a_person_changed_is_left_alone(paths):
    file, load = paths
    PathStep.objects.filter(path__slug="reviewer", position=3).delete()

    file["paths"][1]["courses"] = ["A6-202", "A6-101", "A6-203"]

    assert load() == "1 steps of learning paths left as edited"
    assert codes("reviewer") == ["A6-101", "A6-202"]


def test_a_path_that_a_person_deleted_stays_away(paths):
    _, load = paths
    LearningPath.objects.filter(slug="reviewer").delete()

    assert load() == "1 learning paths left deleted"


def test_a_path_that_a_person_filled_first_is_left_alone(paths):
    file, load = paths
    path = LearningPath.objects.create(slug="mine", title="Mine", summary="For me", position=9)
    PathStep.objects.create(path=path, course=CourseFactory(code="T-1"), position=1)

    file["paths"].append({**file["paths"][0], "slug": "mine", "position": 9})

    assert "1 steps of learning paths left as edited" in load()
    assert codes("mine") == ["T-1"]
