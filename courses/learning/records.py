"""A person's training record: every course and certificate, and all posts meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from courses.learning.models import Certificate, Enrolment
from courses.learning.roster import required_of, with_progress
from partnership.members.models import Affiliation


@dataclass(frozen=True)
class Line:
    """One course of the record, with how far it came."""

    enrolment: Enrolment
    done: int
    required: int

    @property
    def state(self) -> str:
        completed_at, left_at = self.enrolment.completed_at, self.enrolment.left_at
        if completed_at is not None:
            return _("completed on %(day)s") % {"day": day_of(completed_at.date())}
        if left_at is not None:
            return _("left on %(day)s") % {"day": day_of(left_at.date())}
        return _("%(done)s of %(required)s done") % {
            "done": self.done,
            "required": self.required,
        }


@dataclass(frozen=True)
class Record:
    lines: list[Line]
    certificates: list[Certificate]
    posts: list[Affiliation]


def record(user: Any) -> Record:
    """In four queries, the newest first. The database counts: no title of a lesson is read."""
    rows = with_progress(Enrolment.objects.of(user)).select_related("edition__course")
    enrolments: list[Any] = list(rows.order_by("-joined_at", "pk"))
    required = required_of({row.edition_id for row in enrolments})
    lines = [
        Line(row, row.lessons_done + row.quizzes_done, required[row.edition_id])
        for row in enrolments
    ]
    held = Certificate.objects.of(user).select_related("replaced_by")
    posts = Affiliation.objects.filter(person=user).select_related("country", "institution")
    return Record(
        lines,
        list(held.order_by("-issued_at", "pk")),
        list(posts.order_by("-begins_on", "-pk")),
    )


def on_paper(found: Record, user: Any, on: date, issuer: str) -> dict[str, Any]:
    """The record as `pdf.record_pdf` wants it."""
    return {
        "name": user.name or user.email,
        "latin_name": user.latin_name,
        "on": on,
        "issuer": issuer,
        "parts": [
            {
                "title": _("Certificates"),
                "empty": _("None yet."),
                "columns": [_("Course"), _("Hours"), _("Issued on"), _("Code"), _("State")],
                "widths": [24, 6, 12, 14, 12],
                "rows": [_certificate_row(certificate) for certificate in found.certificates],
            },
            {
                "title": _("Courses"),
                "empty": _("None yet."),
                "columns": [_("Course"), _("Edition"), _("Joined on"), _("State")],
                "widths": [24, 8, 14, 22],
                "rows": [_course_row(line) for line in found.lines],
            },
            {
                "title": _("Posts"),
                "empty": _("No post of yours is known here yet."),
                "columns": [_("Country or institution"), _("Job title"), _("From"), _("To")],
                "widths": [24, 18, 12, 12],
                "rows": [_post_row(post) for post in found.posts],
            },
        ],
    }


def _certificate_row(certificate: Certificate) -> list[str]:
    return [
        f"{certificate.course_code} {certificate.course_title}",
        formats.number_format(certificate.hours),
        day_of(certificate.issued_at.date()),
        certificate.shown_code,
        certificate.get_state_display(),
    ]


def _course_row(line: Line) -> list[str]:
    edition = line.enrolment.edition
    return [
        f"{edition.course.code} {edition.title}",
        str(edition.number),
        day_of(line.enrolment.joined_at.date()),
        line.state,
    ]


def _post_row(post: Affiliation) -> list[str]:
    return [
        ", ".join(str(one) for one in (post.institution, post.country) if one),
        post.title or "–",
        day_of(post.begins_on),
        day_of(post.ends_on) if post.ends_on else _("in post"),
    ]


def day_of(day: date) -> str:
    return formats.date_format(day, "j F Y")
