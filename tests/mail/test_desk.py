from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnership.accounts.models import Role
from partnership.audit.models import AuditEntry
from partnership.mail import services
from tests.factories.accounts import UserFactory
from tests.factories.mail import START, OutboxMessageFactory
from tests.site.people import client_of
from tests.smtp import mail_server

pytestmark = pytest.mark.django_db
OUTBOX = "/desk/mail/"


@pytest.fixture
def desk():
    return client_of(Role.ADMINISTRATOR)


def failed(**fields):
    return OutboxMessageFactory(state="failed", tries=12, error="550 no such person", **fields)


def test_the_outbox_tells_how_each_mail_went(desk):
    failed(to="gone@m.example")
    OutboxMessageFactory(to="sent@m.example", state="handed_over", handed_over_at=START)
    OutboxMessageFactory(to="waits@m.example", tries=2, next_try_at=START + timedelta(minutes=4))
    OutboxMessageFactory(to="no@m.example", state="stopped", kind="learning", reader=UserFactory())

    page = desk.get(OUTBOX).content.decode()

    for told in (
        "550 no such person",
        "given up",
        "handed to the mail server",
        "next 2 Jan, 09:04",
    ):
        assert told in page
    assert page.count("stopped by the reader") == 2  # in its row and among the filters
    assert page.count("Send again") == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=GONE@", ["gone@m.example"]),
        ("?state=failed", ["gone@m.example"]),
        ("?state=queued&q=m.example", ["waits@m.example"]),
        ("?kind=learning", []),
    ],
)
def test_the_address_says_which_mails_are_shown(desk, query, found):
    failed(to="gone@m.example")
    OutboxMessageFactory(to="waits@m.example")

    rows = desk.get(OUTBOX + query).context["page"].object_list

    assert [row.to for row in rows] == found


def test_a_state_that_does_not_exist_is_a_bad_query(desk):
    assert desk.get(f"{OUTBOX}?state=lost").status_code == 400


def test_the_outbox_asks_as_often_for_many_mails_as_for_one(desk):
    failed()
    desk.get(OUTBOX)
    with CaptureQueriesContext(
        connection,
    ) as one:
        desk.get(OUTBOX)
    for _ in range(5):
        failed()
    with CaptureQueriesContext(connection) as many:
        desk.get(OUTBOX)

    assert len(one) == len(many) <= 8


def test_what_was_given_up_is_sent_again_and_the_log_says_who_did_it(desk, settings):
    row = failed()
    with mail_server() as server:
        settings.MAIL_URL = server.url
        answer = desk.post(f"{OUTBOX}{row.uuid}/again/")
        services.deliver_due()

    assert (answer.status_code, server.recipients) == (302, [row.to])
    assert AuditEntry.objects.values_list("kind", "key").get(verb="mail.again") == (
        "mail",
        str(row.uuid),
    )


def test_what_was_handed_over_is_not_sent_a_second_time(desk):
    row = OutboxMessageFactory(state="handed_over", handed_over_at=START)

    assert desk.post(f"{OUTBOX}{row.uuid}/again/").status_code == 409

    row.refresh_from_db()
    assert row.state == "handed_over"


def test_on_a_trial_site_a_mail_can_be_read_as_both_its_parts(desk):
    row = OutboxMessageFactory(body="Your code: 123456", html="<p style='color:red'>123456</p>")

    text, rich = (desk.get(f"{OUTBOX}{row.uuid}/{part}") for part in ("", "page/"))

    assert "Your code: 123456" in text.content.decode()
    assert rich.content.decode() == row.html
    assert "sandbox" in rich["Content-Security-Policy"]
    assert "'self'" not in rich["Content-Security-Policy"]


def test_on_a_real_site_nobody_reads_a_mail(desk, settings):
    settings.PRODUCTION = True
    row = OutboxMessageFactory(body="Your code: 123456", html="<p>123456</p>")

    found = [desk.get(f"{OUTBOX}{row.uuid}/{part}").status_code for part in ("", "page/")]
    page = desk.get(OUTBOX).content.decode()

    assert found == [404, 404]
    assert row.to in page
    assert "123456" not in page
    assert str(row.uuid) not in page
