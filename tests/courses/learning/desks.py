"""A trainer at the desk of a course."""

from __future__ import annotations

from typing import Any

from django.test import Client

from courses.catalogue.models import Course
from partnership.accounts.models import User
from partnership.audit.models import AuditEntry
from tests.factories.courses import CourseTrainerFactory


def signed_in(person: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


class Desk:
    """The browser of somebody who trains in this course and in no other."""

    def __init__(self, course: Course, trainer: User | None = None):
        given = {"person": trainer} if trainer else {}
        self.course = course
        self.trainer: User = CourseTrainerFactory(course=course, **given).person
        self.client = signed_in(self.trainer)

    def address(self, path: str = "") -> str:
        return f"/desk/courses/{self.course.slug}/{path}"

    def get(self, path: str = "", **query: Any):
        return self.client.get(self.address(path), query)

    def page(self, path: str = "", **query: Any) -> str:
        response = self.get(path, **query)
        assert response.status_code == 200, response.status_code
        return response.content.decode()

    def post(self, path: str, **fields: Any):
        return self.client.post(self.address(path), fields)


def verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
