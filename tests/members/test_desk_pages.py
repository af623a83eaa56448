"""The desk of a delegation, as its focal point presses it: people and invitations."""

from __future__ import annotations

from datetime import date

import pytest

from partnership.lib import clock
from partnership.members.models import (
    FocalTerm,
    Invitation,
)
from tests.factories.accounts import UserFactory
from tests.factories.members import (
    AffiliationFactory,
    InvitationFactory,
)
from tests.members.browsing import DAY, DESK, text, today

pytestmark = pytest.mark.django_db

# --- People


def test_has_left_ends_the_line_today_and_one_press_puts_it_back(term, focal):
    post = AffiliationFactory(country=term.country)
    page = focal.post(f"{DESK}post/", {"row": post.pk, "do": "end"}, follow=True)
    post.refresh_from_db()
    assert (post.ends_on, "You can put it back for seven days." in text(page)) == (today(), True)
    assert "Undo the end" in text(page)

    focal.post(f"{DESK}post/", {"row": post.pk, "do": "undo"})

    post.refresh_from_db()
    assert post.ends_on is None


def test_a_last_day_can_be_named_and_the_filters_stay(term, focal):
    post = AffiliationFactory(country=term.country)
    body = {"row": post.pk, "do": "end", "last_day": "2024-06-30", "query": "check=due"}

    answer = focal.post(f"{DESK}post/", body)

    post.refresh_from_db()
    assert (post.ends_on, answer["Location"]) == (date(2024, 6, 30), f"{DESK}?check=due")
    assert focal.post(f"{DESK}post/", {**body, "last_day": "31.6.2024"}).status_code == 409


def test_one_press_for_each_line_that_nobody_confirmed_for_a_year(term, focal):
    post = AffiliationFactory(country=term.country)
    assert "1 line was not confirmed for a year." in text(focal.get(DESK))

    focal.post(f"{DESK}post/", {"row": post.pk, "do": "confirm"})

    post.refresh_from_db()
    assert post.confirmed_on == today()
    assert "not confirmed for a year." not in text(focal.get(DESK))


def test_in_the_days_of_grace_the_desk_works_and_says_so(term, focal):
    FocalTerm.objects.update(ends_on=today() - DAY)

    assert "Your rights run on until" in text(focal.get(DESK))
    FocalTerm.objects.update(ends_on=today() - 31 * DAY)
    assert focal.get(DESK).status_code == 403


@pytest.mark.parametrize("query", ["when=never", "check=x", "page=9", "q=" + "a" * 101])
def test_a_filter_that_cannot_be_is_refused(focal, query):
    assert focal.get(f"{DESK}?{query}").status_code == 400


def test_names_in_any_script_are_text_and_found(term, focal):
    names = ["吴 思远", "سارة المنصوري", "<b>Alice</b>", "é" * 150]
    for name in names:
        AffiliationFactory(country=term.country, person__name=name)

    page = focal.get(DESK, {"q": "المنصوري"}).content.decode()

    assert ("سارة المنصوري" in page, "吴 思远" in page) == (True, False)
    assert "<b>Alice" not in focal.get(DESK).content.decode()


# --- Invitations


def test_a_focal_point_invites_mails_again_and_withdraws(term, focal):
    page = focal.post(f"{DESK}invitations/", {"email": "Anna@M.example"}, follow=True)
    row = Invitation.objects.get()
    assert (row.email, row.country, row.role) == ("anna@m.example", term.country, "official")
    assert "The invitation to anna@m.example is on its way." in text(page)
    assert "waits to be mailed" in text(page)

    change = f"{DESK}invitations/change/"
    again = focal.post(change, {"row": row.uuid, "do": "again"}, follow=True)
    assert "less than a minute ago" in text(again)
    focal.post(change, {"row": row.uuid, "do": "withdraw"})
    row.refresh_from_db()
    assert row.withdrawn_at is not None
    assert focal.post(change, {"row": row.uuid, "do": "again"}).status_code == 409


def test_the_focal_point_is_told_nothing_of_accounts_and_the_secretariat_is(focal, admin):
    UserFactory(email="known@m.example")
    for client, address, told in (
        (focal, f"{DESK}invitations/", False),
        (admin, "/desk/members/invitations/", True),
    ):
        body = {"email": "known@m.example", "role": "official", "place": "Aland"}
        page = client.post(address, body, follow=True)
        assert ("The address has an account" in text(page)) is told
        Invitation.objects.update(withdrawn_at=clock.now())


def test_a_wrong_address_is_told_and_what_was_typed_stays(focal):
    page = focal.post(f"{DESK}invitations/", {"email": "anna", "title": "Officer"})

    assert "This is no mail address." in text(page)
    assert 'value="Officer"' in text(page)


@pytest.mark.parametrize(
    ("state", "number"), [("queued", 1), ("joined", 1), ("bounced", 0), ("", 2)]
)
def test_invitations_are_narrowed_by_how_far_they_got(term, focal, state, number):
    at = clock.now()
    for used in (None, at):
        InvitationFactory(
            country=term.country, by=term.person, made_at=at, sent_at=at, used_at=used
        )

    page = text(focal.get(f"{DESK}invitations/", {"state": state}))

    assert f"<strong>{number}</strong>" in page


def test_the_secretariat_invites_a_trainer_and_not_a_focal_point_without_a_letter(admin):
    address = "/desk/members/invitations/"
    admin.post(address, {"email": "t@m.example", "role": "trainer"})
    assert Invitation.objects.get().role == "trainer"

    page = admin.post(address, {"email": "f@m.example", "role": "focal_point"})

    assert (page.status_code, Invitation.objects.count()) == (200, 1)
    page = admin.post(address, {"email": "o@m.example", "role": "official"})
    assert "An official belongs to a country or an institution." in text(page)
