"""Lines of posts: ended and put back, never deleted; called right once a year."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from partnership.audit.models import AuditEntry
from partnership.mail.models import OutboxMessage
from partnership.members.models import Affiliation, Leaving
from partnership.members.refusals import AlreadyThere, DayWrong, NothingToUndo
from partnership.members.services.lists import ask_for_lists, unsure
from partnership.members.services.posts import begin_post, confirm_post, end_post, undo_end
from tests.constraints import refused_by
from tests.factories.accounts import UserFactory
from tests.factories.members import AffiliationFactory, CountryFactory, FocalTermFactory
from tests.threads import together

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TODAY, DAY = NOON.date(), timedelta(days=1)


@pytest.fixture
def post(db) -> Affiliation:
    return AffiliationFactory(begins_on=date(2024, 1, 1))


def test_leaving_ends_the_line_with_its_last_day_and_is_written_down(post):
    by = UserFactory()
    end_post(post, last_day=TODAY, by=by, at=NOON)

    post.refresh_from_db()
    assert post.ends_on == TODAY
    entry = AuditEntry.objects.get(verb="post.end")
    assert (entry.actor, entry.changes) == (str(by.uuid), {"ends_on": [None, "2026-03-02"]})


@pytest.mark.parametrize("last_day", [date(2023, 12, 31), TODAY + timedelta(days=367)])
def test_a_last_day_before_the_first_or_far_ahead_is_refused(post, last_day):
    with pytest.raises(DayWrong):
        end_post(post, last_day=last_day, by=None, at=NOON)
    assert Affiliation.objects.get().ends_on is None


def test_an_end_is_undone_to_what_was_before(post):
    first = end_post(post, last_day=TODAY + 30 * DAY, by=None, at=NOON)
    post.refresh_from_db()
    second = end_post(post, last_day=TODAY, by=None, at=NOON)

    undo_end(second, by=None, at=NOON + 6 * DAY)

    assert Affiliation.objects.get().ends_on == TODAY + 30 * DAY
    with pytest.raises(NothingToUndo):
        undo_end(second, by=None, at=NOON)
    with pytest.raises(NothingToUndo):
        undo_end(first, by=None, at=NOON)


def test_after_seven_days_an_end_stays(post):
    leaving = end_post(post, last_day=TODAY, by=None, at=NOON)

    with pytest.raises(NothingToUndo):
        undo_end(leaving, by=None, at=NOON + 7 * DAY)


def test_an_end_is_not_undone_beside_a_newer_line(post):
    leaving = end_post(post, last_day=TODAY, by=None, at=NOON)
    AffiliationFactory(person=post.person, country=post.country, begins_on=TODAY + DAY)

    with pytest.raises(NothingToUndo, match="newer one"):
        undo_end(leaving, by=None, at=NOON)
    assert Leaving.objects.get().undone_at is None


def test_who_ends_a_line_that_was_changed_meanwhile_looks_again(post):
    Affiliation.objects.update(ends_on=TODAY)

    with pytest.raises(AlreadyThere):
        end_post(post, last_day=TODAY, by=None, at=NOON)


def test_a_line_has_one_end_in_force(post):
    Leaving.objects.create(affiliation=post, last_day=TODAY, at=NOON)

    with refused_by("leaving_one_in_force"):
        Leaving.objects.create(affiliation=post, last_day=TODAY, at=NOON)


def test_a_post_is_not_begun_twice(post):
    again = begin_post(post.person, {"country": post.country}, title="", begins_on=TODAY, at=NOON)

    assert again == post


def test_a_line_is_asked_about_after_a_year_and_not_again_once_it_is_called_right(post):
    AffiliationFactory(begins_on=TODAY - 364 * DAY)
    AffiliationFactory(begins_on=date(2020, 1, 1), ends_on=TODAY - DAY)
    assert list(unsure(TODAY)) == [post]

    confirm_post(post, by=None, at=NOON)

    assert post not in unsure(TODAY + 364 * DAY)
    assert post in unsure(TODAY + 365 * DAY)


def test_each_focal_point_is_asked_for_the_list_once_a_year(post):
    term = FocalTermFactory(country=post.country)
    FocalTermFactory(country=post.country, function="recording", person=term.person)
    FocalTermFactory(country=CountryFactory())

    for days in (0, 0, 100):
        ask_for_lists(NOON + days * DAY)

    mail = OutboxMessage.objects.get()
    assert (mail.to, "Is this list right?" in mail.subject) == (term.person.email, True)
    assert f"/desk/delegation/country/{post.country.code}/?check=due" in mail.body
    ask_for_lists(NOON.replace(year=2027))
    assert OutboxMessage.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_post_begun_four_times_at_once_is_one_line():
    person, country = UserFactory(), CountryFactory()

    found = together(
        *[lambda: begin_post(person, {"country": country}, title="", begins_on=TODAY, at=NOON).pk]
        * 4
    )

    assert (len(set(found)), Affiliation.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_ended_twice_at_once_a_line_has_one_end():
    post = AffiliationFactory()

    def end():
        try:
            return end_post(post, last_day=TODAY, by=None, at=NOON).pk
        except AlreadyThere:
            return None

    assert together(end, end).count(None) == 1
    assert Leaving.objects.count() == 1
