from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from partnership.mail import services
from partnership.mail.models import OutboxMessage
from partnership.mail.texts import Text
from tests.factories.mail import START, OutboxMessageFactory
from tests.services import free_port
from tests.smtp import MailServer, mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    with mail_server() as server:
        settings.MAIL_URL = server.url
        yield server


@pytest.fixture
def clock(monkeypatch):
    """The time that the outbox reads; tests set it forward."""

    class Clock:
        at = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)

    monkeypatch.setattr("partnership.lib.clock.now", lambda: Clock.at)
    return Clock


def states() -> list[str]:
    return list(OutboxMessage.objects.order_by("pk").values_list("state", flat=True))


def test_a_mail_is_queued_once_for_one_reason():
    first = services.queue("welcome:7", to="a@m.example", subject="One", body="1", at=START)
    second = services.queue("welcome:7", to="b@m.example", subject="Two", body="2", at=START)

    assert second == first
    assert OutboxMessage.objects.values_list("to", "subject").get() == ("a@m.example", "One")


def test_a_subject_with_line_ends_is_one_line_and_no_header(server: MailServer):
    services.queue(
        "k", to="a@m.example", subject="Hi\r\nBcc: x@evil.example\u2028now", body="", at=START
    )

    services.deliver_due()

    assert server.mails[0]["Subject"] == "Hi Bcc: x@evil.example now"
    assert server.mails[0]["Bcc"] is None


def test_a_mail_is_handed_over_with_both_its_texts(server: MailServer, settings):
    settings.DEFAULT_FROM_EMAIL = "Partnership <no-reply@a6.example>"
    body = Text("Guten Tag", "en", "<p>Hallo</p>")
    row = services.queue("k", to="a@m.example", subject="Grüße", body=body, at=START)

    assert services.deliver_due() == 1

    (given,) = server.mails
    assert [given["From"], given["To"], given["Subject"], given["Message-ID"]] == [
        "Partnership <no-reply@a6.example>",
        "a@m.example",
        "Grüße",
        f"<{row.uuid}@a6.example>",
    ]
    assert [part.get_content().strip() for part in given.iter_parts()] == [
        "Guten Tag",
        "<p>Hallo</p>",
    ]
    row.refresh_from_db()
    assert (row.state, row.handed_over_at is None, row.lease_until) == ("handed_over", False, None)


def test_a_mail_that_was_handed_over_is_not_sent_again(server: MailServer):
    OutboxMessageFactory()

    assert [services.deliver_due(), services.deliver_due()] == [1, 0]
    assert len(server.mails) == 1


def test_one_conversation_serves_a_whole_round(server: MailServer):
    OutboxMessageFactory.create_batch(5)

    assert services.deliver_due() == 5
    assert (len(server.mails), server.conversations) == (5, 1)


def test_those_that_wait_longest_go_first(server: MailServer):
    for to, minute in (("late@m.example", 2), ("early@m.example", 1)):
        OutboxMessageFactory(to=to, next_try_at=START.replace(minute=minute))

    services.deliver_due()

    assert server.recipients == ["early@m.example", "late@m.example"]


def test_a_mail_whose_time_has_not_come_waits(server: MailServer, clock):
    OutboxMessageFactory(next_try_at=clock.at + timedelta(seconds=1))

    assert services.deliver_due() == 0


def test_a_refused_recipient_does_not_stop_the_others(server: MailServer, clock):
    server.refused = {"gone@m.example"}
    for to in ("one@m.example", "gone@m.example", "two@m.example"):
        OutboxMessageFactory(to=to)

    assert services.deliver_due() == 2

    assert server.recipients == ["one@m.example", "two@m.example"]
    refused = OutboxMessage.objects.get(to="gone@m.example")
    assert (refused.state, refused.tries, refused.error.partition("(")[0]) == (
        "queued",
        1,
        "SMTPRecipientsRefused",
    )


def test_a_mail_that_cannot_be_written_is_given_up_and_does_not_stop_the_others(server):
    OutboxMessageFactory(to="a@m.example\nBcc: b@m.example")
    OutboxMessageFactory(to="two@m.example")

    assert services.deliver_due() == 1

    assert states() == ["failed", "handed_over"]
    assert OutboxMessage.objects.get(state="failed").error.startswith("ValueError")


def test_without_a_server_one_mail_is_tried_and_the_others_keep_their_tries(settings, clock):
    settings.MAIL_URL = f"smtp://127.0.0.1:{free_port()}"
    OutboxMessageFactory.create_batch(3)

    assert services.deliver_due() == 0

    assert list(OutboxMessage.objects.order_by("pk").values_list("tries", "state")) == [
        (1, "queued"),
        (0, "queued"),
        (0, "queued"),
    ]


def test_a_server_that_never_answers_costs_a_round_one_timeout(settings, monkeypatch, clock):
    monkeypatch.setattr("partnership.mail.transport.TIMEOUT", 0.1)
    OutboxMessageFactory.create_batch(3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.MAIL_URL = f"smtp://127.0.0.1:{silent.getsockname()[1]}"

        assert services.deliver_due() == 0

    assert sorted(OutboxMessage.objects.values_list("tries", flat=True)) == [0, 0, 1]


def test_a_server_that_hangs_up_is_a_server_that_is_down(server: MailServer, clock):
    server.hangs_up = True
    OutboxMessageFactory.create_batch(2)

    assert services.deliver_due() == 0

    assert server.conversations == 1
    assert OutboxMessage.objects.filter(error__startswith="SMTPConnectError").count() == 1


def test_a_mail_waits_longer_after_each_try_and_is_given_up_after_twelve(settings, clock):
    settings.MAIL_URL = f"smtp://127.0.0.1:{free_port()}"
    row, waits = OutboxMessageFactory(), []
    for _ in range(12):
        services.deliver_due()
        row.refresh_from_db()
        waits.append((row.next_try_at - clock.at).total_seconds() / 60)
        clock.at = row.next_try_at

    assert waits[:11] == [2, 4, 8, 16, 32, 64, 128, 256, 256, 256, 256]
    assert (row.state, row.tries, row.error.partition("(")[0]) == (
        "failed",
        12,
        "ConnectionRefusedError",
    )
    clock.at += timedelta(days=1)
    assert services.deliver_due() == 0


def test_a_mail_that_is_tried_again_keeps_its_message_id(server: MailServer, clock):
    row = OutboxMessageFactory()
    services.deliver_due()
    # The worker died before it could write that the server had taken it.
    OutboxMessage.objects.update(state="sending", handed_over_at=None, lease_until=clock.at)
    clock.at += timedelta(minutes=3)

    assert services.deliver_due() == 1

    assert len(server.mails) == 2
    assert {given["Message-ID"] for given in server.mails} == {f"<{row.uuid}@localhost>"}


def test_a_mail_that_kills_its_worker_is_given_up(clock, server):
    OutboxMessageFactory(state="sending", tries=12, lease_until=clock.at - timedelta(seconds=1))

    assert services.deliver_due() == 0

    assert OutboxMessage.objects.values_list("state", "error").get() == (
        "failed",
        "The worker died at each try to hand it over.",
    )


def test_a_round_ends_in_time_for_the_sweep(monkeypatch, server: MailServer):
    monkeypatch.setattr(services, "ROUND_SECONDS", -1)
    OutboxMessageFactory()

    assert (services.deliver_due(), states()) == (0, ["queued"])


def test_mail_for_trials_stays_in_memory(settings):
    settings.MAIL_URL = "memory:"
    OutboxMessageFactory(subject="Only here")

    services.deliver_due()

    assert [given.subject for given in mail.outbox] == ["Only here"]
