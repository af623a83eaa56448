"""More time and more attempts, granted at the desk to one or to many."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial

import pytest

from courses.learning.models import Allowance, AttemptRequest, Enrolment
from courses.learning.services import decisions
from courses.learning.services.allowances import More
from partnership.lib import clock
from partnership.mail.models import OutboxMessage
from tests.courses.learning.desks import Desk, verbs
from tests.courses.learning.seats import EXAM, Seat, later
from tests.factories.accounts import UserFactory
from tests.factories.courses import EditionFactory, EnrolmentFactory
from tests.factories.members import AffiliationFactory, CountryFactory
from tests.threads import together

pytestmark = pytest.mark.django_db


def desk_of(seat: Seat) -> Desk:
    return Desk(seat.quiz.edition.course)


def mails() -> list[tuple[str, str]]:
    return list(OutboxMessage.objects.order_by("pk").values_list("to", "body"))


@pytest.fixture
def exam() -> Seat:
    return Seat(**EXAM)


def grant(desk: Desk, seat: Seat, query: str, **fields):
    quiz = f"{seat.quiz.edition.number}/{seat.quiz.slug}"
    sent = {"quiz": quiz, "minutes": "", "attempts": "", "reason": "A slow line.", **fields}
    return desk.client.post(f"{desk.address('allowances/')}?{query}", sent)


def test_extra_minutes_move_a_running_attempt_and_are_shown_as_a_sum():
    exam, now = Seat(starts=False, **EXAM), clock.now()
    exam.start(at=now)
    desk = desk_of(exam)

    response = grant(desk, exam, f"learner={exam.learner.uuid}", minutes=15)

    exam.attempt.refresh_from_db()
    assert response.status_code == 302
    assert exam.attempt.deadline_at == now + timedelta(minutes=45)
    assert "45 min (30 + 15)" in desk.page("allowances/")
    assert "45 min (30 + 15)" in desk.page(f"learners/{exam.learner.uuid}/")
    assert "15 minutes more" in mails()[0][1]
    assert verbs() == ["allowance.grant"]


def test_all_of_a_country_are_granted_the_same_and_other_editions_are_left_out(exam):
    vnm = CountryFactory(iso3="QVN")
    older = EditionFactory(course=exam.quiz.edition.course, number=2)
    inside = [EnrolmentFactory(edition=exam.quiz.edition) for _ in range(3)]
    elsewhere, gone = EnrolmentFactory(edition=older), inside[2]
    for one in [*inside, elsewhere]:
        AffiliationFactory(person=one.learner, country=vnm)
    type(gone).objects.filter(pk=gone.pk).update(left_at=later())
    desk = desk_of(exam)

    page = desk.page("allowances/", country="QVN")
    response = grant(desk, exam, "country=QVN", attempts=1)

    assert "Grant to 3 learners" in page
    told = desk.client.get(response["Location"]).content.decode()
    assert "Granted to 2 learners, who are told by mail." in told
    assert "1 learns from another edition and was left out." in told
    people = set(Allowance.objects.values_list("enrolment", flat=True))
    assert people == {inside[0].pk, inside[1].pk}
    assert sorted(to for to, _body in mails()) == sorted(one.learner.email for one in inside[:2])


def test_a_form_that_is_sent_twice_grants_once_and_says_what_it_granted():
    exam, now = Seat(starts=False, **EXAM), clock.now()
    exam.start(at=now)
    desk = desk_of(exam)
    chosen = f"learner={exam.learner.uuid}"
    stamp = stamp_on(desk.page("allowances/", learner=exam.learner.uuid))
    wrong = grant(desk, exam, chosen, minutes=601, stamp=stamp).content.decode()

    grant(desk, exam, chosen, minutes=15, stamp=stamp_on(wrong))
    again = grant(desk, exam, chosen, minutes=15, stamp=stamp)

    exam.attempt.refresh_from_db()
    assert stamp_on(wrong) == stamp
    assert exam.attempt.deadline_at == now + timedelta(minutes=45)
    assert (Allowance.objects.count(), len(mails()), verbs()) == (1, 1, ["allowance.grant"])
    page = desk.client.get(again["Location"]).content.decode()
    assert "Granted before, once, to 1 learner: minutes 15, attempts 0." in page
    another = stamp_on(desk.page("allowances/", learner=exam.learner.uuid))
    grant(desk, exam, chosen, minutes=15, stamp=another)
    assert (another != stamp, Allowance.objects.count()) == (True, 2)
    assert grant(desk, exam, chosen, minutes=15, stamp="a\0b").status_code == 400
    Enrolment.objects.update(left_at=now)
    gone = grant(desk, exam, chosen, minutes=15, stamp=stamp)
    assert "left out" not in desk.client.get(gone["Location"]).content.decode()


def stamp_on(page: str) -> str:
    found = re.search(r'name="stamp" value="([0-9a-f]{32})"', page)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Say how many minutes or attempts more."),
        ({"minutes": 15, "reason": ""}, "Reason: This field is required."),
        ({"minutes": 601}, "Minutes more:"),
        ({"attempts": "many"}, "Attempts more:"),
    ],
)
def test_what_cannot_be_granted_is_said_and_what_was_typed_is_kept(exam, fields, sentence):
    page = grant(desk_of(exam), exam, "everyone=yes", **fields).content.decode()

    assert sentence in page
    assert "Nothing granted yet" in page
    assert 'value="A slow line."' in page or not fields.get("reason", "x")
    assert not Allowance.objects.exists()


def test_minutes_have_no_sense_without_a_time_limit():
    seat = Seat()

    page = grant(desk_of(seat), seat, "everyone=yes", minutes=10).content.decode()

    assert "This quiz has no time limit." in page


def test_nobody_is_meant_when_the_address_names_nobody(exam):
    desk = desk_of(exam)

    assert "Choose learners first" in desk.page("allowances/")
    assert grant(desk, exam, "", minutes=10).status_code == 409
    assert desk.get("allowances/", learner="nobody").status_code == 400


def test_too_many_at_once_are_refused_whole(exam, monkeypatch):
    monkeypatch.setattr(decisions, "MOST_AT_ONCE", 1)
    EnrolmentFactory(edition=exam.quiz.edition)

    response = grant(desk_of(exam), exam, "everyone=yes", minutes=10)

    assert (response.status_code, Allowance.objects.count()) == (409, 0)


def test_learners_of_another_course_cannot_be_named(exam):
    other = EnrolmentFactory()

    response = grant(desk_of(exam), exam, f"learner={other.learner.uuid}", attempts=1)

    assert (response.status_code, Allowance.objects.count()) == (409, 0)


@pytest.mark.parametrize("rows", [1, 25])
def test_these_pages_cost_the_same_for_any_number(exam, rows, count_queries):
    for _ in range(rows):
        one = EnrolmentFactory(edition=exam.quiz.edition)
        AttemptRequest.objects.create(enrolment=one, quiz=exam.quiz, asked_at=later())
        Allowance.objects.create(
            enrolment=one, quiz=exam.quiz, extra_minutes=5, granted_at=later(), reason="x"
        )
    desk = desk_of(exam)

    with count_queries(7):
        desk.page("requests/")
    with count_queries(12):
        desk.page("allowances/", everyone="yes")


@pytest.mark.django_db(transaction=True)
def test_of_many_equal_sendings_at_once_one_grants_and_all_give_what_it_granted():
    seat, by = Seat(starts=False), UserFactory()
    EnrolmentFactory(edition=seat.quiz.edition)
    more = More(reason="A slow line.", attempts=1, stamp="0" * 32)
    meant = list(Enrolment.objects.select_related("learner"))
    calls = [partial(decisions.grant_to, meant, seat.quiz, more, by=by, at=later())] * 8

    answers = together(*calls)

    assert sorted(is_new for _given, is_new in answers) == [False] * 7 + [True]
    assert len({frozenset(row.pk for row in given) for given, _is_new in answers}) == 1
    assert (Allowance.objects.count(), len(mails()), len(verbs())) == (2, 2, 2)
