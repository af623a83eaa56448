"""Asking to be counted to a delegation, and who answers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress

from partnership.accounts.models import Role
from partnership.mail.models import OutboxMessage
from partnership.members import working_days
from partnership.members.domains import is_domain, plain_domain
from partnership.members.models import Affiliation, JoinRequest, MailDomain
from partnership.members.refusals import (
    AlreadyAnswered,
    AlreadyAsked,
    AlreadyThere,
    DayWrong,
    DomainRefused,
    NotYours,
    SecondPersonNeeded,
)
from partnership.members.services.domains import approve_domain, propose_domain
from partnership.members.services.joining import (
    Post,
    answer_request,
    ask_to_join,
    pass_on,
    withdraw_request,
)
from tests.constraints import refused_by
from tests.factories.accounts import UserFactory, person_with
from tests.factories.members import (
    AffiliationFactory,
    CountryFactory,
    FocalTermFactory,
    InstitutionFactory,
    JoinRequestFactory,
    MailDomainFactory,
    of,
)
from tests.threads import together

pytestmark = pytest.mark.django_db

# A Monday.
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TODAY, DAY = NOON.date(), timedelta(days=1)
SINCE = date(2025, 9, 1)


def post(email: str = "me@ministry.example", since: date = SINCE) -> Post:
    return Post("Officer", since, email)


def ask(person, place, at: datetime = NOON, **more) -> JoinRequest:
    return ask_to_join(person, of(place), post(**more), at=at)


def mails(to) -> list[str]:
    rows = OutboxMessage.objects.filter(to=to.email).order_by("pk")
    return list(rows.values_list("subject", flat=True))


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (datetime(2026, 3, 2, 12), datetime(2026, 3, 9, 12)),
        (datetime(2026, 3, 6, 23, 59), datetime(2026, 3, 13, 23, 59)),
        (datetime(2026, 3, 7, 8), datetime(2026, 3, 16)),
        (datetime(2026, 3, 8, 23), datetime(2026, 3, 16)),
        (datetime(2026, 12, 30, 1), datetime(2027, 1, 6, 1)),
    ],
)
def test_five_working_days_leave_out_weekends(at, due):
    assert working_days.after(at.replace(tzinfo=UTC), 5) == due.replace(tzinfo=UTC)


def test_a_request_is_held_for_the_focal_points_who_are_told():
    term, person = FocalTermFactory(), UserFactory()

    row = ask(person, term.country)

    assert (row.passed_at, row.due_at) == (None, NOON + 7 * DAY)
    assert mails(term.person) == [f"A request to join your delegation: {term.country}"]


def test_where_nobody_else_can_answer_it_is_with_the_secretariat_at_once():
    lone = FocalTermFactory()

    assert ask(lone.person, lone.country).passed_at == NOON
    assert ask(UserFactory(), CountryFactory()).passed_at == NOON
    FocalTermFactory(country=lone.country, function="recording")
    assert ask(UserFactory(), lone.country).passed_at is None


def test_approved_the_post_begins_on_the_day_that_was_named():
    term, person = FocalTermFactory(), UserFactory()
    row = ask(person, term.country)

    answer_request(row, approves=True, by=term.person, at=NOON)

    line = Affiliation.objects.get(person=person)
    assert (line.begins_on, line.title, line.country) == (SINCE, "Officer", term.country)
    assert mails(person) == [f"You have joined: {term.country}"]


def test_declined_the_person_reads_why_and_nothing_begins():
    term, person = FocalTermFactory(), UserFactory()
    row = ask(person, term.country)
    with pytest.raises(NotYours, match="why"):
        answer_request(row, approves=False, reply=" ", by=term.person, at=NOON)

    answer_request(row, approves=False, reply="We do not know you.", by=term.person, at=NOON)

    assert not Affiliation.objects.filter(person=person).exists()
    assert "We do not know you." in OutboxMessage.objects.get(to=person.email).body


def test_nobody_answers_the_own_request_not_even_the_secretariat():
    lone = FocalTermFactory()
    admin = person_with(Role.ADMINISTRATOR)
    for person, place in ((lone.person, lone.country), (admin, lone.country)):
        row = ask(person, place)
        with pytest.raises(SecondPersonNeeded):
            answer_request(row, approves=True, by=person, at=NOON)
    with refused_by("join_request_is_answered_by_another"):
        JoinRequest.objects.filter(person=admin).update(
            answered_by=admin, answered_at=NOON, is_approved=True
        )


def test_a_focal_point_of_another_delegation_answers_nothing():
    term, other = FocalTermFactory(), FocalTermFactory()
    row = ask(UserFactory(), term.country)

    with pytest.raises(NotYours):
        answer_request(row, approves=True, by=other.person, at=NOON)


def test_a_request_is_answered_once():
    term = FocalTermFactory()
    row = ask(UserFactory(), term.country)
    answer_request(row, approves=False, reply="No.", by=term.person, at=NOON)

    with pytest.raises(AlreadyAnswered):
        answer_request(row, approves=True, by=term.person, at=NOON)
    with pytest.raises(AlreadyAnswered):
        withdraw_request(row, at=NOON)
    assert not Affiliation.objects.filter(person=row.person).exists()


def test_one_open_request_for_each_person_and_delegation():
    person, country = UserFactory(), CountryFactory()
    first = ask(person, country)

    with pytest.raises(AlreadyAsked):
        ask(person, country)
    with refused_by("join_request_one_open"):
        JoinRequestFactory(person=person, country=country)
    assert ask(person, InstitutionFactory()).pk
    withdraw_request(first, at=NOON)
    assert ask(person, country).pk != first.pk


def test_who_is_counted_already_need_not_ask_and_a_day_ahead_is_refused():
    held = AffiliationFactory()

    with pytest.raises(AlreadyThere):
        ask(held.person, held.country)
    for since in (TODAY + DAY, date(1800, 1, 1)):
        with pytest.raises(DayWrong):
            ask(UserFactory(), held.country, since=since)


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("join_request_of_one_country_or_institution", {"country": None}),
        ("join_request_answer_is_yes_or_no", {"answered_at": NOON}),
        (
            "join_request_is_answered_or_withdrawn",
            {"answered_at": NOON, "is_approved": True, "withdrawn_at": NOON},
        ),
    ],
)
def test_a_request_that_cannot_be_is_refused_by_the_database(constraint, wrong):
    with refused_by(constraint):
        JoinRequestFactory(**wrong)


# --- Passed on


def test_without_an_answer_it_goes_to_the_secretariat_once():
    admin, term, person = person_with(Role.ADMINISTRATOR), FocalTermFactory(), UserFactory()
    row = ask(person, term.country)
    assert pass_on(row.due_at - timedelta(seconds=1)) == 0

    found = [pass_on(row.due_at), pass_on(row.due_at), pass_on(row.due_at + timedelta(hours=1))]

    row.refresh_from_db()
    assert (found, row.passed_at) == ([1, 0, 0], row.due_at)
    assert len(mails(person)) == 1
    assert mails(admin) == ["Requests to join wait for an answer"]


def test_what_was_answered_or_withdrawn_is_not_passed_on():
    term = FocalTermFactory()
    answer_request(ask(UserFactory(), term.country), approves=True, by=term.person, at=NOON)
    withdraw_request(ask(UserFactory(), term.country), at=NOON)

    assert pass_on(NOON + 30 * DAY) == 0


def test_the_focal_point_may_still_answer_what_was_passed_on():
    term = FocalTermFactory()
    row = ask(UserFactory(), term.country)
    pass_on(row.due_at)

    assert answer_request(row, approves=True, by=term.person, at=row.due_at).is_approved


@pytest.mark.django_db(transaction=True)
def test_answered_by_two_at_once_one_answer_counts():
    term = FocalTermFactory()
    other = FocalTermFactory(country=term.country, function="recording")
    row = ask(UserFactory(), term.country)

    def answer(by, approves):
        try:
            answer_request(row, approves=approves, reply="Why.", by=by, at=NOON)
        except AlreadyAnswered:
            return None
        return approves

    found = together(lambda: answer(term.person, True), lambda: answer(other.person, False))

    assert found.count(None) == 1
    row.refresh_from_db()
    assert row.is_approved in found
    assert Affiliation.objects.filter(person=row.person).exists() is row.is_approved


# --- Mail domains


def confirmed(email: str):
    person = UserFactory()
    EmailAddress.objects.create(user=person, email=email, verified=True)
    return person


@pytest.mark.parametrize(
    ("email", "is_in"),
    [
        ("anna@ministry.example", True),
        ("anna@mail.ministry.example", True),
        ("anna@otherministry.example", False),
        ("anna@ministry.example.org", False),
        ("anna@example", False),
    ],
)
def test_a_confirmed_address_in_the_domain_is_enough(email, is_in):
    rule = MailDomainFactory(domain="ministry.example")
    FocalTermFactory(country=rule.country)

    row = ask(confirmed(email), rule.country)

    line = Affiliation.objects.filter(person=row.person).first()
    assert (row.is_approved, row.rule, bool(line)) == (
        (True, rule, True) if is_in else (None, None, False)
    )
    # Since when nobody has confirmed: the post begins today.
    assert line is None or line.begins_on == TODAY


def test_an_address_that_is_not_confirmed_or_of_another_delegation_is_not_enough():
    rule = MailDomainFactory(domain="ministry.example")
    person = UserFactory()
    EmailAddress.objects.create(user=person, email="a@ministry.example", verified=False)

    assert ask(person, rule.country).is_approved is None
    assert ask(confirmed("b@ministry.example"), CountryFactory()).is_approved is None


def test_a_proposal_holds_only_once_the_secretariat_has_approved_it():
    term, admin = FocalTermFactory(), person_with(Role.ADMINISTRATOR)
    rule = propose_domain(" Anna@Ministry.Example. ", of(term.country), by=term.person, at=NOON)
    assert (rule.domain, rule.approved_at) == ("ministry.example", None)
    assert ask(confirmed("a@ministry.example"), term.country).is_approved is None

    with pytest.raises(NotYours):
        approve_domain(rule, by=term.person, at=NOON)
    approve_domain(rule, by=admin, at=NOON)

    assert ask(confirmed("b@ministry.example"), term.country).is_approved
    other = propose_domain("ministry.test", of(term.country), by=admin, at=NOON)
    assert other.approved_at == NOON


@pytest.mark.parametrize(
    "typed", ["", "gmail.com", "example", "a b.example", "-a.example", "x." * 99]
)
def test_what_is_no_domain_of_an_office_is_refused(typed):
    term = FocalTermFactory()

    with pytest.raises(DomainRefused):
        propose_domain(typed, of(term.country), by=term.person, at=NOON)


def test_a_domain_in_other_letters_is_kept_as_mail_writes_it():
    assert plain_domain("a@Mïnistry.Example") == "xn--mnistry-oza.example"
    assert is_domain("xn--mnistry-oza.example")


def test_a_domain_stands_for_one_delegation():
    rule = MailDomainFactory()

    with refused_by("partnership_maildomain"):
        MailDomain.objects.create(domain=rule.domain, country=CountryFactory(), proposed_at=NOON)
    with refused_by("mail_domain_is_one"):
        MailDomainFactory(domain="Upper.example")
    with refused_by("mail_domain_of_one_country_or_institution"):
        MailDomainFactory(country=None)
