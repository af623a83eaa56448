"""Who may load a file of answers, of whom; and files that nobody's page made."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from courses.learning import answers_file as files
from courses.learning.models import OtherAnswer
from tests.courses.learning.desks import Desk, signed_in
from tests.courses.learning.filed import (
    bytes_of,
    closed_seat,
    desk_of,
    keep,
    kept,
    look,
    made,
    sealed,
    whole,
)
from tests.courses.learning.seats import Seat
from tests.factories.accounts import RoleGrantFactory, UserFactory
from tests.factories.members import FocalTermFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat() -> Seat:
    return closed_seat()


# --- Who, and whose -------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["answers-file/", "answers-file/keep/"])
def test_only_a_trainer_of_the_course_or_an_administrator_loads_a_file(seat, path):
    desk, stranger = desk_of(seat), Desk(Seat(starts=False).quiz.edition.course)
    administrator = RoleGrantFactory(role="administrator").person
    focal = FocalTermFactory().person
    address = desk.address(path)
    sent = {"content": json.dumps(whole(seat))}

    def status(person: Any) -> int:
        file = SimpleUploadedFile("a.json", bytes_of(whole(seat)))
        return signed_in(person).post(address, {**sent, "file": file}).status_code

    done = 200 if path == "answers-file/" else 302
    assert status(stranger.trainer) == 404
    assert [status(one) for one in (UserFactory(), seat.learner, focal)] == [403] * 3
    assert not OtherAnswer.objects.exists()
    assert [status(one) for one in (desk.trainer, administrator)] == [done] * 2


def test_the_file_of_another_course_is_of_no_attempt_here(seat):
    other = Seat("single")
    other.submit()
    desk = desk_of(seat)

    response = look(desk, made(other, other.right()))

    assert response.status_code == 400
    page = response.content.decode()
    assert "of no attempt of this course" in page
    assert other.learner.name not in page
    assert keep(desk, made(other, other.right())).status_code == 409
    assert not OtherAnswer.objects.exists()


def test_a_seal_is_of_one_attempt_one_person_and_one_paper(seat):
    desk = desk_of(seat)
    first = sealed(seat)
    told, _colon, _signature = first.rpartition(":")
    for wrong in (told, f"{first[:-1]}!", "", "x" * 5000, files.signer.sign(f"{told}x")):
        assert look(desk, {**whole(seat), "seal": wrong}).status_code == 400

    type(seat.learner).objects.filter(pk=seat.learner.pk).update(
        uuid="11111111-1111-4111-8111-111111111111"
    )
    assert (
        "of another person or another paper"
        in look(desk, {**whole(seat), "seal": first}).content.decode()
    )


# --- Hostile files --------------------------------------------------------------------------

DEEP = b'{"seal": "x", "answers": ' + b"[" * 10_000 + b"]" * 10_000 + b"}"
ONE = {"question": "x", "response": {}}


HOSTILE: list[Any] = [
    *(b"hello", b"[]", b"null", b"\xff\xfe\x00", b'{"a": "\x00"}', DEEP),
    json.dumps({"seal": "x", "answers": []}).encode("utf-16"),
    {"seal": 1, "answers": []},
    {"seal": "x", "answers": {}},
    {"seal": "x"},
    {"seal": "x", "answers": [], "more": 1},
    {"seal": "x", "answers": ["one"]},
    {"seal": "x", "answers": [{**ONE, "question": 1}]},
    {"seal": "x", "answers": [{**ONE, "question": "\0"}]},
    {"seal": "x", "answers": [{**ONE, "revision": True}]},
    {"seal": "x", "answers": [{**ONE, "revision": -1}]},
    {"seal": "x", "answers": [{**ONE, "revision": 2**40}]},
    {"seal": "x", "answers": [{**ONE, "revision": "1"}]},
    {"seal": "x", "answers": [{**ONE, "is_right": True}]},
    {"seal": "x", "answers": [ONE, ONE]},
    b'{"seal": "x", "seal": "y", "answers": []}',
    b'{"seal": "x", "answers": [], "device": ' + b"9" * 5000 + b"}",
    b" " * (files.LARGEST + 1),
]


def test_what_is_no_file_of_answers_is_refused_in_a_sentence(seat):
    desk, taken = desk_of(seat), []
    for file in HOSTILE:
        response = look(desk, file)
        is_told = "The file was not loaded" in response.content.decode()
        if (response.status_code, is_told) != (400, True):
            taken.append((str(file)[:80], response.status_code))

    assert taken == []


def test_no_file_at_all_is_told(seat):
    response = desk_of(seat).post("answers-file/")

    assert response.status_code == 400
    assert keep(desk_of(seat), b"").status_code == 409


def test_a_question_that_the_paper_does_not_ask_refuses_the_file(seat):
    file = whole(seat)
    file["answers"].append({"question": "nobody", "response": {"text": "x"}})

    response = look(desk_of(seat), file)

    assert (response.status_code, "does not ask" in response.content.decode()) == (400, True)


@pytest.mark.parametrize(
    "parts",
    [
        {"device": "\ud800", "language": "\0", "made_at": "0001-01-01T00:00:00+14:00"},
        {"device": ["x"], "language": 7, "made_at": "2026-99-99T10:00:00Z", "quiz": {}},
        {"device": "x" * 500, "language": "x" * 500, "made_at": "yesterday"},
        {"device": "<script>", "language": "zz", "made_at": None},
    ],
)
def test_what_a_file_says_beside_its_answers_is_never_trusted(seat, parts):
    file = {**whole(seat), **parts}
    file["answers"][0]["key"] = "'; DROP"
    desk = desk_of(seat)

    page = look(desk, file).content.decode()

    assert "Keep 2 answers" in page
    assert "<script>" not in page.partition("<main")[2].partition("</main>")[0]
    assert keep(desk, file).status_code == 302
    assert keep(desk, file).status_code == 302
    assert len(kept()) == 2
    assert "Late answers" in desk.page("late/")
