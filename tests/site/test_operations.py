"""For operators and robots."""

from __future__ import annotations

import shutil
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.catalogue.models import Edition, LearningPath, Lesson
from partnership.agreements.cooperation.models import Approach, Authorization
from partnership.agreements.models import Agreement
from partnership.casestudies.models import CaseStudy
from partnership.information.models import Document
from partnership.jobs import pulses
from partnership.mail.models import OutboxMessage
from partnership.mail.services import queue
from partnership.members.models import Country, Institution
from partnership.site import operations
from partnership.site.figures.series import SERIES
from partnership.site.policy import POLICY
from partnership.site.who import EVERYBODY
from tests.factories.agreements import AgreementFactory, AgreementStageFactory
from tests.factories.casestudies import CaseStudyFactory
from tests.factories.courses import LessonFactory
from tests.factories.jobs import JobFactory

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
# Open to everybody and yet no page to be read: what is in it is found elsewhere, or it is a tool.
NO_PAGES = {
    *("site:search", "site:country-feed", "site:topic-feed", "site:search-feed"),
    "courses:module",
    "courses:module-file",
    "courses:offline",
    *("courses:badge-issuer", "courses:badge-keys", "courses:badge-key", "courses:badge-status"),
    "courses:self-check",
    "courses:pictures",
    "courses:quiz",
    "courses:verify",
    "courses:service-worker",
    *("courses:shared-draft", "courses:shared-lesson", "courses:shared-quiz"),
    *("courses:certificate-logo", "courses:picture", "courses:shared-picture"),
    "site:live",
    "site:ready",
    "casestudies:version",
    *("mail:stop", "site:policy", "site:policy-version"),
    "site:sitemap",
    "site:robots",
    "agreements:feed",
    *("agreements:month", "agreements:version"),
    *("remarks:new", "remarks:sent", "remarks:mine"),
    *("figures:data", "figures:fact"),
    *("site:topic", "library:version", "library:file"),
    *("account_mailbox_lost", "account_mailbox_asked", "account_mailbox_code"),
    "account_login",
    "account_logout",
    "account_signup",
    "account_mail_code",
    "account_enter_code",
    "account_new_code",
    "account_give_name",
    *("account_passkey", "account_passkey_question", "account_undo_address"),
    *(f"account_password_{step}" for step in ("lost", "link", "code", "new")),
    *("members:enter-code", "members:invitation", "members:new-invitation"),
    *("mfa_authenticate", "site:language"),
    "api-schema",
}
DETAILS = {
    "site:country": Country,
    "site:institution": Institution,
    "agreements:agreement": Agreement,
    "agreements:approach": Approach,
    "agreements:authorization": Authorization,
    "casestudies:case": CaseStudy,
    "library:document": Document,
    "courses:path": LearningPath,
    "courses:course": Edition,
    "courses:lesson": Lesson,
}
# A page for each of what is named in code.
NAMED = {"figures:one": SERIES}


def site_map(client: Client) -> list[str]:
    """The paths in the site map."""
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return [urlsplit(entry.text or "").path for entry in tree.iter(LOC)]


# --- Alive, ready -----------------------------------------------------------------------


def test_being_alive_asks_nothing_of_the_database(client):
    # Without the database's fixture a query would fail this test.
    response = client.get("/health/live")

    assert (response.status_code, response.json()) == (200, {"status": "live"})


ALL_WELL = {"workers": True, "beat": True, "jobs": True, "mail": True, "files": True}
ALL_WELL["storage"] = True


def answered(client: Client) -> dict:
    response = client.get("/health/ready")
    assert response.status_code == 200
    return response.json()


def test_ready_tells_each_part(client, db):
    now = timezone.now()
    pulses.note("all@host", at=now, queues="quick mail heavy harvest")
    pulses.note("beat", at=now)
    pulses.note("quick@gone", at=now - timedelta(hours=1), queues="quick")
    JobFactory(run_at=now - timedelta(minutes=1))
    JobFactory(run_at=now + timedelta(hours=1))

    found = answered(client)

    assert found == {
        "status": "ready",
        "parts": ALL_WELL,
        "jobs_waiting": 1,
        "mails_waiting": 0,
        "queues": {"quick": True, "mail": True, "heavy": True, "harvest": True},
    }


def test_what_is_out_of_order_is_told_and_pages_come_all_the_same(client, db, monkeypatch):
    now = timezone.now()
    pulses.note("all@host", at=now - timedelta(seconds=61), queues="quick mail heavy harvest")
    JobFactory(run_at=now - timedelta(minutes=6))
    queue("x", to="a@b.example", subject="x", body="x", at=now)
    OutboxMessage.objects.update(state=OutboxMessage.State.FAILED)
    monkeypatch.setattr(operations.machines.storage, "answers", lambda: False)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=1000))

    assert answered(client)["parts"] == dict.fromkeys(ALL_WELL, False)


