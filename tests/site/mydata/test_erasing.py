"""After an erasure nothing of the person is left but what the declarations name."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage

from courses.learning.models import (
    Answer,
    Attempt,
    Certificate,
    ChosenOption,
    Completion,
    Enrolment,
)
from courses.learning.services import regrading
from courses.learning.services.grading import regrade
from partnership.accounts import data
from partnership.accounts.models import Erasure, Role, User
from partnership.accounts.queries import owner_of
from partnership.accounts.sealing import seal
from partnership.accounts.services import open_account
from partnership.jobs import runner
from partnership.jobs.models import Job
from partnership.lib import clock
from partnership.mail.models import OutboxMessage
from partnership.members.imports.queries import opened
from partnership.members.imports.refusals import NotNow
from partnership.members.models import OfficialLetter, SheetImport
from partnership.search.models import SearchEntry
from partnership.search.services import Entry, replace
from partnership.site.mydata import erasing, tasks
from tests.factories.accounts import RoleGrantFactory, UserFactory, person_with
from tests.factories.mail import OutboxMessageFactory
from tests.factories.members import FocalTermFactory, ProfileRevisionFactory
from tests.site.mydata.everywhere import files_of, found, somebody

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_engines("whole tables are emptied past the triggers of each database"),
]
MARK, OTHER = "zzyxq", "wwvut"
assert tasks  # which register what the workers do


def due(person: User) -> Erasure:
    """Asked for eight days ago."""
    at = clock.now() - timedelta(days=8)
    return Erasure.objects.create(person=person, asked_at=at, due_at=at + Erasure.WAIT)


def run_due() -> Job:
    """As beat and a worker do it."""
    data.start_due(clock.now())
    job = Job.objects.filter(kind=data.ERASE).latest("pk")
    runner.run(job.pk)
    job.refresh_from_db()
    return job


def lie(keys: list[str]) -> list[bool]:
    return [default_storage.exists(key) for key in keys]


def test_nothing_of_the_person_is_left_in_any_table_or_file_and_all_of_another_is():
    person, other = somebody(MARK), somebody(OTHER)
    pk, uuid = person.pk, str(person.uuid)
    before = found(OTHER)
    assert len(found(MARK)) > 40
    own, others = files_of(person), files_of(other)
    assert (lie(own), lie(others)) == ([True] * 4, [True] * 4)
    due(person)

    job = run_due()

    assert (job.state, job.error) == ("done", "")
    assert found(MARK) == set()
    assert found(OTHER) == before
    assert (lie(own), lie(others)) == ([False] * 4, [True] * 4)
    assert found(uuid) == {"partnership.AuditEntry.actor", "partnership.AuditEntry.key"}
    sessions = [one.get_decoded()["_auth_user_id"] for one in Session.objects.all()]
    assert sessions == [str(other.pk)]
    assert [str(User.objects.get(pk=pk)), User.objects.get(pk=pk).is_active] == [
        "erased person",
        False,
    ]


def test_what_counts_in_figures_stays():
    person = somebody(MARK)
    closed = Attempt.objects.filter(submitted_at__isnull=False)
    before = [Enrolment, Completion, ChosenOption]
    counts = [model.objects.count() for model in before]
    due(person)

    run_due()

    assert [model.objects.count() for model in before] == counts
    assert Answer.objects.get().response == {"text": "", "unit": ""}
    assert closed.get().score == 1
    assert not Attempt.objects.open().exists()


def test_what_an_erased_person_typed_is_not_graded_again():
    person = somebody(MARK)
    quiz = Attempt.objects.filter(submitted_at__isnull=False).get().quiz
    assert regrading.closed(quiz) == 1
    due(person)
    run_due()

    changed = regrade(quiz, by=None, reason="Again", at=clock.now(), dry_run=False)

    assert (regrading.closed(quiz), changed) == (0, [])


def test_an_import_whose_file_went_with_a_person_says_so():
    due(somebody(MARK))
    run_due()
    sheet = SheetImport.objects.get(state="tried")

    with pytest.raises(NotNow, match="somebody in it was erased"), opened(sheet):
        pass


def test_a_certificate_can_still_be_checked(client):
    person = somebody(MARK)
    certificate = Certificate.objects.get(learner=person)
    due(person)
    run_due()

    page = client.get(certificate.get_absolute_url()).content.decode()

    assert "The holder's data were erased on request." in page
    assert certificate.course_title in page
    assert MARK not in page.lower()


def test_the_addresses_are_free_for_a_new_account():
    person = somebody(MARK)
    email = person.email
    due(person)
    run_due()

    assert owner_of(email) is None
    new, is_new = open_account(email, "Somebody new", at=clock.now())
    assert (is_new, new.pk != person.pk) == (True, True)


def test_an_erasure_that_dies_on_the_way_is_done_by_the_next_worker(monkeypatch):
    person = somebody(MARK)
    row, own = due(person), files_of(person)
    before = found(MARK)

    def killed(*_):
        raise RuntimeError("killed")

    with monkeypatch.context() as broken:
        # Nearly at the end of the rows: all of it is taken back.
        broken.setattr(erasing, "_leave_nobody", killed)
        assert run_due().state == "queued"
    assert found(MARK) - before <= {"partnership.Job.error"}
    with monkeypatch.context() as broken:
        # Between the rows and the files: the list of files is there for the next one.
        broken.setattr(default_storage, "delete", killed)
        Job.objects.filter(kind=data.ERASE).update(run_at=clock.now())
        assert run_due().state == "queued"
    row.refresh_from_db()
    assert (found(MARK), len(row.files)) == ({"partnership.Erasure.files"}, 4)

    Job.objects.filter(kind=data.ERASE).update(run_at=clock.now())
    assert run_due().state == "done"

    row.refresh_from_db()
    assert (row.files, row.done_at is not None, lie(own)) == ([], True, [False] * 4)


def test_an_erasure_that_is_run_again_changes_nothing():
    person = somebody(MARK)
    row = due(person)
    run_due()
    before = list(User.objects.values())

    Job.objects.create(
        kind=data.ERASE, payload={"erasure": row.pk}, created_at=row.due_at, run_at=row.due_at
    )
    runner.run(Job.objects.latest("pk").pk)

    assert Job.objects.latest("pk").result == {"erased": True}
    assert list(User.objects.values()) == before


def test_nothing_is_erased_before_its_time_or_after_it_was_taken_back():
    early, late = UserFactory(name="Early Bird"), UserFactory(name="Late Bird")
    at = clock.now()
    data.ask_to_be_erased(early, at=at)
    row = due(late)
    assert data.start_due(at) == 1
    data.stay(late, at=at)

    runner.run(Job.objects.get(kind=data.ERASE).pk)

    row.refresh_from_db()
    assert row.done_at is None
    assert User.objects.filter(name__endswith="Bird").count() == 2
    with pytest.raises(data.NothingToCancel):
        data.stay(late, at=at)


def test_asking_twice_is_asking_once_and_tells_every_address():
    person = somebody(MARK)
    at = clock.now()

    first, second = (data.ask_to_be_erased(person, at=at) for _ in range(2))

    assert first == second
    told = OutboxMessage.objects.about("account.erase_asked:")
    assert set(told.values_list("to", flat=True)) == {person.email, f"home.{MARK}@m.example"}


def test_the_last_administrator_stays():
    person = person_with(Role.ADMINISTRATOR)
    with pytest.raises(data.LastAdministrator):
        data.ask_to_be_erased(person, at=clock.now())
    second = RoleGrantFactory(role=Role.ADMINISTRATOR)
    due(person)
    second.person.is_active = False
    second.person.save()

    assert "You are the last administrator." in run_due().error

    assert User.objects.filter(pk=person.pk, erased_at__isnull=True).exists()


def test_the_secretariat_hears_of_a_delegation_that_nobody_runs_any_more():
    term, boss = FocalTermFactory(), person_with(Role.ADMINISTRATOR)
    FocalTermFactory(person=term.person, country=FocalTermFactory().country)
    due(term.person)

    run_due()

    told = OutboxMessage.objects.about("members.vacant:")
    assert [one.to for one in told] == [boss.email]
    assert str(term.country) in told.get().body


def test_a_letter_that_appoints_somebody_else_too_stays():
    person = somebody(MARK)
    letter = OfficialLetter.objects.get(name__contains=MARK)
    FocalTermFactory(letter=letter, function="reporting")
    due(person)

    run_due()

    letter.refresh_from_db()
    assert (letter.name, default_storage.exists(letter.key)) == ("….pdf", True)


def test_mails_to_others_lose_the_name_and_still_go_out():
    person = UserFactory(name="Ana Canary", email="ana@m.example")
    mail = OutboxMessageFactory(
        subject="Ana Canary asks", body="ANA CANARY (ana@m.example) asks. Banana Canaryland waits."
    )
    due(person)

    run_due()

    mail.refresh_from_db()
    assert mail.subject == "… asks"
    assert mail.body == "… (…) asks. Banana Canaryland waits."
    assert mail.state == "queued"


def test_a_name_in_other_letters_is_found_in_every_kind_of_column():
    person = UserFactory(name="Nguyễn Thị Hương")
    Job.objects.create(
        kind="jobs.trial",
        payload={"who": ["Nguyễn Thị Hương"]},
        created_at=clock.now(),
        run_at=clock.now(),
    )
    due(person)

    run_due()

    assert Job.objects.get(kind="jobs.trial").payload == {"who": ["…"]}


def test_a_common_word_as_a_name_takes_nothing_out_of_what_others_publish():
    person = UserFactory(name="Carbon markets")
    page = ProfileRevisionFactory(text="We build carbon markets.")
    replace("trial", [Entry(key="1", title="Markets", address="/")])
    due(person)

    run_due()

    page.refresh_from_db()
    assert page.text == "We build carbon markets."
    assert SearchEntry.objects.exists()


def test_an_address_that_is_somebody_elses_by_now_is_left_to_them():
    person = somebody(MARK)
    heir = UserFactory(email=f"old.{MARK}@m.example", name="Heir")
    mail = OutboxMessageFactory(to=heir.email)
    due(person)

    run_due()

    assert OutboxMessage.objects.filter(pk=mail.pk, to=heir.email).exists()


def test_a_form_that_was_kept_for_the_person_goes_with_the_session(client):
    person = UserFactory()
    session = client.session
    session["unsent"] = seal(json.dumps({"who": str(person.uuid), "fields": []}))
    session.save()
    due(person)

    run_due()

    assert not Session.objects.exists()


def test_whoever_is_signed_in_is_out_at_the_next_request(client):
    person = UserFactory()
    client.force_login(person)
    due(person)
    run_due()

    assert client.get("/account/").status_code == 302
