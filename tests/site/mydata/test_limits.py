"""What is older than its limit goes; what the page says is what the sweeper does."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from partnership.accounts.models import (
    AddressChange,
    DataExport,
    FactorTries,
    MailedCode,
    Recovery,
    SignIn,
    User,
)
from partnership.jobs import runner
from partnership.jobs.models import Job
from partnership.lib import clock
from partnership.lib.storage import StoreSilent
from partnership.mail.models import OutboxMessage
from partnership.members.models import Invitation, JoinRequest, SheetImport
from partnership.site.mydata import tasks
from partnership.site.mydata.limits import LIMITS, sweep
from tests.factories.accounts import MailedCodeFactory, UserFactory
from tests.factories.alerts import DigestHitFactory
from tests.factories.jobs import JobFactory
from tests.factories.letters import LetterFactory, LetterTextFactory
from tests.factories.mail import OutboxMessageFactory
from tests.factories.members import InvitationFactory, JoinRequestFactory
from tests.factories.remarks import RemarkFactory

pytestmark = pytest.mark.django_db
BY_KEY = {limit.key: limit for limit in LIMITS}


def make(key: str, since: datetime) -> None:
    """A row of this kind whose time began then."""
    mails = ("mails", "mail-lines", "code-mails")
    if key in ("invitations", "requests", "jobs", *mails) or "remark" in key:
        _passing(key, since)
    else:
        _of_somebody(key, since, UserFactory())


def _of_somebody(key: str, since: datetime, person: User) -> None:
    match key:
        case "sessions":
            ends = since + BY_KEY[key].kept
            Session.objects.create(session_key=str(since.timestamp()), expire_date=ends)
        case "sign-ins":
            SignIn.objects.create(person=person, epoch=0, at=since)
        case "codes":
            begins = since - MailedCode.LIFE
            MailedCodeFactory(made_at=begins, sent_at=begins, expires_at=since)
        case "tries":
            FactorTries.objects.create(person=person, since=since)
        case "address-changes":
            AddressChange.objects.create(person=person, kind="added", made_at=since)
        case "recoveries":
            asked = {"asked_at": since - Recovery.LIFE, "expires_at": since}
            Recovery.objects.create(person=person, lost=person.email, email="b@x.example", **asked)
        case "exports":
            row = DataExport.objects.create(person=person, asked_at=since, ready_at=since, size=1)
            default_storage.save(row.key, ContentFile(b"x"))
        case "untried-sheets" | "sheets":
            state = "uploaded" if key == "untried-sheets" else "tried"
            name = default_storage.save("imports/limits.csv", ContentFile(b"x"))
            SheetImport.objects.create(kind="people", state=state, key=name, made_at=since)
        case "told":
            DigestHitFactory(person=person, at=since)
        case "letters":
            LetterTextFactory(letter=LetterFactory(sent=True, changed_at=since))
        case "admin-log":
            LogEntry.objects.create(user=person, action_flag=2, action_time=since)


def _passing(key: str, since: datetime) -> None:
    match key:
        case "code-mails":
            OutboxMessageFactory(key=f"account.code:{since}", created_at=since)
        case "mails" | "mail-lines":
            OutboxMessageFactory(state="handed_over", handed_over_at=since, created_at=since)
        case "unsent-remarks":
            RemarkFactory(proved_at=None, asked_at=since)
        case "remark-addresses" | "remarks":
            RemarkFactory(answered=True, ended_at=since)
        case "invitations":
            begins = since - timedelta(minutes=1)
            InvitationFactory(made_at=begins, sent_at=begins, expires_at=since)
        case "requests":
            JoinRequestFactory(answered_at=since, is_approved=True)
        case "jobs":
            JobFactory(state=Job.State.DONE, finished_at=since)


@pytest.mark.parametrize("key", list(BY_KEY))
def test_what_is_over_goes_and_what_is_not_stays(key):
    limit, at, moment = BY_KEY[key], clock.now(), timedelta(minutes=1)
    make(key, at - limit.kept - moment)
    make(key, at - limit.kept + moment)

    assert sweep(limit, at=at) == 1
    assert sweep(limit, at=at) == 0


def test_a_mail_loses_address_and_text_and_is_still_sent_only_once():
    at = clock.now()
    make("mails", at - timedelta(days=61))
    OutboxMessageFactory(created_at=at - timedelta(days=61))

    sweep(BY_KEY["mails"], at=at)

    gone, waiting = OutboxMessage.objects.order_by("pk")
    assert (gone.to, gone.subject, gone.body, gone.key != "") == ("", "", "", True)
    assert waiting.body == "Good day."


def test_what_waits_is_never_swept_away():
    at = clock.now()
    JobFactory(created_at=at - timedelta(days=400))
    JoinRequestFactory(asked_at=at - timedelta(days=800))

    for key in ("jobs", "requests"):
        sweep(BY_KEY[key], at=at)

    assert (Job.objects.count(), JoinRequest.objects.count()) == (1, 1)


def test_a_file_goes_with_its_row():
    at = clock.now()
    make("exports", at - timedelta(days=8))
    key = DataExport.objects.get().key

    sweep(BY_KEY["exports"], at=at)

    assert not default_storage.exists(key)


def test_a_row_stays_while_the_store_does_not_remove_its_file(monkeypatch):
    at = clock.now()
    make("exports", at - timedelta(days=8))

    def silent(key: str) -> None:
        raise StoreSilent

    with monkeypatch.context() as broken:
        broken.setattr(default_storage, "delete", silent)
        with pytest.raises(StoreSilent):
            sweep(BY_KEY["exports"], at=at)
    assert DataExport.objects.count() == 1

    assert sweep(BY_KEY["exports"], at=at) == 1
    assert not DataExport.objects.exists()


def test_the_job_goes_in_batches_and_tells_its_counts(monkeypatch, caplog):
    at = clock.now()
    for days in (400, 500, 600):
        make("invitations", at - timedelta(days=days))
    in_twos = partial(sweep, most=2)
    monkeypatch.setattr("partnership.site.mydata.limits.sweep", in_twos)
    tasks.sweep_data()
    job = Job.objects.get(kind="data.sweep")

    with caplog.at_level(logging.INFO):
        runner.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.result["removed"]["invitations"]) == ("done", 3)
    assert not Invitation.objects.exists()
    assert "removed as its time was over: invitations 3" in caplog.messages


def test_the_pages_show_the_limits_that_the_sweeper_has(client):
    client.force_login(UserFactory())

    page = client.get("/account/data/").content.decode()

    for limit in LIMITS:
        line = page.partition(f'<th scope="row">{limit.what}</th>')[2].partition("</tr>")[0]
        assert f"<span>{limit.days} day" in line, limit.key


def test_a_mail_that_its_reader_stopped_is_emptied_like_one_that_went(db):
    at = clock.now()
    before = at - BY_KEY["mails"].kept - timedelta(days=1)
    reader = UserFactory()
    stopped = OutboxMessageFactory(
        state="stopped", kind="learning", reader=reader, body="Dear Ana", created_at=before
    )

    assert sweep(BY_KEY["mails"], at=at) == 1

    stopped.refresh_from_db()
    assert (stopped.to, stopped.body) == ("", "")
