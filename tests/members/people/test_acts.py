"""Changing many people at once: the number that was confirmed, the log, and the way back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partnership.accounts.models import Role, SignIn, User
from partnership.audit.models import AuditEntry
from partnership.lib import clock
from partnership.members.models import Affiliation, DeskAct, DeskChange
from partnership.members.people import services
from partnership.members.refusals import NothingToUndo
from tests.constraints import refused_by
from tests.costs import asked_of
from tests.factories.accounts import UserFactory, person_with
from tests.factories.members import AffiliationFactory, CountryFactory
from tests.members.browsing import DAY, browser_of, text, today

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_engines("what was changed meanwhile is told by the columns of each database"),
]

CHANGE = "/desk/people/change/"


@pytest.fixture
def boss() -> User:
    return person_with(Role.ADMINISTRATOR)


@pytest.fixture
def desk(boss) -> Client:
    return browser_of(boss)


def disabled(number: int, by: User, **more) -> DeskAct:
    """An act upon so many people."""
    keys = [UserFactory(**more).pk for _n in range(number)]
    return services.disable(User.objects.filter(pk__in=keys), by=by, at=clock.now())


def test_nothing_changes_before_the_very_number_is_confirmed(desk):
    people = [UserFactory(name="Chosen"), UserFactory(name="Chosen"), UserFactory(name="Left")]
    form = {"do": "disable", "all": "yes", "query": "q=chosen"}

    asked = text(desk.post(CHANGE, form))
    UserFactory(name="Chosen later")
    again = text(desk.post(CHANGE, {**form, "sure": "2"}))
    assert User.objects.filter(is_active=False).count() == 0
    done = desk.post(CHANGE, {**form, "sure": "3"}, follow=True)

    assert "Disable 2 accounts?" in asked
    assert "Disable 3 accounts?" in again
    assert "Nothing was changed" in again
    assert "3 accounts are disabled." in text(done)
    assert User.objects.filter(is_active=False).count() == 3
    assert User.objects.get(pk=people[2].pk).is_active


def test_only_those_ticked_are_changed_and_only_if_they_fit_the_filters(desk):
    one, other, third = (UserFactory(name=name) for name in ("Ann", "Ann", "Bo"))
    form = {"do": "disable", "pick": [one.uuid, third.uuid], "query": "q=ann", "sure": "1"}

    desk.post(CHANGE, form)

    assert list(User.objects.filter(is_active=False)) == [one]
    assert other.is_active


def test_nobody_disables_the_own_account(desk, boss):
    answer = text(desk.post(CHANGE, {"do": "disable", "pick": [boss.uuid], "sure": "0"}))

    assert "Nothing to change" in answer
    assert User.objects.get(pk=boss.pk).is_active


@pytest.mark.parametrize(
    "form",
    [{}, {"do": "merge"}, {"do": "disable", "pick": "x"}, {"do": "disable", "query": "place=x"}],
)
def test_what_cannot_be_understood_changes_nobody(desk, form):
    assert desk.post(CHANGE, form).status_code == 400
    assert not DeskAct.objects.exists()


def test_a_day_that_is_none_or_far_ahead_is_refused(desk):
    person = AffiliationFactory().person
    form = {"do": "end-posts", "pick": [person.uuid]}

    for day in ("31.3.2026", str(today() + timedelta(days=400))):
        assert desk.post(CHANGE, {**form, "last_day": day}).status_code == 409


def test_whoever_is_disabled_is_signed_out_at_once_and_comes_back_by_an_undo(desk, boss):
    person = UserFactory()
    theirs = browser_of(person)
    SignIn.objects.create(person=person, epoch=0, at=clock.now())
    desk.post(CHANGE, {"do": "disable", "pick": [person.uuid], "sure": "1"})

    assert theirs.get("/account/").status_code == 302
    assert not SignIn.objects.filter(person=person, ended_at__isnull=True).exists()

    act = DeskAct.objects.get()
    desk.post(f"/desk/people/acts/{act.uuid}/")
    assert User.objects.get(pk=person.pk).is_active
    assert theirs.get("/account/").status_code == 302


def test_enabling_is_undone_by_disabling_and_ends_the_sessions_again(boss):
    person = UserFactory(is_active=False)
    act = services.enable(User.objects.filter(pk=person.pk), by=boss, at=clock.now())
    assert User.objects.get(pk=person.pk).is_active

    services.undo(act, by=boss, at=clock.now())

    after = User.objects.get(pk=person.pk)
    assert (after.is_active, after.epoch) == (False, 1)


def test_an_undo_does_not_disable_whoever_asks_for_it(boss):
    other = person_with(Role.ADMINISTRATOR)
    User.objects.filter(pk=boss.pk).update(is_active=False)
    act = services.enable(User.objects.filter(pk=boss.pk), by=other, at=clock.now())

    with pytest.raises(services.OwnAccount):
        services.undo(act, by=boss, at=clock.now())

    assert User.objects.get(pk=boss.pk).is_active


def test_posts_end_on_the_day_and_only_at_the_place_of_the_filter(desk):
    here, day = CountryFactory(iso3="QAA"), today()
    mine = AffiliationFactory(country=here)
    later = AffiliationFactory(country=here, begins_on=day + DAY)
    over = AffiliationFactory(country=here, ends_on=day - DAY)
    elsewhere = AffiliationFactory(person=mine.person)
    form = {"do": "end-posts", "all": "yes", "query": "place=qaa", "last_day": str(day)}

    desk.post(CHANGE, {**form, "sure": "1"})

    ends = {row.pk: row.ends_on for row in Affiliation.objects.all()}
    wanted = {mine: day, later: None, over: day - DAY, elsewhere: None}
    assert ends == {row.pk: on for row, on in wanted.items()}


def test_an_undo_puts_back_each_end_as_it_was(boss):
    day, at = today(), clock.now()
    posts = [AffiliationFactory(), AffiliationFactory(ends_on=day + 9 * DAY)]
    act = services.end_posts(Affiliation.objects.all(), last_day=day, by=boss, at=at)

    assert services.undo(act, by=boss, at=at) == 2

    assert [Affiliation.objects.get(pk=row.pk).ends_on for row in posts] == [None, day + 9 * DAY]


def test_an_undo_leaves_what_is_newer_and_says_so(desk, boss):
    act = disabled(4, boss)
    changed, acted, gone, same = User.objects.filter(is_active=False).order_by("pk")
    User.objects.filter(pk=changed.pk).update(is_active=True)
    for what in (services.enable, services.disable):
        # It is as the act left it, and yet somebody decided anew.
        what(User.objects.filter(pk=acted.pk), by=boss, at=clock.now())
    gone.delete()

    page = text(desk.post(f"/desk/people/acts/{act.uuid}/", follow=True))

    assert "1 row is as it was." in page
    assert "3 rows had been changed since and stayed as they were." in page
    assert User.objects.get(pk=same.pk).is_active
    assert not User.objects.get(pk=acted.pk).is_active


def test_a_line_that_took_the_place_of_an_ended_one_keeps_it(boss):
    day, at = today(), clock.now()
    post, other = AffiliationFactory(), AffiliationFactory()
    act = services.end_posts(Affiliation.objects.all(), last_day=day, by=boss, at=at)
    AffiliationFactory(person=post.person, country=post.country, begins_on=day + DAY)

    assert services.undo(act, by=boss, at=at) == 1

    assert Affiliation.objects.get(pk=post.pk).ends_on == day
    assert Affiliation.objects.get(pk=other.pk).ends_on is None


def test_an_act_is_undone_once_within_seven_days_and_not_if_nothing_is_left(boss):
    act, at = disabled(1, boss), clock.now()
    with pytest.raises(NothingToUndo):
        services.undo(act, by=boss, at=act.at + DeskAct.UNDO_FOR)
    services.undo(act, by=boss, at=at)
    with pytest.raises(NothingToUndo):
        services.undo(act, by=boss, at=at)

    other = disabled(1, boss)
    User.objects.update(is_active=True)
    with pytest.raises(NothingToUndo):
        services.undo(other, by=boss, at=clock.now())
    assert DeskAct.objects.get(pk=other.pk).undone_at is None


def test_more_than_may_be_changed_at_once_is_refused_whole(boss, desk, monkeypatch):
    monkeypatch.setattr(services, "MOST", 2)
    people = [UserFactory(name="Many") for _n in range(3)]

    with pytest.raises(services.TooManyAtOnce):
        services.disable(User.objects.filter(name="Many"), by=boss, at=clock.now())

    assert User.objects.filter(pk__in=[one.pk for one in people], is_active=True).count() == 3
    page = text(desk.post(CHANGE, {"do": "disable", "all": "yes", "query": "q=many"}))
    assert "More than 2 at once are not changed." in page


def test_the_log_has_a_line_for_the_act_and_one_for_each_person(boss):
    act = disabled(2, boss)
    services.undo(act, by=boss, at=clock.now())

    lines = AuditEntry.objects.order_by("pk").values_list("verb", "actor", "changes")
    one = {"is_active": [True, False], "act": str(act.uuid)}
    assert {line[1] for line in lines} == {str(boss.uuid)}
    assert [(verb, changes) for verb, _actor, changes in lines] == [
        ("desk.disable", {"rows": 2}),
        ("person.disable", one),
        ("person.disable", one),
        ("desk.undo", {"rows": 2, "kind": "disable"}),
        ("desk.undone", {"act": str(act.uuid)}),
        ("desk.undone", {"act": str(act.uuid)}),
    ]


def test_an_act_costs_as_many_queries_for_many_as_for_one(boss):
    counts = []
    for number in (1, 5):
        keys = [UserFactory().pk for _n in range(number)]
        with CaptureQueriesContext(connection) as queries:
            act = services.disable(User.objects.filter(pk__in=keys), by=boss, at=clock.now())
            services.undo(act, by=boss, at=clock.now())
        counts.append(len(asked_of(queries)))

    assert counts[0] == counts[1]


def test_the_pages_of_acts_cost_as_many_queries_with_many_as_with_one(desk, boss):
    counts = []
    for number in (1, 4):
        act = disabled(number, boss)
        row = AffiliationFactory()
        services.end_posts(
            Affiliation.objects.filter(pk=row.pk), last_day=today(), by=boss, at=clock.now()
        )
        for address in ("/desk/people/acts/", f"/desk/people/acts/{act.uuid}/"):
            with CaptureQueriesContext(connection) as queries:
                assert desk.get(address).status_code == 200
            counts.append(len(asked_of(queries)))

    assert counts[:2] == counts[2:]
    assert max(counts) <= 12


def test_an_act_is_not_undone_before_it_was_done(boss):
    act = disabled(1, boss)
    with refused_by("desk_act_is_undone_after_it"):
        DeskAct.objects.filter(pk=act.pk).update(undone_at=act.at - DAY)


def test_an_act_is_of_a_known_kind(boss):
    act = disabled(1, boss)
    with refused_by("desk_act_kind_is_known"):
        DeskAct.objects.filter(pk=act.pk).update(kind="odd")


def test_an_act_changes_a_row_once(boss):
    change = disabled(1, boss).changes.get()
    with refused_by("desk_change_once"):
        DeskChange.objects.create(
            act=change.act, table=change.table, key=change.key, before={}, after={}
        )


def test_only_the_secretariat_sees_or_changes_people():
    official = browser_of(AffiliationFactory(begins_on=date(2020, 1, 1)).person)
    person = UserFactory()

    for address in ("/desk/people/", "/desk/people/acts/", f"/desk/people/{person.uuid}/"):
        assert official.get(address).status_code == 403
    assert official.post(CHANGE, {"do": "disable", "pick": [person.uuid]}).status_code == 403
