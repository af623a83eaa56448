"""The desk: what is started, stopped and confirmed there."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.test import Client

from partnership.accounts.models import Role
from partnership.audit import services as audit
from partnership.audit.models import AuditEntry
from partnership.celery import app
from partnership.jobs import pulses, runner
from partnership.jobs import services as jobs
from partnership.jobs.kinds import HANDLERS
from partnership.jobs.models import Job
from partnership.jobs.names import NAMES as JOB_NAMES
from partnership.lib import clock
from partnership.search.models import SearchEntry
from partnership.site import tasks
from tests.costs import costs
from tests.factories.accounts import UserFactory
from tests.factories.agreements import AgreementStageFactory
from tests.factories.feeds import FeedFactory
from tests.factories.information import FileFactory
from tests.factories.jobs import START, JobFactory
from tests.factories.members import CountryGroupFactory
from tests.site.people import VISITOR, client_of, somebody

STARTS = {"/desk/jobs/try/": "jobs.trial", "/desk/jobs/search/": "search.rebuild"}
# Started from the desk of a course.
ELSEWHERE = {"courses.regrade_trial", "courses.regrade"}
ELSEWHERE |= {"questions.read", "parcels.read"}
ELSEWHERE |= {"imports.try", "imports.apply", "imports.undo"}
ELSEWHERE |= {"letters.send"}
ELSEWHERE |= {"feeds.round", "links.round", "links.copies"}
ELSEWHERE |= {"figures.take", "alerts.round"}
ELSEWHERE |= {"library.fetch", "library.draw", "library.index"}
ELSEWHERE |= {"data.export", "data.erase", "data.sweep"}
State = Job.State


@pytest.fixture
def alice(db):
    return somebody(Role.ADMINISTRATOR)


@pytest.fixture
def desk(alice) -> Client:
    """Alice of the secretariat at her desk."""
    client = Client(raise_request_exception=False)
    client.force_login(alice)
    return client


def entries() -> list[tuple[str, str, str, dict]]:
    return list(AuditEntry.objects.values_list("verb", "kind", "key", "changes"))


# --- Starting and stopping --------------------------------------------------------------


@pytest.mark.parametrize(("address", "kind"), STARTS.items())
def test_a_job_is_started_for_the_one_who_asked(desk, alice, address, kind):
    response = desk.post(address)

    job = Job.objects.get()
    assert (response.status_code, response["Location"]) == (302, "/desk/jobs/")
    assert (job.kind, job.state, job.requested_by) == (kind, State.QUEUED, alice)
    assert entries() == [("job.start", "job", str(job.uuid), {"kind": kind})]
    assert "The job is on its way." in desk.get("/desk/jobs/").content.decode()


@pytest.mark.parametrize("address", STARTS)
def test_pressing_twice_asks_for_one_job(desk, address):
    desk.post(address)
    desk.post(address)

    assert Job.objects.count() == 1


@pytest.mark.parametrize(
    ("address", "kind"), [*STARTS.items(), ("/desk/jobs/{uuid}/cancel/", "jobs.trial")]
)
def test_opening_the_address_of_a_form_does_nothing(desk, address, kind):
    job = JobFactory(kind=kind)

    response = desk.get(address.format(uuid=job.uuid))

    job.refresh_from_db()
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert (Job.objects.count(), job.state, entries()) == (1, State.QUEUED, [])


def test_a_form_needs_its_token(alice):
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)

    assert client.post("/desk/jobs/try/").status_code == 403
    assert not Job.objects.exists()


def test_a_job_that_waits_is_stopped_at_once(desk):
    job = JobFactory()

    response = desk.post(f"/desk/jobs/{job.uuid}/cancel/")

    job.refresh_from_db()
    assert (response.status_code, job.state) == (302, State.CANCELLED)
    assert entries() == [("job.cancel", "job", str(job.uuid), {})]


def test_a_job_that_runs_is_stopped_at_its_next_step(desk):
    job = JobFactory(state=State.RUNNING, lease_until=START, total=20, done=3)

    desk.post(f"/desk/jobs/{job.uuid}/cancel/")

    job.refresh_from_db()
    assert job.state == State.RUNNING
    assert job.cancel_asked_at is not None
    assert "stops at its next step" in desk.get("/desk/jobs/").content.decode()


def test_a_job_that_has_ended_is_not_stopped_and_nothing_is_written_down(desk):
    job = JobFactory(state=State.DONE, finished_at=START)

    assert desk.post(f"/desk/jobs/{job.uuid}/cancel/").status_code == 409
    assert entries() == []


def test_a_job_that_never_was_cannot_be_stopped(desk):
    address = "/desk/jobs/00000000-0000-4000-8000-000000000000/cancel/"

    assert desk.post(address).status_code == 404


@pytest.mark.parametrize("address", [*STARTS, "/desk/jobs/{uuid}/cancel/"])
@pytest.mark.parametrize("role", [VISITOR, Role.OFFICIAL, Role.FOCAL_POINT, Role.TRAINER])
def test_only_administrators_start_and_stop(db, role, address):
    job = JobFactory(key="other")

    client_of(role).post(address.format(uuid=job.uuid))

    assert list(Job.objects.values_list("state", flat=True)) == [State.QUEUED]


def test_what_cannot_be_written_down_does_not_happen(desk, monkeypatch):
    def full(*args: object, **kwargs: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(audit, "record", full)

    assert desk.post("/desk/jobs/try/").status_code == 500
    assert not Job.objects.exists()


def test_every_kind_of_job_that_is_started_here_is_known_and_has_a_name():
    app.loader.import_default_modules()

    assert {*STARTS.values(), *ELSEWHERE} == set(HANDLERS) == set(JOB_NAMES)


def test_a_rebuilt_index_finds_what_is_there(content, desk):
    before = SearchEntry.objects.count()
    SearchEntry.objects.all().delete()
    desk.post("/desk/jobs/search/")
    job = Job.objects.get()

    result = tasks.rebuild_search(runner.Progress(jobs.claim(job.pk, at=job.run_at)))

    assert SearchEntry.objects.count() == before == sum(result["written"].values())


# --- Looking ----------------------------------------------------------------------------


def test_the_list_shows_how_far_each_job_is_newest_first(desk):
    JobFactory(kind="search.rebuild", state=State.DONE, finished_at=START)
    JobFactory(state=State.RUNNING, lease_until=START, done=3, total=20, sentence="Counted 3 of 20")

    response = desk.get("/desk/jobs/")

    page = response.content.decode()
    assert [job.kind for job in response.context["page"]] == ["jobs.trial", "search.rebuild"]
    assert response.context["is_live"] is True
    assert "3 of 20" in page
    assert "Counted 3 of 20" in page


def test_the_list_can_be_narrowed_to_a_state(desk):
    JobFactory(state=State.FAILED, finished_at=START, error="x")
    JobFactory()

    response = desk.get("/desk/jobs/?state=failed")

    assert [job.state for job in response.context["page"]] == [State.FAILED]
    assert "failed (1)" in response.content.decode()
    assert desk.get("/desk/jobs/?state=lost").status_code == 400


def test_what_failed_is_started_again_and_that_is_written_down(desk):
    job = JobFactory(state=State.FAILED, finished_at=START, tries=3, error="x")

    response = desk.post(f"/desk/jobs/{job.uuid}/retry/")

    job.refresh_from_db()
    assert (response.status_code, job.state, job.tries) == (302, State.QUEUED, 0)
    assert entries() == [("job.retry", "job", str(job.uuid), {})]
    assert desk.post(f"/desk/jobs/{job.uuid}/retry/").status_code == 409


def test_the_machines_are_told_in_words(desk):
    pulses.note("work@host", at=clock.now(), queues="heavy harvest")
    pulses.note("quick@host", at=START, queues="quick mail")
    JobFactory(kind="letters.send")
    FeedFactory(failures=2, error="no_answer")
    FeedFactory(paused_at=clock.now(), pause="person")

    page = " ".join(desk.get("/desk/jobs/").content.decode().split())

    assert re.search(r"<bdi>work@host</bdi> <span class=\"badge is-good\">lives", page)
    assert re.search(r"<bdi>quick@host</bdi> <span class=\"badge is-bad\">silent", page)
    assert "takes heavy, harvest;" in page
    assert re.search(r"<bdi>heavy</bdi> <span class=\"badge is-good\">[^<]+</span> <small>0", page)
    assert re.search(r"<bdi>mail</bdi> <span class=\"badge is-bad\">[^<]+</span> <small>1", page)
    assert "never heard" in page
    assert '0 answer <span class="badge is-bad">1 with a fault</span>' in page
    assert "1 paused" in page


def test_my_work_is_mine_alone_and_can_be_stopped(db):
    mine, other = UserFactory(), JobFactory(requested_by=UserFactory(), kind="data.export")
    job = JobFactory(running=True, requested_by=mine, done=3, total=20, sentence="Counted 3")
    client = Client()
    client.force_login(mine)

    page = client.get("/account/work/").content.decode()
    assert "Counted 3" in page
    assert str(other.uuid) not in page
    assert client.post(f"/account/work/{other.uuid}/cancel/").status_code == 404
    assert client.post(f"/account/work/{job.uuid}/cancel/").status_code == 302
    job.refresh_from_db()
    assert job.cancel_asked_at is not None


def test_a_job_leads_to_its_result_where_its_reader_may_go(desk, count_queries):
    number = str(uuid4())
    mine = UserFactory()
    JobFactory(ended=True, kind="imports.try", key=number, requested_by=mine)
    JobFactory(ended=True, kind="links.round", requested_by=mine)
    FileFactory(job=JobFactory(ended=True, kind="library.draw", requested_by=mine))
    client = Client()
    client.force_login(mine)

    theirs = client.get("/account/work/").content.decode()
    with count_queries(11):
        desk.get("/desk/jobs/")
    FileFactory(job=JobFactory(ended=True, kind="library.draw", requested_by=mine))
    with count_queries(11):
        page = desk.get("/desk/jobs/").content.decode()

    assert f'href="/desk/members/imports/{number}/"' in theirs
    assert "/desk/links/" not in theirs
    assert "/desk/library/" not in theirs
    assert 'href="/desk/links/"' in page
    assert page.count('href="/desk/library/document-') == 2
    assert number not in page


def test_a_list_without_a_live_job_does_not_renew_itself(desk):
    JobFactory(state=State.DONE, finished_at=START)

    response = desk.get("/desk/jobs/")

    assert response.context["is_live"] is False
    assert "jobs.js" not in response.content.decode()


def test_a_job_that_failed_gives_its_reason_as_text(desk):
    JobFactory(state=State.FAILED, finished_at=START, error="ValueError: <b>no</b>")

    page = desk.get("/desk/jobs/").content.decode()

    assert "ValueError: &lt;b&gt;no&lt;/b&gt;" in page


def test_what_no_source_was_read_for_is_listed_to_be_confirmed(desk):
    unsure = AgreementStageFactory(is_confirmed=False, on=date(2022, 1, 1))
    AgreementStageFactory()
    group = CountryGroupFactory()
    CountryGroupFactory(is_confirmed=True)

    response = desk.get("/desk/to-confirm/")

    assert list(response.context["lines"]) == [unsure]
    assert list(response.context["groups"]) == [group]
    for address in (
        f"/desk/register/{unsure.agreement.slug}/{unsure.handle}/",
        f"/admin/partnership/country/{group.country_id}/change/",
    ):
        assert f'href="{address}"' in response.content.decode()
        assert desk.get(address).status_code == 200


def test_a_desk_with_nothing_to_confirm_says_so(desk):
    assert "Everything has its source" in desk.get("/desk/to-confirm/").content.decode()


def test_the_desk_tells_a_person_their_roles_and_counts_only_for_administrators(desk):
    AgreementStageFactory(is_confirmed=False)
    trainer = client_of(Role.TRAINER)

    assert desk.get("/desk/").context["to_confirm"] == 1
    assert trainer.get("/desk/").context["to_confirm"] == 0
    assert trainer.get("/desk/").context["roles"] == ["trainer"]
    assert "/desk/jobs/" not in trainer.get("/desk/").content.decode()


COSTS = {"/desk/": 6, "/desk/jobs/": 10, "/desk/to-confirm/": 7}


@pytest.mark.parametrize("rows", [1, 30])
def test_a_page_of_the_desk_costs_the_same_for_any_number_of_rows(desk, rows):
    for _ in range(rows):
        AgreementStageFactory(is_confirmed=False)
        CountryGroupFactory()
        JobFactory(requested_by=somebody(Role.TRAINER))

    assert costs(desk, COSTS) == COSTS
