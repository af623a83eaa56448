"""The site's own settings, with what only tests need on top."""

from __future__ import annotations

import os
from tempfile import TemporaryDirectory

os.environ["PARTNERSHIP_ENV"] = "test"
if "PARTNERSHIP_VAR" not in os.environ:
    # Gone with this process; those that it starts share it.
    folder = TemporaryDirectory(prefix="partnership-", ignore_cleanup_errors=True)
    os.environ["PARTNERSHIP_VAR"] = folder.name
# A broker that is never reached for: tests of jobs say themselves when a worker takes part.
os.environ["PARTNERSHIP_MAIL_URL"] = "memory:"
os.environ["PARTNERSHIP_ARCHIVE_URL"] = ""
os.environ.setdefault("DEMO_PASSWORD", "a long word for the tests")

from partnership.settings import *  # noqa: F403
from partnership.settings import DATABASES, SQLITE, STATIC_ROOT, STORAGES, VAR_DIR

if SQLITE:
    # A file, as in real life: in memory every transaction and lock would be another thing.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
# Nothing is collected for tests that ask for no file; the server of files wants its folder.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    **STORAGES,
    # Tests count files: each worker has a folder of its own.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "media" / os.environ.get("PYTEST_XDIST_WORKER", "alone")},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
SECURE_SSL_REDIRECT = False
PASSWORD_HASHERS = ["tests.accounts.quick.QuickArgon2id"]
