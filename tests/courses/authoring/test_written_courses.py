"""The seven courses of this repository, looked at as the desk looks at a draft before it is out."""

from __future__ import annotations

import pytest

from courses.authoring import queries
from courses.authoring.services.publishing import keeps_back
from courses.catalogue.models import Edition

pytestmark = pytest.mark.django_db


def test_nothing_keeps_the_seven_courses_back_and_no_advice_is_left(content):
    told = {}
    for edition in Edition.objects.select_related("course"):
        found = queries.checked(edition)
        assert keeps_back(edition, found) == []
        told[edition.course.code] = [
            f"{one.lesson.key}, line {finding.line}: {finding.sentence}"
            for one in found
            for finding in one.findings
        ]

    assert [rows for rows in told.values() if rows] == []
    assert len(told) == 7


def test_a_course_whose_link_leads_nowhere_would_be_kept_back(content):
    edition = Edition.objects.get(course__code="A6-301")
    lesson = edition.lessons.first()
    lesson.text += "\nSee [the other one](/courses/a6-301/no-such-lesson/).\n"
    lesson.save()

    (told,) = keeps_back(edition, queries.checked(edition))

    assert "/courses/a6-301/no-such-lesson/ leads nowhere." in told
