from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client

from partnership.lib import clock
from partnership.mail import services, stops
from partnership.mail.models import Kind, MailStop, OutboxMessage
from partnership.mail.stops import Stoppable
from tests.factories.accounts import UserFactory
from tests.factories.mail import START
from tests.smtp import mail_server

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def anna():
    return UserFactory(email="anna@m.example")


@pytest.fixture
def server(settings):
    with mail_server() as server:
        settings.MAIL_URL = server.url
        yield server


def queued(reader, kind=Kind.LEARNING, key="k"):
    about = Stoppable(kind, reader) if kind != Kind.ACCOUNT else None
    return services.queue(
        key, to=reader.email, subject="S", body="words\n", at=START, stoppable=about
    )


def path_of(row) -> str:
    address = row.headers["List-Unsubscribe"].strip("<>")
    return "/" + address.partition("://")[2].partition("/")[2]


def test_a_mail_that_can_be_stopped_says_how_in_both_parts_and_to_mail_programs(anna, server):
    row = queued(anna)

    services.deliver_due()

    (given,) = server.mails
    address = stops.address_of(Stoppable(Kind.LEARNING, anna))
    assert given["List-Unsubscribe"].strip() == f"<{address}>"
    assert given["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert row.body.startswith("words\n\n")
    assert row.body.endswith(f"{address}\n")
    assert f'href="{address}"' in row.html


def test_a_mail_about_the_account_cannot_be_stopped(anna, server):
    queued(anna, Kind.ACCOUNT)
    for kind in (Kind.LEARNING, Kind.DELEGATION):
        stops.stop(anna, kind, at=START)
    token = signing.Signer(salt=stops.SALT).sign(f"{anna.uuid}:account")

    assert Client().post(f"/mail/stop/{token}/").status_code == 404
    assert services.deliver_due() == 1
    assert server.mails[0]["List-Unsubscribe"] is None


def test_opening_the_link_changes_nothing(anna):
    path = path_of(queued(anna))

    answers = [Client().get(path), Client().head(path)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert not MailStop.objects.exists()


def test_a_mail_program_stops_with_one_click_without_a_session_and_again_is_the_same(anna):
    path = path_of(queued(anna))
    program = Client(enforce_csrf_checks=True)

    answers = [program.post(path, ONE_CLICK) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    stop = MailStop.objects.get()
    assert (stop.person, stop.kind) == (anna, "learning")


def test_a_link_that_was_changed_stops_nothing(anna):
    path = path_of(queued(anna))
    other = path.replace(str(anna.uuid), str(UserFactory().uuid))

    assert Client().post(other, ONE_CLICK).status_code == 404
    assert Client().post(path.replace("learning", "delegation"), ONE_CLICK).status_code == 404
    assert not MailStop.objects.exists()


def test_what_waits_is_held_back_and_what_comes_later_is_refused(anna, server):
    waiting, other = queued(anna, key="1"), queued(UserFactory(), key="2")
    MailStop.objects.create(person=anna, kind="learning", stopped_at=START)
    later = queued(anna, key="3")
    queued(anna, Kind.DELEGATION, key="4")

    assert services.deliver_due() == 2

    assert sorted(server.recipients) == sorted([other.to, anna.email])
    for row in (waiting, later):
        row.refresh_from_db()
        assert (row.state, row.tries) == ("stopped", 0)


def test_a_stop_that_comes_between_the_look_and_the_hand_over_still_holds(anna):
    queued(anna)
    MailStop.objects.create(person=anna, kind="learning", stopped_at=START)

    assert not OutboxMessage.objects.due(START + timedelta(hours=1)).exists()


def test_what_was_stopped_is_not_sent_when_mails_are_allowed_again(anna, server):
    row = queued(anna)
    stops.stop(anna, Kind.LEARNING, at=clock.now())

    answer = Client().post(path_of(row), {"do": "allow"})
    queued(anna, key="next")

    assert "Mails come again" in answer.content.decode()
    assert services.deliver_due() == 1
    row.refresh_from_db()
    assert row.state == "stopped"


def test_the_page_of_the_account_has_a_switch_for_each_kind(anna):
    browser = Client()
    browser.force_login(anna)

    browser.post("/account/mail/", {"kind": "learning", "do": "stop"})
    page = browser.get("/account/mail/").content.decode()

    assert (page.count('value="stop"'), page.count('value="allow"')) == (3, 1)
    assert list(MailStop.objects.values_list("person", "kind")) == [(anna.pk, "learning")]
    browser.post("/account/mail/", {"kind": "learning", "do": "allow"})
    assert not MailStop.objects.exists()
    assert browser.post("/account/mail/", {"kind": "account"}).status_code == 404


def test_a_person_who_goes_takes_stops_and_mails_along(anna):
    queued(anna)
    stops.stop(anna, Kind.LEARNING, at=START)

    anna.delete()

    assert (MailStop.objects.count(), OutboxMessage.objects.count()) == (0, 0)
