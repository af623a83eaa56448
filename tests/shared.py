"""What is made once in a run of the tests and copied by all its workers."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

ROOT = Path(__file__).parents[1]
# The password of all demo people on sites that tests start.
PASSWORD = "kittens on a long quiet road"
KEPT = ROOT / ".pytest_cache" / "migrated"
SCHEMA = (
    "*/migrations/*.py",
    "partnership/lib/*.py",
    "partnership/settings.py",
    "requirements.txt",
)
PREPARING = {"PARTNERSHIP_ENV": "development", "DEMO_PASSWORD": PASSWORD}


def run_folder(factory: pytest.TempPathFactory) -> Path:
    """One folder for all workers of this run."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@contextmanager
def once(folder: Path, name: str) -> Iterator[bool]:
    """One worker at a time; True for the one that has to make it, until it was made whole."""
    made = folder / f"{name}.made"
    with alone(folder / f"{name}.lock"):
        yield not made.exists()
        made.touch()


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """While nobody else is here, in whatever run."""
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def passed_on() -> dict[str, str]:
    """Our environment for a process of the site: it chooses its own settings, and what it says
    arrives at once without being told to.
    """
    own = {"DJANGO_SETTINGS_MODULE", "PYTHONUNBUFFERED"}
    return {name: value for name, value in os.environ.items() if name not in own}


def manage(env: Mapping[str, str], *arguments: str) -> None:
    """A management command in a process of its own, with settings of its own."""
    subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**passed_on(), **env},
        stdout=subprocess.DEVNULL,
        check=True,
    )


def at_postgresql(url: str, statement: str) -> None:
    """Make or drop a database on the server of this address."""
    server = urlunsplit(urlsplit(url)._replace(path="/postgres"))
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(statement)  # type: ignore[arg-type]


def run_name() -> str:
    """What names of databases of this run end with."""
    return os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))


def at_database(url: str, name: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def migrated_database(url: str, folder: Path) -> str:
    """The name of a migrated and empty database that others are copied from."""
    name = f"migrated_{run_name()}"
    with once(folder, "migrated") as is_first:
        if is_first:
            at_postgresql(url, f"CREATE DATABASE {name}")
            own = {"DATABASE_URL": at_database(url, name)}
            manage(own, "migrate", "--verbosity", "0")
    return name


def migrated_file(folder: Path) -> Path:
    """A migrated and empty SQLite file that others are copied from; later runs find it there."""
    path, kept = folder / "migrated.sqlite3", KEPT / f"{_of_the_schema()}.sqlite3"
    KEPT.mkdir(parents=True, exist_ok=True)
    with once(folder, "migrated-file") as is_first, alone(KEPT.with_suffix(".lock")):
        if is_first and not kept.exists():
            manage({"DATABASE_URL": f"sqlite:///{path}"}, "migrate", "--verbosity", "0")
            _keep(path, kept)
        elif is_first:
            shutil.copyfile(kept, path)
    return path


def _of_the_schema() -> str:
    """Changes with everything that decides what a migrated database is."""
    ours = [path for name in SCHEMA for path in sorted(ROOT.glob(name))]
    return sha256(b"".join(path.read_bytes() for path in ours)).hexdigest()[:16]


def _keep(path: Path, kept: Path) -> None:
    """Whole or not at all, and none of an earlier schema."""
    shutil.rmtree(KEPT, ignore_errors=True)
    KEPT.mkdir()
    part = kept.with_suffix(f".{os.getpid()}")
    shutil.copyfile(path, part)
    part.replace(kept)


def prepared_database(url: str, folder: Path) -> str:
    """The name of a database as a site has it that was started once."""
    template, name = migrated_database(url, folder), f"prepared_{run_name()}"
    # There the style sheets are gathered and compressed already.
    var = prepared_folder(folder)
    with once(folder, "prepared-database") as is_first:
        if is_first:
            at_postgresql(url, f"CREATE DATABASE {name} TEMPLATE {template}")
            own = {"PARTNERSHIP_VAR": str(var), "DATABASE_URL": at_database(url, name)}
            manage({**PREPARING, **own}, "prepare")
    return name


def drop_databases(url: str, run: str) -> None:
    """After the last worker has ended."""
    for name in ("migrated", "prepared"):
        at_postgresql(url, f"DROP DATABASE IF EXISTS {name}_{run} WITH (FORCE)")


def prepared_folder(folder: Path) -> Path:
    """The data folder of a site that ran before: a migrated SQLite file, files and demo people."""
    prepared = folder / "prepared"
    migrated = migrated_file(folder)
    with once(folder, "prepared") as is_first:
        if is_first:
            shutil.rmtree(prepared, ignore_errors=True)
            prepared.mkdir(parents=True)
            shutil.copyfile(migrated, prepared / "partnership.sqlite3")
            own = {"PARTNERSHIP_VAR": str(prepared), "DATABASE_URL": "", "REDIS_URL": ""}
            manage({**PREPARING, **own}, "prepare")
    return prepared


def copy_of_prepared(folder: Path, target: Path) -> None:
    shutil.copytree(prepared_folder(folder), target)
