from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory

from partnership.audit import services
from partnership.audit.models import AuditEntry
from partnership.lib.logs import request_id
from tests.constraints import refused_by
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def line() -> AuditEntry:
    return services.record("job.cancel", at=AT, of=("job", "7"), changes={"state": ["a", "b"]})


def test_a_line_is_never_changed(line: AuditEntry):
    line.verb = "job.start"

    with refused_by("the audit log is append-only"):
        line.save()
    with refused_by("the audit log is append-only"):
        AuditEntry.objects.update(actor="somebody else")

    line.refresh_from_db()
    assert (line.verb, line.actor) == ("job.cancel", "")


def test_a_line_is_never_removed(line: AuditEntry):
    with refused_by("the audit log is append-only"):
        line.delete()
    with refused_by("the audit log is append-only"):
        AuditEntry.objects.all().delete()
    with refused_by("the audit log is append-only"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM partnership_auditentry")

    assert AuditEntry.objects.count() == 1


def test_a_line_says_who_did_what_as_whom_and_in_which_request():
    request = RequestFactory().post("/desk/jobs/", REMOTE_ADDR="10.1.2.3")
    request.user = user = UserFactory()
    request.roles = frozenset({"trainer", "administrator"})
    token = request_id.set("req-1234")

    line = services.record("job.cancel", at=AT, request=request, of=("job", "7"))

    request_id.reset(token)
    line.refresh_from_db()
    assert (line.at, line.actor, line.acting_as, line.verb) == (
        AT,
        str(user.uuid),
        "administrator, trainer",
        "job.cancel",
    )
    assert (line.kind, line.key, line.request_id, line.network) == (
        "job",
        "7",
        "req-1234",
        "private IPv4",
    )


def test_a_visitor_and_a_task_have_no_name():
    request = RequestFactory().get("/")
    request.user = AnonymousUser()

    lines = [services.record("denied", at=AT, request=given) for given in (request, None)]

    assert [(line.actor, line.acting_as, line.network) for line in lines] == [
        ("", "", "loopback IPv4"),
        ("", "", "unknown"),
    ]


def test_what_is_too_long_for_its_column_is_cut_and_not_lost():
    line = services.record("v" * 99, at=AT, of=("k" * 99, "o" * 999))

    line.refresh_from_db()
    assert [len(text) for text in (line.verb, line.kind, line.key)] == [60, 60, 120]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("127.0.0.1", "loopback IPv4"),
        ("192.168.1.20", "private IPv4"),
        ("81.2.69.142", "public IPv4"),
        ("::1", "loopback IPv6"),
        ("fd00::1", "private IPv6"),
        ("2a02:6b8::1", "public IPv6"),
        ("", "unknown"),
        ("a proxy", "unknown"),
    ],
)
def test_the_kind_of_network_is_kept_and_the_address_is_not(address, network):
    request = RequestFactory().get("/", REMOTE_ADDR=address)

    assert services.record("denied", at=AT, request=request).network == network


@pytest.mark.parametrize(
    ("proxies", "forwarded", "network"),
    [
        pytest.param(0, "81.2.69.142", "loopback IPv4", id="nobody may say who he is"),
        pytest.param(1, "10.0.0.1, 81.2.69.142", "public IPv4", id="the last is our proxy's word"),
        pytest.param(2, "81.2.69.142, 10.0.0.1", "public IPv4", id="two proxies"),
        pytest.param(2, "81.2.69.142", "loopback IPv4", id="one of two proxies was gone round"),
        pytest.param(1, "", "loopback IPv4", id="asked without proxy"),
    ],
)
def test_behind_proxies_of_ours_the_network_is_the_persons(settings, proxies, forwarded, network):
    settings.PROXIES = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded})

    assert services.record("denied", at=AT, request=request).network == network
