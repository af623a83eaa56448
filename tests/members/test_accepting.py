"""Accepting an invitation: who gets what, exactly once, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress

from partnership.accounts.models import Role, RoleGrant, User
from partnership.members.models import Affiliation, FocalTerm, Invitation
from partnership.members.refusals import (
    AccountIsClosed,
    AlreadyThere,
    DayWrong,
    InvitationOver,
    InviterGone,
    NameMissing,
    SignInNeeded,
)
from partnership.members.roles import roles_of
from partnership.members.services.accepting import accept
from tests.factories.accounts import UserFactory, person_with
from tests.factories.members import (
    AffiliationFactory,
    CountryFactory,
    FocalTermFactory,
    InvitationFactory,
)
from tests.threads import together

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TODAY = NOON.date()
ANNA = "anna@ministry.example"


def of_secretariat(**more) -> Invitation:
    return InvitationFactory(by=person_with(Role.ADMINISTRATOR), email=ANNA, **more)


def come(row: Invitation, **more):
    return accept(row, at=NOON, is_proof=True, **{"name": "Anna", **more})


def test_whoever_comes_by_the_mail_gets_an_account_a_confirmed_address_and_the_post():
    row = InvitationFactory(email=ANNA, title="Officer")

    done = come(row)

    address = EmailAddress.objects.get(user=done.person)
    assert (done.is_new, done.person.email, done.person.name) == (True, ANNA, "Anna")
    assert (address.email, address.verified, address.primary) == (ANNA, True, True)
    post = Affiliation.objects.get(person=done.person)
    assert (post.country, post.title, post.begins_on) == (row.country, "Officer", TODAY)
    assert roles_of(done.person, NOON) == {"official"}
    row.refresh_from_db()
    assert (row.used_at, row.used_by) == (NOON, done.person)


def test_an_account_that_is_there_gains_the_post_and_no_second_one_is_made():
    anna = UserFactory(email="anna@home.example")
    EmailAddress.objects.create(user=anna, email=ANNA, verified=True)
    row = InvitationFactory(email=ANNA)

    done = come(row, name="")

    assert (done.person, done.is_new) == (anna, False)
    assert User.objects.filter(affiliations__country=row.country).get() == anna


@pytest.mark.parametrize("role", [Role.TRAINER, Role.ADMINISTRATOR])
def test_a_role_is_given_as_it_was_offered_and_once(role):
    row = of_secretariat(role=role, country=None)
    done = come(row)
    second = of_secretariat(role=role, country=None)

    come(second)

    grant = RoleGrant.objects.get(person=done.person)
    assert (grant.role, grant.begins_on, grant.ends_on) == (role, TODAY, None)


def test_a_focal_point_gets_the_term_with_its_function_end_and_the_post():
    until = date(2027, 3, 1)
    row = of_secretariat(role="focal_point", function="recording", is_deputy=True, until=until)

    person = come(row).person

    term = FocalTerm.objects.get(person=person)
    assert (term.function, term.is_deputy, term.begins_on) == ("recording", True, TODAY)
    assert (term.ends_on, term.country) == (until, row.country)
    assert roles_of(person, NOON) == {"official", "focal_point"}


def test_a_term_that_ended_before_it_was_accepted_is_not_begun():
    row = of_secretariat(role="focal_point", function="policy", until=TODAY - timedelta(days=1))

    with pytest.raises(DayWrong):
        come(row)
    assert (Invitation.objects.get().used_at, User.objects.filter(email=ANNA).count()) == (None, 0)


def test_a_function_that_somebody_holds_is_not_given_twice():
    held = FocalTermFactory()
    row = of_secretariat(
        role="focal_point", function="policy", until=date(2027, 1, 1), country=held.country
    )

    with pytest.raises(AlreadyThere, match="held by"):
        come(row)


def test_one_that_was_used_is_used_no_more():
    row = InvitationFactory(email=ANNA)
    come(row)

    with pytest.raises(InvitationOver, match="used already"):
        come(row)
    assert Affiliation.objects.filter(country=row.country).count() == 1


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ({"withdrawn_at": NOON}, "withdrawn"),
        ({"replaced_at": NOON}, "newer"),
        ({"sent_at": NOON - timedelta(days=14), "made_at": NOON - timedelta(days=14)}, "too old"),
    ],
)
def test_one_that_is_over_says_why(how, told):
    row = InvitationFactory(**how)

    with pytest.raises(InvitationOver, match=told):
        come(row)


def test_what_an_expired_or_closed_delegation_offered_is_not_given():
    for change in ({"ends_on": TODAY - timedelta(days=31)}, {"closed_on": TODAY}):
        row = InvitationFactory()
        FocalTerm.objects.filter(person=row.by).update(**change)

        with pytest.raises(InviterGone):
            come(row)
        row.refresh_from_db()
        assert (row.used_at, User.objects.filter(email=row.email).exists()) == (None, False)


def test_what_a_disabled_inviter_offered_is_not_given():
    row = InvitationFactory()
    User.objects.filter(pk=row.by_id).update(is_active=False)

    with pytest.raises(InviterGone):
        come(row)


def test_an_administrator_who_is_none_any_more_gives_no_role():
    row = of_secretariat(role=Role.TRAINER, country=None)
    RoleGrant.objects.update(ends_on=TODAY - timedelta(days=1))

    with pytest.raises(InviterGone):
        come(row)


def test_a_disabled_person_gains_nothing():
    UserFactory(email=ANNA, is_active=False)
    row = InvitationFactory(email=ANNA)

    with pytest.raises(AccountIsClosed):
        come(row)
    assert not Affiliation.objects.filter(country=row.country).exists()


def test_without_a_name_no_account_is_made_and_nothing_is_used():
    row = InvitationFactory(email=ANNA)

    with pytest.raises(NameMissing):
        come(row, name="")
    assert Invitation.objects.get().used_at is None


def test_the_link_that_an_inviter_can_copy_makes_no_account_and_opens_none():
    UserFactory(email=ANNA)
    for row in (InvitationFactory(email=ANNA), InvitationFactory(email="new@x.example")):
        with pytest.raises(SignInNeeded):
            accept(row, at=NOON, is_proof=False, name="Mallory")
    assert not User.objects.filter(name="Mallory").exists()


def test_signed_in_under_another_address_the_invited_one_is_added_if_wanted():
    for adds in (True, False):
        bob, row = UserFactory(), InvitationFactory()
        accept(row, at=NOON, is_proof=True, by=bob, adds_address=adds)

        assert EmailAddress.objects.filter(user=bob, email=row.email).exists() is adds
        assert Affiliation.objects.get(person=bob).country == row.country


def test_by_a_copied_link_no_address_is_added_whatever_is_sent():
    bob, row = UserFactory(), InvitationFactory()

    accept(row, at=NOON, is_proof=False, by=bob, adds_address=True)

    assert not EmailAddress.objects.filter(email=row.email).exists()


def test_an_address_of_somebody_else_stays_theirs():
    anna, bob = UserFactory(email=ANNA), UserFactory()
    row = InvitationFactory(email=ANNA)

    accept(row, at=NOON, is_proof=True, by=bob, adds_address=True)

    assert not EmailAddress.objects.filter(user=bob).exists()
    assert not Affiliation.objects.filter(person=anna).exists()


def test_a_post_that_runs_already_is_not_doubled_and_one_that_ends_goes_on():
    country = CountryFactory()
    running = AffiliationFactory(country=country)
    ending = AffiliationFactory(country=country, ends_on=TODAY)
    for post in (running, ending):
        accept(InvitationFactory(country=country), at=NOON, is_proof=True, by=post.person)

    assert Affiliation.objects.filter(person=running.person).count() == 1
    lines = Affiliation.objects.filter(person=ending.person).order_by("begins_on")
    assert [line.ends_on for line in lines] == [TODAY, None]
    assert lines[1].begins_on == TODAY + timedelta(days=1)


# --- At once


def used(row: Invitation):
    try:
        return accept(row, at=NOON, is_proof=True, name="Anna").person.pk
    except InvitationOver:
        return None


@pytest.mark.django_db(transaction=True)
def test_one_link_used_four_times_at_once_is_used_once():
    row = InvitationFactory(email=ANNA)

    found = together(*[lambda: used(row)] * 4)

    assert [pk is None for pk in sorted(found, key=str)].count(True) == 3
    assert User.objects.filter(email=ANNA).count() == 1
    assert Affiliation.objects.filter(country=row.country).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_invitations_of_one_address_used_at_once_make_one_account_with_both_posts():
    rows = [InvitationFactory(email=ANNA), InvitationFactory(email=ANNA)]

    found = together(*[lambda row=row: used(row) for row in rows])

    person = User.objects.get(email=ANNA)
    assert set(found) == {person.pk}
    assert person.affiliations.count() == 2
    assert EmailAddress.objects.filter(user=person, primary=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_withdrawn_and_accepted_at_once_one_of_both_has_happened():
    from partnership.members.services.invitations import withdraw

    row = InvitationFactory(email=ANNA)

    def take_back():
        try:
            withdraw(row, by=None, at=NOON)
        except InvitationOver:
            return False
        return True

    taken, person = together(take_back, lambda: used(row))

    assert taken is (person is None)
    assert User.objects.filter(email=ANNA).exists() is not taken
