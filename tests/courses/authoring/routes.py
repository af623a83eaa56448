"""The routes of a draft, and where they lead with the rows of `test_access`."""

from __future__ import annotations

from datetime import UTC, datetime

from courses.authoring import previews
from courses.catalogue.models import Edition
from tests.factories.courses import EditionFactory, LessonFactory, ModuleFactory

OF_DRAFTS = ("draft", "draft-open", "draft-about", "draft-change", "draft-paste")
OF_DRAFTS += ("draft-preview", "draft-publish")
OF_LESSONS = ("lesson", "save", "state", "show", "history", "restore", "choose")
SHARED = ("courses:shared-draft", "courses:shared-lesson", "courses:shared-quiz")
# So that a link can be drawn without asking for the row.
DRAFT = 424_242
# Links are looked at on the day of the test.
MADE = datetime.now(UTC)


def make_rows(edition: Edition) -> None:
    """The next draft of the course, with a lesson."""
    draft = EditionFactory(pk=DRAFT, course=edition.course, number=2, published_at=None)
    LessonFactory(module=ModuleFactory(edition=draft, key="module"), slug="lesson")


def arguments() -> dict[str, list[str]]:
    """What names the row of each route."""
    token = previews.link_of(Edition(pk=DRAFT), MADE)
    return {
        **{f"courses:{name}": ["course"] for name in OF_DRAFTS},
        **{f"courses:draft-{name}": ["course", "lesson"] for name in OF_LESSONS},
        "courses:shared-draft": [token],
        "courses:shared-lesson": [token, "lesson"],
        "courses:shared-quiz": [token, "draft-quiz"],
    }


KEPT = ("save", "show", "paste", "restore", "choose", "change", "open")
POST_ONLY = {f"courses:draft-{name}" for name in KEPT}
BOTH_WAYS = {
    "courses:shared-quiz",
    "courses:new-course",
    *(f"courses:draft-{name}" for name in ("about", "publish", "lesson", "state")),
}
# What does not exist for a trainer of another course.
OF_A_COURSE = {f"courses:{name}" for name in OF_DRAFTS}
OF_A_COURSE |= {f"courses:draft-{name}" for name in OF_LESSONS}
