from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import ConnectionHandler

ROOT = Path(__file__).parents[1]
SAFE = {
    "PARTNERSHIP_ENV": "production",
    "PARTNERSHIP_SECRET_KEY": "k" * 40,
    "PARTNERSHIP_HOSTS": "a6partnership.example",
    "PARTNERSHIP_ADDRESS": "https://a6partnership.example",
    "PARTNERSHIP_MAIL_URL": "smtp://u:p@relay.example:587",
    "DATABASE_URL": "postgresql://u:p@db.example/partnership",
    "REDIS_URL": "rediss://:p@redis.example:6379/0",
}
SECRET = "PARTNERSHIP_SECRET_KEY must be set to a long random text."
HOSTS = "PARTNERSHIP_HOSTS must name the site's hosts, without *."
ADDRESS = "PARTNERSHIP_ADDRESS must be the site's https address."
FILES = "FILES_URL must be s3:// with TLS unless the store is on this machine."
REDIS = "REDIS_URL must carry a password unless Redis is on this machine."
MAIL = "PARTNERSHIP_MAIL_URL must name a mail server."


@pytest.fixture
def settings_of(monkeypatch, tmp_path: Path):
    """The settings as another process would read them from its environment."""

    def read(environment: dict[str, str]) -> dict[str, Any]:
        for name in list(os.environ):
            if name in named_in_code():
                monkeypatch.delenv(name)
        for name, value in {"PARTNERSHIP_VAR": str(tmp_path), **environment}.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "partnership" / "settings.py"))

    return read


@cache
def named_in_code() -> set[str]:
    """Every variable of the environment that the site itself reads."""
    call = re.compile(r'env(?:iron)?(?:\.\w+)?[\[(]\s*"([A-Z_]+)"')
    texts = [path.read_text() for path in ROOT.glob("partnership/**/*.py")]
    return {name for text in texts for name in call.findall(text)} - {"DJANGO_SETTINGS_MODULE"}


def refusal(settings_of, **changed: str) -> str:
    with pytest.raises(ImproperlyConfigured) as error:
        settings_of({**SAFE, **changed})
    return str(error.value)


def test_production_starts_with_what_it_needs(settings_of):
    found = settings_of(SAFE)

    assert (found["PRODUCTION"], found["DEBUG"], found["ALLOWED_HOSTS"]) == (
        True,
        False,
        ["a6partnership.example"],
    )
    assert found["SESSION_COOKIE_NAME"] == "__Host-session"
    assert (found["SESSION_COOKIE_SECURE"], found["SECURE_SSL_REDIRECT"]) == (True, True)
    assert (found["PROXIES"], found["ALLAUTH_TRUSTED_PROXY_COUNT"]) == (1, 1)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"PARTNERSHIP_SECRET_KEY": ""}, SECRET),
        ({"PARTNERSHIP_SECRET_KEY": "only-for-development-and-tests-never-for-people"}, SECRET),
        ({"PARTNERSHIP_SECRET_KEY": "k" * 39}, SECRET),
        ({"PARTNERSHIP_HOSTS": ""}, HOSTS),
        ({"PARTNERSHIP_HOSTS": "*"}, HOSTS),
        ({"PARTNERSHIP_HOSTS": "a6.example, *.a6.example"}, HOSTS),
        ({"PARTNERSHIP_HOSTS": ".a6.example"}, HOSTS),
        ({"PARTNERSHIP_ADDRESS": ""}, ADDRESS),
        ({"PARTNERSHIP_ADDRESS": "http://a6.example"}, ADDRESS),
        ({"REDIS_URL": "redis://redis.example:6379/0"}, REDIS),
        ({"REDIS_URL": "redis://somebody@redis.example:6379/0"}, REDIS),
        ({"REDIS_URL": "redis://:@redis.example:6379/0"}, REDIS),
        ({"REDIS_URL": "redis://localhost.evil.example:6379/0"}, REDIS),
        ({"REDIS_URL": "redis://127.0.0.1.evil.example:6379/0"}, REDIS),
        ({"FILES_URL": "s3+http://k:s@store.example/files"}, FILES),
        ({"PARTNERSHIP_MAIL_URL": ""}, MAIL),
        ({"PARTNERSHIP_MAIL_URL": "console:"}, MAIL),
        ({"PARTNERSHIP_MAIL_URL": "memory:"}, MAIL),
        ({"DEMO_PASSWORD": "a long word"}, "DEMO_PASSWORD has no place in production."),
        (
            {"PARTNERSHIP_SECOND_FACTOR": "no"},
            "PARTNERSHIP_SECOND_FACTOR must stay on in production.",
        ),
        (
            {"PARTNERSHIP_ARCHIVE_URL": "http://archive.example/available"},
            "PARTNERSHIP_ARCHIVE_URL must be https.",
        ),
        (
            {"PARTNERSHIP_OUTBOUND_LOOPBACK": "feeds.example"},
            "PARTNERSHIP_OUTBOUND_LOOPBACK has no place in production.",
        ),
    ],
)
def test_production_refuses_what_is_unsafe_in_one_sentence(settings_of, changed, sentence):
    assert refusal(settings_of, **changed) == sentence


