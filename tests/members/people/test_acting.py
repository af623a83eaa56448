"""Looking at the site as somebody else: only to read, for half an hour, and all of it written."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from courses.learning.models import Enrolment
from partnership.accounts.models import Role, User
from partnership.audit.models import AuditEntry
from partnership.lib import clock
from partnership.site import acting
from tests.factories.accounts import RoleGrantFactory, UserFactory, person_with
from tests.factories.courses import EnrolmentFactory, LessonFactory
from tests.factories.members import AffiliationFactory, FocalTermFactory
from tests.members.browsing import browser_of, text

pytestmark = pytest.mark.django_db

BANNER = "You look at the site as <bdi>Learner</bdi>"


@pytest.fixture
def boss() -> User:
    return person_with(Role.ADMINISTRATOR)


@pytest.fixture
def learner() -> User:
    return UserFactory(name="Learner")


@pytest.fixture
def support(boss, learner) -> Client:
    """The administrator's browser, in which they look as the learner."""
    client = browser_of(boss)
    answer = client.post(f"/desk/people/{learner.uuid}/act-as/")
    assert answer.status_code == 302
    return client


def later(monkeypatch, by: timedelta) -> None:
    at = clock.now() + by
    monkeypatch.setattr(clock, "now", lambda: at)


def test_every_page_is_theirs_and_says_whose_it_is(support, learner):
    for address, status in (("/", 200), ("/courses/mine/", 200), ("/nowhere/", 404)):
        answer = support.get(address)
        assert (answer.status_code, BANNER in text(answer)) == (status, True), address
        assert 'action="/desk/acting/stop/"' in text(answer)
        assert answer["Cache-Control"] == "no-store"


def test_the_desk_is_closed_as_it_is_to_them_and_says_how_to_stop(support):
    answer = support.get("/desk/people/")

    assert answer.status_code == 403
    assert BANNER in text(answer)


@pytest.mark.parametrize(
    "address",
    [
        *("/account/", "/account/addresses/", "/account/second-factor/", "/admin/"),
        *("/courses/attempts/11111111-1111-4111-8111-111111111111/", "/api/v1/attempts/"),
    ],
)
def test_account_factors_and_answers_stay_closed(support, address):
    assert support.get(address).status_code == 403


def test_nothing_can_be_sent(support, learner):
    enrolment = EnrolmentFactory(learner=learner)
    course = enrolment.edition.course.slug

    for address in (f"/courses/{course}/leave/", "/account/profile/", "/desk/jobs/try/"):
        for method in (support.post, support.put, support.delete):
            assert method(address).status_code == 403

    assert Enrolment.objects.get(pk=enrolment.pk).left_at is None


def test_what_a_page_would_note_of_its_reader_is_not_kept(support, learner):
    # That a door was closed to them is such a note; that it was looked at is another one's.
    support.get("/desk/jobs/")
    support.post("/desk/acting/stop/")
    browser_of(learner).get("/desk/jobs/")

    lines = AuditEntry.objects.filter(verb__in=["denied", "act_as.page"]).order_by("pk")
    assert [(line.verb, line.actor == str(learner.uuid)) for line in lines] == [
        ("act_as.page", False),
        ("denied", True),
    ]


def test_a_page_of_theirs_is_not_kept_on_the_device(support, learner):
    enrolment = EnrolmentFactory(learner=learner)
    lesson = LessonFactory(module__edition=enrolment.edition)

    answer = support.get(lesson.get_absolute_url())

    assert answer.status_code == 200
    assert "Keep-For" not in answer
    assert str(learner.uuid) not in str(answer.cookies)


def test_the_log_names_both_for_each_page_and_for_the_beginning_and_the_end(support, boss, learner):
    support.get("/about/")
    support.post("/account/profile/")
    support.post("/desk/acting/stop/")

    lines = AuditEntry.objects.order_by("pk")
    assert {(line.actor, line.key) for line in lines} == {(str(boss.uuid), str(learner.uuid))}
    assert [line.verb for line in lines] == [
        *("act_as.start", "act_as.page", "act_as.page", "act_as.stop")
    ]
    read, refused = lines[1].changes, lines[2].changes
    assert (read["route"], read["status"]) == ("site:about", 200)
    assert (refused["sent"], refused["status"]) == ("POST", 403)


def test_stopping_leads_back_to_the_person_and_to_the_own_rights(support, learner):
    answer = support.post("/desk/acting/stop/")

    assert answer["Location"] == f"/desk/people/{learner.uuid}/"
    assert BANNER not in text(support.get(answer["Location"]))
    assert support.post("/desk/acting/stop/")["Location"] == "/desk/people/"


def test_it_is_over_after_half_an_hour_whatever_the_page(support, monkeypatch):
    later(monkeypatch, acting.LASTS - timedelta(minutes=1))
    assert BANNER in text(support.get("/about/"))

    later(monkeypatch, timedelta(minutes=2))
    page = text(support.get("/desk/people/"))

    assert BANNER not in page
    assert "the half hour is over" in page
    assert AuditEntry.objects.filter(verb="act_as.over").count() == 1


@pytest.mark.parametrize("change", ["disabled", "staff", "gone"])
def test_it_is_over_when_the_person_may_not_be_acted_as_any_more(support, learner, change):
    match change:
        case "disabled":
            User.objects.filter(pk=learner.pk).update(is_active=False)
        case "staff":
            RoleGrantFactory(person=learner)
        case _:
            learner.delete()

    assert support.get("/desk/people/").status_code == 200


def test_it_is_over_when_the_administrator_is_none_any_more(support, boss):
    boss.role_grants.update(ends_on=timezone.now().date() - timedelta(days=1))

    answer = support.get("/courses/mine/")

    assert BANNER not in text(answer)
    assert answer.context["user"] == boss


def test_it_ends_with_the_session_of_the_administrator(support, boss):
    support.post("/account/sign-out/")
    assert "Sign in" in text(support.get("/"))

    support.force_login(boss)
    assert BANNER not in text(support.get("/"))


def test_nobody_looks_as_staff_as_a_closed_account_or_as_themselves(boss):
    client = browser_of(boss)
    staff = [FocalTermFactory().person, person_with(Role.TRAINER), person_with(Role.DATA_EDITOR)]
    for person in (*staff, UserFactory(is_active=False), boss, person_with(Role.ADMINISTRATOR)):
        assert client.post(f"/desk/people/{person.uuid}/act-as/").status_code == 409
        page = text(client.get(f"/desk/people/{person.uuid}/"))
        assert "Look at the site as this person" not in page

    official = AffiliationFactory().person
    offered = text(client.get(f"/desk/people/{official.uuid}/"))
    assert "Look at the site as this person" in offered


def test_nobody_else_may_begin_it(learner):
    for role in (Role.TRAINER, Role.DATA_EDITOR):
        client = browser_of(person_with(role))
        assert client.post(f"/desk/people/{learner.uuid}/act-as/").status_code == 403
    assert Client().post(f"/desk/people/{learner.uuid}/act-as/").status_code == 302
