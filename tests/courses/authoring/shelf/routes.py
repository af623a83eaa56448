"""The routes of a course's shelf, and where they lead with the rows of `test_access`."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from courses.authoring import previews
from courses.authoring.shelf.models import Picture
from courses.catalogue.models import Course, Edition
from tests.courses.authoring.routes import DRAFT, MADE
from tests.courses.authoring.shelf.pictures import clean_here, png

PICTURE = "33333333-3333-4333-8333-333333333333"
# What does not exist for a trainer of another course.
OF_A_COURSE = {"courses:shelf", "courses:choose-picture"}
BOTH_WAYS = OF_A_COURSE
SHARED = ("courses:picture", "courses:shared-picture")


def arguments() -> dict[str, list[str]]:
    """What names the row of each route."""
    token = previews.link_of(Edition(pk=DRAFT), MADE)
    return {
        **{name: ["course"] for name in OF_A_COURSE},
        "courses:picture": [PICTURE, "40"],
        "courses:shared-picture": [token, PICTURE, "40"],
    }


def make_rows() -> None:
    """A picture, named by a lesson of the draft and by one of the published edition."""
    course = Course.objects.get(slug="course")
    (file,) = clean_here(png(40, 30)).files
    key = default_storage.save("pictures/of-the-routes", ContentFile(file.data))
    files = [{"width": 40, "bytes": len(file.data), "key": key}]
    told = {"course": course, "name": "map.png", "width": 40, "height": 30, "digest": "x"}
    row = Picture.objects.create(uuid=PICTURE, files=files, added_at=MADE, **told)
    for edition in course.editions.all():
        for lesson in edition.lessons.all()[:1]:
            lesson.text += f"\n\n{row.markdown}"
            lesson.save()