def test_no_archive_is_asked_unless_one_is_named(settings_of):
    assert settings_of({"PARTNERSHIP_ENV": "development"})["ARCHIVE_URL"] == ""
    named = {"PARTNERSHIP_ARCHIVE_URL": "https://archive.example/available"}
    assert settings_of({**SAFE, **named})["ARCHIVE_URL"] == named["PARTNERSHIP_ARCHIVE_URL"]


@pytest.mark.parametrize(
    "url",
    ["", "redis://localhost/0", "redis://[::1]:6379/0", "redis+socket:///run/redis.sock"],
)
def test_a_redis_on_this_machine_needs_no_password(settings_of, url):
    assert settings_of({**SAFE, "REDIS_URL": url})["REDIS_URL"] == url


def test_everything_that_is_unsafe_is_said_at_once(settings_of):
    changed = {"PARTNERSHIP_SECRET_KEY": "", "PARTNERSHIP_HOSTS": "*"}

    assert refusal(settings_of, **changed) == f"{SECRET.removesuffix('.')}; {HOSTS}"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "PARTNERSHIP_ENV",
            "staging",
            "PARTNERSHIP_ENV must be one of development, test, production, not 'staging'.",
        ),
        ("PARTNERSHIP_PROXIES", "two", "PARTNERSHIP_PROXIES must be a whole number, not 'two'."),
        ("REDIS_URL", "redis://:secret@host:port", "REDIS_URL is not an address."),
        *(
            (
                "FILES_URL",
                f"{value}",
                "FILES_URL must be s3://key:secret@host/bucket, or s3+http://… without TLS.",
            )
            for value in (
                "https://k:s@a.example/files",
                "s3://k:s@a.example",
                "s3://k@a.example/b3",
                "s3:///files",
                "s3://k:s@a.example/Files",
                "s3://k:s@a.example/files?zone=x",
            )
        ),
        (
            "PARTNERSHIP_ARCHIVE_URL",
            "archive.example",
            "PARTNERSHIP_ARCHIVE_URL must be an address: https://….",
        ),
        (
            "WORKER_QUEUES",
            "mail,slow",
            "WORKER_QUEUES must be some of quick, mail, heavy, harvest.",
        ),
        (
            "PARTNERSHIP_MAIL_URL",
            "mail://u:secret@relay.example",
            "PARTNERSHIP_MAIL_URL must be smtp://user:password@host:587, smtps://… or console:.",
        ),
        (
            "PARTNERSHIP_MAIL_BOUNCES",
            "bounces+x@a6.example",
            "PARTNERSHIP_MAIL_BOUNCES must be an address without a sign +.",
        ),
        (
            "DATABASE_URL",
            "oracle2://u:secret@db.example/a",
            "DATABASE_URL must be postgresql://user:password@host:5432/name or "
            "sqlite:////path/to/file.",
        ),
    ],
)
def test_nonsense_is_refused_in_one_sentence_that_repeats_no_password(
    settings_of, name, value, sentence
):
    assert refusal(settings_of, **{name: value}) == sentence


