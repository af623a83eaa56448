"""Terms of focal points: begun on a letter, warned of, in grace, closed, handed over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from partnership.accounts.models import Role, User
from partnership.lib import clock
from partnership.mail.models import OutboxMessage
from partnership.members.models import FocalTerm, Handover, Invitation
from partnership.members.refusals import (
    AlreadyAnswered,
    AlreadyAsked,
    AlreadyThere,
    DayWrong,
    NotYours,
    SecondPersonNeeded,
)
from partnership.members.roles import roles_of
from partnership.members.services.handovers import ask_handover, decide_handover
from partnership.members.services.terms import Term, appoint, close_term, name_for, warn_ending
from tests.constraints import refused_by
from tests.factories.accounts import UserFactory, person_with
from tests.factories.members import (
    AffiliationFactory,
    CountryFactory,
    FocalTermFactory,
    HandoverFactory,
    InvitationFactory,
    OfficialLetterFactory,
    of,
)
from tests.threads import together

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TODAY, DAY = NOON.date(), timedelta(days=1)
YEAR = Term("policy", False, TODAY, TODAY + 365 * DAY)


@pytest.fixture
def admin(db) -> User:
    return person_with(Role.ADMINISTRATOR)


@pytest.fixture
def lone(db) -> FocalTerm:
    """The one focal point of a country, who also holds a post there."""
    post = AffiliationFactory(country=CountryFactory(iso3="QAA"))
    return FocalTermFactory(
        country=post.country, person=post.person, ends_on=TODAY + 100 * DAY, function="policy"
    )


def colleague(term: FocalTerm) -> User:
    return AffiliationFactory(country=term.country).person


def subjects(person: User) -> list[str]:
    rows = OutboxMessage.objects.filter(to=person.email).order_by("pk")
    return list(rows.values_list("subject", flat=True))


# --- Appointed


def test_the_secretariat_appoints_on_a_letter_and_the_right_begins_today(admin):
    letter, person = OfficialLetterFactory(), UserFactory()

    term = appoint(person, of(letter.country), YEAR, letter=letter, by=admin, at=NOON)

    assert (term.letter, term.ends_on) == (letter, YEAR.ends_on)
    assert roles_of(person, NOON) == {"focal_point"}
    assert subjects(person) == [f"You are focal point: {letter.country}"]


def test_nobody_else_appoints_and_nobody_appoints_themselves(admin, lone):
    letter = OfficialLetterFactory(country=lone.country)

    with pytest.raises(NotYours):
        appoint(UserFactory(), of(lone.country), YEAR, letter=letter, by=lone.person, at=NOON)
    with pytest.raises(SecondPersonNeeded):
        appoint(admin, of(lone.country), YEAR, letter=letter, by=admin, at=NOON)


@pytest.mark.parametrize("until", [TODAY - DAY, TODAY + 1099 * DAY])
def test_a_term_that_ends_before_today_or_after_three_years_is_refused(admin, until):
    letter, term = OfficialLetterFactory(), Term("policy", False, TODAY, until)

    with pytest.raises(DayWrong):
        appoint(UserFactory(), of(letter.country), term, letter=letter, by=admin, at=NOON)


def test_a_function_has_one_holder_and_one_deputy(admin, lone):
    letter, place = OfficialLetterFactory(country=lone.country), of(lone.country)
    with pytest.raises(AlreadyThere):
        appoint(UserFactory(), place, YEAR, letter=letter, by=admin, at=NOON)

    deputy = Term("policy", True, TODAY, YEAR.ends_on)
    assert appoint(UserFactory(), place, deputy, letter=letter, by=admin, at=NOON).is_deputy
    # The own term may be renewed; who is in grace makes room.
    renewed = appoint(lone.person, place, YEAR, letter=letter, by=admin, at=NOON)
    lone.refresh_from_db()
    assert lone.closed_on == TODAY
    FocalTerm.objects.filter(pk=renewed.pk).update(begins_on=date(2025, 1, 1), ends_on=TODAY - DAY)
    next_one = appoint(UserFactory(), place, YEAR, letter=letter, by=admin, at=NOON)
    assert list(FocalTerm.objects.on(TODAY).filter(is_deputy=False)) == [next_one]


@pytest.mark.django_db(transaction=True)
def test_two_appointed_to_one_function_at_once_are_one():
    admin, letter = person_with(Role.ADMINISTRATOR), OfficialLetterFactory()

    def one(person):
        try:
            return appoint(person, of(letter.country), YEAR, letter=letter, by=admin, at=NOON).pk
        except AlreadyThere:
            return None

    found = together(lambda: one(UserFactory()), lambda: one(UserFactory()))

    assert (found.count(None), FocalTerm.objects.on(TODAY).count()) == (1, 1)


# --- Named and closed by the delegation


def test_a_focal_point_gives_a_function_to_a_colleague_until_the_own_terms_end(lone):
    person = colleague(lone)

    term = name_for(person, of(lone.country), "recording", is_deputy=True, by=lone.person, at=NOON)

    assert (term.person, term.ends_on) == (person, lone.ends_on)


def test_a_function_goes_neither_to_oneself_nor_to_a_stranger_nor_from_one(lone):
    stranger, other = UserFactory(), FocalTermFactory().person
    cases = [
        (lone.person, lone.person, SecondPersonNeeded),
        (stranger, lone.person, NotYours),
        (colleague(lone), other, NotYours),
    ]

    for person, by, refusal in cases:
        with pytest.raises(refusal):
            name_for(person, of(lone.country), "recording", is_deputy=False, by=by, at=NOON)


def test_in_the_days_of_grace_nobody_prolongs_themselves_through_others(lone):
    FocalTerm.objects.update(ends_on=TODAY - DAY)

    with pytest.raises(DayWrong):
        name_for(
            colleague(lone), of(lone.country), "recording", is_deputy=False, by=lone.person, at=NOON
        )


def test_a_closed_term_ends_every_session_with_the_next_request(lone, admin, client):
    other = FocalTermFactory(country=lone.country, function="recording")
    client.force_login(other.person)
    assert client.get("/desk/delegation/country/qaa/").status_code == 200

    close_term(other, by=admin, at=clock.now())

    assert client.get("/desk/delegation/country/qaa/").status_code == 302
    assert subjects(other.person) == [f"Your term has ended: {lone.country}"]


def test_nobody_ends_the_own_term_and_no_stranger_does(lone, admin):
    other = FocalTermFactory().person
    with pytest.raises(SecondPersonNeeded):
        close_term(lone, by=lone.person, at=NOON)
    with pytest.raises(NotYours):
        close_term(lone, by=other, at=NOON)

    close_term(lone, by=admin, at=NOON)

    with pytest.raises(AlreadyThere):
        close_term(lone, by=admin, at=NOON)


def test_a_term_is_not_closed_before_it_begins():
    with refused_by("focal_term_closes_after_it_begins"):
        FocalTermFactory(closed_on=date(2022, 1, 1))


# --- Warned


def test_each_warning_is_mailed_once_and_the_grace_is_told(lone):
    end = lone.ends_on
    for left in (61, 60, 60, 45, 30, 29, 7, 3, 0, -1, -2, -30, -31):
        warn_ending(NOON + (end - TODAY - left * DAY))

    told = subjects(lone.person)
    assert len(told) == 4
    assert [text.startswith("Your term ends on 10 June 2026") for text in told[:3]] == [True] * 3
    assert told[3] == f"Your term has ended and runs on until 10 July 2026: {lone.country}"


def test_warnings_that_were_missed_are_not_made_up_for(lone):
    warn_ending(NOON + (lone.ends_on - TODAY - 5 * DAY))

    assert len(subjects(lone.person)) == 1


def test_a_closed_term_or_a_disabled_person_is_not_warned(lone):
    FocalTermFactory(ends_on=TODAY + DAY, person__is_active=False)
    FocalTerm.objects.filter(pk=lone.pk).update(closed_on=TODAY)

    warn_ending(NOON)

    assert not OutboxMessage.objects.exists()


# --- Handed over


def test_a_handover_takes_functions_and_open_invitations_along(lone, admin):
    taker = colleague(lone)
    second = FocalTermFactory(country=lone.country, person=lone.person, function="recording")
    FocalTerm.objects.filter(pk=second.pk).update(ends_on=lone.ends_on)
    mine = InvitationFactory(country=lone.country, by=lone.person)
    used = InvitationFactory(country=lone.country, by=lone.person, used_at=NOON)
    row = ask_handover(of(lone.country), taker, by=lone.person, at=NOON)
    assert not FocalTerm.objects.filter(person=taker).exists()

    decide_handover(row, agrees=True, by=admin, at=NOON)

    held = FocalTerm.objects.on(TODAY).filter(country=lone.country)
    assert {(term.person, term.function, term.ends_on) for term in held} == {
        (taker, "policy", lone.ends_on),
        (taker, "recording", lone.ends_on),
    }
    assert [Invitation.objects.get(pk=one.pk).by for one in (mine, used)] == [taker, lone.person]
    assert roles_of(lone.person, NOON) == {"official"}


def test_neither_giver_nor_successor_agrees_but_the_giver_may_take_it_back(lone):
    row = HandoverFactory(country=lone.country, giver=lone.person, taker=colleague(lone))
    for by in (row.giver, row.taker):
        with pytest.raises(SecondPersonNeeded):
            decide_handover(row, agrees=True, by=by, at=NOON)
    with pytest.raises(NotYours):
        decide_handover(row, agrees=True, by=FocalTermFactory().person, at=NOON)
    with refused_by("handover_is_agreed_by_another"):
        Handover.objects.update(decided_by=row.taker, decided_at=NOON, is_done=True)

    decide_handover(row, agrees=False, by=row.giver, at=NOON)

    assert FocalTerm.objects.on(TODAY).get(country=lone.country).person == lone.person


def test_another_focal_point_may_be_the_second_person_and_is_asked(lone, admin):
    other = FocalTermFactory(country=lone.country, function="recording").person
    row = ask_handover(of(lone.country), colleague(lone), by=lone.person, at=NOON)
    assert (len(subjects(other)), subjects(admin)) == (1, [])

    decide_handover(row, agrees=True, by=other, at=NOON)

    with pytest.raises(AlreadyAnswered):
        decide_handover(row, agrees=False, by=admin, at=NOON)


def test_a_handover_goes_to_a_colleague_once_at_a_time(lone):
    with pytest.raises(NotYours):
        ask_handover(of(lone.country), UserFactory(), by=lone.person, at=NOON)
    with pytest.raises(SecondPersonNeeded):
        ask_handover(of(lone.country), lone.person, by=lone.person, at=NOON)
    ask_handover(of(lone.country), colleague(lone), by=lone.person, at=NOON)
    with pytest.raises(AlreadyAsked):
        ask_handover(of(lone.country), colleague(lone), by=lone.person, at=NOON)
    with refused_by("handover_goes_to_somebody_else"):
        HandoverFactory(country=lone.country, giver=lone.person, taker=lone.person)


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("handover_of_one_country_or_institution", {"country": None}),
        ("handover_decision_is_yes_or_no", {"decided_at": NOON}),
    ],
)
def test_a_handover_that_cannot_be_is_refused_by_the_database(constraint, wrong):
    giver, taker = UserFactory(), UserFactory()
    with refused_by(constraint):
        HandoverFactory(giver=giver, taker=taker, **wrong)
