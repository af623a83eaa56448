"""What is sent, to whom of those who were meant, and that it is sent once."""

from __future__ import annotations

import re
from datetime import date, timedelta
from email import message_from_string
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnership.accounts.models import Role, User
from partnership.audit.models import AuditEntry
from partnership.jobs import runner
from partnership.jobs import services as jobs
from partnership.jobs.models import Job
from partnership.lib import clock
from partnership.mail import services as mail
from partnership.mail.models import MailStop, OutboxMessage
from partnership.members.letters import services, working
from partnership.members.letters.groups import group_of
from partnership.members.letters.queries import outcomes
from partnership.members.letters.refusals import (
    GroupChanged,
    NobodyMeant,
    NoDraft,
    NotBeingSent,
)
from partnership.members.models import Letter, LetterRecipient
from tests.factories.accounts import UserFactory, person_with
from tests.factories.letters import (
    LetterFactory,
    LetterRecipientFactory,
    LetterTextFactory,
    reached,
)
from tests.members.letters.writing import draft, mails, sent
from tests.threads import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    return person_with(Role.ADMINISTRATOR)


# --- What is sent ----------------------------------------------------------------------------


def test_each_reader_gets_one_mail_in_the_own_language_or_else_the_main_one(boss):
    fr, ar, none = reached(language="fr"), reached(language="ar"), reached()
    texts = {"en": ("Hello", "Text."), "fr": ("Bonjour", "Texte.")}
    letter = draft(boss, texts=texts)
    letter.desk.name, letter.desk.email = "Training, desk", "training@a6.example"
    letter.desk.save()

    runner.run(sent(letter, boss).pk)

    found = mails()
    assert {to: one.subject for to, one in found.items()} == {
        fr.email: "Bonjour",
        ar.email: "Hello",
        none.email: "Hello",
    }
    assert 'lang="fr"' in found[fr.email].html
    assert 'lang="en"' in found[ar.email].html
    one = found[fr.email]
    assert one.headers["Reply-To"] == '"Training, desk" <training@a6.example>'
    assert one.headers["Content-Language"] == "fr"
    assert one.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    letter.refresh_from_db()
    assert (letter.state, letter.ended_at >= letter.sent_at) == ("sent", True)


def test_those_who_cannot_or_do_not_want_to_be_reached_are_left_out_and_counted(boss):
    well, stopped = reached(), reached()
    reached(is_active=False)
    UserFactory()
    MailStop.objects.create(person=stopped, kind="letters", stopped_at=clock.now())
    letter = draft(boss)

    group = group_of(letter, boss, date.today())
    # The writer is one of the people too, and has no confirmed address here.
    assert (group.number, group.left) == (1, {"stopped": 1, "disabled": 1, "unconfirmed": 2})
    job = sent(letter, boss)
    runner.run(job.pk)

    job.refresh_from_db()
    assert (job.error, job.result) == ("", {"people": 1, "left_out": 4})
    assert set(mails()) == {well.email}
    outcome = outcomes([letter])[letter.pk]
    assert (outcome.in_all, outcome.waiting, outcome.stopped, outcome.unreachable) == (5, 1, 1, 3)


def test_what_a_reader_stops_between_the_sending_and_the_worker_holds(boss):
    person = reached()
    letter = draft(boss)
    job = sent(letter, boss)
    MailStop.objects.create(person=person, kind="letters", stopped_at=clock.now())

    runner.run(job.pk)

    assert mails() == {}
    assert letter.recipients.get(person=person).left_out == "stopped"


def test_a_letter_about_the_account_also_goes_to_who_wants_no_letters_and_the_log_says_why(boss):
    person = reached()
    MailStop.objects.create(person=person, kind="letters", stopped_at=clock.now())
    letter = draft(boss, is_service=True, reason="The address of the site changes")

    runner.run(sent(letter, boss).pk)

    one = mails()[person.email]
    assert (one.kind, "List-Unsubscribe" in one.headers) == ("account", False)
    entry = AuditEntry.objects.get(verb="letter.send")
    assert entry.changes["about_the_account"] == "The address of the site changes"


def test_a_subject_with_line_ends_or_in_arabic_is_one_line_and_runs_from_the_right(boss):
    reached(language="ar")
    texts = {"en": ("Hi\r\nBcc: x@evil.example", "Text."), "ar": ("الجولة القادمة", "نص.")}
    letter = draft(boss, texts=texts)
    Letter.objects.update(language="en")

    runner.run(sent(letter, boss).pk)

    (one,) = mails().values()
    assert one.subject == "الجولة القادمة"
    assert re.search(r'<html lang="ar" dir="rtl">', one.html)
    other = working.mail_to(letter, boss, letter.texts.get(language="en"), clock.now())
    assert other.subject == "Hi Bcc: x@evil.example"


def test_replies_go_to_the_desk_whatever_letters_its_name_has(boss, mailoutbox, settings):
    settings.MAIL_URL = "memory:"
    reached()
    letter = draft(boss)
    letter.desk.name = "Bureau de la formation, été"
    letter.desk.save()
    runner.run(sent(letter, boss).pk)

    mail.deliver_due()

    (given,) = mailoutbox
    told = message_from_string(given.message().as_string())["Reply-To"]
    assert told.endswith(f"<{letter.desk.email}>")
    assert outcomes([letter])[letter.pk].gone == 1


# --- Once ------------------------------------------------------------------------------------


