"""The routes of documents for a draft, and where they lead with the rows of `test_access`."""

from __future__ import annotations

from datetime import UTC, datetime

from courses.authoring.parcels.models import CourseParcel
from courses.catalogue.models import Course

PARCEL = "44444444-4444-4444-8444-444444444444"
OF_ONE = ("parcel", "take-parcel", "take-parcel-back")
ARGUMENTS = {
    "courses:parcels": ["course"],
    "courses:export-course": ["course"],
    **{f"courses:{name}": ["course", PARCEL] for name in OF_ONE},
}
POST_ONLY = {"courses:take-parcel", "courses:take-parcel-back"}
BOTH_WAYS = {"courses:parcels"}


def make_rows() -> None:
    """A document that was read, of one lesson, with something that is not carried."""
    lesson = {"title": "Letters", "text": "Words."}
    CourseParcel.objects.create(
        uuid=PARCEL,
        course=Course.objects.get(slug="course"),
        name="letters.docx",
        form="docx",
        state="tried",
        plan=[{"title": "Letters", "lessons": [lesson]}],
        problems=[{"code": "footnotes", "facts": {"n": 2}}],
        made_at=datetime(2026, 5, 4, tzinfo=UTC),
    )
