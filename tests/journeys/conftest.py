from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import shared
from tests.journeys.proxy import Line
from tests.journeys.whole import WholeSite, everybody, is_alive
from tests.services import program

# Each window would load two hidden pages of the browser's own, for half a second of the processor.
# To name features replaces Playwright's list of them: what matters of that is named as well.
WITHOUT = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "AimEnabled",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--in-process-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(WITHOUT)}",
]


def _given(name: str) -> str:
    value = os.environ.get(name, "")
    assert value, f"{name} is missing: run this through `make test`, or name the service yourself."
    return value


@pytest.fixture(scope="session")
def site_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeSite]:
    """What a newcomer gets: SQLite, a broker of files, everything in one folder."""
    folder = tmp_path_factory.mktemp("sqlite")
    shared.copy_of_prepared(shared.run_folder(tmp_path_factory), folder / "var")
    site = WholeSite(folder, {"DATABASE_URL": "", "REDIS_URL": ""})
    site.start()
    yield site
    group = everybody(site)
    site.stop()
    assert not any(map(is_alive, group)), "a run that was stopped has left somebody"
    assert site.process.returncode == 0  # type: ignore[union-attr]


@pytest.fixture(scope="session")
def redis_line() -> Iterator[Line]:
    """What stands between the site and its Redis."""
    # Each of several sites has a Redis database of its own: a doorbell must ring in one house.
    number = 1 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    line = Line(urlunsplit(urlsplit(_given("REDIS_URL"))._replace(path=f"/{number}")))
    yield line
    line.close()


@pytest.fixture(scope="session")
def database_line() -> Iterator[Line]:
    """What stands between the site and its PostgreSQL."""
    line = Line(_given("DATABASE_URL"))
    yield line
    line.close()


@pytest.fixture(scope="session")
def site(
    tmp_path_factory: pytest.TempPathFactory, redis_line: Line, database_line: Line
) -> Iterator[WholeSite]:
    """The site as it grows: PostgreSQL and Redis, in a database of its own."""
    url, name = _given("DATABASE_URL"), f"journeys_{os.getpid()}"
    shared_by_all = shared.run_folder(tmp_path_factory)
    template = shared.prepared_database(url, shared_by_all)
    shared.at_postgresql(url, f"CREATE DATABASE {name} TEMPLATE {template}")
    env = {
        # Arabic has no translation yet: it is asked for to see the pages from right to left.
        "PARTNERSHIP_LANGUAGES": "en,fr,ar",
        "DATABASE_URL": urlunsplit(urlsplit(database_line.url)._replace(path=f"/{name}")),
        "REDIS_URL": redis_line.url,
    }
    folder = Path(tmp_path_factory.mktemp("postgresql"))
    shared.copy_of_prepared(shared_by_all, folder / "var")
    site = WholeSite(folder, env)
    site.start()
    yield site
    site.stop()
    shared.at_postgresql(url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def strict_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeSite]:
    """The small site, as strict as in production."""
    folder = tmp_path_factory.mktemp("strict")
    shared.copy_of_prepared(shared.run_folder(tmp_path_factory), folder / "var")
    strict = {"DATABASE_URL": "", "REDIS_URL": "", "PARTNERSHIP_SECOND_FACTOR": "yes"}
    site = WholeSite(folder, strict)
    site.start()
    yield site
    site.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium. Playwright's loop runs in this thread, which Django would refuse."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    path = program("chromium")
    assert path, "Chromium is missing: run this through `make test`."
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()