def started(tmp_path: Path, *argv: str) -> subprocess.CompletedProcess[str]:
    """A process of the site in production without any other setting."""
    return subprocess.run(
        [sys.executable, *argv],
        cwd=ROOT,
        env={"PARTNERSHIP_ENV": "production", "PARTNERSHIP_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_web_server_in_unsafe_production_ends_before_it_serves_anything(tmp_path: Path):
    ended = started(tmp_path, "-c", "import partnership.wsgi")

    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1].startswith(
        "django.core.exceptions.ImproperlyConfigured: PARTNERSHIP_SECRET_KEY must be set"
    )


def test_a_command_in_unsafe_production_says_one_line(tmp_path: Path):
    ended = started(tmp_path, "manage.py", "migrate")

    assert (ended.returncode, ended.stdout, len(ended.stderr.splitlines())) == (1, "", 1)
    assert ended.stderr.startswith("The settings cannot be used: PARTNERSHIP_SECRET_KEY must be")


@pytest.mark.parametrize(
    ("url", "found"),
    [
        (
            "s3://k:a%2Fb@store.example:9000/files?region=eu-1",
            ("files", "https://store.example:9000", "eu-1", "k", "a/b"),
        ),
        ("s3+http://[::1]:9000/a-b.c/", ("a-b.c", "http://[::1]:9000", "us-east-1", "", "")),
    ],
)
def test_files_lie_in_the_bucket_that_the_environment_names(settings_of, url, found):
    store = settings_of({**SAFE, "FILES_URL": url})["STORAGES"]["default"]

    assert store["BACKEND"] == "partnership.lib.bucket.Bucket"
    assert tuple(store["OPTIONS"].values()) == found


def test_a_developer_needs_to_set_nothing(settings_of, tmp_path: Path):
    found = settings_of({})

    assert (found["ENVIRONMENT"], found["DEBUG"], found["PROXIES"]) == ("development", False, 0)
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / "partnership.sqlite3")
    assert (found["REDIS_URL"], found["MAIL_URL"]) == ("", "console:")
    assert found["STORAGES"]["default"]["OPTIONS"]["location"] == tmp_path / "media"
    assert found["SITE_ADDRESS"] == "http://localhost:8000"


def test_an_address_of_the_site_may_end_with_a_stroke(settings_of):
    found = settings_of({"PARTNERSHIP_ADDRESS": "https://a6.example/"})

    assert found["SITE_ADDRESS"] == "https://a6.example"


@pytest.mark.django_db
def test_sqlite_is_opened_for_many_writers(settings_of, tmp_path: Path):
    database = settings_of({"DATABASE_URL": f"sqlite:///{tmp_path / 'a.sqlite3'}"})["DATABASES"]
    connection = ConnectionHandler(database)["default"]

    with connection.cursor() as cursor:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        found = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in names]
    connection.close()

    assert found == ["wal", 1, 1, 20_000]
    assert connection.transaction_mode == "IMMEDIATE"


def test_every_variable_that_is_read_stands_in_the_example():
    example = (ROOT / ".env.example").read_text()

    assert set(re.findall(r"^#?\s?([A-Z_]+)=", example, re.MULTILINE)) == named_in_code()


@pytest.mark.parametrize(
    ("environment", "is_on"),
    [
        (SAFE, True),
        ({"PARTNERSHIP_ENV": "test"}, True),
        ({}, False),
        ({"PARTNERSHIP_SECOND_FACTOR": "yes"}, True),
    ],
)
def test_a_second_factor_is_demanded_but_in_development(settings_of, environment, is_on):
    assert settings_of(environment)["SECOND_FACTOR"] == is_on
