"""Inviting: once for each address and role, by whoever may, renewed without staff."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from partnership.accounts.models import Role, User
from partnership.audit.models import AuditEntry
from partnership.mail.models import OutboxMessage
from partnership.members import links
from partnership.members.models import Affiliation, FocalTerm, Invitation
from partnership.members.refusals import (
    AddressWrong,
    InvitationCodeWrong,
    InvitationOver,
    InviterGone,
    NotYours,
    TooOften,
)
from partnership.members.services.invitations import (
    SENDS,
    invite,
    send_again,
    try_code,
    withdraw,
)
from tests.constraints import refused_by
from tests.factories.accounts import UserFactory, person_with
from tests.factories.members import (
    AffiliationFactory,
    CountryFactory,
    FocalTermFactory,
    InstitutionFactory,
    InvitationFactory,
)
from tests.threads import together

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ANNA = "anna@ministry.example"


def mailed(to: str = ANNA) -> list[str]:
    return list(OutboxMessage.objects.filter(to=to).order_by("pk").values_list("body", flat=True))


@pytest.fixture
def term() -> FocalTerm:
    return FocalTermFactory(country=CountryFactory(iso3="QAA", name="Aland"))


def anna(term: FocalTerm, at: datetime = NOON, **more) -> Invitation:
    return invite(ANNA, by=term.person, at=at, country=term.country, **more)


def test_an_invitation_is_mailed_with_one_link_and_one_code(term):
    row = anna(term, name="Anna", title="Officer")

    (body,) = mailed()
    assert body.count(f"/invitation/{links.token_of(row.uuid, links.MAILED)}/") == 1
    assert links.shown(links.code_of(row.uuid)) in body
    assert "Dear Anna," in body
    assert "the delegation of Aland" in body
    assert (row.title, row.role, row.expires_at) == ("Officer", "official", NOON + Invitation.LIFE)


def test_neither_link_nor_code_stands_in_the_table_or_the_log(term):
    row = anna(term)

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM partnership_invitation")
        (kept,) = cursor.fetchall()
    log = str(list(AuditEntry.objects.values_list("changes", "key", "kind")))
    for secret in (
        links.token_of(row.uuid, links.MAILED),
        links.token_of(row.uuid, links.SHOWN),
        links.code_of(row.uuid),
    ):
        assert secret not in str(kept)
        assert secret not in log
    assert ANNA not in log


def test_a_link_of_one_purpose_is_not_the_link_of_another(term):
    row = anna(term)

    tokens = {links.token_of(row.uuid, purpose) for purpose in (links.MAILED, links.SHOWN)}
    assert len(tokens) == 2
    assert {row.mailed_hash, row.shown_hash} == {links.hash_of(token) for token in tokens}


def test_asked_again_the_open_invitation_is_the_answer_and_no_second_mail_goes(term):
    first = anna(term)
    again = invite(" ANNA@Ministry.example ", by=term.person, at=NOON, country=term.country)

    assert (again.pk, len(mailed()), Invitation.objects.count()) == (first.pk, 1, 1)


def test_one_that_is_over_is_replaced_when_somebody_invites_again(term):
    first = anna(term)
    second = anna(term, NOON + Invitation.LIFE)

    first.refresh_from_db()
    assert (first.replaced_at, second.pk != first.pk) == (NOON + Invitation.LIFE, True)


def test_who_joined_and_is_still_in_post_is_not_invited_again(term):
    post = AffiliationFactory(country=term.country)
    used = InvitationFactory(
        email=ANNA, country=term.country, by=term.person, used_at=NOON, used_by=post.person
    )

    assert anna(term, NOON + timedelta(days=300)).pk == used.pk
    Affiliation.objects.update(ends_on=NOON.date() - timedelta(days=1))
    assert anna(term).pk != used.pk


def test_inviting_an_address_does_not_tell_whether_it_has_an_account(term):
    UserFactory(email="known@ministry.example", language="en")
    for email in ("known@ministry.example", "unknown@ministry.example"):
        invite(email, by=term.person, at=NOON, country=term.country)

    known, unknown = (
        Invitation.objects.with_state(NOON).values("state", "name", "sends", "opened_at"),
        OutboxMessage.objects.values_list("subject", flat=True),
    )
    assert known[0] == known[1]
    assert len(set(unknown)) == 1
    assert User.objects.filter(email__endswith="known@ministry.example").count() == 1


def test_a_focal_point_invites_officials_of_the_own_delegation_and_nobody_else(term):
    other = CountryFactory()
    institution = InstitutionFactory()
    refused = [
        {"country": other},
        {"institution": institution},
        {"country": term.country, "institution": institution},
        {"country": term.country, "role": Role.TRAINER},
        {"country": term.country, "role": Role.FOCAL_POINT},
        {"role": Role.ADMINISTRATOR},
        {},
    ]

    for offer in refused:
        with pytest.raises(NotYours):
            invite(ANNA, by=term.person, at=NOON, **offer)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("ends_on", "closed_on", "may"),
    [
        (NOON.date(), None, True),
        (NOON.date() - timedelta(days=30), None, True),
        (NOON.date() - timedelta(days=31), None, False),
        (date(2099, 1, 1), NOON.date(), False),
        (date(2099, 1, 1), NOON.date() + timedelta(days=1), True),
    ],
)
def test_a_term_that_is_over_or_closed_invites_nobody(ends_on, closed_on, may):
    term = FocalTermFactory(ends_on=ends_on, closed_on=closed_on)

    if may:
        assert anna(term).pk
    else:
        with pytest.raises(NotYours):
            anna(term)


def test_a_disabled_focal_point_invites_nobody(term):
    term.person.is_active = False
    term.person.save()

    with pytest.raises(NotYours):
        anna(term)


def test_the_secretariat_invites_to_every_role(term):
    by = person_with(Role.ADMINISTRATOR)

    for role in (Role.TRAINER, Role.ADMINISTRATOR):
        assert invite(ANNA, by=by, at=NOON, role=role).role == role
    assert invite(ANNA, by=by, at=NOON, country=term.country).role == "official"
    assert Invitation.objects.count() == 3


@pytest.mark.parametrize("email", ["", "anna", "anna@", "a b@c.example", "x" * 250 + "@c.example"])
def test_what_is_no_address_is_not_invited(term, email):
    with pytest.raises(AddressWrong):
        invite(email, by=term.person, at=NOON, country=term.country)


def test_mailed_again_the_link_is_the_same_and_holds_from_now(term):
    row, later = anna(term), NOON + timedelta(days=3)

    send_again(row, at=later)

    row.refresh_from_db()
    assert (row.sends, row.expires_at) == (2, later + Invitation.LIFE)
    first, second = mailed()
    token = links.token_of(row.uuid, links.MAILED)
    assert (token in first, token in second) == (True, True)


def test_within_a_minute_it_is_not_mailed_twice_and_ten_mails_are_enough(term):
    row = anna(term)
    send_again(row, at=NOON + timedelta(seconds=59))
    assert len(mailed()) == 1

    Invitation.objects.update(sends=SENDS)
    row.refresh_from_db()
    with pytest.raises(TooOften):
        send_again(row, at=NOON + timedelta(hours=1))


def test_one_that_is_over_is_made_anew_without_staff_and_the_old_one_knows(term):
    row, later = anna(term, name="Anna", title="Officer"), NOON + timedelta(days=20)

    fresh = send_again(row, at=later)

    row.refresh_from_db()
    assert (row.replaced_at, fresh.title, fresh.by) == (later, "Officer", term.person)
    assert (fresh.uuid != row.uuid, fresh.expires_at) == (True, later + Invitation.LIFE)
    # From the old link again: the newer one is mailed once more.
    send_again(row, at=later + timedelta(hours=1))
    fresh.refresh_from_db()
    assert (fresh.sends, Invitation.objects.count()) == (2, 2)


def test_it_is_not_made_anew_for_an_inviter_who_is_gone(term):
    row = anna(term)
    FocalTerm.objects.update(closed_on=NOON.date())

    with pytest.raises(InviterGone):
        send_again(row, at=NOON + timedelta(days=20))
    assert len(mailed()) == 1


def test_what_was_withdrawn_or_used_is_neither_mailed_nor_withdrawn_again(term):
    row = anna(term)
    withdraw(row, by=term.person, at=NOON)
    row.refresh_from_db()

    for change in (lambda: send_again(row, at=NOON), lambda: withdraw(row, by=None, at=NOON)):
        with pytest.raises(InvitationOver, match="withdrawn"):
            change()


def test_the_right_code_finds_the_invitation_in_whatever_digits_it_is_typed(term):
    row = anna(term)
    code = links.code_of(row.uuid)

    for typed in (
        code,
        links.shown(code),
        code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
    ):
        assert try_code(" Anna@Ministry.example", typed, at=NOON).pk == row.pk
    row.refresh_from_db()
    assert row.tries == 0


def test_a_try_is_paid_before_it_is_looked_at_and_five_are_all(term):
    row = anna(term)
    wrong = "000000" if links.code_of(row.uuid) != "000000" else "111111"

    for _ in range(5):
        with pytest.raises(InvitationCodeWrong):
            try_code(ANNA, wrong, at=NOON)
    with pytest.raises(InvitationCodeWrong):
        try_code(ANNA, links.code_of(row.uuid), at=NOON)
    assert Invitation.objects.get().tries == 5


def test_a_wrong_code_and_an_unknown_address_are_told_the_same_words(term):
    anna(term)
    told = set()
    for email in (ANNA, "nobody@ministry.example"):
        with pytest.raises(InvitationCodeWrong) as refusal:
            try_code(email, "12", at=NOON)
        told.add(str(refusal.value))

    assert len(told) == 1


def test_the_state_follows_the_mail_and_the_link(term):
    row = anna(term)

    def state(at: datetime = NOON) -> str:
        return Invitation.objects.with_state(at).get(pk=row.pk).state

    seen = [state()]
    OutboxMessage.objects.update(state="handed_over", handed_over_at=NOON)
    seen.append(state())
    OutboxMessage.objects.update(state="failed", handed_over_at=None)
    seen.append(state())
    Invitation.objects.update(opened_at=NOON)
    seen += [state(), state(NOON + Invitation.LIFE)]
    Invitation.objects.update(used_at=NOON)
    seen.append(state(NOON + Invitation.LIFE))
    assert seen == ["queued", "handed_over", "bounced", "opened", "over", "joined"]


def test_an_address_has_one_open_invitation_for_a_role_and_a_place(term):
    row = anna(term)
    same = {"email": ANNA, "country": term.country, "by": term.person}

    with refused_by("invitation_one_open"):
        InvitationFactory(**same)
    InvitationFactory(**same, institution=InstitutionFactory())
    withdraw(row, by=term.person, at=NOON)
    InvitationFactory(**same)


@pytest.mark.parametrize(
    ("constraint", "wrong"),
    [
        ("invitation_of_an_official_names_a_place", {"country": None, "by": None}),
        ("invitation_of_a_focal_point_names_a_term", {"role": "focal_point"}),
        ("invitation_code_is_tried_five_times", {"tries": 6}),
        ("invitation_is_sent_before_it_ends", {"expires_at": NOON}),
        ("invitation_is_used_or_taken_back", {"used_at": NOON, "withdrawn_at": NOON}),
        ("invitation_address_is_in_small_letters", {"email": "Anna@x.example"}),
    ],
)
def test_an_invitation_that_cannot_be_is_refused_by_the_database(constraint, wrong):
    with refused_by(constraint):
        InvitationFactory(**wrong)


@pytest.mark.django_db(transaction=True)
def test_invited_twice_at_once_there_is_one_invitation_and_one_mail():
    term = FocalTermFactory()

    found = together(*[lambda: anna(term).pk] * 4)

    assert (len(set(found)), Invitation.objects.count(), len(mailed())) == (1, 1, 1)
