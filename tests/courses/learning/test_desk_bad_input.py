"""Whatever is asked of the desk or sent to it: a plain answer, never a fault."""

from __future__ import annotations

import pytest

from tests.courses.learning.desks import Desk, signed_in
from tests.courses.learning.seats import EXAM, Seat
from tests.factories.certificates import CertificateFactory
from tests.factories.members import FocalTermFactory

pytestmark = pytest.mark.django_db
VALUES = ["a\0b", "9" * 25, "½🦆'", "-1", "x" * 3000]
QUIZ = "quizzes/the-quiz/"
ASKED = {
    "learners/": ("q", "state", "edition", "country", "institution", "ordering", "page"),
    "learners/sheet/": ("format", "certificate"),
    QUIZ: ("attempts", "edition"),
    f"{QUIZ}regrade/": ("edition",),
    "requests/": ("page",),
    "late/": ("page",),
    "allowances/": ("learner", "everyone", "q"),
}
SENT = {
    "requests/answer/": ("row", "decision", "reason"),
    "late/decide/": ("row", "decision"),
    "allowances/?everyone=yes": ("quiz", "minutes", "attempts", "reason"),
    f"{QUIZ}regrade/": ("act", "reason", "seal"),
}
GOOD = {"decision": "decline", "act": "do", "attempts": "1", "quiz": "1/the-quiz", "reason": "x"}


@pytest.fixture
def desk() -> Desk:
    seat = Seat(slug="the-quiz", **EXAM)
    seat.submit()
    return Desk(seat.quiz.edition.course)


@pytest.mark.audit
def test_what_cannot_be_asked_is_not_understood(desk):
    found = {
        (path, name, value[:5]): desk.get(path, **{name: value}).status_code
        for path, names in ASKED.items()
        for name in names
        for value in VALUES
    }

    assert {asked: status for asked, status in found.items() if status >= 500} == {}
    assert desk.get("learners/", q="a\0b").status_code == 400


@pytest.mark.audit
def test_what_cannot_be_used_is_not_kept(desk):
    certificate = CertificateFactory(edition=desk.course.editions.get())
    paths = {**SENT, f"certificates/{certificate.shown_code}/": ("reason", "sentence")}
    found = {
        (path, name, value[:5]): desk.post(path, **{**GOOD, name: value}).status_code
        for path, names in paths.items()
        for name in names
        for value in VALUES
    }

    assert {sent: status for sent, status in found.items() if status >= 500} == {}


def test_focal_points_too_are_answered_plainly():
    client = signed_in(FocalTermFactory().person)

    for name in ("of", "course", "state", "page"):
        statuses = {client.get("/desk/completion/", {name: v}).status_code for v in VALUES}
        assert statuses <= {200, 400}
