"""The routes of the desk of a course, and where they lead with the rows of `test_access`."""

from __future__ import annotations

from courses.catalogue.models import Edition
from tests.courses.authoring import routes as drafts
from tests.courses.authoring.bank import routes as bank
from tests.courses.authoring.parcels import routes as parcels
from tests.courses.authoring.review import routes as review
from tests.courses.authoring.shelf import routes as shelf

JOB = "11111111-1111-4111-8111-111111111111"
OF_COURSES = ("course", "learners", "learners-sheet", "requests", "answer-request", "late")
OF_COURSES += ("decide-late", "allowances", "answers-file", "keep-answers")
OF_QUIZZES = ("quiz", "quiz-sheet", "regrade")
OF_CERTIFICATES = ("certificate", "reissue")


def arguments(certificate: str) -> dict[str, list[str]]:
    """What names the row of each route."""
    found = {
        **{name: ["course"] for name in OF_COURSES},
        **{name: ["course", "quiz"] for name in OF_QUIZZES},
        **{name: ["course", certificate] for name in OF_CERTIFICATES},
        "learner": ["course", JOB],
    }
    own = {f"courses:desk-{name}": row for name, row in found.items()}
    own["courses:guide"] = ["publishing"]
    own |= drafts.arguments() | shelf.arguments() | review.ARGUMENTS | review.OPEN
    return {**own, **bank.ARGUMENTS, **parcels.ARGUMENTS}


def make_rows(edition: Edition) -> None:
    """What the pages of a course's desk show beside the rows of `test_access`."""
    drafts.make_rows(edition)
    bank.make_rows()
    shelf.make_rows()
    parcels.make_rows()
    review.make_rows()


# What does not exist for a trainer of another course.
ELSEWHERE = {*drafts.SHARED, *shelf.SHARED, *review.OPEN, "courses:guide"}
OF_A_COURSE = sorted(set(arguments("")) - ELSEWHERE)
KEPT = ("answer-request", "decide-late", "reissue", "keep-answers")
POST_ONLY = {f"courses:desk-{name}" for name in KEPT} | bank.POST_ONLY | parcels.POST_ONLY
READ_AND_SENT = ("regrade", "allowances", "certificate", "answers-file")
BOTH_WAYS = {f"courses:desk-{name}" for name in READ_AND_SENT} | bank.BOTH_WAYS
OF_TRAINERS = ("courses:desk-courses", "courses:new-course", "courses:all-questions")
OF_TRAINERS += ("courses:guide", "courses:copy-sample", "courses:reviews")
POST_ONLY |= drafts.POST_ONLY | {"courses:copy-sample"}
BOTH_WAYS |= drafts.BOTH_WAYS | shelf.BOTH_WAYS | parcels.BOTH_WAYS | review.BOTH_WAYS
