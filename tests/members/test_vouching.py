"""A focal point vouches, a second person agrees; nobody is both, and each step is done once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from partnership.accounts import addresses
from partnership.accounts.models import AddressChange, Recovery, Role
from partnership.audit.models import AuditEntry
from partnership.lib import clock
from partnership.mail.models import OutboxMessage
from partnership.members.delegations import Delegation
from partnership.members.refusals import AlreadyAnswered, NotYours, SecondPersonNeeded
from partnership.members.services import vouching
from tests.accounts.browsing import mailed_code
from tests.constraints import refused_by
from tests.factories.accounts import person_with
from tests.factories.members import AffiliationFactory, CountryFactory, FocalTermFactory

pytestmark = pytest.mark.django_db
LOST, NEW = "office@m.example", "new@p.example"


@pytest.fixture
def at():
    return clock.now()


@pytest.fixture
def place():
    country = CountryFactory(iso3="QAA")
    return Delegation("country", "qaa", country)


@pytest.fixture
def official(place):
    person = AffiliationFactory(country=place.place, person__email=LOST).person
    EmailAddress.objects.create(user=person, email=LOST, verified=True, primary=True)
    return person


@pytest.fixture
def recovery(official, at):
    return asked(official, at)


def asked(person, at, **other):
    values = {"lost": LOST, "email": NEW, "asked_at": at, "expires_at": at + Recovery.LIFE}
    return Recovery.objects.create(person=person, **{**values, **other})


def focal_of(place):
    return FocalTermFactory(country=place.place).person


def addresses_of(person) -> set[str]:
    return set(
        EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    )


def test_two_people_let_somebody_in_whose_sessions_end_and_whose_old_address_is_told(
    recovery, official, place, at
):
    first, second, epoch = focal_of(place), focal_of(place), official.epoch
    vouching.vouch(recovery, place, by=first, at=at)
    assert addresses_of(official) == {LOST}

    vouching.confirm(recovery, by=second, at=at)

    official.refresh_from_db()
    assert addresses_of(official) == {LOST, NEW}
    assert (official.email, official.epoch) == (LOST, epoch + 1)
    told = OutboxMessage.objects.filter(to=LOST, key__startswith="account.address").get()
    assert "/account/addresses/undo/" in told.body
    assert "You can sign in" in OutboxMessage.objects.get(to=NEW).subject
    lines = AuditEntry.objects.filter(key=str(official.uuid)).order_by("pk")
    assert list(lines.values_list("verb", "actor")) == [
        ("recovery.vouch", str(first.uuid)),
        ("person.address_added", str(second.uuid)),
        ("recovery.confirm", str(second.uuid)),
    ]
    waits = OutboxMessage.objects.filter(to=second.email)
    assert "waits for a second person" in waits.get().subject


def test_the_old_address_takes_the_new_one_back(recovery, official, place, at):
    vouching.vouch(recovery, place, by=focal_of(place), at=at)
    vouching.confirm(recovery, by=person_with(Role.ADMINISTRATOR), at=at)

    addresses.undo(AddressChange.objects.get(), at=at)

    assert addresses_of(official) == {LOST}


def test_nobody_vouches_for_themselves_or_is_both_people(recovery, official, place, at):
    FocalTermFactory(country=place.place, person=official)
    focal = focal_of(place)
    with pytest.raises(SecondPersonNeeded):
        vouching.vouch(recovery, place, by=official, at=at)
    vouching.vouch(recovery, place, by=focal, at=at)
    for by in (focal, official):
        with pytest.raises(SecondPersonNeeded):
            vouching.confirm(recovery, by=by, at=at)
    with pytest.raises(SecondPersonNeeded):
        vouching.refuse(recovery, by=official, at=at)

    assert addresses_of(official) == {LOST}


def test_only_a_focal_point_of_the_delegation_vouches_and_strangers_do_not_agree(
    recovery, place, at
):
    other = Delegation("country", "qab", CountryFactory(iso3="QAB"))
    stranger, secretariat = focal_of(other), person_with(Role.ADMINISTRATOR)
    for by in (stranger, secretariat, person_with(Role.DATA_EDITOR)):
        with pytest.raises(NotYours):
            vouching.vouch(recovery, place, by=by, at=at)
    with pytest.raises(AlreadyAnswered):
        vouching.vouch(recovery, other, by=stranger, at=at)
    with pytest.raises(AlreadyAnswered):
        vouching.confirm(recovery, by=secretariat, at=at)
    vouching.vouch(recovery, place, by=focal_of(place), at=at)
    for act in (vouching.confirm, vouching.refuse):
        with pytest.raises(NotYours):
            act(recovery, by=stranger, at=at)


def test_a_vouch_counts_no_longer_than_the_right_of_whoever_gave_it(recovery, official, place, at):
    term = FocalTermFactory(country=place.place)
    vouching.vouch(recovery, place, by=term.person, at=at)
    type(term).objects.filter(pk=term.pk).update(closed_on=at.date() - timedelta(days=1))

    with pytest.raises(NotYours):
        vouching.confirm(recovery, by=person_with(Role.ADMINISTRATOR), at=at)

    assert addresses_of(official) == {LOST}


def test_of_two_who_agree_at_once_one_does_and_nobody_twice(recovery, official, place, at):
    one, other = focal_of(place), person_with(Role.ADMINISTRATOR)
    vouching.vouch(recovery, place, by=focal_of(place), at=at)
    late = Recovery.objects.get()
    vouching.confirm(recovery, by=one, at=at)

    for row, by in ((late, other), (recovery, one)):
        with pytest.raises(AlreadyAnswered):
            vouching.confirm(row, by=by, at=at)
    with pytest.raises(AlreadyAnswered):
        vouching.refuse(late, by=other, at=at)
    assert AddressChange.objects.count() == 1


def test_two_who_vouch_at_once_are_one_vouch(recovery, place, at):
    first = focal_of(place)
    late = Recovery.objects.get()
    vouching.vouch(recovery, place, by=first, at=at)

    with pytest.raises(AlreadyAnswered):
        vouching.vouch(late, place, by=focal_of(place), at=at)
    assert Recovery.objects.get().vouched_by == first


def test_a_request_ends_after_fourteen_days_and_when_it_is_refused(recovery, official, place, at):
    focal = focal_of(place)
    with pytest.raises(AlreadyAnswered):
        vouching.vouch(recovery, place, by=focal, at=at + timedelta(days=14))
    assert not vouching.waiting_in(place, at=at + timedelta(days=14)).exists()

    vouching.refuse(recovery, by=focal, at=at)

    assert not vouching.waiting_in(place, at=at).exists()
    # Whoever asked may be anybody: they are told nothing.
    assert not OutboxMessage.objects.filter(to=NEW).exists()


def test_an_address_that_has_an_account_meanwhile_is_not_given_away(recovery, official, place, at):
    vouching.vouch(recovery, place, by=focal_of(place), at=at)
    EmailAddress.objects.create(user=focal_of(place), email=NEW, verified=True)

    with pytest.raises(addresses.AddressRefused):
        vouching.confirm(recovery, by=person_with(Role.ADMINISTRATOR), at=at)

    recovery.refresh_from_db()
    assert (recovery.confirmed_at, addresses_of(official)) == (None, {LOST})


def test_focal_points_are_told_once_and_of_nobody_who_has_no_account(recovery, place, at):
    focal = focal_of(place)
    asked(None, at, lost="nobody@m.example")

    assert (vouching.tell(at), vouching.tell(at)) == (1, 0)

    assert OutboxMessage.objects.get().to == focal.email


def test_where_the_only_focal_point_asks_the_secretariat_is_told(recovery, official, place, at):
    FocalTermFactory(country=place.place, person=official)
    secretariat = person_with(Role.ADMINISTRATOR)

    vouching.tell(at)

    assert OutboxMessage.objects.get().to == secretariat.email


@pytest.mark.parametrize(
    ("constraint", "columns"),
    [
        ("recovery_by_two_people", {"confirmed_by": "focal"}),
        ("recovery_by_others_than_its_person", {"vouched_by": "official"}),
        ("recovery_by_others_than_its_person", {"confirmed_by": "official"}),
        ("recovery_is_vouched_at_a_time", {"vouched_at": None, "confirmed_at": None}),
        ("recovery_is_confirmed_after_a_vouch", {"vouched_at": None, "vouched_by": None}),
        ("recovery_is_confirmed_or_refused", {"ended_at": "now"}),
        ("recovery_in_its_time", {"expires_at": "now"}),
        ("recovery_from_one_address_to_another", {"email": LOST}),
        ("recovery_from_one_address_to_another", {"email": "New@p.example"}),
    ],
)
def test_the_database_holds_the_order_of_a_recovery(official, place, at, constraint, columns):
    known = {"official": official, "focal": focal_of(place), "now": at}
    whole = {"vouched_at": at, "vouched_by": known["focal"], "confirmed_at": at}
    given = {name: known.get(value, value) for name, value in columns.items()}
    with refused_by(constraint):
        asked(official, at, **{**whole, **given})


def test_nobody_is_vouched_for_where_there_is_no_account_and_one_is_open(official, at):
    with refused_by("recovery_is_vouched_for_somebody"):
        asked(None, at, vouched_at=at)
    asked(official, at)
    with refused_by("recovery_one_open"):
        asked(official, at)


def test_a_focal_point_who_comes_back_shows_the_second_factor_as_before(
    place, client, at, settings
):
    settings.SECOND_FACTOR = True
    person = FocalTermFactory(country=place.place, person__email=LOST).person
    AffiliationFactory(country=place.place, person=person)
    row = asked(person, at)
    vouching.vouch(row, place, by=focal_of(place), at=at)
    vouching.confirm(row, by=person_with(Role.ADMINISTRATOR), at=at)

    client.post("/account/sign-in/code/", {"login": NEW})
    client.post("/account/code/", {"code": mailed_code(NEW)})

    assert client.session["_auth_user_id"] == str(person.pk)
    assert client.get("/desk/delegation/country/qaa/recoveries/").status_code == 302
