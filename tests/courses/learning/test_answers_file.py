"""A learner's file of answers, loaded by a trainer."""

from __future__ import annotations

import pytest

from courses.learning.models import Answer, Attempt, OtherAnswer
from partnership.audit.models import AuditEntry
from partnership.mail.models import OutboxMessage
from tests.courses.learning.desks import signed_in, verbs
from tests.courses.learning.filed import (
    KEYS,
    closed_seat,
    desk_of,
    keep,
    kept,
    look,
    made,
    outcomes,
    sealed,
    whole,
)
from tests.courses.learning.seats import EXAM, Seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat() -> Seat:
    return closed_seat()


# --- Looking ------------------------------------------------------------------------------


def test_a_look_tells_what_is_new_what_differs_and_what_stands(seat):
    response = look(desk_of(seat), whole(seat))

    page = response.content.decode()
    assert response.status_code == 200
    assert outcomes(seat, whole(seat)) == ["differs", "equal", "new"]
    for text in (seat.learner.name, "laptop x1", "3 Mar 2026, 10:00:00", "Keep 2 answers"):
        assert text in page
    assert "What the seal proves" in page
    assert "still open" not in page
    assert kept() == []
    assert verbs() == []


def test_keeping_touches_nothing_that_stands_and_lets_a_trainer_decide(seat):
    desk = desk_of(seat)
    before = list(Answer.objects.order_by("pk").values())

    assert keep(desk, whole(seat))["Location"] == desk.address("late/")

    assert kept() == [
        ("late", "waiting", seat.right()),
        ("late", "waiting", {"text": "100", "unit": "t", "language": "en-gb"}),
    ]
    assert list(Answer.objects.order_by("pk").values()) == before
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor) == ("answers.load", str(desk.trainer.uuid))
    assert entry.changes == {"answers": 2, "made_at": "2026-03-03T10:00:00+00:00"}
    (mail,) = OutboxMessage.objects.all()
    assert mail.to == seat.learner.email
    assert "2 answers in it had not reached us" in mail.body
    assert "still open" not in mail.body


def test_what_was_kept_is_taken_and_graded_as_every_late_answer(seat):
    desk = desk_of(seat)
    keep(desk, whole(seat))

    for other in OtherAnswer.objects.all():
        desk.post("late/decide/", row=other.pk, decision="take")

    attempt = Attempt.objects.get()
    assert (attempt.score, attempt.is_passed, attempt.gradings.count()) == (1, True, 3)
    assert outcomes(seat, whole(seat)) == ["equal"] * 3


def test_the_same_file_twice_changes_nothing(seat):
    desk = desk_of(seat)
    keep(desk, whole(seat))
    first = list(OtherAnswer.objects.order_by("pk").values())

    assert keep(desk, whole(seat)).status_code == 302

    assert list(OtherAnswer.objects.order_by("pk").values()) == first
    assert (verbs(), OutboxMessage.objects.count()) == (["answers.load"], 1)
    assert outcomes(seat, whole(seat)) == ["kept", "equal", "kept"]
    assert "Nothing is new in this file" in look(desk, whole(seat)).content.decode()
    desk.post("late/decide/", row=OtherAnswer.objects.first().pk, decision="leave")
    keep(desk, whole(seat))
    assert OtherAnswer.objects.count() == 2


def test_a_file_of_an_earlier_state_adds_nothing():
    seat = Seat("single")
    seat.save(seat.chosen("wrong"))
    early = signed_in(seat.learner).get(f"/courses/attempts/{seat.attempt.uuid}/answers.json")
    seat.save(saw=1)
    seat.submit()

    assert outcomes(seat, early.content) == ["older"]
    keep(desk_of(seat), early.content)
    assert kept() == []


def test_a_save_that_had_arrived_is_known_by_its_key():
    seat = Seat("single")
    seat.save(seat.chosen("wrong"), key=KEYS[0])
    seat.save(saw=1)
    seat.submit()

    assert outcomes(seat, made(seat, seat.chosen("wrong"))) == ["kept"]


def test_the_servers_own_file_can_be_loaded_and_has_nothing_new(seat):
    address = f"/courses/attempts/{seat.attempt.uuid}/answers.json"
    file = signed_in(seat.learner).get(address).content

    assert outcomes(seat, file) == ["equal", "equal"]
    assert look(desk_of(seat), file).status_code == 200


def test_the_page_carries_the_seal_that_the_file_needs():
    seat = Seat("single")
    page = signed_in(seat.learner).get(seat.attempt.get_absolute_url()).content.decode()

    assert f'data-seal="{sealed(seat)}"' in page


def test_an_answer_of_another_form_is_told_and_the_others_are_kept(seat):
    file = made(seat, seat.right(), {"text": "\0"}, {"chosen": []})

    page = look(desk_of(seat), file).content.decode()

    assert outcomes(seat, file) == ["differs", "wrong", "wrong"]
    assert "cannot be read" in page
    keep(desk_of(seat), file)
    assert kept() == [("late", "waiting", seat.right())]


def test_a_number_is_read_as_its_learner_writes_numbers():
    seat = Seat("number")
    type(seat.learner).objects.filter(pk=seat.learner.pk).update(language="fr")
    seat.submit()

    keep(desk_of(seat), made(seat, {"text": "1,5", "unit": "t"}))

    assert kept()[0][2]["language"] == "fr"


# --- While it runs --------------------------------------------------------------------------


def test_while_the_attempt_runs_answers_are_kept_and_cannot_be_taken_yet():
    seat = Seat("single")
    desk = desk_of(seat)

    assert "The attempt is still open" in look(desk, made(seat, seat.right())).content.decode()
    keep(desk, made(seat, seat.right()))

    other = OtherAnswer.objects.get()
    assert desk.post("late/decide/", row=other.pk, decision="take").status_code == 409
    assert not Answer.objects.exists()
    assert "Your attempt is still open" in OutboxMessage.objects.get().body
    seat.submit()
    assert desk.post("late/decide/", row=other.pk, decision="take").status_code == 302
    assert Attempt.objects.get().score == 1


def test_an_attempt_whose_time_is_over_is_closed_before_it_is_looked_at():
    seat = Seat("single", **EXAM)

    keep(desk_of(seat), made(seat, seat.right()))

    assert Attempt.objects.get().closed_by == "deadline"
    bodies = list(OutboxMessage.objects.order_by("pk").values_list("body", flat=True))
    assert "Your attempt is still open" not in bodies[-1]


# --- Costs ----------------------------------------------------------------------------------


@pytest.mark.parametrize("questions", [1, 8])
def test_a_look_costs_the_same_for_any_number_of_answers(count_queries, questions):
    seat = Seat(*["single"] * questions)
    seat.submit()
    file = made(seat, seat.right())
    file["answers"] = [
        {"question": seat.question(n).token, "response": seat.right(n), "state": "waiting"}
        for n in range(questions)
    ]
    desk = desk_of(seat)

    with count_queries(9):
        look(desk, file)
