"""Reports of mail that was not delivered, as servers of the world write them, and garbage."""

from __future__ import annotations

import io
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command

from partnership.lib import clock
from partnership.mail import bounces, services
from partnership.mail.models import OutboxMessage
from partnership.mail.services import Came
from partnership.members.models import Invitation
from tests.constraints import refused_by
from tests.factories.mail import START, OutboxMessageFactory
from tests.factories.members import InvitationFactory
from tests.smtp import mail_server

pytestmark = pytest.mark.django_db
FROM = "Partnership <no-reply@a6.example>"
NUMBER = UUID("7c9e6679-7425-40de-944b-e07fc1f90ae7")


@pytest.fixture(autouse=True)
def _addresses(settings):
    settings.DEFAULT_FROM_EMAIL = FROM
    settings.MAIL_BOUNCES = "bounces@a6.example"


def report(
    number: UUID = NUMBER,
    *,
    action: str = "failed",
    original: str = "text/rfc822-headers",
    to: str = "no-reply@a6.example",
    said: str = "smtp; 550 5.1.1 <gone@m.example>: no such user",
) -> bytes:
    """As Postfix writes it."""
    return f"""\
From: MAILER-DAEMON@relay.example
To: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

I'm sorry.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; gone@m.example
Action: {action}
Status: 5.1.1
Diagnostic-Code: {said}

--B
Content-Type: {original}

Message-ID: <{number}@a6.example>
From: {FROM}
To: gone@m.example
Subject: Welcome

--B--
""".encode()


def handed_over(number: UUID = NUMBER, **more) -> OutboxMessage:
    fields = {"state": "handed_over", "handed_over_at": START, **more}
    return OutboxMessageFactory(uuid=number, to="gone@m.example", **fields)


def state_of(row: OutboxMessage) -> tuple[str, str]:
    row.refresh_from_db()
    return row.state, row.error


@pytest.mark.parametrize("original", ["text/rfc822-headers", "message/rfc822"])
def test_a_report_marks_its_mail_with_the_reason_once(original):
    row, other = handed_over(), handed_over(uuid4())

    assert services.take_back(report(original=original)) == Came.BACK
    assert services.take_back(report(said="smtp; another")) == Came.NOTHING

    assert state_of(row) == ("bounced", "5.1.1 550 5.1.1 <gone@m.example>: no such user")
    assert state_of(other) == ("handed_over", "")


def test_a_report_that_leaves_the_mail_out_names_it_by_the_address_it_went_to():
    row = handed_over()
    raw = report(uuid4(), to=bounces.return_address(NUMBER), original="text/plain")

    assert services.take_back(raw) == Came.BACK
    assert state_of(row)[0] == "bounced"


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", ""])
def test_a_mail_that_is_late_or_arrived_has_not_come_back(action):
    row = handed_over()

    assert services.take_back(report(action=action)) == Came.NOTHING
    assert state_of(row)[0] == "handed_over"


def test_a_report_that_comes_before_our_own_note_is_asked_for_again():
    row = OutboxMessageFactory(uuid=NUMBER, state="sending", lease_until=START)

    assert services.take_back(report()) == Came.EARLY
    assert state_of(row)[0] == "sending"


def test_the_words_of_a_server_are_one_short_line():
    row = handed_over()

    services.take_back(report(said="smtp; a\x1b[31m\x07 b\x00\n " + "x" * 900))

    reason = state_of(row)[1]
    assert reason.startswith("5.1.1 a [31m b")
    assert reason.isprintable()
    assert len(reason) <= 300


DEEP = b"".join(
    b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(1200)
)
GARBAGE = {
    "nothing": b"",
    "bytes": bytes(range(256)) * 50,
    "a letter": b"From: a@b.example\nSubject: Out of office\n\nI am away.\n",
    "no end": report()[:400],
    "deep": DEEP,
    "no blocks": report().replace(b"Final-Recipient", b"\x00\xff"),
    "no number": report().replace(b"7c9e6679", b"zzzzzzzz"),
    "another site": report().replace(b"@a6.example>", b"@a6.example.evil.example>"),
    "huge": report(said="smtp; x").replace(b"I'm sorry.", b"y" * 2 * bounces.MOST_BYTES),
}


@pytest.mark.parametrize("raw", GARBAGE.values(), ids=GARBAGE)
def test_garbage_marks_nothing_and_stops_nobody(raw):
    row = handed_over()

    assert services.take_back(raw) == Came.NOTHING
    assert state_of(row)[0] == "handed_over"


def test_a_mail_tells_servers_its_own_way_back_and_people_the_sender(settings):
    row = OutboxMessageFactory()
    with mail_server() as server:
        settings.MAIL_URL = server.url
        services.deliver_due()

    (given,) = server.mails
    assert server.senders == [f"bounces+{row.uuid.hex}@a6.example"]
    assert (given["From"], given["Message-ID"]) == (FROM, f"<{row.uuid}@a6.example>")


def test_without_an_address_for_reports_they_go_to_the_sender(settings):
    settings.MAIL_BOUNCES = ""
    OutboxMessageFactory()
    with mail_server() as server:
        settings.MAIL_URL = server.url
        services.deliver_due()

    assert server.senders == ["no-reply@a6.example"]


def test_an_invitation_says_that_its_mail_came_back():
    row = InvitationFactory(mail=handed_over())

    services.take_back(report())

    assert Invitation.objects.with_state(row.made_at).get(pk=row.pk).state == "bounced"


def test_a_mail_that_came_back_was_handed_over_first():
    with refused_by("outbox_handed_over_has_a_time"):
        OutboxMessageFactory(state="bounced", handed_over_at=None)


def given(monkeypatch, raw: bytes) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(raw)))


def test_one_message_is_read_from_a_pipe_and_one_that_is_early_is_answered_with_later(monkeypatch):
    row = handed_over()
    given(monkeypatch, report())
    call_command("take_bounces")
    assert state_of(row)[0] == "bounced"

    OutboxMessageFactory(uuid=(other := uuid4()), state="sending", lease_until=clock.now())
    given(monkeypatch, report(other))
    with pytest.raises(SystemExit) as left:
        call_command("take_bounces")
    assert left.value.code == 75


def test_a_folder_is_read_once_and_what_is_early_stays_in_it(tmp_path, capsys):
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    handed_over()
    OutboxMessageFactory(uuid=(early := uuid4()), state="sending", lease_until=clock.now())
    for name, raw in (("1.a", report()), ("2.b", b"\xff\x00"), ("3.c", report(early))):
        (tmp_path / "new" / name).write_bytes(raw)
    (tmp_path / "new" / "4.d").symlink_to("/etc/hostname")

    call_command("take_bounces", folder=tmp_path)

    assert capsys.readouterr().out == "Mails that came back: 1.\n"
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["3.c", "4.d"]
    # What came back names its reader: it is not kept a second time.
    assert sorted(path.name for path in (tmp_path / "cur").iterdir()) == ["2.b:2,S"]
    with pytest.raises(CommandError, match="no Maildir"):
        call_command("take_bounces", folder=tmp_path / "cur")
