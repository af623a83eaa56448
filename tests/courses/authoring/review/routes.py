"""The routes of reviews and editions, and where they lead with the rows of `test_access`."""

from __future__ import annotations

from courses.catalogue.models import Course
from courses.learning.models import PartnerLogo
from tests.courses.authoring.writing import NOON

SIGN = "a" * 64

OF_DRAFTS = ("draft-review", "draft-plan")
ARGUMENTS = {
    **{f"courses:{name}": ["course"] for name in (*OF_DRAFTS, "editions", "course-logo")},
    "courses:draft-read": ["course", "lesson"],
    "courses:draft-read-quiz": ["course", "draft-quiz"],
    "courses:edition": ["course", "1"],
    "courses:correct-lesson": ["course", "1", "lesson"],
}
# A sign is of a certificate, which anybody may check.
OPEN = {"courses:certificate-logo": [SIGN]}
# What does not exist for a trainer of another course.
OF_A_COURSE = sorted(ARGUMENTS)
BOTH_WAYS = set(ARGUMENTS)


def make_rows() -> None:
    """The partner's sign on the certificates of the course."""
    told = {"picture": b"x", "width": 1, "height": 1, "sha256": SIGN, "since": NOON}
    PartnerLogo.objects.create(course=Course.objects.get(slug="course"), partner="P", **told)
