from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from partnership.celery import app
from partnership.jobs.kinds import HANDLERS

ROOT = Path(__file__).parents[2]
TOPS = ("partnership", "courses")
SOURCES = [path.read_text() for top in TOPS for path in ROOT.glob(f"{top}/**/*.py")]


def named_by(call: str) -> set[str]:
    """The kinds that the code writes into such a call."""
    return {kind for text in SOURCES for kind in re.findall(rf'{call}\(\s*"([^"]+)"', text)}


def test_a_worker_knows_how_to_do_every_kind():
    app.loader.import_default_modules()

    assert set(HANDLERS) == named_by("@handles")


def test_no_kind_is_asked_for_that_nobody_does():
    assert named_by("enqueue") - named_by("@handles") == set()


def test_a_process_that_only_asks_for_jobs_loads_no_handler_of_another_subject():
    program = (
        "import django, os; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; "
        "django.setup(); from partnership.jobs import services; "
        "from partnership.jobs.kinds import HANDLERS; print(*HANDLERS)"
    )
    out = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert out.stdout.split() == ["jobs.trial"]