def test_who_joined_or_left_since_the_look_stops_the_sending(boss):
    person = reached()
    letter = draft(boss)
    seal = group_of(letter, boss, date.today()).seal
    reached()

    with pytest.raises(GroupChanged):
        services.send(letter, seal, by=boss, at=clock.now())
    assert Letter.objects.get().state == "draft"
    assert not LetterRecipient.objects.exists()

    # As many as before, but another.
    seal = group_of(letter, boss, date.today()).seal
    User.objects.filter(pk=person.pk).update(is_active=False)
    reached()
    with pytest.raises(GroupChanged):
        services.send(letter, seal, by=boss, at=clock.now())


def test_a_text_that_was_changed_since_the_look_stops_the_sending(boss):
    reached()
    letter = draft(boss)
    seal = group_of(letter, boss, date.today()).seal
    written = services.Written({"en": ("Other", "Text.")}, "en", letter.desk, {})
    services.change(letter, written, by=boss, at=clock.now())

    with pytest.raises(GroupChanged):
        services.send(letter, seal, by=boss, at=clock.now())


def test_a_second_press_sends_nothing_more(boss):
    reached()
    letter = draft(boss)
    seal = group_of(letter, boss, date.today()).seal
    services.send(letter, seal, by=boss, at=clock.now())

    for act in (
        lambda: services.send(letter, seal, by=boss, at=clock.now()),
        lambda: services.discard(letter, by=boss, at=clock.now()),
    ):
        with pytest.raises(NoDraft):
            act()
    assert (Job.objects.count(), AuditEntry.objects.filter(verb="letter.send").count()) == (1, 1)


def test_a_group_in_which_nobody_can_be_reached_is_refused(boss):
    letter = draft(boss, wanted={"role": "data_editor"})
    seal = group_of(letter, boss, date.today()).seal

    with pytest.raises(NobodyMeant):
        services.send(letter, seal, by=boss, at=clock.now())
    assert Letter.objects.get().state == "draft"


def test_who_joins_after_the_sending_gets_nothing(boss):
    first = reached()
    job = sent(draft(boss), boss)
    reached()

    runner.run(job.pk)

    assert set(mails()) == {first.email}


class Killed(BaseException):
    """Nobody catches it, as nobody catches SIGKILL; what was not committed is gone."""


def deadly(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """The worker dies before or after it writes mails, or who has one: at one of these places."""
    left = iter(range(after, -1, -1))

    def strike() -> None:
        if next(left, None) == 0:
            raise Killed

    def watched(call: Any) -> Any:
        def watching(*args: Any, **named: Any) -> Any:
            strike()
            result = call(*args, **named)
            strike()
            return result

        return watching

    rows = LetterRecipient.objects
    monkeypatch.setattr(working, "_queue", watched(working._queue))
    monkeypatch.setattr(rows, "bulk_update", watched(rows.bulk_update), raising=False)


@pytest.mark.parametrize("after", [0, 1, 2, 6])
def test_wherever_a_worker_dies_each_person_has_one_mail_in_the_end(boss, monkeypatch, after):
    monkeypatch.setattr(working, "BATCH", 2)
    people = {reached().email for _ in range(5)}
    job = sent(draft(boss), boss)

    with monkeypatch.context() as patch:
        deadly(patch, after)
        with pytest.raises(Killed):
            runner.run(job.pk)
    queued = LetterRecipient.objects.exclude(queued_at=None).count()
    assert OutboxMessage.objects.count() == queued
    jobs.sweep(at=clock.now() + timedelta(minutes=1))
    Job.objects.update(run_at=clock.now())
    runner.run(job.pk)

    assert set(mails()) == people
    assert (OutboxMessage.objects.count(), Letter.objects.get().state) == (5, "sent")


def test_a_letter_that_is_stopped_goes_to_nobody_who_was_not_queued(boss, monkeypatch):
    monkeypatch.setattr(working, "BATCH", 2)
    for _ in range(5):
        reached()
    letter = draft(boss)
    job = sent(letter, boss)
    real = working._queue

    def stopping(*args: Any) -> None:
        real(*args)
        services.cancel(letter, by=boss, at=clock.now())

    monkeypatch.setattr(working, "_queue", stopping)
    runner.run(job.pk)

    assert (len(mails()), Letter.objects.get().state) == (1, "cancelled")
    # The first batch had the writer too, who has no confirmed address.
    assert outcomes([letter])[letter.pk].not_yet == 4
    for act in (services.cancel, services.go_on):
        with pytest.raises(NotBeingSent):
            act(letter, by=boss, at=clock.now())


def test_a_letter_whose_job_was_given_up_goes_on_where_it_stopped(boss):
    reached()
    letter = draft(boss)
    job = sent(letter, boss)
    Job.objects.update(state="failed", finished_at=clock.now())
    assert services.go_on(letter, by=boss, at=clock.now()).pk != job.pk

    runner.run(Job.objects.latest("pk").pk)

    assert (len(mails()), Letter.objects.get().state) == (1, "sent")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_send_at_the_same_moment_one_does(boss):
    reached()
    letter = draft(boss)
    seal = group_of(letter, boss, date.today()).seal

    def press() -> str:
        try:
            services.send(letter, seal, by=boss, at=clock.now())
        except NoDraft:
            return "refused"
        return "sent"

    assert sorted(together(press, press)) == ["refused", "sent"]
    together(*[partial(runner.run, Job.objects.get().pk)] * 2)
    assert len(mails()) == OutboxMessage.objects.count() == 1


def test_a_batch_costs_as_many_queries_for_many_as_for_three(boss):
    def cost(people: int) -> int:
        letter = LetterTextFactory(letter=LetterFactory(sending=True)).letter
        rows = [LetterRecipientFactory(letter=letter, person=reached()) for _ in range(people)]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            working._queue(letter, rows, clock.now())
        return len(queries)

    assert cost(3) == cost(30)