def test_a_queue_that_no_living_worker_takes_is_told(client, db):
    now = timezone.now()
    pulses.note("mail@host", at=now, queues="quick mail")
    pulses.note("work@gone", at=now - timedelta(seconds=61), queues="heavy harvest")

    found = answered(client)

    assert found["queues"] == {"quick": True, "mail": True, "heavy": False, "harvest": False}
    assert found["parts"]["workers"] is False


def test_a_further_web_machine_gathers_its_static_files_and_nothing_else(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    settings.STATIC_ROOT = settings.VAR_DIR / "static"

    # Without the database's fixture a query would fail this test.
    call_command("prepare", "--static")

    assert [path.name for path in settings.VAR_DIR.iterdir()] == ["static"]
    assert {"partnership", "courses"} <= {path.name for path in settings.STATIC_ROOT.iterdir()}


def test_a_migration_that_waits_is_not_ready(client, db):
    known = MigrationRecorder(connection).migration_qs.filter(app="partnership")
    known.order_by("name").filter(name__startswith="0").last().delete()

    response = client.get("/health/ready")

    assert (response.status_code, response.json()) == (503, {"status": "migrations wait"})


def test_without_a_database_it_is_not_ready_and_still_alive(client, monkeypatch):
    def gone(*args: object) -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(operations, "MigrationExecutor", gone)

    response = client.get("/health/ready")

    assert (response.status_code, response.json()) == (503, {"status": "no database"})
    assert client.get("/health/live").status_code == 200


# --- Robots -----------------------------------------------------------------------------


def test_robots_are_kept_from_what_is_not_to_be_read(client, settings):
    settings.SITE_ADDRESS = "https://site.example"

    lines = client.get("/robots.txt").content.decode().splitlines()

    assert lines == [
        "User-agent: *",
        "Disallow: /account/",
        "Disallow: /admin/",
        "Disallow: /desk/",
        "Disallow: /api/",
        "Sitemap: https://site.example/sitemap.xml",
    ]


def test_every_public_page_is_in_the_site_map_or_named_as_none():
    public = {name for name, roles in POLICY.items() if roles == EVERYBODY}

    assert {*operations.PAGES, *DETAILS, *NAMED, *NO_PAGES} == {
        name for name in public if not name.startswith("api:")
    }


def test_the_site_map_names_exactly_the_public_pages(content, client):
    rows = [row for model in DETAILS.values() for row in model._default_manager.all()]

    found = site_map(client)

    assert sorted(found) == sorted(
        [
            *map(reverse, operations.PAGES),
            *(row.get_absolute_url() for row in rows),
            *(reverse(name, args=[key]) for name, keys in NAMED.items() for key in keys),
        ]
    )


def test_the_site_map_leads_to_pages_that_are_there(content, client):
    kinds: dict[str, list[str]] = {}
    for path in site_map(client):
        kinds.setdefault(path.rstrip("/").rpartition("/")[0], []).append(path)
    sample = [path for paths in kinds.values() for path in (*paths[:2], paths[-1])]

    found = {path: client.get(path).status_code for path in sample}

    assert found == dict.fromkeys(sample, 200)


def test_the_site_map_uses_the_sites_own_address(client, db, settings):
    settings.SITE_ADDRESS = "https://site.example"

    assert b"<loc>https://site.example/members/</loc>" in client.get("/sitemap.xml").content


def test_what_is_not_there_yet_is_not_in_the_site_map(client, db):
    AgreementFactory()
    later = timezone.now().date() + timedelta(days=2)
    planned = AgreementStageFactory(on=later).agreement
    draft = CaseStudyFactory(published_on=None)
    unpublished = LessonFactory(module__edition__published_at=None)
    absent = (planned, draft, unpublished, unpublished.edition)

    found = set(site_map(client))

    assert found.isdisjoint(row.get_absolute_url() for row in absent)
    assert not [path for path in found if path.startswith("/agreements/q")]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_site_map_costs_the_same_for_any_number_of_rows(client, db, rows, count_queries):
    for _ in range(rows):
        AgreementStageFactory()
        CaseStudyFactory()
        LessonFactory()

    with count_queries(10):
        paths = site_map(client)

    # An agreement brings two Parties.
    assert len(paths) == len(operations.PAGES) + len(SERIES) + 6 * rows
