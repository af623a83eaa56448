"""Everything of the site is killed at random while much is done: it is all done, and once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import shared
from tests.hosts import host
from tests.journeys.digests import Digests
from tests.journeys.killing import Database, Redis, killing
from tests.journeys.papers import HOST, Papers, speaks
from tests.journeys.whole import Visitor, WholeSite
from tests.smtp import MailServer, mail_server

pytestmark = [
    *(pytest.mark.whole, pytest.mark.redis, pytest.mark.audit),
    pytest.mark.xdist_group("mortal"),
]
KILLS, PAPERS, READERS = 20, 300, 5000


@pytest.fixture
def redis() -> Iterator[Redis]:
    found = Redis()
    yield found
    found.kill()


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as found:
        yield found


@pytest.fixture
def mortal_site(
    redis: Redis, server: MailServer, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[WholeSite, Database]]:
    """A site of its own: PostgreSQL, and a Redis that may be killed."""
    url, name = os.environ["DATABASE_URL"], f"mortal_{os.getpid()}"
    shared_by_all = shared.run_folder(tmp_path_factory)
    template = shared.prepared_database(url, shared_by_all)
    shared.at_postgresql(url, f"CREATE DATABASE {name} TEMPLATE {template}")
    own = shared.at_database(url, name)
    shared.copy_of_prepared(shared_by_all, tmp_path / "var")
    env = {"DATABASE_URL": own, "REDIS_URL": redis.url, "PARTNERSHIP_OUTBOUND_LOOPBACK": HOST}
    env["PARTNERSHIP_MAIL_URL"] = server.url
    site = WholeSite(tmp_path, env)
    site.start()
    yield site, Database(own)
    site.stop()
    shared.at_postgresql(url, f"DROP DATABASE {name} WITH (FORCE)")


def test_an_import_of_papers_and_a_morning_of_mails_survive_the_death_of_everything(
    mortal_site: tuple[WholeSite, Database], redis: Redis, server: MailServer
):
    site, database = mortal_site
    person = Visitor(site)
    person.sign_in("admin@demo.example")
    with host(speaks) as there:
        digests = Digests(READERS, server)
        works = [Papers(PAPERS, there.port), digests]
        for work in works:
            work.start(person)
        watch, died = killing(site, redis, works, database, times=KILLS)

    for work in works:
        work.check(database)
    # A round of mails that died three times is given up, and another follows within the minute.
    failed = "select kind, error from partnership_job where state = 'failed'"
    assert database.rows(f"{failed} and kind <> 'alerts.round'") == []
    # What a server took as its sender died is sent again: nobody can ask it whether it has it.
    assert digests.doubled() <= died["mail"], died
    assert died.total() == KILLS
    assert (watch.silent < 60, watch.idle < 60) == (True, True), (watch, died)
