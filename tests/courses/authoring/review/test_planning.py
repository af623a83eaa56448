"""A draft is published at the moment that somebody said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from courses.authoring.refusals import NotADraft
from courses.authoring.review import queries
from courses.authoring.review.models import PlannedPublishing
from courses.authoring.review.refusals import NoSuchMoment, NothingPlanned
from courses.authoring.review.services import planning
from courses.authoring.services.publishing import publish_draft
from partnership.mail.models import OutboxMessage
from tests.constraints import refused_by
from tests.courses.authoring.review.reading import (
    approve,
    author_of,
    needs_approval,
    published,
    write,
)
from tests.courses.authoring.writing import Draft, later
from tests.threads import together

pytestmark = pytest.mark.django_db
DUE = later(minutes=60)


def planned(draft: Draft, **given) -> PlannedPublishing:
    told = {"due_at": DUE, "zone": "Asia/Tokyo", "by": author_of(draft), "at": later(), **given}
    return planning.plan(draft.edition, **told)


@pytest.mark.parametrize(
    ("zone", "local", "moment"),
    [
        ("Asia/Tokyo", datetime(2026, 5, 4, 9, 0), datetime(2026, 5, 4, 0, 0, tzinfo=UTC)),
        ("Europe/Zurich", datetime(2026, 7, 1, 0, 30), datetime(2026, 6, 30, 22, 30, tzinfo=UTC)),
        ("Asia/Kathmandu", datetime(2026, 1, 1, 5, 0), datetime(2025, 12, 31, 23, 15, tzinfo=UTC)),
        # Clocks go back: the hour comes twice, and the first is meant.
        ("Europe/Zurich", datetime(2026, 10, 25, 2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ],
)
def test_a_local_time_is_a_moment(zone, local, moment):
    assert planning.moment(local, zone) == moment


def test_a_time_that_no_clock_shows_is_refused():
    for local, zone in (
        (datetime(2026, 3, 29, 2, 30), "Europe/Zurich"),
        (datetime(2026, 3, 29, 1, 0), "Mars/Olympus"),
    ):
        with pytest.raises(NoSuchMoment):
            planning.moment(local, zone)


def test_a_plan_tells_its_moment_in_its_own_zone_and_in_utc(draft: Draft):
    plan = planned(draft)

    assert (plan.there.hour, plan.due_at.hour) == (22, 13)


def test_a_draft_goes_out_when_its_time_has_come_and_not_before(draft: Draft):
    plan = planned(draft)

    assert planning.publish_due(at=DUE - timedelta(seconds=1)) == 0
    assert not published(draft.edition)
    assert planning.publish_due(at=DUE) == 1
    assert planning.publish_due(at=DUE + timedelta(minutes=1)) == 0

    plan.refresh_from_db()
    assert (plan.state, plan.ended_at) == ("done", DUE)
    draft.edition.refresh_from_db()
    assert draft.edition.published_at == DUE
    mail = OutboxMessage.objects.get(to=plan.by.email)
    assert "22:00 (Asia/Tokyo), 4 May 2026, 13:00 UTC" in mail.body


def test_a_worker_that_dies_while_it_publishes_leaves_all_as_it_was(draft: Draft, monkeypatch):
    plan = planned(draft)

    def die(*_given, **_more):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(planning, "_tell", die)
        with pytest.raises(SystemExit):
            planning.publish_due(at=DUE)
    plan.refresh_from_db()
    assert (plan.state, published(draft.edition)) == ("waiting", False)

    assert planning.publish_due(at=DUE) == 1


def test_what_is_not_ready_then_is_not_published_and_its_author_is_told_why(draft: Draft):
    author = author_of(draft)
    author.language = "fr"
    author.save()
    plan = planned(draft, by=author)
    write(draft, "", author)

    assert planning.publish_due(at=DUE) == 0

    plan.refresh_from_db()
    assert (plan.state, published(draft.edition)) == ("refused", False)
    mail = OutboxMessage.objects.get(to=author.email)
    assert plan.reasons
    assert all(reason in mail.body for reason in plan.reasons)
    assert 'lang="fr"' in mail.html
    assert planning.publish_due(at=DUE + timedelta(minutes=1)) == 0


def test_a_text_whose_approval_is_void_by_then_is_not_published(draft: Draft):
    needs_approval(draft)
    approve(draft)
    plan = planned(draft)
    write(draft, "Later words.", plan.by)

    planning.publish_due(at=DUE)

    plan.refresh_from_db()
    assert plan.state == "refused"
    assert "changed after it was approved" in plan.reason


def test_a_plan_is_taken_back_and_another_takes_its_place(draft: Draft):
    first = planned(draft)
    second = planned(draft, due_at=later(minutes=90))
    first.refresh_from_db()
    assert (first.state, queries.plan_of(draft.edition)) == ("taken_back", second)

    planning.take_back(draft.edition, by=second.by, at=later(1))

    assert planning.publish_due(at=later(minutes=99)) == 0
    with pytest.raises(NothingPlanned):
        planning.take_back(draft.edition, by=second.by, at=later(2))


def test_a_time_lies_ahead_and_within_a_year(draft: Draft):
    for due_at in (later(), later(-1), later(minutes=60 * 24 * 367)):
        with pytest.raises(NoSuchMoment):
            planned(draft, due_at=due_at)


def test_what_was_published_by_hand_before_is_not_published_again(draft: Draft):
    plan = planned(draft)
    publish_draft(draft.edition, by=plan.by, at=later(5))

    assert planning.publish_due(at=DUE) == 0

    draft.edition.refresh_from_db()
    assert draft.edition.published_at == later(5)
    with pytest.raises(NotADraft):
        planned(draft)


def test_one_that_fails_keeps_no_other_back(monkeypatch):
    broken, well = Draft(), None
    planned(broken)
    broken.course.code, broken.course.slug = "T-V", "t-v"
    broken.course.save()
    well = Draft()
    planned(well)
    publish = planning.publish_draft

    def fail_for_one(edition, **given):
        if edition.course.code == "T-V":
            raise RuntimeError
        return publish(edition, **given)

    monkeypatch.setattr(planning, "publish_draft", fail_for_one)

    assert planning.publish_due(at=DUE) == 1
    assert (published(broken.edition), published(well.edition)) == (False, True)


def test_the_database_keeps_plans_in_order(draft: Draft):
    told = {"edition": draft.edition, "due_at": DUE, "zone": "UTC", "made_at": later()}
    make = PlannedPublishing.objects.create
    with refused_by("planned_publishing_ended_has_a_time"):
        make(**told, state="done")
    with refused_by("planned_publishing_refused_says_why"):
        make(**told, state="refused", ended_at=DUE)
    with refused_by("planned_publishing_has_a_zone"):
        make(**{**told, "zone": ""})
    with refused_by("planned_publishing_lies_ahead"):
        make(**{**told, "due_at": later()})
    make(**told)
    with refused_by("planned_publishing_one_waits"):
        make(**told)


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_once_one_publishes():
    draft = Draft()
    planned(draft)

    counts = together(*[lambda: planning.publish_due(at=DUE)] * 2)

    assert sorted(counts) == [0, 1]
    assert OutboxMessage.objects.filter(key__startswith="planned:").count() == 1
